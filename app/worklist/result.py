"""The result of one row of a worklist: its values, and its cells in a CSV file.

Cells are for machines, too: plain numbers, ISO dates, the contract's own words.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from app.casework.determine import Refusal
from app.model.case import Authorization, Case
from app.model.catalog import SEPARATOR
from app.model.determination import (
    ApprovalPeriod,
    ApprovalStatus,
    Determination,
    RequestStatus,
)
from app.model.supply import Units
from app.model.treatment import CourseCheck, CycleBegins, CycleSchedule
from app.output.headline import headline, headline_shape, is_dosing_unchecked
from app.output.plain_text import refusal_text
from app.output.plan_words import is_open, next_course_is_provisional, second_cycle_is_provisional
from app.output.result_texts import beside_status, outside_policy

_NOTHING_GRANTED = Authorization()


@dataclass(frozen=True, slots=True)
class CourseDates:
    """The dates of what may follow, each None if unknown; see `Cycle` and `CourseCheck`.

    The first day of the second cycle is that of the plan. The earliest one is told only while
    nobody has booked the cycle: it has no second date.

    `findings` has a sentence for each departure from a limit or from the label's advice.
    """

    findings: tuple[str, ...] = ()
    second_cycle_begins: CycleBegins | None = None
    second_cycle_first_day: date | None = None
    second_cycle_earliest: date | None = None
    second_cycle_provisional: bool | None = None
    next_course_earliest: date | None = None
    next_course_provisional: bool | None = None
    this_course_earliest: date | None = None
    by_discharge: date | None = None
    by_discharge_of: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one row; without a status there are `problems`, one per line.

    `unconfirmed` are the unusual values that nobody has confirmed; `to_check` has the texts of
    Aldesk's checks. `headline` says with its shape what decides; `is_dosing_unchecked` is true
    where the criteria are met and no dose was compared with its limit.
    """

    reference: str = ""
    status: ApprovalStatus | None = None
    summary: str = ""
    max_dose_iu: int | None = None
    per: str = ""
    missing: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    request_status: RequestStatus | None = None
    excess_percent: str | None = None
    units: Units | None = None
    course: CourseDates = CourseDates()
    period: ApprovalPeriod | None = None
    granted: Authorization = _NOTHING_GRANTED
    policy_version: str = ""
    policy_sha256: str = ""
    policy_review_overdue: str = ""
    site_policy: str = ""
    beside_status: str = ""
    outside_policy: str = ""
    to_check: str = ""
    problems: str = ""
    headline: str = ""
    is_dosing_unchecked: bool = False


def refused(refusal: Refusal, reference: str) -> Result:
    """Return the result of a row without a determination; the reference identifies the row."""
    return Result(reference=reference, problems=refusal_text(refusal.problems))


def result_of(determination: Determination, case: Case) -> Result:
    """Return the values that a worklist shows of a determination of this case."""
    limit, request = determination.dose_limit, determination.request_check
    is_met = determination.approval_status == "criteria_met"
    checks = (note.text for note in determination.notes if note.kind == "check")
    return Result(
        reference=determination.reference or "",
        status=determination.approval_status,
        summary=determination.summary,
        max_dose_iu=limit.max_dose_iu if limit else None,
        per=(limit and limit.per) or "",
        missing=(*determination.eligibility.missing, *(limit.missing if limit else ())),
        unconfirmed=determination.unconfirmed,
        request_status=request.status,
        excess_percent=next(filter(None, (one.excess_percent for one in request.findings)), None),
        units=determination.units,
        course=_course_dates(determination),
        period=determination.approval_period,
        granted=case.authorization,
        policy_version=determination.policy.version,
        policy_sha256=determination.policy.sha256,
        policy_review_overdue=_note(determination, "policy_review_overdue"),
        site_policy=_note(determination, "site_policy"),
        beside_status=beside_status(determination),
        outside_policy=outside_policy(determination),
        to_check=" ".join(checks),
        headline=f"{headline_shape(determination)} {headline(determination)}",
        is_dosing_unchecked=is_met and is_dosing_unchecked(determination),
    )


def _note(determination: Determination, note_id: str) -> str:
    return " ".join(note.text for note in determination.notes if note.id == note_id)


def _course_dates(determination: Determination) -> CourseDates:
    plan, check = determination.schedule, determination.course_check
    dates = _checked_dates(check) if check else CourseDates()
    if not isinstance(plan, CycleSchedule):
        return dates
    dates = replace(
        dates,
        next_course_earliest=plan.next_course_earliest,
        next_course_provisional=(
            next_course_is_provisional(plan) if plan.next_course_earliest else None
        ),
    )
    if len(plan.cycles) == 1:
        return dates
    two = plan.cycles[1]
    return replace(
        dates,
        second_cycle_begins=two.begins,
        second_cycle_first_day=two.first_day,
        second_cycle_earliest=two.first_day if is_open(two) else None,
        second_cycle_provisional=second_cycle_is_provisional(plan) if is_open(two) else None,
    )


def _checked_dates(check: CourseCheck) -> CourseDates:
    following = check.next_course_earliest
    return CourseDates(
        findings=tuple(one.message for one in check.findings),
        next_course_earliest=following,
        next_course_provisional=check.next_course_provisional if following else None,
        this_course_earliest=check.this_course_earliest,
        by_discharge=check.by_discharge,
        by_discharge_of=check.by_discharge_of,
    )


def result_cells(number: int, result: Result) -> tuple[str, ...]:
    """Return the cells of the result columns for the row with this number."""
    return tuple(_cell(value) for value in (number, *_values(result)))


def _values(result: Result) -> Iterator[object]:
    """Yield the values of the result columns after the number of the row."""
    units, course, period = result.units, result.course, result.period
    yield from (result.status, result.summary, result.max_dose_iu, result.per)
    yield from (SEPARATOR.join(result.missing), SEPARATOR.join(result.unconfirmed))
    yield from (result.request_status, result.excess_percent)
    yield units and units.of
    yield from (units and units.vials_by_content, units and units.vials_by_volume)
    yield " ".join(course.findings)
    yield from (course.second_cycle_begins, course.second_cycle_first_day)
    yield course.second_cycle_earliest
    yield from (course.second_cycle_provisional, course.next_course_earliest)
    yield from (course.next_course_provisional, course.this_course_earliest)
    yield from (course.by_discharge, course.by_discharge_of)
    yield from (period and period.start, period and period.end)
    yield period and period.assumed_start
    yield period and result.granted.end is None
    yield from (result.policy_version, result.policy_sha256, result.policy_review_overdue)
    first = (result.outside_policy, result.beside_status, result.to_check)
    yield from (result.site_policy, " ".join(filter(None, first)))
    yield result.problems.replace("\n", " ")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)
