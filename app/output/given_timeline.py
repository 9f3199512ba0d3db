"""What was really given as a timeline: doses, the rest after them, and what is permitted next."""

from collections.abc import Iterator
from datetime import date, timedelta

from app.model.case import Course
from app.model.formatting import count_in_words, date_in_words, span_in_words
from app.model.treatment import CheckedCycle, CourseCheck
from app.output.course_sections import cycle_text
from app.output.timeline import Part, TimelinePlan, day_number, days_in_words, make_plan

_DAY = timedelta(days=1)
_FIRST, _SECOND = 1, 2  # the cycles of a course
_LONGEST_DAYS = 400  # what spans more is no course, and would be drawn too small to be read


def course_timeline(course: Course, check: CourseCheck, today: date) -> TimelinePlan | None:
    """Return the timeline of what was given, or None where nothing has a date."""
    segments = sorted(_segments(course, check), key=lambda part: part.first_day)
    if not segments:
        return None
    first = segments[0].first_day
    marks = tuple(_marks(course, check, first))
    last = max(part.last_day for part in (*segments, *marks))
    if day_number(last, first) > _LONGEST_DAYS:
        return None
    given = sum(cycle.doses_given for cycle in course.cycles)
    overview = f"{count_in_words(given, 'dose')} given." if given else "No dose given yet."
    return make_plan(segments, marks, overview, today)


def _segments(course: Course, check: CourseCheck) -> Iterator[Part]:
    """Yield the cycles and the rests around them, a rest only as far as it was kept."""
    cycles = _with_doses(course, check)
    before = course.previous_last_dose_on
    begins = [begin for _, begin, _ in cycles]
    course_first = min([*begins, *([before + _DAY] if before else [])], default=None)
    if course_first is None:
        return
    if before:
        yield from _rest(before, check.this_course_earliest, begins[:1], course_first)
    for place, (cycle, begin, end) in enumerate(cycles):
        yield _given(cycle, begin, end, course_first)
        following = begins[place + 1 :]
        yield from _rest(end, _permitted(cycle, following, check), following, course_first)


def _with_doses(course: Course, check: CourseCheck) -> list[tuple[CheckedCycle, date, date]]:
    """Return the cycles in which a dose was given, with its first and its last date."""
    times = {one.number: (one.first_dose_at, one.last_dose_at) for one in course.cycles}
    found = []
    for cycle in check.cycles:
        first, last = times[cycle.number]
        if cycle.doses_given and first and last:
            found.append((cycle, first.date(), last.date()))
    return found


def _permitted(cycle: CheckedCycle, following: list[date], check: CourseCheck) -> date | None:
    """Return the first permitted date after a cycle: for another course if this one is done."""
    if not following and check.next_course_earliest is not None:
        return check.next_course_earliest
    return check.second_cycle_earliest if cycle.number == _FIRST else None


def _given(cycle: CheckedCycle, begin: date, end: date, course_first: date) -> Part:
    name = f"Cycle {cycle.number}, given"
    days = days_in_words(day_number(begin, course_first), day_number(end, course_first))
    detail = f"{name}: {span_in_words(begin, end)} ({days}). {cycle_text(cycle)}."
    return Part("treatment", begin, end, name, name, date_in_words(begin), detail)


def _rest(
    after: date, permitted: date | None, following: list[date], course_first: date
) -> Iterator[Part]:
    """Yield the rest after a date: as long as it is asked for, or as it was kept."""
    if permitted is None:
        return
    end = min([permitted, *following]) - _DAY
    kept = (end - after).days
    if kept < 1:
        return
    asked = count_in_words((permitted - after).days - 1, "day")
    words = count_in_words(kept, "day")
    is_short = end < permitted - _DAY
    told = f"{words} of rest, and {asked} are asked for" if is_short else f"Rest of {asked}"
    days = days_in_words(day_number(after + _DAY, course_first), day_number(end, course_first))
    detail = f"{told}: {span_in_words(after + _DAY, end)} ({days})."
    yield Part("rest", after + _DAY, end, f"{words} of rest", words, "", detail)


def _marks(course: Course, check: CourseCheck, course_first: date) -> Iterator[Part]:
    given = {cycle.number for cycle, _, _ in _with_doses(course, check)}
    marks = (
        ("This course", check.this_course_earliest if not given else None),
        ("Second cycle", check.second_cycle_earliest if _SECOND not in given else None),
        ("Another course", check.next_course_earliest),
        ("Another course, by the label", check.next_course_by_discharge),
    )
    for name, day in marks:
        if day is not None and day >= course_first:
            detail = f"{name}: {date_in_words(day)} (day {day_number(day, course_first)})"
            words = f"from {date_in_words(day)}"
            yield Part("permitted", day, day, name, name, words, f"{detail} at the earliest.")
