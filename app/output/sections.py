"""The sections of a determination, each built once, and its reasons.

Window, report, plain text and chart note only write them. Never suggests changing an answer.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from app.casework.outcome import Outcome
from app.model.case import Authorization, Case
from app.model.catalog import Catalog
from app.model.determination import ApprovalPeriod, Determination, Finding, RequestStatus
from app.model.eligibility import (
    Judged,
)
from app.model.formatting import count_in_words
from app.model.policy import Policy, StatusRule
from app.output.course_remarks import remarks_section, with_moved_day
from app.output.course_sections import course_section, schedule_section
from app.output.criteria_section import criteria_section, criterion_row
from app.output.notes_section import notes_section
from app.output.open_questions import contradicted, open_questions, question_text
from app.output.phrases import (
    NO_DOSING,
    NO_DOSING_STATED,
    NO_LIMIT,
    NOTE_GROUPS,
    STATUS,
    Row,
    Section,
    finding_label,
    finding_text,
    period_text,
    requested_text,
)
from app.output.regimen_words import regimens_section
from app.output.stated_sections import (
    codes_section,
    documents_section,
    gaps_section,
    lengths_section,
    uses_section,
)
from app.output.supply_sections import forecast_section, preparation_section
from app.output.units_section import measurable_text, units_section

_ONE_LESION = "1 lesion, or their number is not entered"
_LESIONS = "They count the vials of a session; no limit is stated for them."
_MEASURABLE = "Largest measurable dose"
_ABOUT_THE_REQUEST = ("request_far_above", "below_label_dose", "session_total_unusual")
RULED_OUT = "× Ruled out by"  # a criterion that is met and must not be
_NO_FINDINGS: dict[RequestStatus, str] = {
    "not_requested": "Nothing was requested.",
    "no_regimen": NO_LIMIT,
    "no_limit_stated": NO_DOSING_STATED,
}


def sections(
    found: Determination, catalog: Catalog, case: Case | None = None
) -> dict[str, Section]:
    """Return the sections that a determination has, by their kind.

    With the case, the approval period also says what was granted and what was reckoned, and the
    course what was held.
    """
    built = {kind: build(found, catalog) for kind, build in _BUILDERS.items()}
    if case is not None:
        built["remarks"] = remarks_section(found, case)
        if found.approval_period is not None:
            built["approval"] = approval_section(found.approval_period, case.authorization)
        if (plan := built["schedule"]) is not None:
            rows = tuple(with_moved_day(row, found, case) for row in plan.rows)
            built["schedule"] = replace(plan, rows=rows)
    return {kind: section for kind, section in built.items() if section is not None}


def request_section(found: Determination, catalog: Catalog) -> Section:
    """Return the requested values with their checks, and what goes with them."""
    rows = [request_row(one, catalog) for one in found.request_check.findings]
    rows += _beside_the_dose(found, catalog)
    return Section("Request", tuple(rows), _NO_FINDINGS.get(found.request_check.status, ""))


def request_row(finding: Finding, catalog: Catalog) -> Row:
    """Return a requested value with its check."""
    label = finding_label(finding, catalog)
    return Row(label, requested_text(finding), finding.citation or "", finding_text(finding))


def _beside_the_dose(found: Determination, catalog: Catalog) -> Iterator[Row]:
    """Yield the lesions, the largest measurable dose beside an excess, and checks of the dose."""
    limit, units = found.dose_limit, found.units
    if limit is not None and limit.per == "lesion" and units is not None:
        is_told = units.lesions > 1
        text = count_in_words(units.lesions, "lesion") if is_told else _ONE_LESION
        yield Row(catalog.label("requested.lesions"), text, "", _LESIONS)
    yield from _measurable_rows(found)
    for note in found.notes:
        if note.id in _ABOUT_THE_REQUEST:
            yield Row(NOTE_GROUPS[note.kind], "", note.citation, note.text)


def _measurable_rows(found: Determination) -> Iterator[Row]:
    """Yield the largest measurable dose within the limit, beside a dose above it."""
    is_above = any(one.excess_percent is not None for one in found.request_check.findings)
    if is_above and found.units is not None and found.units.measurable is not None:
        yield Row(_MEASURABLE, measurable_text(found.units.measurable), "", "Within the limit.")


def _approval_section(found: Determination, _: Catalog) -> Section | None:
    return approval_section(found.approval_period) if found.approval_period else None


def approval_section(period: ApprovalPeriod, granted: Authorization | None = None) -> Section:
    """Return the period of the approval."""
    return Section("Approval period", (Row("", period_text(period, granted)),))


def _missing_section(found: Determination, catalog: Catalog) -> Section | None:
    rows = tuple(Row("", question_text(one, found, catalog)) for one in open_questions(found))
    return Section("Still to be answered", rows) if rows else None


# The builder of each section, in the order in which they are told.
_BUILDERS: dict[str, Callable[[Determination, Catalog], Section | None]] = {
    "request": request_section,
    "regimens": regimens_section,
    "schedule": schedule_section,
    "course": course_section,
    "remarks": lambda _found, _catalog: None,  # only with the case
    "preparation": preparation_section,
    "units": units_section,
    "uses": uses_section,
    "lengths": lengths_section,
    "approval": _approval_section,
    "forecast": forecast_section,
    "criteria": criteria_section,
    "missing": _missing_section,
    "documents": documents_section,
    "codes": codes_section,
    "gaps": gaps_section,
    "notes": notes_section,
}
SECTION_KINDS = tuple(_BUILDERS)


def reason_rows(outcome: Outcome) -> Iterator[Row]:
    """Yield the reasons for the status: request, course, the policy's rule for them, criteria."""
    determination, catalog = outcome.determination, outcome.catalog
    if determination is None:
        return
    yield from (_finding_row(one, catalog) for one in outcome.deciding_findings)
    yield from _measurable_rows(determination)
    for violation in outcome.violations:
        yield Row("× Beyond", violation.message, violation.citation)
    if outcome.policy is not None and outcome.status_rule is not None:
        what = _beyond_words(determination)
        yield _rule_row(outcome.status_rule, outcome.policy, what)
    if determination.eligibility.status != "met" or outcome.status_rule is None:
        doubtful = contradicted(determination)
        is_refused = determination.eligibility.status in ("not_met", "not_addressed")
        for one in outcome.deciding_criteria:
            row = _reason(one, catalog, doubtful)
            is_against = is_refused and one.result == "met"
            yield replace(row, label=RULED_OUT) if is_against else row


