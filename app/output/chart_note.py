"""Writes the result as a few lines of plain text, to be pasted into a chart note.

Empty without a result.
"""

from collections.abc import Iterable, Iterator

from app.casework.outcome import Outcome
from app.model.determination import Determination, DoseLimit
from app.model.formatting import MEASUREMENT_WORDS, date_in_words
from app.output.course_remarks import remarks_section, with_moved_day
from app.output.course_sections import (
    HELD_DOSES,
    course_section,
    earliest_rows,
    head_rows,
    schedule_title,
)
from app.output.dose_phrases import limit_text
from app.output.open_questions import needs_age, question_text
from app.output.phrases import HASH_DIGITS, Row, limit_rows, policy_text
from app.output.result_texts import result_texts
from app.output.sections import request_section, therapy_text
from app.output.stated_sections import stated_lines

NO_ORDER = "A written policy's limit, not an order; the payer decides."
# Notes that cast doubt on the policy or on the limits; beside them every check is told.
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
        therapy_text(case, outcome.catalog),
        f"Date of service: {date_in_words(case.date_of_service)}",
        f"{policy_text(determination)}, file SHA-256 beginning {policy.sha256[:HASH_DIGITS]}",
        *_result_lines(outcome, determination),
        *_note_lines(determination),
        *stated_lines(determination, outcome.library.catalog),
        *_course_lines(outcome, determination),
        *_missing_lines(outcome, determination),
        f"{NO_ORDER} Aldesk {determination.engine_version}",
    )
    return "\n".join(lines) + "\n"


def _result_lines(outcome: Outcome, determination: Determination) -> Iterator[str]:
    texts = result_texts(outcome)
    yield f"{texts['approval_status']}: {determination.summary}"
    yield from filter(None, (texts["hold"], texts["status_note"]))
    for row in request_section(determination, outcome.catalog).rows:
        if row.text:
            yield f"Requested: {row.label}: {row.text}. {row.detail}"
    yield from filter(None, (texts["outside_policy"],))
    limit = determination.dose_limit
    if limit is None:
        yield texts["dose_title"]
    else:
        yield f"{texts['dose_title']}: {limit_text(determination)}"
        yield f"Calculation: {limit.basis}"
        yield from filter(None, (texts["weight"],))
        if determination.approval_period is not None:
            yield texts["approval_period"]
        yield _in_one_line(limit_rows(limit))
    if dates := _in_one_line(earliest_rows(determination)):
        yield f"Dates: {dates}"


def _note_lines(determination: Determination) -> Iterator[str]:
    """Yield every check of the case, and what casts doubt on policy or limits."""
    for note in determination.notes:
        if note.kind == "check" or note.id in _NOTES:
            yield note.text


def _course_lines(outcome: Outcome, determination: Determination) -> Iterator[str]:
    """Yield, each in one line, the doses given with what may follow, and how the cycles begin."""
    course = course_section(determination, outcome.catalog)
    if course is not None:
        yield f"{course.title}: {_in_one_line(course.rows)}"
    case = outcome.draft.case
    rows = [with_moved_day(row, determination, case) for row in head_rows(determination) if case]
    heads = [f"{row.label}: {row.text} ({row.detail})" for row in rows]
    if heads and determination.schedule is not None:
        regimen = schedule_title(determination.schedule)
        yield f"Plan, {regimen}: {'; '.join(heads)}. {HELD_DOSES}"
    remarks = remarks_section(determination, case) if case else None
    if remarks is not None:
        yield f"{remarks.title}: {' '.join(f'{row.label}: {row.text}' for row in remarks.rows)}"


def _in_one_line(rows: Iterable[Row]) -> str:
    return "; ".join(f"{row.label}: {row.text.rstrip('.')}" for row in rows)


def _missing_lines(outcome: Outcome, determination: Determination) -> Iterator[str]:
    catalog = outcome.catalog
    missing = [question_text(key, determination, catalog) for key in outcome.missing]
    if determination.dose_limit is not None:
        missing += _measurements(determination.dose_limit)
    if needs_age(outcome):
        missing.append(catalog.label("age_years"))
    if missing:
        sentences = (one if one.endswith("?") else f"{one}." for one in missing)
        yield f"Still missing: {' '.join(sentences)}"


def _measurements(limit: DoseLimit) -> Iterator[str]:
    """Yield the measurements missing for the dose; an area can come from height and weight."""
    names = [MEASUREMENT_WORDS[key] for key in limit.missing]
    if names:
        instead = f", or {' and '.join(names[1:])}" if names[1:] else ""
        yield f"{names[0]}{instead}"
