"""Finds the policy version that is in force on a day."""

from datetime import date

from app.model.formatting import date_in_words
from app.model.policy import Policy


class UnknownPolicy(Exception):
    """No policy has this id; the message lists the known ids."""


class NoPolicyInForce(Exception):
    """No version of the policy is in force on this day; the message says since or until when."""


class Versions:
    """All versions of all policies; those of one policy are found by its id."""

    policies: tuple[Policy, ...]
    unusable: tuple[tuple[str, date], ...]

    def versions(self, policy_id: str) -> tuple[Policy, ...]:
        """Return the versions of one policy, oldest first. Raises UnknownPolicy."""
        found = tuple(policy for policy in self.policies if policy.id == policy_id)
        if not found:
            known = ", ".join(dict.fromkeys(policy.id for policy in self.policies))
            raise UnknownPolicy(f"There is no policy with this id. Known: {known}.")
        return found

    def in_force(self, policy_id: str, on: date) -> Policy:
        """Return the version in force on a day. Raises UnknownPolicy or NoPolicyInForce."""
        versions = self.versions(policy_id)
        for policy in reversed(versions):
            if policy.in_force.first_day <= on:
                self._refuse_to_stand_in(policy, on)
                if policy.in_force.last_day and policy.in_force.last_day < on:
                    raise NoPolicyInForce(
                        f"{policy.document} ended on {date_in_words(policy.in_force.last_day)}; "
                        f"no version of it is in force on {date_in_words(on)}."
                    )
                return policy
        first = versions[0]
        raise NoPolicyInForce(
            f"{first.document} is in force from {date_in_words(first.in_force.first_day)}; "
            f"no version of it is in force on {date_in_words(on)}."
        )

    def _refuse_to_stand_in(self, policy: Policy, on: date) -> None:
        for policy_id, first_day in self.unusable:
            if policy_id == policy.id and policy.in_force.first_day < first_day <= on:
                raise NoPolicyInForce(
                    f"This site's version of {policy.document}, in force from "
                    f"{date_in_words(first_day)}, cannot be used, and version {policy.version} "
                    "does not stand in for it. Take its file again, or delete the file."
                )
