"""Writes the verification of a record in words for people.

`app.files.record` verifies. The values of a difference are shown as in the file, a dose with its
unit.
"""

import json
from collections.abc import Iterator
from typing import Any

from app.files.differences import NOT_THERE, Difference
from app.files.record import Verification, VerificationResult
from app.model.determination import Determination
from app.model.earlier_editions import TOLD_OTHERWISE
from app.model.formatting import count_in_words, dose_in_words
from app.output.headline import headline
from app.output.phrases import NO_DOSING_BY_ROUTE, dose_text, dose_title, without_limit

_MAX_CHARACTERS = 120

NO_SIGNATURE = (
    "The checksum of a record shows accidental damage. It is not a signature: it cannot show who "
    "wrote the record."
)
EARLIER_FILE = (
    "That file came with Aldesk {version}. Today's file of the same version, whose texts have been "
    "corrected, was used in its place."
)
NO_CHANGED_RULE = "By no rule that has changed"
_RESULT: dict[VerificationResult, str] = {
    "same": "✓ The record is intact, and the result is the same.",
    "told_otherwise": "✓ The record is intact, and every status, limit, dose and date in it is the "
    "same. What is told otherwise follows from rules that have changed since it was written.",
    "case_refused": "× The record is intact, but an entry of its case is refused now, so nothing "
    "could be recomputed:",
    "differs": "× The record is intact, but the result is different now.",
    "policy_not_at_hand": "? The record is intact but could not be recomputed: "
    "the policy version that it names is not known.",
    "damaged": "× The record cannot be used.",
}


def verification_text(verification: Verification) -> str:
    """Return the result of a verification as plain text."""
    return "\n".join(_lines(verification))


def _lines(verification: Verification) -> Iterator[str]:
    yield _RESULT[verification.result]
    for problem in verification.problems:
        yield f"  {problem.at}: {problem.message}" if problem.at else f"  {problem.message}"
    if verification.result in ("same", "told_otherwise") and verification.recomputed:
        yield from _determination_lines(verification.recomputed)
    yield from _difference_lines(verification)
    yield ""
    if verification.recorded and verification.recorded.get("reference"):
        yield f"Reference: {verification.recorded['reference']}"
    if verification.policy:
        policy = verification.policy
        yield f"Policy: {policy.id}, version {policy.version}, file SHA-256 {policy.sha256}"
        if verification.recomputed:
            notes = verification.recomputed.notes
            yield from (note.text for note in notes if note.id == "site_policy")
        if verification.shipped_with:
            yield EARLIER_FILE.format(version=verification.shipped_with)
        yield f"Written by Aldesk {verification.program_version}"
    yield NO_SIGNATURE


def _difference_lines(verification: Verification) -> Iterator[str]:
    """Yield the differences: first those that no changed rule accounts for, then rule by rule.

    What is only told otherwise is counted; everything is in the JSON of `aldesk verify`.
    """
    found, words = verification.differences, dict(verification.rules)
    unaccounted = [one for one in found if one.rule is None]
    if unaccounted:
        yield ""
        counted = count_in_words(len(unaccounted), "difference")
        yield f"{NO_CHANGED_RULE}, {counted}:" if words else f"{counted}:"
        yield from (f"  {difference_text(one)}" for one in unaccounted)
    for rule, text in sorted(words.items(), key=lambda one: one[0] in TOLD_OTHERWISE):
        by_rule = [one for one in found if one.rule == rule]
        yield ""
        yield f"{text} {count_in_words(len(by_rule), 'difference')}."
        if rule not in TOLD_OTHERWISE:
            yield from (f"  {difference_text(one)}" for one in by_rule)


def _determination_lines(determination: Determination) -> Iterator[str]:
    yield ""
    yield f"Status: {headline(determination)}"
    if determination.dose_limit is None:
        yield without_limit(determination, NO_DOSING_BY_ROUTE)
    else:
        yield f"{dose_title(determination)}: {dose_text(determination)}"


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
