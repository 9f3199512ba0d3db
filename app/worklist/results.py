"""What a worklist says of a row: as cells of a CSV file, and as values to list, sort and count.

Cells are for machines too: plain numbers, ISO dates, the contract's own words.
"""

from dataclasses import dataclass
from datetime import date

from app.batch import Refusal
from app.model.determination import (
    ApprovalStatus,
    CycleSchedule,
    Determination,
    RequestStatus,
)
from app.output.text import refusal_text
from app.worklist.columns import SEPARATOR

RESULT_COLUMNS = (
    "row",
    "approval_status",
    "summary",
    "max_dose_iu",
    "per",
    "missing",
    "request_status",
    "second_cycle_earliest",
    "next_course_earliest",
    "approval_start",
    "approval_end",
    "policy_version",
    "policy_sha256",
    "site_policy",
    "to_check",
    "problems",
)


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one row; without a status there are problems, one a line.

    `held` are the unusual measurements that wait for a confirmation, `to_check` is what Aldesk asks
    to be checked, in words.
    """

    reference: str = ""
    status: ApprovalStatus | None = None
    summary: str = ""
    max_dose_iu: int | None = None
    per: str = ""
    missing: tuple[str, ...] = ()
    request_status: RequestStatus | None = None
    second_cycle_earliest: date | None = None
    next_course_earliest: date | None = None
    approval_start: date | None = None
    approval_end: date | None = None
    policy_version: str = ""
    policy_sha256: str = ""
    site_policy: str = ""
    held: tuple[str, ...] = ()
    to_check: str = ""
    problems: str = ""


def refused(refusal: Refusal, reference: str) -> Result:
    """Return the result of a row that has no determination; it is found by its reference."""
    return Result(reference=reference, problems=refusal_text(refusal.problems))


def result_of(determination: Determination) -> Result:
    """Return what a worklist shows of a determination."""
    limit, period = determination.dose_limit, determination.approval_period
    checks = [note for note in determination.notes if note.kind == "check"]
    second_cycle, next_course = _earliest(determination)
    return Result(
        reference=determination.reference or "",
        status=determination.approval_status,
        summary=determination.summary,
        max_dose_iu=limit.max_dose_iu if limit else None,
        per=limit.per if limit else "",
        missing=(*determination.eligibility.missing, *(limit.missing if limit else ())),
        request_status=determination.request_check.status,
        second_cycle_earliest=second_cycle,
        next_course_earliest=next_course,
        approval_start=period.start if period else None,
        approval_end=period.end if period else None,
        policy_version=determination.policy.version,
        policy_sha256=determination.policy.sha256,
        site_policy=" ".join(one.text for one in determination.notes if one.id == "site_policy"),
        held=determination.unconfirmed,
        to_check=" ".join(note.text for note in checks),
    )


def result_cells(number: int, result: Result) -> tuple[str, ...]:
    """Return the cells of the result columns for the row with this number."""
    return (
        str(number),
        result.status or "",
        result.summary,
        "" if result.max_dose_iu is None or result.held else str(result.max_dose_iu),
        result.per,
        SEPARATOR.join(result.missing),
        result.request_status or "",
        *(
            "" if day is None else day.isoformat()
            for day in (
                result.second_cycle_earliest,
                result.next_course_earliest,
                result.approval_start,
                result.approval_end,
            )
        ),
        result.policy_version,
        result.policy_sha256,
        result.site_policy,
        result.to_check,
        result.problems.replace("\n", " "),
    )


def _earliest(determination: Determination) -> tuple[date | None, date | None]:
    """Return from when the second cycle and another course may begin, after what was given or else
    by the plan.
    """
    check = determination.course_check
    if check is not None:
        return check.second_cycle_earliest, check.next_course_earliest
    plan = determination.schedule
    if not isinstance(plan, CycleSchedule):
        return None, None
    return plan.cycles[1].first_day, plan.next_course_earliest
