"""Holds a request with what was given before against limits over a course or any other time.

What is already certain decides: the least that is asked for exceeds a limit although the rest is
not known. Vials are whole ones for each dose, by content, and no two doses share one.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from app.engine.course_schedule import plan_rule
from app.engine.cycle_pattern import DAY, CyclePattern
from app.engine.regimens import Regimen
from app.engine.solution import Solution
from app.model.case import Case
from app.model.course import Course
from app.model.determination import Finding, FindingResult
from app.model.dosing import LimitOver
from app.model.label import Label

_COUNTED = ("doses_per_day", "doses_per_week", "doses_per_cycle")  # by what is requested itself
_WEEK = 7
_WINDOWS = 256  # how many requests are remembered, each with the doses of its busiest days
_SOME_MORNING = datetime(2026, 1, 1, 8)  # noqa: DTZ001  # the clinic's wall clock


class Asked(NamedTuple):
    """What a limit is held against: the least, and the most if known; None: nothing asked of it.

    `missing` are the case keys that would tell the most.
    """

    least: int
    most: int | None
    is_asked: bool
    missing: tuple[str, ...] = ()


class OverTimes(NamedTuple):
    """The findings about limits over time, what is not known for them, and what was not asked."""

    findings: tuple[Finding, ...]
    missing: tuple[str, ...]
    unchecked: tuple[str, ...]


NO_LIMITS = OverTimes((), (), ())
LimitsRule = Callable[[Case, int | None], OverTimes]


def limits_rule(regimen: Regimen, pattern: CyclePattern | None, label: Label) -> LimitsRule:
    """Return the rule for the limits of a regimen over time, by a case and its dose of a session.

    The dose is None while it is not known or in doubt.
    """
    stated = [one for one in regimen.dosing.limits if one.name not in _COUNTED]
    if not stated:
        return lambda _case, _dose: NO_LIMITS
    cited = [(one, regimen.cite(one.citation)) for one in stated]
    count = _Counter(Solution.of(label.preparation), _busiest_rule(pattern))

    def check(case: Case, dose_iu: int | None) -> OverTimes:
        findings: list[Finding] = []
        missing: list[str] = []
        unchecked: list[str] = []
        result: FindingResult
        for limit, citation in cited:
            asked = count(limit, case, dose_iu)
            if asked.least > limit.at_most:
                result = "exceeds"
            elif not asked.is_asked:
                unchecked.append(limit.name)
                continue
            else:
                is_within = asked.most is not None and asked.most <= limit.at_most
                result = "within" if is_within else "unknown"
                missing += [] if is_within else asked.missing
            findings.append(Finding(limit.name, asked.least, limit.at_most, result, citation))
        return OverTimes(tuple(findings), tuple(dict.fromkeys(missing)), tuple(unchecked))

    return check


class _Counter:
    """Counts what a request comes to, over the time of a limit."""

    def __init__(self, solution: Solution, busiest: "_Busiest") -> None:
        self._solution, self._busiest = solution, busiest

    def __call__(self, limit: LimitOver, case: Case, dose_iu: int | None) -> Asked:
        """Return what is asked for over the time of a limit."""
        if limit.of == "cycles":
            return self._cycles(limit, case)
        doses = self._doses(limit, case)
        return doses if limit.of == "doses" else self._amount(limit, case, doses, dose_iu)

    def _doses(self, limit: LimitOver, case: Case) -> Asked:
        requested, before = case.requested, case.given_before
        more = _more_doses(case)
        is_asked = requested.doses_per_cycle is not None
        match limit.per:
            case "course":
                least = sum(one.given for one in case.course.cycles) + more
                return Asked(least, least, is_asked)
            case "authorization":
                return _with_before(case, "doses", before.doses, 0, Asked(more, more, is_asked))
            case "lifetime":
                told, asked = before.lifetime_doses, Asked(more, more, is_asked)
                return _with_before(case, "lifetime_doses", told, before.doses or 0, asked)
            case "days":
                busiest = self._busiest(case, limit.days or 0)
                return Asked(busiest or min(1, more), busiest, busiest is not None)
            case _:
                name = f"doses_per_{limit.per}"
                count: int | None = 1 if limit.per == "dose" else getattr(requested, name)
                return Asked(count or min(1, more), count, count is not None)

    @staticmethod
    def _cycles(limit: LimitOver, case: Case) -> Asked:
        begun = sum(1 for one in case.course.cycles if one.given)
        more = int(_is_request(case) and _open_cycle(case.course) is None)
        if limit.per in ("course", "days"):
            return Asked(begun + more, None, is_asked=False)
        told = case.given_before.cycles
        least = max(told or 0, begun) + more
        missing = () if told is not None else ("given_before.cycles",)
        is_asked = case.requested.doses_per_cycle is not None
        return Asked(least, least if told is not None else None, is_asked, missing)

    def _amount(self, limit: LimitOver, case: Case, doses: Asked, dose_iu: int | None) -> Asked:
        """Return the International Units or vials of so many doses, all of the requested size."""
        if dose_iu is None:
            least = doses.least if limit.of == "units" and limit.per != "lifetime" else 0
            return Asked(least if _is_request(case) else 0, None, is_asked=False)
        of_one = self._solution.by_content(dose_iu) if limit.of == "units" else dose_iu
        if limit.per not in ("authorization", "lifetime"):
            most = None if doses.most is None else doses.most * of_one
            return Asked(doses.least * of_one, most, doses.is_asked)
        told: int | None = getattr(case.given_before, limit.of)
        least = (told or 0) + _more_doses(case) * of_one
        missing = () if told is not None else (f"given_before.{limit.of}",)
        return Asked(least, least if told is not None else None, doses.is_asked, missing)


def _with_before(case: Case, key: str, told: int | None, known: int, asked: Asked) -> Asked:
    """Return what is asked for with the doses before it, which hold those of the course.

    At least `known` were given; `told` is None where nobody says how many in all.
    """
    least = max(told or 0, known, _given_under(case)) + asked.least
    missing = () if told is not None else (f"given_before.{key}",)
    return Asked(least, least if told is not None else None, asked.is_asked, missing)


def _given_under(case: Case) -> int:
    """Return the doses of this course that were certainly given since the authorization began."""
    start: date | None = case.authorization.start
    return sum(
        one.given
        for one in case.course.cycles
        if one.first_dose_at and (start is None or one.first_dose_at.date() >= start)
    )


def _is_request(case: Case) -> bool:
    """Return whether doses are requested, which asks for one at least.

    Lesions alone and rests alone ask for none.
    """
    requested = case.requested
    return any(getattr(requested, name) is not None for name in _REQUEST)


_REQUEST = ("dose_iu", *_COUNTED)


def _more_doses(case: Case) -> int:
    """Return how many doses are asked for at least, beside those given in the cycle under way."""
    wanted = case.requested.doses_per_cycle
    if wanted is None:
        return int(_is_request(case))
    under_way = _open_cycle(case.course)
    return max(0, wanted - (under_way or 0))


def _open_cycle(course: Course) -> int | None:
    """Return the given doses of the cycle under way; None where none is."""
    begun = [one for one in course.cycles if one.given or one.over]
    last = max(begun, key=lambda one: one.number, default=None)
    return None if last is None or last.over else last.given


_Busiest = Callable[[Case, int], int | None]


def _busiest_rule(pattern: CyclePattern | None) -> _Busiest:
    """Return the rule for the most doses in so many days in a row, as requested; None if unknown.

    With cycles it follows from the plan at the earliest permitted dates; without, from how many
    doses are requested in a day and in a week.
    """
    if pattern is None:
        return _busiest_by_frequency
    plan = plan_rule("", pattern)

    @lru_cache(maxsize=_WINDOWS)
    def busiest(doses_per_cycle: int, days: int) -> int | None:
        course = Course(first_dose_at=_SOME_MORNING, doses_per_cycle=doses_per_cycle)
        found = plan(course)
        if found is None:
            return None
        of_course = [dose.date() for one in found.cycles for dose in one.doses]
        dates, following = of_course, found.next_course_earliest
        if following is not None:
            step = following - of_course[0]
            courses = days * DAY // step + 2
            dates = list(
                chain.from_iterable(
                    [day + step * turn for day in of_course] for turn in range(courses)
                )
            )
        return max(_within(dates, days))

    def of_request(case: Case, days: int) -> int | None:
        wanted = case.requested.doses_per_cycle
        return None if wanted is None else busiest(wanted, days)

    return of_request


def _within(dates: list[date], days: int) -> Iterator[int]:
    """Yield for each date how many lie within so many days from it on."""
    for place, day in enumerate(dates):
        yield bisect_right(dates, day + DAY * (days - 1)) - place


def _busiest_by_frequency(case: Case, days: int) -> int | None:
    daily, weekly = case.requested.doses_per_day, case.requested.doses_per_week
    counts = [] if daily is None else [daily * days]
    if weekly is not None:
        weeks, rest = divmod(days, _WEEK)
        counts.append(weekly * weeks + min(weekly, rest * (daily or weekly)))
    return min(counts, default=None)


def limit_in_words(name: str) -> str:
    """Return what a limit over time is about.

    >>> limit_in_words("doses_per_course"), limit_in_words("units_per_63_days")
    ('the doses per course', 'the vials in 63 days')
    """
    what, time = name.split("_per_")
    nouns = {"units": "vials", "iu": "International Units"}
    if time.endswith("_days"):
        return f"the {nouns.get(what, what)} in {time.removesuffix('_days')} days"
    return f"the {nouns.get(what, what)} per {time}"
