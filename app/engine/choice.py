"""Judges a case by each regimen that applies or may apply, and by all of them together.

A request fits if it fits one regimen that applies in full: limits of two are never mixed.
"""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from app.engine.course_check import UNCHECKED, CheckedCourse, course_rule
from app.engine.cycle_pattern import cycle_pattern
from app.engine.dose import dose_rule
from app.engine.dose_schedule import schedule_rule
from app.engine.forecast import ForecastRule, forecast_rule
from app.engine.regimens import Regimen
from app.engine.request import (
    CheckedRequest,
    request_rule,
    undocumented_request,
    unlimited_request,
)
from app.engine.status import has_violation
from app.engine.unusual import Doubts, doubts_rule
from app.model.case import Case
from app.model.determination import (
    CycleDays,
    DaysOn,
    DoseLimit,
    Finding,
    OverTime,
    RegimenLimit,
    RequestCheck,
)
from app.model.reference_data import ReferenceData
from app.model.treatment import Schedule

_Verdict = Literal["within", "exceeds", "open"]
_NOT_CHOSEN = "which regimen of the policy applies is not known"
_EVERY = "by every regimen that may apply"


class ByRegimen(NamedTuple):
    """A case judged by one regimen; None for a limit where the document states no dosing."""

    applies: bool | None
    asked: tuple[str, ...]
    doubts: Doubts
    limit: DoseLimit | None
    told: RegimenLimit | None
    request: CheckedRequest
    schedule: Schedule | None
    course: CheckedCourse
    forecast: ForecastRule | None

    @property
    def verdict(self) -> _Verdict:
        """Whether everything requested, given and planned is within the limits, if known."""
        status = self.request.check.status
        if status == "exceeds_limits" or has_violation(self.course.check):
            return "exceeds"
        waits = self.doubts or self.request.is_dose_doubtful or self.course.missing
        return "open" if waits or status == "incomplete" else "within"


class Chosen(NamedTuple):
    """What follows from all regimens together; the limit is that of the one that applies.

    `missing` are the case keys by which it would be known whether a rest is over.
    """

    limit: DoseLimit | None
    regimens: tuple[RegimenLimit, ...]
    doubts: Doubts
    request: CheckedRequest
    schedule: Schedule | None
    course: CheckedCourse
    forecast: ForecastRule | None


Choose = Callable[[Case, tuple[str, ...]], Chosen]


def choice_rule(regimens: Sequence[Regimen], reference_data: ReferenceData) -> Choose:
    """Return the rule that judges a case by the regimens of its use.

    Its second argument names the questions whose answers contradict each other.
    """
    rules = [_regimen_rule(one, reference_data) for one in regimens]
    if len(rules) == 1 and regimens[0].condition is None:
        return lambda case, contradictory: _by_one(rules[0](case, contradictory))
    return lambda case, contradictory: _by_all(
        case, [judge(case, contradictory) for judge in rules]
    )


_Judge = Callable[[Case, tuple[str, ...]], ByRegimen]


def _regimen_rule(regimen: Regimen, reference_data: ReferenceData) -> _Judge:
    """Return the rule that judges a case by one regimen."""
    if not regimen.is_stated and regimen.condition is None:
        return lambda case, _contradictory: _unlimited(case)
    pattern = cycle_pattern(regimen, regimen.route, reference_data.label)
    doubt = doubts_rule(regimen.dosing, reference_data.checks)
    limit_dose, check = dose_rule(regimen), request_rule(regimen, pattern, reference_data)
    plan = schedule_rule(regimen, pattern)
    check_course = course_rule(regimen, pattern, reference_data) if pattern else _no_course
    forecast = forecast_rule(regimen, pattern, reference_data) if pattern else None
    tell = _telling_rule(regimen)

    def judge(case: Case, contradictory: tuple[str, ...]) -> ByRegimen:
        applies, asked = regimen.applies(case, contradictory)
        doubts = doubt(case)
        limit = limit_dose(case, bool(doubts))
        request = check(case, limit) if regimen.is_stated else unlimited_request(case.requested)
        schedule = plan(case)
        course = check_course(case, schedule)
        missing = (*limit.missing, *asked, *request.missing, *course.missing)
        told = tell(limit, applies, missing)
        return ByRegimen(applies, asked, doubts, limit, told, request, schedule, course, forecast)

    return judge


def _no_course(_case: Case, _schedule: Schedule | None) -> CheckedCourse:
    return UNCHECKED


def _unlimited(case: Case) -> ByRegimen:
    request = unlimited_request(case.requested)
    return ByRegimen(True, (), (), None, None, request, None, UNCHECKED, None)


