"""Judges one draft under every policy, to compare the payers for the same case.

The chosen policy comes first, the others follow in the order of the library. Must not use Qt or
decide anything: `app.casework.outcome` computes each outcome.
"""

from dataclasses import dataclass

from app.casework.draft import Draft
from app.casework.outcome import Outcome, judge
from app.library import Library
from app.model.case import Case
from app.model.determination import Determination
from app.model.policy import Policy


@dataclass(frozen=True, slots=True)
class Side:
    """The result of one policy; without a determination, one of the others gives the reason.

    The policy is `not_in_force`, or indication or route are another policy's own: `foreign_use`.
    `case` has the answers that this policy asks for.
    """

    policy: Policy
    case: Case
    determination: Determination | None
    not_in_force: str = ""
    foreign_use: str = ""


@dataclass(frozen=True, slots=True)
class PolicyComparison:
    """The outcomes of one draft, one for each policy."""

    outcomes: tuple[Outcome, ...]

    @property
    def prompt(self) -> str:
        """What must be corrected or filled in before anything is compared; "" if nothing.

        It is the prompt with the fewest problems, because a date of service on which only some
        policies are not in force is no reason to wait, nor is an indication of another policy.
        """
        waiting = [one for one in self.outcomes if one.draft.case is None]
        is_known_to_some = any(one.draft.case for one in self.outcomes)
        if is_known_to_some and all(one.foreign_use for one in waiting):
            return ""
        return min(waiting, key=lambda one: len(one.problems)).prompt if waiting else ""

    @property
    def sides(self) -> tuple[Side, ...]:
        """One side for each policy; none while there is a prompt."""
        judged = () if self.prompt else self.outcomes
        cases = [one.draft.case for one in judged if one.draft.case]
        return tuple(
            Side(
                policy=policy,
                case=outcome.draft.case or cases[0],
                determination=outcome.determination,
                not_in_force=outcome.problems.get("date_of_service", ""),
                foreign_use=outcome.foreign_use,
            )
            for outcome in judged
            if (policy := outcome.policy)
        )


def compare(draft: Draft, library: Library) -> PolicyComparison:
    """Judge a draft under each policy of the library, using the version in force."""
    chosen = draft.entries.get("policy")
    ids = dict.fromkeys(policy.id for policy in library.policies)
    ordered = sorted(ids, key=lambda one: one != chosen)
    return PolicyComparison(
        tuple(judge(draft.with_entry("policy", one), library) for one in ordered)
    )
