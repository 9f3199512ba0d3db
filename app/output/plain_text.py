"""Writes a determination, a list of policies or a list of problems as plain text for people."""

from collections.abc import Iterable, Iterator

from app.model.case_json import Problem
from app.model.catalog import Catalog
from app.model.determination import Determination, Judged, JudgedComparison, children
from app.model.formatting import date_in_words, dose_in_words
from app.model.policy import Policy
from app.output.course_sections import COURSE_TITLE, course_rows, schedule_rows, schedule_title
from app.output.phrases import (
    STATUS,
    STATUS_SHAPE,
    CitedRow,
    dose_title,
    finding_text,
    limit_rows,
    period_text,
    policy_text,
    requested_text,
    result_text,
    seen_text,
    stated_as_text,
    unconfirmed_text,
)
from app.output.supply_sections import (
    FORECAST_MEANING,
    FORECAST_TITLE,
    forecast_rows,
    preparation_rows,
    preparation_title,
)


def determination_text(determination: Determination, catalog: Catalog) -> str:
    """Return the whole determination, with the status and the dose first."""
    return "\n".join(_lines(determination, catalog))


def policies_text(policies: Iterable[Policy]) -> str:
    """Return one paragraph for each policy version."""
    return "\n".join(
        f"{policy.id}  version {policy.version}\n"
        f"  {policy.payer}: {policy.title}\n"
        f"  in force from {date_in_words(policy.in_force.first_day)}\n"
        f"{_site_line(policy)}"
        f"  SHA-256 {policy.sha256}"
        for policy in policies
    )


def _site_line(policy: Policy) -> str:
    return f"  site policy, provided by {policy.provided_by}\n" if policy.provided_by else ""


def refusal_text(problems: Iterable[Problem]) -> str:
    """Return one line for each problem, with the key of the entry."""
    return "\n".join(f"{one.at}: {one.message}" if one.at else one.message for one in problems)


def _lines(determination: Determination, catalog: Catalog) -> Iterator[str]:
    status, policy = determination.approval_status, determination.policy
    if unconfirmed := unconfirmed_text(determination):
        yield f"Not certain yet, and the dose is {unconfirmed}."
    yield f"{STATUS_SHAPE[status]} {STATUS[status]}"
    yield determination.summary
    yield ""
    yield policy_text(policy)
    if determination.reference is not None:
        yield f"Reference: {determination.reference}"
    yield from _section("Dose limit", _dose_lines(determination))
    yield from _section("Request", _request_lines(determination, catalog))
    if determination.schedule:
        yield from _section(
            f"Schedule: {schedule_title(determination.schedule)}",
            (
                f"{one.part}: {one.dates}: {one.doses}"
                for one in schedule_rows(determination.schedule)
            ),
        )
    yield from _treatment_sections(determination)
    yield from _section("Criteria", _criterion_lines(determination.eligibility.criteria, catalog))
    if determination.eligibility.missing:
        labels = (catalog.questions[one].label for one in determination.eligibility.missing)
        yield from _section("Still to be answered", labels)
    yield from _section("Notes", (f"{one.text} [{one.citation}]" for one in determination.notes))
    yield ""
    yield f"Aldesk {determination.engine_version}, policy file SHA-256 {policy.sha256}"


def _treatment_sections(determination: Determination) -> Iterator[str]:
    """Yield the sections about doses given, preparation, approval and forecast."""
    if determination.course_check:
        yield from _section(COURSE_TITLE, _rows(course_rows(determination.course_check)))
    if determination.preparation and not determination.unconfirmed:
        title = preparation_title(determination.preparation)
        yield from _section(title, _rows(preparation_rows(determination.preparation)))
    if determination.approval_period:
        yield from _section("Approval period", [period_text(determination.approval_period)])
    if determination.forecast and not determination.unconfirmed:
        rows = _rows(forecast_rows(determination.forecast))
        yield from _section(FORECAST_TITLE, (FORECAST_MEANING, *rows))


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield ""
    yield title
    yield from (f"  {line}" for line in lines)


def _rows(rows: Iterable[CitedRow]) -> Iterator[str]:
    for row in rows:
        source = f" [{row.citation}]" if row.citation else ""
        yield f"{row.label}: {row.text}{source}"


def _dose_lines(determination: Determination) -> Iterator[str]:
    limit = determination.dose_limit
    if limit is None:
        yield "No dosing is documented for this route."
        return
    title = dose_title(determination)
    if unconfirmed := unconfirmed_text(determination):
        yield f"{title}: {unconfirmed}"
        yield f"Stated in: {limit.citation}"
        yield from _rows(limit_rows(limit))
        return
    known = limit.max_dose_iu is not None
    yield f"{title}: {dose_in_words(limit.max_dose_iu or 0) if known else 'not known yet'}"
    yield f"{limit.basis} [{limit.citation}]"
    if limit.also_stated_as:
        yield stated_as_text(limit)
    yield from _rows(limit_rows(limit))


def _request_lines(determination: Determination, catalog: Catalog) -> Iterator[str]:
    check = determination.request_check
    if check.status == "not_requested":
        yield "Nothing was requested."
    if check.status == "no_regimen":
        yield "There is no documented limit to check a request against."
    for finding in check.findings:
        if finding.field == "dose_iu" and determination.unconfirmed:
            continue  # its limit depends on a measurement that is not certain
        label = catalog.label(f"requested.{finding.field}")
        yield f"{label}: {requested_text(finding)}. {finding_text(finding)}"


def _criterion_lines(judged: Judged, catalog: Catalog, depth: int = 0) -> Iterator[str]:
    seen = f" (seen: {seen_text(judged, catalog)})" if isinstance(judged, JudgedComparison) else ""
    indent = "  " * depth
    yield f"{indent}{result_text(judged)}: {judged.text}{seen} [{judged.citation}]"
    for child in children(judged):
        yield from _criterion_lines(child, catalog, depth + 1)