def _beyond_words(determination: Determination) -> str:
    """Return what the rule that decides the status is for."""
    request = determination.request_check.status
    if determination.eligibility.status == "not_met":
        return "The criteria are not met"
    if request == "no_regimen":
        return NO_DOSING.removesuffix(".")
    what = "request" if request == "exceeds_limits" else "course"
    return f"The {what} is beyond the documented dosing"


def problem_rows(outcome: Outcome) -> Iterator[Row]:
    """Yield each entry that is wrong, with its problem."""
    for key, problem in outcome.problems.items():
        yield Row(outcome.catalog.label(key), problem)


def _reason(judged: Judged, catalog: Catalog, doubtful: frozenset[str]) -> Row:
    row = criterion_row(judged, catalog, doubtful)
    trace = f" ({row.detail})" if row.detail else ""
    return Row(row.label, f"{row.text}{trace}", row.citation)


def _finding_row(finding: Finding, catalog: Catalog) -> Row:
    label = finding_label(finding, catalog)
    text = f"{label}: {requested_text(finding)}. {finding_text(finding)}"
    shape = "× Beyond" if finding.result == "exceeds" else "? Not known"
    return Row(shape, text, finding.citation or "")


def _rule_row(rule: StatusRule, policy: Policy, what: str) -> Row:
    text = f"{what}. The policy's rule for that: {STATUS[rule.status].lower()}."
    return Row("Rule", text, policy.cite(rule.citation))


def therapy_text(case: Case, catalog: Catalog) -> str:
    """Return the drug with indication and route."""
    use = catalog.inputs["indication"].choices[case.indication]
    route = catalog.inputs["route"].choices[case.route]
    return f"Therapy: aldesleukin (Proleukin), {use.lower()}, {route.lower()}"
