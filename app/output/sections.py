"""What a determination says, part by part: why, the case as entered, the course and its doses.

Never says how an answer should be changed. While a measurement waits for a confirmation, what rests
on a dose has no part. What identifies the case and what was requested stand elsewhere in a report.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from app.casework.outcome import Outcome
from app.model.case import Case, GivenCycle, known
from app.model.catalog import Catalog
from app.model.determination import Finding, Judged, JudgedComparison
from app.model.formatting import count_in_words, date_in_words, decimal_in_words, time_in_words
from app.model.policy import Policy, StatusRule
from app.output.course_sections import COURSE_TITLE, course_rows
from app.output.phrases import (
    STATUS,
    CitedRow,
    answer_text,
    finding_text,
    requested_text,
    result_text,
    seen_text,
)
from app.output.supply_sections import (
    FORECAST_MEANING,
    FORECAST_TITLE,
    forecast_rows,
    preparation_rows,
    preparation_title,
)

_ELSEWHERE = {"policy", "date_of_service", "indication", "route", "reference", "requested"}
_PARTS = ("facts", "course", "authorization")

TreatmentKind = Literal["course", "preparation", "forecast"]


def reason_rows(outcome: Outcome, catalog: Catalog) -> Iterator[CitedRow]:
    """Yield what decides the status: criteria, findings about the request, the policy's rule."""
    determination = outcome.determination
    if determination is None:
        return
    yield from (_finding_row(one, catalog) for one in outcome.deciding_findings)
    if outcome.policy is not None and outcome.status_rule is not None:
        is_undocumented = determination.request_check.status == "no_regimen"
        yield _rule_row(outcome.status_rule, outcome.policy, is_undocumented=is_undocumented)
    if determination.eligibility.status != "met" or outcome.status_rule is None:
        yield from (_criterion_row(one, catalog) for one in outcome.deciding_criteria)


def problem_rows(outcome: Outcome, catalog: Catalog) -> Iterator[CitedRow]:
    """Yield each entry that is wrong, with what is wrong about it."""
    for key, problem in outcome.problems.items():
        yield CitedRow(catalog.label(key), problem, "")


def _criterion_row(judged: Judged, catalog: Catalog) -> CitedRow:
    seen = ""
    if isinstance(judged, JudgedComparison) and judged.seen is not None:
        seen = f" (answer: {seen_text(judged, catalog)})"
    return CitedRow(result_text(judged), f"{judged.text}{seen}", judged.citation)


def _finding_row(finding: Finding, catalog: Catalog) -> CitedRow:
    label = catalog.label(f"requested.{finding.field}")
    text = f"{label}: {requested_text(finding)}. {finding_text(finding)}"
    shape = "× Beyond" if finding.result == "exceeds" else "? Not known"
    return CitedRow(shape, text, finding.citation or "")


def _rule_row(rule: StatusRule, policy: Policy, *, is_undocumented: bool) -> CitedRow:
    what = (
        "No dosing is documented for this use by this route"
        if is_undocumented
        else "The request is beyond the documented dosing"
    )
    text = f"{what}. The policy's rule for that: {STATUS[rule.status].lower()}."
    return CitedRow("Rule", text, policy.cite(rule.citation))


def therapy_text(case: Case, catalog: Catalog) -> str:
    """Return the drug with use and route."""
    use = catalog.inputs["indication"].choices[case.indication]
    route = catalog.inputs["route"].choices[case.route]
    return f"Therapy: aldesleukin (Proleukin), {use.lower()}, {route.lower()}"


def entered_rows(case: Case, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield label and words of each entry, in the order of the case."""
    for key, value in _entries(case):
        label = catalog.label(key).removesuffix(" (optional)")
        yield label, _words(key, value, catalog)
    for cycle in case.course.cycles:
        yield f"{catalog.label('course.cycles')}: cycle {cycle.number}", _cycle_words(cycle)


def _entries(case: Case) -> Iterator[tuple[str, Any]]:
    """Yield key and value of what is known; no answer of a list is an answer, too."""
    for name, value in known(case).items():
        if name in _PARTS:
            below = known(value).items()
            yield from ((f"{name}.{key}", one) for key, one in below if key != "cycles")
        elif value != () and name not in _ELSEWHERE:
            yield name, value


def _words(key: str, value: Any, catalog: Catalog) -> str:
    if isinstance(value, datetime):
        return time_in_words(value)
    if isinstance(value, date):
        return date_in_words(value)
    if isinstance(value, Decimal):
        return decimal_in_words(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return answer_text(value, catalog.entry(key))


def _cycle_words(cycle: GivenCycle) -> str:
    told = [f"{count_in_words(cycle.doses_given, 'dose')} given"]
    if cycle.doses_held is not None:
        told.append(f"{cycle.doses_held:,} held")
    if cycle.first_dose_at is not None:
        told.append(f"first {time_in_words(cycle.first_dose_at)}")
    if cycle.last_dose_at is not None:
        told.append(f"last {time_in_words(cycle.last_dose_at)}")
    if cycle.over is not None:
        told.append("over" if cycle.over else "not over")
    return "; ".join(told)


@dataclass(frozen=True, slots=True)
class TreatmentSection:
    """One part; `meaning` says what its numbers are, where that needs saying."""

    kind: TreatmentKind
    title: str
    meaning: str
    rows: tuple[CitedRow, ...]


def treatment_sections(outcome: Outcome) -> Iterator[TreatmentSection]:
    """Yield the parts that an outcome has."""
    found = outcome.determination
    if found is None:
        return
    if found.course_check is not None:
        yield TreatmentSection("course", COURSE_TITLE, "", tuple(course_rows(found.course_check)))
    if outcome.unconfirmed:
        return
    if found.preparation is not None:
        title, rows = preparation_title(found.preparation), preparation_rows(found.preparation)
        yield TreatmentSection("preparation", title, "", tuple(rows))
    if found.forecast is not None:
        rows = forecast_rows(found.forecast)
        yield TreatmentSection("forecast", FORECAST_TITLE, FORECAST_MEANING, tuple(rows))
