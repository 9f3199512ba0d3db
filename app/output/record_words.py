"""What came out when a record was checked, in words and for machines.

`app.record` does the checking. Values of a difference stand as in the file; a dose also in words.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from app.model.case_reader import Problem
from app.model.determination import Determination
from app.model.wording import count_in_words, dose_in_words
from app.output.phrases import STATUS, dose_title, held_text

VerificationResult = Literal["same", "differs", "policy_not_at_hand", "damaged"]

NOT_THERE: Final = object()
_MAX_CHARACTERS = 120

NO_SIGNATURE = (
    "The checksum of a record shows accidental damage. It is no signature: it does not prove who "
    "wrote the record."
)
_RESULT: dict[VerificationResult, str] = {
    "same": "✓ The record is whole, and the same comes out again.",
    "differs": "× The record is whole, but something else comes out now.",
    "policy_not_at_hand": "? The record is whole, but it could not be computed again: "
    "the policy version that it names is not at hand.",
    "damaged": "× The record cannot be used.",
}


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """The policy version that a record names; `sha256` is the hash of its file."""

    id: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One place of a determination; a side that does not have it is NOT_THERE."""

    at: str
    recorded: Any
    recomputed: Any

    def as_json(self) -> dict[str, Any]:
        """Return the difference; a side that does not have the place leaves its key out."""
        sides = {"recorded": self.recorded, "recomputed": self.recomputed}
        known = {key: value for key, value in sides.items() if value is not NOT_THERE}
        return {"at": self.at, **known}


@dataclass(frozen=True, slots=True)
class Verification:
    """What came out; of a damaged record there are only `problems`, which say why.

    `recorded` is the determination as the record has it, `recomputed` the one of now.
    """

    result: VerificationResult
    problems: tuple[Problem, ...] = ()
    policy: PolicyVersion | None = None
    program_version: str = ""
    recorded: dict[str, Any] | None = None
    recomputed: Determination | None = None
    differences: tuple[Difference, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the result for programs."""
        return {
            "result": self.result,
            "differences": [one.as_json() for one in self.differences],
            "policy": asdict(self.policy) if self.policy else None,
        }


def verification_text(verification: Verification) -> str:
    """Return what came out, for a person."""
    return "\n".join(_lines(verification))


def _lines(verification: Verification) -> Iterator[str]:
    yield _RESULT[verification.result]
    for problem in verification.problems:
        yield f"  {problem.at}: {problem.message}" if problem.at else f"  {problem.message}"
    if verification.result == "same" and verification.recomputed:
        yield from _determination_lines(verification.recomputed)
    if verification.differences:
        yield ""
        yield f"{count_in_words(len(verification.differences), 'difference')}:"
        yield from (f"  {difference_text(one)}" for one in verification.differences)
    yield ""
    if verification.recorded and verification.recorded.get("reference"):
        yield f"Reference: {verification.recorded['reference']}"
    if verification.policy:
        policy = verification.policy
        yield f"Policy: {policy.id}, version {policy.version}, file SHA-256 {policy.sha256}"
        if verification.recomputed:
            notes = verification.recomputed.notes
            yield from (note.text for note in notes if note.id == "site_policy")
        yield f"Written by Aldesk {verification.program_version}"
    yield NO_SIGNATURE


def _determination_lines(determination: Determination) -> Iterator[str]:
    yield ""
    yield f"Status: {STATUS[determination.approval_status]}"
    limit = determination.dose_limit
    if held := held_text(determination):
        yield f"{dose_title(determination)}: {held}"
    elif limit is None:
        yield "No dosing is documented for this route."
    elif limit.max_dose_iu is None:
        yield f"{dose_title(determination)}: not known yet"
    else:
        yield f"{dose_title(determination)}: {dose_in_words(limit.max_dose_iu)}"


def difference_text(difference: Difference) -> str:
    """Return one difference on one line."""
    recorded, recomputed = (
        _value_text(difference.at, one) for one in (difference.recorded, difference.recomputed)
    )
    return f"{difference.at}: recorded {recorded}, recomputed {recomputed}"


def _value_text(at: str, value: Any) -> str:
    if value is NOT_THERE:
        return "nothing"
    if at.endswith("_iu") and type(value) is int and value > 0:
        return dose_in_words(value)
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _MAX_CHARACTERS else f"{text[:_MAX_CHARACTERS]}…"
