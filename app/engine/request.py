"""Compares the request with the limits of a regimen.

A limit that the regimen does not state is ignored, and none is derived from another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from app.model.case import Case, Requested
from app.model.checks import Plausibility
from app.model.determination import (
    LIMIT_NAMES,
    DoseLimit,
    Finding,
    FindingResult,
    RequestCheck,
)
from app.model.dosing import Dosing, Limit
from app.model.formatting import MEASUREMENT_WORDS, decimal_in_words
from app.model.policy import Policy

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
    dose's first.
    """

    check: RequestCheck
    words: str
    dose: Finding | None = None
    is_dose_doubtful: bool = False
    beyond: tuple[str, ...] = ()


_NO_DOSING = "no dosing is documented for this route"
_NOTHING_REQUESTED = "nothing was requested, so no dosing limit was checked"
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


def request_rule(
    policy: Policy, dosing: Dosing, usual: Plausibility
) -> Callable[[Case, DoseLimit], CheckedRequest]:
    """Return the rule that compares a request; one exceeded limit decides, whatever is unknown."""
    counts_of = attrgetter(*_LIMIT_OF)
    compare = _counts_rule(policy, dosing)
    small = usual.small_dose_percent

    def check(case: Case, limit: DoseLimit) -> CheckedRequest:
        requested = case.requested
        counts, dose_iu = compare(counts_of(requested)), requested.dose_iu
        if dose_iu is None:
            return _checked(counts, None, limit, is_doubtful=False)
        is_doubtful = (
            _is_small(dose_iu, limit, small) and case.confirmed.requested__dose_iu != dose_iu
        )
        dose = _dose_finding(dose_iu, limit, is_doubtful=is_doubtful)
        return _checked(counts, dose, limit, is_doubtful=is_doubtful)

    return check


def _is_small(dose_iu: int, limit: DoseLimit, percent: Decimal) -> bool:
    """Return whether a decimal point or the word "million" may be lost.

    At most a tenth of the known limit; for a lesion less, because a tenth is a published dose.
    """
    if limit.max_dose_iu is None:
        return False
    hundredfold, bound = dose_iu * 100, limit.max_dose_iu * percent
    return hundredfold < bound if limit.per == "lesion" else hundredfold <= bound


def _counts_rule(policy: Policy, dosing: Dosing) -> Callable[[tuple[int | None, ...]], _Counts]:
    limits: dict[str, Limit | None] = {
        field: getattr(dosing, name) for field, name in _LIMIT_OF.items()
    }

    @lru_cache(maxsize=_REQUESTS)
    def compare(counts: tuple[int | None, ...]) -> _Counts:
        requested = dict(zip(limits, counts, strict=True))
        found = tuple(
            _finding(field, value, limits[field], policy)
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


def _finding(field: str, requested: int, limit: Limit | None, policy: Policy) -> Finding:
    if limit is None:
        return Finding(field, requested, None, "no_limit_stated", None)
    is_minimum = _LIMIT_OF[field].startswith("min_")
    result = _at_least(requested, limit.value) if is_minimum else _at_most(requested, limit.value)
    return Finding(field, requested, limit.value, result, policy.cite(limit.citation))


def _dose_finding(dose_iu: int, limit: DoseLimit, *, is_doubtful: bool) -> Finding:
    most = limit.max_dose_iu
    if most is None or is_doubtful:
        return Finding("dose_iu", dose_iu, most, "unknown", limit.citation)
    if dose_iu <= most:
        return Finding("dose_iu", dose_iu, most, "within", limit.citation)
    excess = excess_percent(dose_iu, most)
    return Finding("dose_iu", dose_iu, most, "exceeds", limit.citation, excess)


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
    counts: _Counts, dose: Finding | None, limit: DoseLimit, *, is_doubtful: bool
) -> CheckedRequest:
    """Return the status of all findings, with the words for the request as a whole."""
    findings = (dose, *counts.findings) if dose else counts.findings
    if dose is None and not findings:
        words = _told(_NOTHING_REQUESTED, limit)
        return CheckedRequest(RequestCheck("not_requested", ()), words)
    beyond = _beyond(dose, counts)
    if beyond:
        checked = RequestCheck("exceeds_limits", findings)
        return CheckedRequest(checked, "; ".join(beyond), dose, is_doubtful, beyond)
    if dose is not None and dose.result == "unknown":
        words = _waits_for(limit.missing) if limit.missing else ""
        return CheckedRequest(RequestCheck("incomplete", findings), words, dose, is_doubtful)
    unchecked = counts.unchecked if dose else ("dose_iu", *counts.unchecked)
    words = f"not checked, because not requested: {_named(unchecked)}" if unchecked else _WITHIN
    return CheckedRequest(RequestCheck("within_limits", findings), _told(words, limit), dose)


def _beyond(dose: Finding | None, counts: _Counts) -> tuple[str, ...]:
    """Return the exceeded limits in words, the dose's first with its percentage."""
    words = []
    if dose is not None and dose.excess_percent is not None:
        percent = Decimal(dose.excess_percent)
        small = f" ({_A_ROUNDING})" if percent < 1 else ""
        by = f"{decimal_in_words(percent)}%{small}"
        words.append(f"the requested dose is above the documented limit by {by}")
    if counts.exceeding:
        words.append(f"the request is beyond the documented limit for {_named(counts.exceeding)}")
    return tuple(words)


def _told(words: str, limit: DoseLimit) -> str:
    """Return the words, and beside them that the dose limit is not known where it is not."""
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
    return ", ".join(_FIELD_WORDS[name] for name in fields)
