"""The result in a few lines of plain text, to be pasted into a chart note.

Holds no dose while a measurement waits for a confirmation, and nothing while there is no result.
"""

from collections.abc import Iterator

from app.casework.outcome import Outcome
from app.model.catalog import Catalog
from app.model.determination import Determination, DoseLimit
from app.model.formatting import MEASUREMENT_WORDS, date_in_words
from app.output.course_sections import earliest_rows
from app.output.headline import result_texts
from app.output.phrases import STATUS, limit_rows, policy_text
from app.output.sections import therapy_text, treatment_sections

NO_ORDER = "A limit of the written policy and no order; the payer decides."
HASH_DIGITS = 12
_NOT_KNOWN = "not known yet"
# What puts the rule itself or the limits below in doubt; all other notes stay in the window.
_NOTES = {"site_policy", "policy_review_overdue", "til_regimen_differs"}


def chart_note(outcome: Outcome, catalog: Catalog, remark: str = "") -> str:
    """Return the note; an empty text while there is no determination.

    `remark` is what holds for the whole case, such as that it is a worked example.
    """
    determination, case = outcome.determination, outcome.draft.case
    if determination is None or case is None:
        return ""
    policy = determination.policy
    lines = (
        *([remark] if remark else []),
        therapy_text(case, catalog),
        f"Date of service: {date_in_words(case.date_of_service)}",
        f"{policy_text(policy)}, file SHA-256 beginning {policy.sha256[:HASH_DIGITS]}",
        *(note.text for note in determination.notes if note.id in _NOTES),
        *_result_lines(outcome, determination),
        *_course_lines(outcome),
        *_missing_lines(outcome, determination, catalog),
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
    yield _limits(limit)
    dates = [f"{row.label}: {row.text}" for row in earliest_rows(determination)]
    if dates:
        yield f"Dates: {'; '.join(dates)}"
    if "approval_period" in texts:
        yield texts["approval_period"]


def _course_lines(outcome: Outcome) -> Iterator[str]:
    """Yield what was given and what may follow, in one line."""
    for part in treatment_sections(outcome):
        if part.kind == "course":
            yield f"{part.title}: {'; '.join(f'{row.label}: {row.text}' for row in part.rows)}"


def _limits(limit: DoseLimit) -> str:
    """Return frequency and rests in one line."""
    return "; ".join(f"{row.label}: {row.text}" for row in limit_rows(limit))


def _missing_lines(
    outcome: Outcome, determination: Determination, catalog: Catalog
) -> Iterator[str]:
    missing = [catalog.label(key) for key in outcome.missing]
    if determination.dose_limit is not None:
        missing += _measurements(determination.dose_limit)
    if missing:
        yield f"Still missing: {'; '.join(missing)}"


def _measurements(limit: DoseLimit) -> Iterator[str]:
    """Yield what the dose lacks; an area can come from height and weight instead."""
    names = [MEASUREMENT_WORDS[key] for key in limit.missing]
    if names:
        instead = f", or {' and '.join(names[1:])}" if names[1:] else ""
        yield f"{names[0]}{instead}"
