"""Writes the one plan as a calendar file (RFC 5545): treatment, rests, first permitted dates.

A cycle that nobody has booked has no treatment days, only the date from which it may begin.
A calendar is often shared, so its texts must not reveal the subject: no drug, indication, dose,
payer or person. Entries last whole dates and have no time zone, so that no program moves them;
the known clock times are in their texts.

Must not read the clock or properties of this machine: the same case always gives the same bytes.
The id of an entry is made from everything that the entry says and from the reference of the case.
So an entry never changes under its id, and a second import of the same plan adds nothing.
"""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event, vDatetime

from app.model.case import Case
from app.model.determination import Determination
from app.output.calendar_entries import CalendarEntry, calendar_entries, calendar_name

_PRODUCT = "-//Aldesk contributors//Aldesk//EN"
_NAMESPACE = UUID("1c5910c5-fdf3-447b-a288-db0e3f6b94f0")
_DAY = timedelta(days=1)
_APART = "\0"  # no text contains it


def calendar_bytes(determination: Determination, case: Case) -> bytes | None:
    """Return the calendar in UTF-8, or None without a plan.

    DTSTAMP, the required time of writing, is the date of service.
    """
    schedule = determination.schedule
    if schedule is None:
        return None
    calendar = Calendar()
    name = calendar_name(determination, schedule, case)
    for key, text in (("PRODID", _PRODUCT), ("VERSION", "2.0"), ("X-WR-CALNAME", name)):
        calendar.add(key, text)
    for entry in calendar_entries(determination, schedule, case):
        calendar.add_component(_event(entry, determination, case.date_of_service))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry, determination: Determination, written: date) -> Event:
    event = Event()
    event.add("UID", _id(entry, determination, written))
    event.add("SEQUENCE", 0)  # another content has another id
    # A value of the library's own type: for a datetime it would search for a time zone database.
    event.add("DTSTAMP", vDatetime(datetime.combine(written, time(), UTC)))
    event.add("DTSTART", entry.first_day)
    event.add("DTEND", entry.last_day + _DAY)  # exclusive, by RFC 5545
    event.add("SUMMARY", entry.title)
    event.add("DESCRIPTION", entry.words)
    event.add("TRANSP", "TRANSPARENT")  # shown as free: a rest of seven weeks makes nobody busy
    return event


def _id(entry: CalendarEntry, determination: Determination, written: date) -> str:
    policy = determination.policy
    said = (
        policy.id,
        policy.version,
        determination.reference or "",  # only hashed, so nobody can read it
        written.isoformat(),
        entry.first_day.isoformat(),
        entry.last_day.isoformat(),
        entry.title,
        entry.words,
    )
    return str(uuid5(_NAMESPACE, _APART.join(said)))
