"""What earlier versions of Aldesk shipped and judged otherwise: their policy files, changed rules.

A record names the SHA-256 of its policy file. A file whose texts were corrected under the same
version is known here by the SHA-256 that it had, so that its records can still be verified.
"""

from dataclasses import field
from typing import Literal

from app.model.data import data
from app.model.document import PolicyId, Text

RuleId = Literal[
    "unusual_value_not_known",
    "contradictory_answer_not_known",
    "course_violation_decides",
    "authorization_must_cover",
    "no_dosing_for_a_course",
    "one_plan",
    "course_rules",
    "prepared_by_the_dose",
    "forecast_of_the_plan",
    "finding_without_dosing",
    "decimals_anew",
    "notes_anew",
    "worded_anew",
]
# By these rules something is told in another form, and nothing that was judged or computed changes.
TOLD_OTHERWISE: frozenset[RuleId] = frozenset(
    {"finding_without_dosing", "decimals_anew", "notes_anew", "worded_anew"}
)


@data
class EarlierFile:
    """A policy file that came with an earlier version of Aldesk, under the same policy version."""

    id: PolicyId
    version: Text
    sha256: Text
    shipped_with: Text


@data
class EarlierEditions:
    """The policy files of earlier versions, and the rules that have changed since, in words."""

    policy_files: tuple[EarlierFile, ...] = ()
    rules: dict[RuleId, Text] = field(default_factory=dict)

    def find(self, policy_id: str, version: str, sha256: str) -> EarlierFile | None:
        """Return the earlier file of a policy version with this hash, or None."""
        wanted = (policy_id, version, sha256)
        return next(
            (one for one in self.policy_files if (one.id, one.version, one.sha256) == wanted), None
        )
