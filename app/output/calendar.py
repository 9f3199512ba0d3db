"""Writes the plan as a calendar file (RFC 5545): treatment days, rests, earliest next course.

A calendar is often shared, so its texts must not reveal the subject: no drug, indication, dose,
payer or person. Entries last whole dates and have no time zone, so that no program moves them;
their descriptions contain the clock times.

Must not read the clock or properties of this machine: the same case always gives the same bytes,
and the same plan the same ids, so that a second import replaces the first. Equal plans of two cases
get different ids if the cases have different references.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event, vDatetime

from app.model.determination import Determination
from app.model.formatting import count_in_words
from app.model.treatment import CycleSchedule, DoseSchedule, Rest, Schedule
from app.output.course_sections import schedule_rows
from app.output.phrases import period_text

_NAME = "Treatment plan"
_ORIGIN = "Planned by the limits of a written policy; not an order."
_PRODUCT = "-//Aldesk contributors//Aldesk//EN"
_NAMESPACE = UUID("1c5910c5-fdf3-447b-a288-db0e3f6b94f0")
_DAY = timedelta(days=1)
_WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class _CalendarEntry:
    """An entry from its first to its last date, both included; `kind` is part of its id."""

    kind: str
    title: str
    first_day: date
    last_day: date


def calendar_bytes(determination: Determination, date_of_service: date) -> bytes | None:
    """Return the calendar in UTF-8, or None without a plan.

    DTSTAMP, the required time of writing, is the date of service.
    """
    schedule = determination.schedule
    if schedule is None:
        return None
    policy = determination.policy
    begin = f"{_first_dose(schedule):%Y-%m-%dT%H:%M}"
    whose = determination.reference or ""  # only hashed into the ids, where nobody can read it
    told = f"{policy.id} {policy.version} {schedule.regimen} {begin} {whose}"
    plan = uuid5(_NAMESPACE, told)
    written = vDatetime(datetime.combine(date_of_service, time(), UTC))
    calendar = Calendar()
    for name, text in (("PRODID", _PRODUCT), ("VERSION", "2.0"), ("X-WR-CALNAME", _NAME)):
        calendar.add(name, text)
    for entry, words in _entries(determination, schedule):
        calendar.add_component(_event(entry, words, plan, written))
    return bytes(calendar.to_ical())


def _first_dose(schedule: Schedule) -> datetime:
    doses = schedule.doses if isinstance(schedule, DoseSchedule) else schedule.cycles[0].doses
    return doses[0]


def _entries(
    determination: Determination, schedule: Schedule
) -> Iterator[tuple[_CalendarEntry, str]]:
    """Yield each entry with its description, leaving out a rest of 0 days."""
    parts = _course(schedule) if isinstance(schedule, CycleSchedule) else _weeks(schedule)
    for entry, row in zip(parts, schedule_rows(schedule), strict=True):
        if entry.first_day <= entry.last_day:
            yield entry, f"{row.label}: {row.detail}\n{_ORIGIN}"
    period = determination.approval_period
    if period is not None:
        end = _CalendarEntry("approval", "Approval period ends", period.end, period.end)
        yield end, f"Approval period: {period_text(period)}"


def _course(schedule: CycleSchedule) -> Iterator[_CalendarEntry]:
    """Yield the entries in the order of `schedule_rows`."""
    for cycle, rest in zip(schedule.cycles, (schedule.rest, schedule.course_rest), strict=True):
        yield from _treatments(cycle.doses, f"cycle {cycle.number}", cycle.first_day)
        yield _rest(rest)
    day = schedule.next_course_earliest
    yield _CalendarEntry("course", "Earliest date for another course", day, day)


def _weeks(schedule: DoseSchedule) -> Iterator[_CalendarEntry]:
    first = schedule.doses[0].date()
    for day, count in _per_date(schedule.doses):
        week, place = divmod((day - first).days, _WEEK_DAYS)
        yield _treatment(day, f"week {week + 1}, day {place + 1}", count)


def _treatments(doses: Iterable[datetime], part: str, first: date) -> Iterator[_CalendarEntry]:
    for day, count in _per_date(doses):
        yield _treatment(day, f"{part}, day {(day - first).days + 1}", count)


def _per_date(doses: Iterable[datetime]) -> Iterable[tuple[date, int]]:
    return Counter(dose.date() for dose in doses).items()


def _treatment(day: date, place: str, count: int) -> _CalendarEntry:
    return _CalendarEntry(
        "treatment", f"Treatment, {place}: {count_in_words(count, 'dose')}", day, day
    )


def _rest(rest: Rest) -> _CalendarEntry:
    title = f"Rest: at least {count_in_words(rest.days, 'day')} without a dose"
    return _CalendarEntry("rest", title, rest.first_day, rest.last_day)


def _event(entry: _CalendarEntry, words: str, plan: UUID, written: vDatetime) -> Event:
    event = Event()
    event.add("UID", str(uuid5(plan, f"{entry.kind} {entry.first_day} {entry.last_day}")))
    # A value of the library's own type: for a datetime it would search for a time zone database.
    event.add("DTSTAMP", written)
    event.add("DTSTART", entry.first_day)
    event.add("DTEND", entry.last_day + _DAY)  # exclusive, by RFC 5545
    event.add("SUMMARY", entry.title)
    event.add("DESCRIPTION", words)
    event.add("TRANSP", "TRANSPARENT")  # shown as free: a rest of seven weeks makes nobody busy
    return event
