"""One draft judged under every policy: what differs between payers for the same case.

The chosen policy comes first, the others in the order of the library. Knows nothing of Qt, and
decides nothing of its own: each outcome is the one that `app.casework.outcome` gives for that
policy.
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
    """What one policy says of the case; without a determination `not_in_force` says why."""

    policy: Policy
    case: Case
    determination: Determination | None
    not_in_force: str
    is_unconfirmed: bool


@dataclass(frozen=True, slots=True)
class PolicyComparison:
    """The outcomes of one draft, one for each policy."""

    outcomes: tuple[Outcome, ...]

    @property
    def prompt(self) -> str:
        """What a comparison waits for; while an entry is wrong or missing, nothing is compared.

        The shortest one counts: a date on which one policy is not in force is not wrong yet.
        """
        waiting = [one for one in self.outcomes if one.draft.case is None]
        return min(waiting, key=lambda one: len(one.problems)).prompt if waiting else ""

    @property
    def sides(self) -> tuple[Side, ...]:
        """What is compared, none while there is a prompt."""
        return tuple(
            Side(
                policy=policy,
                case=case,
                determination=outcome.determination,
                not_in_force=outcome.problems.get("date_of_service", ""),
                is_unconfirmed=bool(outcome.unconfirmed),
            )
            for outcome in (() if self.prompt else self.outcomes)
            if (policy := outcome.policy) and (case := outcome.draft.case)
        )


def compare(draft: Draft, library: Library) -> PolicyComparison:
    """Judge a draft under each policy of the library, by the version in force."""
    chosen = draft.entries.get("policy")
    ids = dict.fromkeys(policy.id for policy in library.policies)
    ordered = sorted(ids, key=lambda one: one != chosen)
    return PolicyComparison(
        tuple(judge(draft.with_entry("policy", one), library) for one in ordered)
    )
