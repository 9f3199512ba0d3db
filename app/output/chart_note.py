"""Writes the result as a few lines of plain text, to be pasted into a chart note.

Contains no dose while an unusual measurement is not confirmed, and is empty without a result.
"""

from collections.abc import Iterable, Iterator

from app.casework.outcome import Outcome
from app.model.determination import Determination, DoseLimit
from app.model.formatting import MEASUREMENT_WORDS, date_in_words
from app.output.course_sections import course_section, earliest_rows
from app.output.phrases import HASH_DIGITS, STATUS, Row, limit_rows, policy_text
from app.output.result_texts import result_texts
from app.output.sections import therapy_text

NO_ORDER = "A written policy's limit, not an order; the payer decides."
_NOT_KNOWN = "not known yet"
# Notes that cast doubt on the policy or on the limits; the other notes are not in the summary.
_NOTES = {"site_policy", "policy_review_overdue", "til_regimen_differs"}


def chart_note(outcome: Outcome, remark: str = "") -> str:
    """Return the note, or "" without a determination.

    `remark` is a first line about the whole case, such as that it is a worked example.
    """
    determination, case = outcome.determination, outcome.draft.case
    if determination is None or case is None:
        return ""
    policy = determination.policy
    lines = (
        *([remark] if remark else []),
        therapy_text(case, outcome.library.catalog),
        f"Date of service: {date_in_words(case.date_of_service)}",
        f"{policy_text(policy)}, file SHA-256 beginning {policy.sha256[:HASH_DIGITS]}",
        *(note.text for note in determination.notes if note.id in _NOTES),
        *_result_lines(outcome, determination),
        *_course_lines(outcome, determination),
        *_missing_lines(outcome, determination),
        f"{NO_ORDER} Aldesk {determination.engine_version}",
    )
    return "\n".join(lines) + "\n"


def _result_lines(outcome: Outcome, determination: Determination) -> Iterator[str]:
    texts = result_texts(outcome)
    yield f"{STATUS[determination.approval_status]}: {determination.summary}"
    if texts["hold"]:
        yield texts["hold"]
    limit = determination.dose_limit
    if limit is None:
        yield texts["dose_title"]
        return
    if outcome.unconfirmed:
        yield f"{texts['dose_title']}: {texts['basis']}"
    else:
        yield f"{texts['dose_title']}: {texts['max_dose'] or _NOT_KNOWN}"
        yield f"Calculation: {limit.basis}"
    yield _in_one_line(limit_rows(limit))
    if dates := _in_one_line(earliest_rows(determination)):
        yield f"Dates: {dates}"
    if "approval_period" in texts:
        yield texts["approval_period"]


def _course_lines(outcome: Outcome, determination: Determination) -> Iterator[str]:
    """Yield, in one line, the doses given and the earliest dates of what may follow."""
    course = course_section(determination, outcome.library.catalog)
    if course is not None:
        yield f"{course.title}: {_in_one_line(course.rows)}"


def _in_one_line(rows: Iterable[Row]) -> str:
    return "; ".join(f"{row.label}: {row.text}" for row in rows)


def _missing_lines(outcome: Outcome, determination: Determination) -> Iterator[str]:
    missing = [outcome.library.catalog.label(key) for key in outcome.missing]
    if determination.dose_limit is not None:
        missing += _measurements(determination.dose_limit)
    if missing:
        yield f"Still missing: {'; '.join(missing)}"


def _measurements(limit: DoseLimit) -> Iterator[str]:
    """Yield the measurements missing for the dose; an area can come from height and weight."""
    names = [MEASUREMENT_WORDS[key] for key in limit.missing]
    if names:
        instead = f", or {' and '.join(names[1:])}" if names[1:] else ""
        yield f"{names[0]}{instead}"