def _telling_rule(
    regimen: Regimen,
) -> Callable[[DoseLimit, bool | None, tuple[str, ...]], RegimenLimit]:
    """Return the function that adds to a limit what else the regimen states."""
    dosing, cite = regimen.dosing, regimen.cite
    name, rest, course_rest = dosing.name or "", dosing.min_rest_days, dosing.min_course_rest_days
    over_time = tuple(
        OverTime(one.at_most, one.of, one.per, one.days, cite(one.citation))
        for one in dosing.limits
    )
    pattern = tuple(
        CycleDays(
            one.cycle_days,
            tuple(DaysOn(block.from_, block.to) for block in one.on),
            one.cycles,
            cite(one.citation),
        )
        for one in dosing.pattern
    )

    def tell(
        limit: DoseLimit,
        applies: bool | None,  # noqa: FBT001
        missing: tuple[str, ...],
    ) -> RegimenLimit:
        return RegimenLimit(
            dosing.id,
            name,
            applies,
            missing,
            limit.max_dose_iu,
            limit.per,
            limit.basis,
            limit.also_stated_as,
            limit.bsa_m2,
            limit.bsa_formula,
            limit.max_doses_per_day,
            limit.max_doses_per_week,
            limit.max_doses_per_cycle,
            limit.min_rest_days,
            rest.from_ if rest else None,
            limit.min_course_rest_days,
            course_rest.from_ if course_rest else None,
            over_time,
            pattern,
            limit.citation,
            limit.citations,
        )

    return tell


def _by_one(only: ByRegimen) -> Chosen:
    told = () if only.told is None else (only.told,)
    return Chosen(
        only.limit, told, only.doubts, only.request, only.schedule, only.course, only.forecast
    )


def _by_all(case: Case, judged: Sequence[ByRegimen]) -> Chosen:
    """Return what follows from several regimens, or from one that may not apply."""
    told = tuple(one.told for one in judged if one.told is not None)
    sure = [one for one in judged if one.applies]
    possible = [one for one in judged if one.applies is not False]
    if not possible:
        request = undocumented_request(case.requested)
        return Chosen(None, told, (), request, None, UNCHECKED, None)
    fitting = next((one for one in sure if one.verdict == "within"), None)
    if fitting is not None or (len(possible) == 1 and sure):
        one = fitting or sure[0]
        return _by_one(one)._replace(limit=sure[0].limit if len(sure) == 1 else None, regimens=told)
    limit = sure[0].limit if len(sure) == 1 else None
    doubts = tuple({doubt.key: doubt for one in possible for doubt in one.doubts}.values())
    open_ = Chosen(limit, told, doubts, _together(possible, sure), None, UNCHECKED, None)
    if all(one.verdict == "exceeds" for one in possible):
        return open_._replace(course=_violated(possible))
    return open_


def _violated(possible: Sequence[ByRegimen]) -> CheckedCourse:
    """Return the check of the first course with a violation, where every regimen is exceeded."""
    checks = (one.course for one in possible if has_violation(one.course.check))
    return next(checks, UNCHECKED)


def _together(possible: Sequence[ByRegimen], sure: Sequence[ByRegimen]) -> CheckedRequest:
    """Return the check by several regimens of which none that applies is fulfilled."""
    first = possible[0].request
    verdicts = {one.verdict for one in possible}
    if verdicts == {"exceeds"}:
        return _exceeding(possible)
    if verdicts == {"within"} and not sure:
        statuses = {one.request.check.status for one in possible}
        status = statuses.pop() if len(statuses) == 1 else "within_limits"
        words = f"{first.words}, {_EVERY}"
        return CheckedRequest(RequestCheck(status, _merged(possible)), words)
    asked = dict.fromkeys(key for one in possible for key in one.asked)
    waits = dict.fromkeys(one.request.words for one in possible if one.verdict == "open")
    words = "; ".join([*([_NOT_CHOSEN] if asked else []), *filter(None, waits)]) or _NOT_CHOSEN
    doubtful = any(one.request.is_dose_doubtful for one in possible)
    check = RequestCheck("incomplete", _merged(possible))
    return CheckedRequest(check, words, None, doubtful)


def _exceeding(possible: Sequence[ByRegimen]) -> CheckedRequest:
    """Return the check of the first regimen whose request is exceeded; by a course none may be."""
    exceeded = [one for one in possible if one.request.check.status == "exceeds_limits"]
    if len(exceeded) == len(possible):
        first = exceeded[0].request
        return first._replace(beyond=tuple(f"{one}, {_EVERY}" for one in first.beyond))
    return CheckedRequest(RequestCheck("incomplete", _merged(possible)), _NOT_CHOSEN)


def _merged(possible: Sequence[ByRegimen]) -> tuple[Finding, ...]:
    """Return one finding for each requested value: unknown where the regimens do not agree."""
    found: dict[str, list[Finding]] = {}
    for one in possible:
        for finding in one.request.check.findings:
            found.setdefault(finding.field, []).append(finding)
    return tuple(_agreed(findings) for findings in found.values())


def _agreed(findings: Sequence[Finding]) -> Finding:
    first = findings[0]
    if all(one == first for one in findings):
        return first
    result = first.result if len({one.result for one in findings}) == 1 else "unknown"
    return Finding(first.field, first.requested, None, result, None)
