"""Compares the request with the limits of a regimen.

A limit that the regimen does not state is ignored, and none is derived from another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from app.engine.cycle_pattern import CyclePattern, dates_in_a_cycle, most_dates_in_a_week
from app.engine.limits import OverTimes, limit_in_words, limits_rule
from app.engine.regimens import Regimen
from app.model.case import Case, Requested
from app.model.determination import (
    LIMIT_NAMES,
    DoseLimit,
    Finding,
    FindingResult,
    RequestCheck,
)
from app.model.dosing import Limit, Rest
from app.model.formatting import MEASUREMENT_WORDS, decimal_in_words
from app.model.reference_data import ReferenceData

# Field of a request -> limit of the regimen: a minimum for a rest, a maximum for all others.
_LIMIT_OF = {name.removeprefix("max_").removeprefix("min_"): name for name in LIMIT_NAMES}
# How many combinations of requested counts are remembered, each with its findings.
_REQUESTS = 1024
_FIELD_WORDS = {
    "dose_iu": "the dose",
    "doses_per_day": "the doses per day",
    "doses_per_week": "the doses per week",
    "doses_per_cycle": "the doses per cycle",
    "rest_days": "the rest between cycles",
    "course_rest_days": "the rest between courses",
}


class CheckedRequest(NamedTuple):
    """The findings, and in words what they say about the request as a whole.

    `dose` is the finding about the requested dose, `is_dose_doubtful` whether that dose is
    unusually small and nobody has confirmed it. `beyond` are the exceeded limits in words, the
    dose's first. `missing` are the case keys that a limit waits for, beside measurements.
    """

    check: RequestCheck
    words: str
    dose: Finding | None = None
    is_dose_doubtful: bool = False
    beyond: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


_NO_DOSING = "no dosing is documented for this route"
_NOTHING_REQUESTED = "nothing was requested, so no dosing limit was checked"
_NO_LIMIT = "the document states no limit, so nothing requested can be beyond one"
_NO_DOSE = "the document states no dose"
_WITHIN = "the request is within every documented limit"
_A_ROUNDING = "the size of a rounding; the policy gives no tolerance"
_HUNDREDTHS = 10_000  # hundredths of a percent in a whole


def undocumented_request(requested: Requested) -> CheckedRequest:
    """Return the check of a request where no dosing is documented: no value has a limit."""
    return CheckedRequest(
        RequestCheck(
            "no_regimen",
            tuple(
                Finding(field, value, None, "no_dosing_documented", None)
                for field in ("dose_iu", *_LIMIT_OF)
                if (value := getattr(requested, field)) is not None
            ),
        ),
        _NO_DOSING,
        beyond=(_NO_DOSING,),
    )


@dataclass(frozen=True, slots=True)
class _Counts:
    """The findings about everything requested but the dose, and the fields that decide."""

    findings: tuple[Finding, ...]
    exceeding: tuple[str, ...]
    unchecked: tuple[str, ...]


def unlimited_request(requested: Requested) -> CheckedRequest:
    """Return the check of a request where the document states no dosing: nothing is beyond it."""
    findings = tuple(
        Finding(field, value, None, "no_limit_stated", None)
        for field in ("dose_iu", *_LIMIT_OF)
        if (value := getattr(requested, field)) is not None
    )
    return CheckedRequest(RequestCheck("no_limit_stated", findings), _NO_LIMIT)


def request_rule(
    regimen: Regimen, pattern: CyclePattern | None, reference_data: ReferenceData
) -> Callable[[Case, DoseLimit], CheckedRequest]:
    """Return the rule that compares a request; one exceeded limit decides, whatever is unknown."""
    counts_of = attrgetter(*_LIMIT_OF)
    compare = _counts_rule(regimen)
    small = reference_data.checks.plausibility.small_dose_percent
    over_time = limits_rule(regimen, pattern, reference_data.label)

    def check(case: Case, limit: DoseLimit) -> CheckedRequest:
        requested = case.requested
        counts, dose_iu = compare(counts_of(requested)), requested.dose_iu
        if dose_iu is None:
            return _checked(counts, over_time(case, None), None, limit, is_doubtful=False)
        is_doubtful = (
            _is_small(dose_iu, limit, small) and case.confirmed.requested__dose_iu != dose_iu
        )
        lesions = requested.lesions if limit.per in _BY_LESIONS else 1
        dose = _dose_finding(dose_iu, lesions, limit, is_doubtful=is_doubtful)
        session_iu = None if is_doubtful or lesions is None else dose_iu * lesions
        times = over_time(case, session_iu)
        if dose.result == "unknown" and lesions is None and limit.per == "visit":
            times = times._replace(missing=(*times.missing, _LESIONS))
        return _checked(counts, times, dose, limit, is_doubtful=is_doubtful)

    return check


_BY_LESIONS, _LESIONS = ("lesion", "visit"), "requested.lesions"


def _is_small(dose_iu: int, limit: DoseLimit, percent: Decimal) -> bool:
    """Return whether a decimal point or the word "million" may be lost.

    At most a tenth of the known limit; for a lesion less, because a tenth is a published dose.
    """
    if limit.max_dose_iu is None:
        return False
    hundredfold, bound = dose_iu * 100, limit.max_dose_iu * percent
    return hundredfold < bound if limit.per == "lesion" else hundredfold <= bound


class _Stated(NamedTuple):
    """A number that the regimen states for a requested value, with its citation."""

    value: int
    citation: str


def _stated_for(regimen: Regimen) -> dict[str, _Stated | None]:
    """Return for each requested value the lowest limit that is stated for it."""
    dosing = regimen.dosing
    found: dict[str, list[_Stated]] = {}
    for field, name in _LIMIT_OF.items():
        limit: Limit | Rest | None = getattr(dosing, name)
        over = dosing.most(field)
        found[field] = [] if limit is None else [_Stated(limit.value, regimen.cite(limit.citation))]
        if over is not None:
            found[field].append(_Stated(over.at_most, regimen.cite(over.citation)))
    daily = min(found["doses_per_day"], default=None)
    if dosing.pattern and daily is not None:
        longest = max(dosing.pattern, key=dates_in_a_cycle)
        cited = regimen.cite(longest.citation)
        of_week = daily.value * most_dates_in_a_week(dosing.pattern)
        found["doses_per_week"].append(_Stated(of_week, cited))
        found["doses_per_cycle"].append(_Stated(daily.value * dates_in_a_cycle(longest), cited))
    return {field: min(stated, default=None) for field, stated in found.items()}


def _counts_rule(regimen: Regimen) -> Callable[[tuple[int | None, ...]], _Counts]:
    limits = _stated_for(regimen)

    @lru_cache(maxsize=_REQUESTS)
    def compare(counts: tuple[int | None, ...]) -> _Counts:
        requested = dict(zip(limits, counts, strict=True))
        found = tuple(
            _finding(field, value, limits[field])
            for field, value in requested.items()
            if value is not None
        )
        return _Counts(
            findings=found,
            exceeding=tuple(one.field for one in found if one.result == "exceeds"),
            unchecked=tuple(
                field for field, value in requested.items() if value is None and limits[field]
            ),
        )

    return compare


def _finding(field: str, requested: int, limit: _Stated | None) -> Finding:
    if limit is None:
        return Finding(field, requested, None, "no_limit_stated", None)
    is_minimum = _LIMIT_OF[field].startswith("min_")
    result = _at_least(requested, limit.value) if is_minimum else _at_most(requested, limit.value)
    return Finding(field, requested, limit.value, result, limit.citation)


def _dose_finding(
    dose_iu: int, lesions: int | None, limit: DoseLimit, *, is_doubtful: bool
) -> Finding:
    """Return the finding about the dose; for a visit about the total over its lesions."""
    if limit.per is None:
        return Finding("dose_iu", dose_iu, None, "no_limit_stated", None)
    most, is_total = limit.max_dose_iu, limit.per == "visit"
    asked = dose_iu * (lesions or 1) if is_total else dose_iu
    if most is None or is_doubtful or (is_total and lesions is None and asked <= most):
        return Finding("dose_iu", asked, most, "unknown", limit.citation)
    if asked <= most:
        return Finding("dose_iu", asked, most, "within", limit.citation)
    excess = excess_percent(asked, most)
    return Finding("dose_iu", asked, most, "exceeds", limit.citation, excess)


def excess_percent(dose_iu: int, most_iu: int) -> str:
    """Return by how many percent a dose is above its limit, rounded up to two decimals.

    >>> excess_percent(42_000_001, 42_000_000), excess_percent(63_000_000, 42_000_000)
    ('0.01', '50.00')
    """
    hundredths = -(-(dose_iu - most_iu) * _HUNDREDTHS // most_iu)
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _at_most(requested: int, limit: int) -> FindingResult:
    return "within" if requested <= limit else "exceeds"


def _at_least(requested: int, limit: int) -> FindingResult:
    return "within" if requested >= limit else "exceeds"


def _checked(
    counts: _Counts,
    times: OverTimes,
    dose: Finding | None,
    limit: DoseLimit,
    *,
    is_doubtful: bool,
) -> CheckedRequest:
    """Return the status of all findings, with the words for the request as a whole."""
    of_dose = (dose,) if dose else ()
    findings = (*of_dose, *counts.findings, *times.findings)
    if not findings:
        words = _told(_NOTHING_REQUESTED, limit)
        return CheckedRequest(RequestCheck("not_requested", ()), words)
    beyond = _beyond(dose, counts, times)
    missing = times.missing
    if beyond:
        checked = RequestCheck("exceeds_limits", findings)
        return CheckedRequest(checked, "; ".join(beyond), dose, is_doubtful, beyond, missing)
    if any(one.result == "unknown" for one in findings):
        words = _waits_for(limit.missing) if dose and limit.missing else ""
        if missing:
            lacking = ", ".join(KEY_WORDS[one] for one in missing)
            rest = f"a limit cannot be checked, because not known: {lacking}"
            words = f"{words}; {rest}" if words else rest
        checked = RequestCheck("incomplete", findings)
        return CheckedRequest(checked, words, dose, is_doubtful, (), missing)
    if limit.per is None and all(one.result == "no_limit_stated" for one in findings):
        return CheckedRequest(RequestCheck("no_limit_stated", findings), _NO_DOSE, dose)
    is_dose_left = dose is None and limit.per is not None
    unchecked = (*(("dose_iu",) if is_dose_left else ()), *counts.unchecked, *times.unchecked)
    words = f"not checked, because not requested: {_named(unchecked)}" if unchecked else _WITHIN
    return CheckedRequest(RequestCheck("within_limits", findings), _told(words, limit), dose)


KEY_WORDS = {
    "given_before.doses": "the doses given under this authorization",
    "given_before.cycles": "the cycles given under this authorization",
    "given_before.iu": "the International Units given under this authorization",
    "given_before.units": "the vials used under this authorization",
    "given_before.lifetime_doses": "the doses ever given",
    "requested.lesions": "how many lesions are injected in one session",
    "course.previous_discharge_on": "the discharge after the course before",
    "course.discharge_date": "the discharge after the newest dose",
}


def _beyond(dose: Finding | None, counts: _Counts, times: OverTimes) -> tuple[str, ...]:
    """Return the exceeded limits in words, the dose's first with its percentage."""
    words = []
    if dose is not None and dose.excess_percent is not None:
        percent = Decimal(dose.excess_percent)
        small = f" ({_A_ROUNDING})" if percent < 1 else ""
        by = f"{decimal_in_words(percent)}%{small}"
        words.append(f"the requested dose is above the documented limit by {by}")
    over = tuple(one.field for one in times.findings if one.result == "exceeds")
    if exceeding := (*counts.exceeding, *over):
        words.append(f"the request is beyond the documented limit for {_named(exceeding)}")
    return tuple(words)


def _told(words: str, limit: DoseLimit) -> str:
    """Return the words, and beside them that the dose limit is not known where it is not."""
    if limit.per is None:
        return f"{words}; {_NO_DOSE}"
    if not limit.missing:
        return words
    return f"{words}; the dose limit is not known, because not entered: {_lacking(limit.missing)}"


def _waits_for(missing: tuple[str, ...]) -> str:
    return f"the requested dose cannot be checked, because not known: {_lacking(missing)}"


def _lacking(missing: tuple[str, ...]) -> str:
    """Return what is missing in words: a weight, or an area or what it is calculated from."""
    names = [MEASUREMENT_WORDS[one] for one in missing]
    others = " and ".join(names[1:])
    return f"{names[0]}, or {others}" if others else names[0]


def _named(fields: tuple[str, ...]) -> str:
    return ", ".join(_FIELD_WORDS.get(name) or limit_in_words(name) for name in fields)
