"""What is requested against the documented limits, field by field.

A limit that the regimen does not state never counts, and none is derived from another.
"""

from app.model.case import Case
from app.model.determination import DoseLimit, Finding, FindingResult, RequestCheck

# Field of a request -> limit of the regimen; a rest may not be shorter, all else not more.
_LIMIT_OF = {
    "dose_iu": "max_dose_iu",
    "doses_per_day": "max_doses_per_day",
    "doses_per_week": "max_doses_per_week",
    "doses_per_cycle": "max_doses_per_cycle",
    "rest_days": "min_rest_days",
    "course_rest_days": "min_course_rest_days",
}


def check_request(case: Case, limit: DoseLimit | None) -> RequestCheck:
    """Return the findings; one exceeded limit decides, whatever else is unknown."""
    if limit is None:
        return RequestCheck("no_regimen", ())
    requested = [(field, getattr(case.requested, field)) for field in _LIMIT_OF]
    findings = tuple(
        [_find(field, value, limit) for field, value in requested if value is not None]
    )
    if not findings:
        return RequestCheck("not_requested", ())
    results = {finding.result for finding in findings}
    if "exceeds" in results:
        return RequestCheck("exceeds_limits", findings)
    return RequestCheck("incomplete" if "unknown" in results else "within_limits", findings)


def unchecked_fields(check: RequestCheck, limit: DoseLimit) -> tuple[str, ...]:
    """Return the fields that the regimen limits and that nobody asked to check."""
    checked = {finding.field for finding in check.findings}
    return tuple(
        field
        for field, name in _LIMIT_OF.items()
        if field not in checked and (field == "dose_iu" or getattr(limit, name) is not None)
    )


def _find(field: str, requested: int, limit: DoseLimit) -> Finding:
    name = _LIMIT_OF[field]
    value: int | None = getattr(limit, name)
    if field == "dose_iu":
        citation: str | None = limit.citation
    else:
        citation = limit.citations.get(name)
    return Finding(field, requested, value, _compare(field, requested, value), citation)


def _compare(field: str, requested: int, limit: int | None) -> FindingResult:
    if limit is None:
        return "unknown" if field == "dose_iu" else "no_limit_stated"
    if _LIMIT_OF[field].startswith("min_"):
        return "within" if requested >= limit else "exceeds"
    return "within" if requested <= limit else "exceeds"
