"""The headline of a result: what decides it, in a few words, and the shape beside it.

A limit that is passed stands first, whatever the criteria say. Never "approved" or "denied".
"""

from collections.abc import Iterator

from app.model.determination import Determination, DeterminationNote
from app.model.formatting import VALUE_WORDS
from app.model.treatment import CourseRule
from app.output.phrases import STATUS, STATUS_SHAPE

DOSE_ABOVE = "Dose above the documented limit"
REQUEST_BEYOND = "Request beyond the documented limits"
NO_DOSING_FOR_ROUTE = "No dosing documented for this route"
ABOVE_CELL_THERAPY = "More than the cell therapy's label"
NOT_COVERED_BY = "The authorization does not cover every day"
NOT_ADDRESSED = "Not addressed by this document"
CRITERIA_MET = "Criteria met"
DOSING_NOT_CHECKED = "Clinical criteria met; dosing not checked"
# An advisory passes no limit, so it has no title.
_VIOLATIONS: dict[CourseRule, str] = {
    "too_many_doses": "More doses in a cycle than documented",
    "too_many_doses_daily": "More doses in the time than documented",
    "dose_on_a_day_off": "Dose on a day without doses",
    "too_many_in_all": "More in all than documented",
    "rest_too_short": "Second cycle before its rest is over",
    "course_rest_too_short": "Course before the rest is over",
}


def headline(found: Determination) -> str:
    """Return the title of a result: passed limits by name, then what else decides."""
    parts = [*_passed(found), *_otherwise(found)]
    return "; ".join([parts[0], *(f"{part[0].lower()}{part[1:]}" for part in parts[1:])])


def headline_shape(found: Determination) -> str:
    """Return the shape that goes with the headline; "!" where met criteria are not the whole."""
    is_met = found.approval_status == "criteria_met"
    is_part = exceeds_cell_therapy(found) or is_dosing_unchecked(found)
    return "!" if is_met and is_part else STATUS_SHAPE[found.approval_status]


def is_dosing_unchecked(found: Determination) -> bool:
    """Return whether the criteria are met, no limit is passed and no dose was compared."""
    if found.request_check.status == "no_limit_stated":
        return False
    findings = found.request_check.findings
    is_checked = any(one.field == "dose_iu" and one.result == "within" for one in findings)
    return found.eligibility.status == "met" and not is_checked and not any(_limits(found))


def exceeds_cell_therapy(found: Determination) -> bool:
    """Return whether more doses are meant than the cell therapy's label has."""
    note = note_of(found, "til_regimen_differs")
    return note is not None and note.kind == "check"


def note_of(found: Determination, note_id: str) -> DeterminationNote | None:
    """Return the first note with this id, or None."""
    return next((note for note in found.notes if note.id == note_id), None)


def _passed(found: Determination) -> Iterator[str]:
    yield from _limits(found)
    if exceeds_cell_therapy(found):
        yield ABOVE_CELL_THERAPY


def _limits(found: Determination) -> Iterator[str]:
    """Yield each passed limit; beside criteria that are not met, a dose above its limit only."""
    check = found.request_check
    is_above = any(one.excess_percent is not None for one in check.findings)
    if is_above:
        yield DOSE_ABOVE
    if found.eligibility.status in ("not_met", "not_covered", "not_addressed"):
        return
    if check.status == "exceeds_limits" and not is_above:
        yield REQUEST_BEYOND
    if check.status == "no_regimen":
        yield NO_DOSING_FOR_ROUTE
    course = found.course_check
    rules = [one.rule for one in course.findings if one.kind == "violation"] if course else []
    yield from dict.fromkeys(_VIOLATIONS[rule] for rule in rules)


def _otherwise(found: Determination) -> Iterator[str]:
    """Yield what else decides, beside the limits that are passed."""
    status = found.approval_status
    if found.eligibility.status == "incomplete" and status == "criteria_not_met":
        return  # by a passed limit alone
    if found.eligibility.status == "not_addressed":
        yield NOT_ADDRESSED
    elif found.eligibility.status != "met" or status == "clinician_review":
        yield STATUS[status]
    elif not any(_limits(found)):
        if note_of(found, "authorization_does_not_cover") is not None:
            yield NOT_COVERED_BY
        if found.unconfirmed:
            names = " and ".join(VALUE_WORDS[key] for key in found.unconfirmed)
            yield f"{names.capitalize()} to be confirmed"
            return
        yield DOSING_NOT_CHECKED if is_dosing_unchecked(found) else CRITERIA_MET
