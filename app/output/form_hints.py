"""The hint beside each field of the form: the entry in words, who can answer, what is wrong.

An entry is read back in a form that people recognize, for checking only.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from app.casework.outcome import Outcome
from app.casework.typed_text import Entry, entry_key, read_entry, read_quantity
from app.model.case_fields import CASE_FIELDS, CONFIRMABLE, Fields
from app.model.case_values import WEIGHT
from app.model.catalog import QUESTIONS, Catalog
from app.model.criterion import Comparison
from app.model.determination import Finding
from app.model.eligibility import Judged
from app.model.formatting import (
    bsa_in_words,
    count_in_words,
    date_in_words,
    decimal_in_words,
    dose_in_words,
    time_in_words,
)
from app.model.policy import Policy
from app.model.quantities import INTERNATIONAL_UNITS
from app.output.dose_phrases import pounds
from app.output.phrases import ANSWERED_BY, finding_text

_NOT_USED = "Not used for this dose."


def hint_of(key: str, outcome: Outcome, settled: Mapping[str, Judged], catalog: Catalog) -> str:
    """Return the hint under a field: why it has no effect, who can answer, or a readback."""
    entry = catalog.entry(key)
    if entry.section == QUESTIONS:
        return _question_hint(key, settled, catalog)
    if entry.help_stays:
        return entry.help or ""
    if key == "bsa_m2" and outcome.calculated_bsa_m2 is not None:
        return bsa_readback(outcome.calculated_bsa_m2)
    words = readback(key, outcome.draft.entries.get(key), outcome.draft.fields)
    is_known = outcome.draft.value(key) is not None
    if key in CONFIRMABLE and not is_known and _is_per_lesion(outcome):
        return _NOT_USED
    beside = _request_hint(key, outcome) if is_known else ""
    return _joined(f"{words}.", beside) if words and beside else words or beside


def _question_hint(key: str, settled: Mapping[str, Judged], catalog: Catalog) -> str:
    question = key.removeprefix("facts.")
    if question in settled:
        return settled_text(settled[question])
    entry = catalog.questions[question]
    return _joined(f"{ANSWERED_BY[entry.answered_by]}.", entry.help)


def _request_hint(key: str, outcome: Outcome) -> str:
    """Return the check of a requested value; one beyond a limit is a problem (`problem_of`)."""
    found = _finding(key, outcome)
    return finding_text(found) if found and found.result != "exceeds" else ""


def problem_of(key: str, outcome: Outcome) -> str:
    """Return why an entry is wrong, beyond a limit, unusual or doubtful; "" if it is not."""
    if key in outcome.problems:
        return outcome.problems[key]
    found = _finding(key, outcome)
    exceeds = finding_text(found) if found and found.result == "exceeds" else ""
    notes = outcome.determination.notes if outcome.determination else ()
    checks = (note.text for note in notes if note.kind == "check" and key in note.inputs)
    return _joined(exceeds, *checks, _course_problem(key, outcome))


def _course_problem(key: str, outcome: Outcome) -> str:
    """Return the findings of the course check about this entry."""
    check = outcome.determination.course_check if outcome.determination else None
    if check is None or outcome.draft.case is None:
        return ""
    numbers = [cycle.number for cycle in outcome.draft.case.course.cycles]
    told = (one.message for one in check.findings if entry_key(one.at, numbers) == key)
    return _joined(*told)


def settled_text(by: Judged) -> str:
    """Return why an answer no longer changes the result."""
    verdict = "met" if by.result == "met" else "not met"
    return f"No longer changes the result: “{by.text}” is {verdict}."


def clauses_text(clauses: Iterable[Comparison], policy: Policy | None) -> str:
    """Return the criteria of the policy that ask a question, each with its citation."""
    if policy is None:
        return ""
    told = (f"{one.text} [{policy.cite(one.citation)}]" for one in clauses)
    return "\n".join(("What the policy asks, in Aldesk's words:", *told))


def open_text(outcome: Outcome) -> str:
    """Return how many questions can still change the status."""
    if outcome.determination is None or not outcome.questions:
        return ""
    still = len(outcome.missing)
    return f"{count_in_words(still, 'question')} still open" if still else "No question is open"


def _finding(key: str, outcome: Outcome) -> Finding | None:
    """Return the finding about a requested field, or None."""
    part, _, name = key.rpartition(".")
    if part != "requested" or outcome.determination is None:
        return None
    found = outcome.determination.request_check.findings
    return next((one for one in found if one.field == name), None)


def _is_per_lesion(outcome: Outcome) -> bool:
    limit = outcome.determination.dose_limit if outcome.determination else None
    return limit is not None and limit.per == "lesion"


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def readback(key: str, entry: Entry, fields: Fields = CASE_FIELDS) -> str:
    """Return a valid entry with pounds, weekday or millions, for checking; "" for any other."""
    field = fields[key]
    if field.unit == INTERNATIONAL_UNITS:
        dose_iu = read_entry(field, entry)
        return dose_in_words(dose_iu) if isinstance(dose_iu, int) else ""
    value = read_quantity(key, entry, fields)
    if isinstance(value, datetime):
        return time_in_words(value)
    if isinstance(value, date):
        return date_in_words(value)
    if isinstance(value, Decimal) and field.quantity == WEIGHT:
        return f"{decimal_in_words(value)} kg = {decimal_in_words(pounds(value))} lb"
    return ""


def bsa_readback(bsa_m2: Decimal) -> str:
    """Return the hint beside an empty field of the area: the calculated area in m²."""
    return f"Calculated: {bsa_in_words(bsa_m2)}"
