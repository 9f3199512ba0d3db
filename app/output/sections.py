"""The sections of a determination, each built once, and its reasons.

Window, report, plain text and chart note only write them. Never suggests changing an answer. While
an unusual measurement is not confirmed, no section has a number that depends on the dose.
"""

from collections.abc import Callable, Iterator

from app.casework.outcome import Outcome
from app.model.case import Case
from app.model.catalog import Catalog
from app.model.determination import (
    Determination,
    Finding,
    Judged,
    JudgedComparison,
    RequestStatus,
    children,
    is_for_another_route,
)
from app.model.policy import Policy, StatusRule
from app.output.course_sections import course_section, schedule_section
from app.output.phrases import (
    NO_DOSING,
    NO_LIMIT,
    NOTE_GROUPS,
    STATUS,
    UNCONFIRMED_TOO,
    Row,
    Section,
    finding_text,
    period_text,
    requested_text,
    result_text,
    seen_text,
)
from app.output.supply_sections import forecast_section, preparation_section

_NO_FINDINGS: dict[RequestStatus, str] = {
    "not_requested": "Nothing was requested.",
    "no_regimen": NO_LIMIT,
}


def sections(found: Determination, catalog: Catalog) -> dict[str, Section]:
    """Return the sections that a determination has, by their kind."""
    built = ((kind, build(found, catalog)) for kind, build in _BUILDERS.items())
    return {kind: section for kind, section in built if section is not None}


def request_section(found: Determination, catalog: Catalog) -> Section:
    """Return the requested values with their checks; a withheld check has no value beside it."""
    rows = (request_row(one, found, catalog) for one in found.request_check.findings)
    meaning = _NO_FINDINGS.get(found.request_check.status, "")
    return Section("Request", tuple(rows), meaning)


def request_row(finding: Finding, found: Determination, catalog: Catalog) -> Row:
    """Return a requested value with its check."""
    value, check = requested_text(finding), finding_text(finding)
    if finding.field == "dose_iu" and found.unconfirmed:
        value, check = "", UNCONFIRMED_TOO  # its limit depends on a measurement not certain
    label = catalog.label(f"requested.{finding.field}")
    return Row(label, value, finding.citation or "", check)


def _approval_section(found: Determination, _: Catalog) -> Section | None:
    period = found.approval_period
    return Section("Approval period", (Row("", period_text(period)),)) if period else None


def _criteria_section(found: Determination, catalog: Catalog) -> Section:
    return Section("Criteria", tuple(_criterion_rows(found.eligibility.criteria, catalog)))


def _criterion_rows(judged: Judged, catalog: Catalog, depth: int = 0) -> Iterator[Row]:
    yield _criterion_row(judged, catalog, depth)
    for child in children(judged):
        yield from _criterion_rows(child, catalog, depth + 1)


def _criterion_row(judged: Judged, catalog: Catalog, depth: int = 0) -> Row:
    return Row(
        label=result_text(judged),
        text=judged.text,
        citation=judged.citation,
        detail=seen_text(judged, catalog) if isinstance(judged, JudgedComparison) else "",
        key=judged.id,
        depth=depth,
        result=None if is_for_another_route(judged) else judged.result,
    )


def _missing_section(found: Determination, catalog: Catalog) -> Section | None:
    labels = (catalog.questions[one].label for one in found.eligibility.missing)
    rows = tuple(Row("", label) for label in labels)
    return Section("Still to be answered", rows) if rows else None


def _notes_section(found: Determination, _: Catalog) -> Section:
    """Return the notes; their label is the name of their group."""
    rows = (Row(NOTE_GROUPS[one.kind], one.text, one.citation) for one in found.notes)
    return Section("Notes", tuple(rows))


# The builder of each section, in the order in which they are told.
_BUILDERS: dict[str, Callable[[Determination, Catalog], Section | None]] = {
    "request": request_section,
    "schedule": schedule_section,
    "course": course_section,
    "preparation": preparation_section,
    "approval": _approval_section,
    "forecast": forecast_section,
    "criteria": _criteria_section,
    "missing": _missing_section,
    "notes": _notes_section,
}
SECTION_KINDS = tuple(_BUILDERS)


def reason_rows(outcome: Outcome) -> Iterator[Row]:
    """Yield the reasons for the status: findings about the request, the policy's rule, criteria."""
    determination, catalog = outcome.determination, outcome.library.catalog
    if determination is None:
        return
    yield from (_finding_row(one, catalog) for one in outcome.deciding_findings)
    if outcome.policy is not None and outcome.status_rule is not None:
        is_undocumented = determination.request_check.status == "no_regimen"
        yield _rule_row(outcome.status_rule, outcome.policy, is_undocumented=is_undocumented)
    if determination.eligibility.status != "met" or outcome.status_rule is None:
        yield from (_reason(one, catalog) for one in outcome.deciding_criteria)


def problem_rows(outcome: Outcome) -> Iterator[Row]:
    """Yield each entry that is wrong, with its problem."""
    for key, problem in outcome.problems.items():
        yield Row(outcome.library.catalog.label(key), problem)


def _reason(judged: Judged, catalog: Catalog) -> Row:
    row = _criterion_row(judged, catalog)
    seen = f" (answer: {row.detail})" if row.detail and judged.seen is not None else ""
    return Row(row.label, f"{row.text}{seen}", row.citation)


def _finding_row(finding: Finding, catalog: Catalog) -> Row:
    label = catalog.label(f"requested.{finding.field}")
    text = f"{label}: {requested_text(finding)}. {finding_text(finding)}"
    shape = "× Beyond" if finding.result == "exceeds" else "? Not known"
    return Row(shape, text, finding.citation or "")


def _rule_row(rule: StatusRule, policy: Policy, *, is_undocumented: bool) -> Row:
    what = (
        NO_DOSING.removesuffix(".")
        if is_undocumented
        else "The request is beyond the documented dosing"
    )
    text = f"{what}. The policy's rule for that: {STATUS[rule.status].lower()}."
    return Row("Rule", text, policy.cite(rule.citation))


def therapy_text(case: Case, catalog: Catalog) -> str:
    """Return the drug with indication and route."""
    use = catalog.inputs["indication"].choices[case.indication]
    route = catalog.inputs["route"].choices[case.route]
    return f"Therapy: aldesleukin (Proleukin), {use.lower()}, {route.lower()}"
