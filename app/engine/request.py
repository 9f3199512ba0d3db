"""Compares the request with the limits of a regimen.

A limit that the regimen does not state is ignored, and none is derived from another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from app.model.case import Requested
from app.model.determination import (
    LIMIT_NAMES,
    DoseLimit,
    Finding,
    FindingResult,
    RequestCheck,
)
from app.model.formatting import MEASUREMENT_WORDS
from app.model.policy import Dosing, Limit, Policy
from app.model.treatment import result

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


@result
class CheckedRequest:
    """The findings, and in words what they say about the request as a whole."""

    check: RequestCheck
    words: str


NO_REGIMEN = CheckedRequest(
    RequestCheck("no_regimen", ()), "no dosing is documented for this route"
)
_NOTHING_REQUESTED = CheckedRequest(
    RequestCheck("not_requested", ()), "nothing was requested, so no dosing limit was checked"
)
_WITHIN = "the request is within every documented limit"


@dataclass(frozen=True, slots=True)
class _Counts:
    """The findings about everything requested but the dose, and the fields that decide."""

    findings: tuple[Finding, ...]
    exceeding: tuple[str, ...]
    unchecked: tuple[str, ...]


def request_rule(
    policy: Policy, dosing: Dosing
) -> Callable[[Requested, DoseLimit], CheckedRequest]:
    """Return the rule that compares a request; one exceeded limit decides, whatever is unknown."""
    counts_of = attrgetter(*_LIMIT_OF)
    compare = _counts_rule(policy, dosing)

    def check(requested: Requested, limit: DoseLimit) -> CheckedRequest:
        counts, dose_iu = compare(counts_of(requested)), requested.dose_iu
        if dose_iu is None:
            return _checked(counts.findings, None, counts, limit)
        dose = _dose_finding(dose_iu, limit)
        return _checked((dose, *counts.findings), dose.result, counts, limit)

    return check


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


def _dose_finding(dose_iu: int, limit: DoseLimit) -> Finding:
    most = limit.max_dose_iu
    result = "unknown" if most is None else _at_most(dose_iu, most)
    return Finding("dose_iu", dose_iu, most, result, limit.citation)


def _at_most(requested: int, limit: int) -> FindingResult:
    return "within" if requested <= limit else "exceeds"


def _at_least(requested: int, limit: int) -> FindingResult:
    return "within" if requested >= limit else "exceeds"


def _checked(
    findings: tuple[Finding, ...], dose: FindingResult | None, counts: _Counts, limit: DoseLimit
) -> CheckedRequest:
    """Return the status of all findings; `dose` is the result for the dose, if it is requested."""
    if not findings:
        return _NOTHING_REQUESTED
    if dose == "exceeds" or counts.exceeding:
        beyond = ("dose_iu", *counts.exceeding) if dose == "exceeds" else counts.exceeding
        words = f"the request is beyond the documented limit for {_named(beyond)}"
        return CheckedRequest(RequestCheck("exceeds_limits", findings), words)
    if dose == "unknown":
        return CheckedRequest(RequestCheck("incomplete", findings), _waits_for(limit.missing))
    unchecked = ("dose_iu", *counts.unchecked) if dose is None else counts.unchecked
    words = f"not checked, because not requested: {_named(unchecked)}" if unchecked else _WITHIN
    return CheckedRequest(RequestCheck("within_limits", findings), words)


def _waits_for(missing: tuple[str, ...]) -> str:
    names = [MEASUREMENT_WORDS[one] for one in missing]
    others = " and ".join(names[1:])
    known = f"{names[0]}, or {others}" if others else names[0]
    return f"the requested dose cannot be checked, because not known: {known}"


def _named(fields: tuple[str, ...]) -> str:
    return ", ".join(_FIELD_WORDS[name] for name in fields)
