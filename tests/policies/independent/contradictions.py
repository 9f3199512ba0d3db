"""Values that are sound alone and cannot stand together, by the keys that are named for them."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from tests.policies.independent.basics import Case


def moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def in_times(cycle: dict[str, Any]) -> Iterator[str]:
    """Both times stand with a given dose, and only then; one dose has one time."""
    given = cycle.get("doses_given") or 0
    times = {key: moment(cycle.get(key)) for key in ("first_dose_at", "last_dose_at")}
    yield from (key for key, time in times.items() if (time is None) == bool(given))
    first, last = times.values()
    if (
        given
        and first
        and last
        and (last < first or (given == 1 and last != first) or (given > 1 and last == first))
    ):
        yield "last_dose_at"


def in_booking(cycle: dict[str, Any], first: dict[str, Any]) -> Iterator[str]:
    """Booked is only a second cycle that is still to come, after what was given of the first."""
    if (booked := moment(cycle.get("planned_first_at"))) is None:
        return
    before = moment(first.get("last_dose_at"))
    is_past = cycle["number"] == 1 or cycle.get("doses_given") or cycle.get("over")
    if is_past or (before and booked < before):
        yield "planned_first_at"


def in_order(second: dict[str, Any], first: dict[str, Any]) -> Iterator[str]:
    if not second.get("doses_given"):
        return
    if not first.get("doses_given"):
        yield "doses_given"
    begun, ended = moment(second.get("first_dose_at")), moment(first.get("last_dose_at"))
    if begun and ended and begun < ended:
        yield "first_dose_at"


def in_cycles(cycles: list[dict[str, Any]]) -> Iterator[str]:
    by_number = {cycle["number"]: cycle for cycle in cycles}
    if len(by_number) < len(cycles):
        yield "course.cycles"
    for place, cycle in enumerate(cycles):
        first = by_number.get(1, {}) if cycle["number"] == 2 else {}
        keys = [*in_times(cycle), *in_booking(cycle, first)]
        keys += in_order(cycle, first) if cycle["number"] == 2 else []
        yield from (f"course.cycles.{place}.{key}" for key in keys)


def in_course(course: dict[str, Any]) -> Iterator[str]:
    cycles = course.get("cycles") or []
    yield from in_cycles(cycles)
    given = [cycle for cycle in cycles if cycle.get("doses_given")]
    begun = [cycle["first_dose_at"] for cycle in given if cycle.get("first_dose_at")]
    if not begun and course.get("first_dose_at"):
        begun = [course["first_dose_at"]]
    before = course.get("previous_last_dose_on")
    if before and begun and date.fromisoformat(before) >= moment_date(min(begun)):
        yield "course.previous_last_dose_on"
    left_on = course.get("discharge_date")
    ends = [cycle["last_dose_at"][:10] for cycle in given if cycle.get("last_dose_at")]
    newest = max(ends) if ends else before
    if left_on and newest and left_on < newest:
        yield "course.discharge_date"


def moment_date(written: str) -> date:
    return date.fromisoformat(written[:10])


def contradictions(case: Case) -> list[str]:
    granted, keys = case.get("authorization") or {}, list(in_course(case.get("course") or {}))
    if granted.get("start") and granted.get("end") and granted["end"] < granted["start"]:
        keys.append("authorization.end")
    return keys
