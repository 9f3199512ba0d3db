"""What stands beside each field of the form: its entry in words, who can answer, what is wrong.

An entry is read back as people recognize it: to check, never to enter.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from app.casework.outcome import Outcome
from app.model.case import WEIGHT
from app.model.catalog import Catalog
from app.model.criterion import Comparison
from app.model.data import Refusal
from app.model.determination import Finding, Judged
from app.model.formatting import (
    MEASUREMENT_WORDS,
    bsa_in_words,
    count_in_words,
    date_in_words,
    decimal_in_words,
    dose_in_words,
    time_in_words,
)
from app.model.policy import Policy
from app.model.quantities import POUNDS, LocalDate, LocalTime, in_groups
from app.output.phrases import ANSWERED_BY, finding_text

_UNUSUAL = "Unusual: check it on the chart, then tick the box."
_NOT_USED = "Not used for this dose."
_NO_DOSING = "No dosing is documented for this route."

_DATES = (
    "date_of_service",
    "course.previous_last_dose_on",
    "course.discharge_date",
    "authorization.start",
    "authorization.end",
)
_PLAIN_DIGITS = re.compile(r"[0-9]{1,999}")


def hint_of(key: str, outcome: Outcome, settled: Mapping[str, Judged], catalog: Catalog) -> str:
    """Return the remark under a field: why it does not matter, who can answer, or its words."""
    if key.startswith("facts."):
        return _question_hint(key, settled, catalog)
    if key == "reference":  # to be read before somebody types a name
        return catalog.entry(key).help or ""
    if key == "bsa_m2" and outcome.calculated_bsa_m2 is not None:
        return bsa_readback(outcome.calculated_bsa_m2)
    text = outcome.draft.entries.get(key)
    words = readback(key, text) if isinstance(text, str) else ""
    if key in MEASUREMENT_WORDS and not text and _is_per_lesion(outcome):
        return _NOT_USED
    if key == "age_years":
        return words
    beside = _request_hint(key, outcome) if text else ""
    return _joined(f"{words}.", beside) if words and beside else words or beside


def _question_hint(key: str, settled: Mapping[str, Judged], catalog: Catalog) -> str:
    question = key.removeprefix("facts.")
    if question in settled:
        return settled_text(settled[question])
    entry = catalog.questions[question]
    return _joined(f"{ANSWERED_BY[entry.answered_by]}.", entry.help)


def _request_hint(key: str, outcome: Outcome) -> str:
    """Return how a requested value stands; what is beyond a limit is told as a problem."""
    if key.startswith("requested.") and _has_no_dosing(outcome):
        return _NO_DOSING
    found = _finding(key, outcome)
    return finding_text(found) if found and found.result != "exceeds" else ""


def problem_of(key: str, outcome: Outcome) -> str:
    """Return what is wrong with an entry, unusual about it, or beyond a limit."""
    if key in outcome.problems:
        return outcome.problems[key]
    if key in outcome.unconfirmed:
        return _joined(_UNUSUAL, _unusual(key, outcome))
    if (doubt := _doubt(key, outcome)) is not None:
        return doubt
    found = _finding(key, outcome)
    if found and found.result == "exceeds":
        return finding_text(found)
    return _course_problem(key, outcome)


def _course_problem(key: str, outcome: Outcome) -> str:
    """Return what happened beyond a limit, beside the entry that tells it."""
    check = outcome.determination.course_check if outcome.determination else None
    return _joined(*(one.message for one in check.findings if one.at == key)) if check else ""


def _unusual(key: str, outcome: Outcome) -> str:
    """Return what the entry would be in kilograms or centimeters, had it been meant otherwise."""
    case = outcome.draft.case
    if case is None:
        return ""
    if key == "weight_kg" and case.weight_kg is not None:
        in_kg = decimal_in_words(kilograms(case.weight_kg))
        return f"{decimal_in_words(case.weight_kg)} pounds would be about {in_kg} kg."
    if key == "height_cm" and case.height_cm is not None:
        return "It is judged together with the weight."
    return ""


def _doubt(key: str, outcome: Outcome) -> str | None:
    """Return the check about an entry that is possible and yet doubtful."""
    notes = outcome.determination.notes if outcome.determination else ()
    return next((note.text for note in notes if note.kind == "check" and key in note.inputs), None)


def settled_text(by: Judged) -> str:
    """Return why an answer no longer changes the result."""
    verdict = "met" if by.result == "met" else "not met"
    return f"No longer changes the result: “{by.text}” is {verdict}."


def clauses_text(clauses: Iterable[Comparison], policy: Policy | None) -> str:
    """Return what the policy asks with a question, and where it says so."""
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
    """Return the finding for a field; none that rests on what is not confirmed."""
    part, _, name = key.rpartition(".")
    if part != "requested" or outcome.determination is None:
        return None
    if name == "dose_iu" and outcome.unconfirmed:
        return None
    found = outcome.determination.request_check.findings
    return next((one for one in found if one.field == name), None)


def _has_no_dosing(outcome: Outcome) -> bool:
    determination = outcome.determination
    return determination is not None and determination.request_check.status == "no_regimen"


def _is_per_lesion(outcome: Outcome) -> bool:
    limit = outcome.determination.dose_limit if outcome.determination else None
    return limit is not None and limit.per == "lesion"


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def readback(key: str, text: str) -> str:
    """Return a valid entry as people recognize it (pounds, weekday, millions), or nothing."""
    try:
        if key in ("weight_kg", "previous_weight_kg"):
            weight_kg = WEIGHT.parse(text)
            return f"{decimal_in_words(weight_kg)} kg = {decimal_in_words(pounds(weight_kg))} lb"
        if key.endswith("_dose_at"):
            return time_in_words(LocalTime().parse(text.replace(" ", "T", 1)))
        if key in _DATES:
            return date_in_words(LocalDate().parse(text))
    except Refusal:
        return ""
    is_whole = _PLAIN_DIGITS.fullmatch(text) or in_groups(text)
    if key == "requested.dose_iu" and is_whole:
        return dose_in_words(int(text.replace(",", "")))
    return ""


def bsa_readback(bsa_m2: Decimal) -> str:
    """Return a calculated body surface area as it stands beside its empty field."""
    return f"Calculated: {bsa_in_words(bsa_m2)}"


def kilograms(weight_lb: Decimal) -> Decimal:
    """Return pounds in kilograms, rounded to one decimal: to be recognized, never computed with.

    >>> kilograms(Decimal("154"))
    Decimal('69.9')
    """
    return round(weight_lb * POUNDS.factor, 1)


def pounds(weight_kg: Decimal) -> Decimal:
    """Return the weight in pounds, rounded to one decimal: to be recognized, never computed with.

    >>> pounds(Decimal("70.5"))
    Decimal('155.4')
    """
    return round(weight_kg / POUNDS.factor, 1)
