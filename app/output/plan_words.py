"""What is told of the dates of a plan: not booked, provisional, the later of two readings."""

from datetime import date

from app.model.formatting import date_in_words
from app.model.treatment import Cycle, CycleBegins, CycleSchedule

NOT_BOOKED = "the earliest permitted, not booked"
IF_GIVEN = "if the planned doses are given"
LATER = "the later date"


def is_open(cycle: Cycle) -> bool:
    """Return whether a cycle stands on its earliest permitted date, and nobody has booked it."""
    return cycle.begins == "earliest_permitted"


def second_cycle_words(begins: CycleBegins, first_day: date | None, *, provisional: bool) -> str:
    """Return the one date of the second cycle and what it is; "" where it ended without a dose."""
    if first_day is None:
        return ""
    day = date_in_words(first_day)
    if begins == "earliest_permitted":
        return ", ".join((f"from {day}", NOT_BOOKED, *([IF_GIVEN] if provisional else [])))
    return f"booked for {day}" if begins == "entered" else f"begun on {day}"


def second_cycle_is_provisional(schedule: CycleSchedule) -> bool:
    """Return whether the first permitted date of cycle 2 counts from a planned dose."""
    return is_provisional(schedule.cycles[0])


def is_provisional(before: Cycle) -> bool:
    """Return whether the first permitted date of the cycle after one counts from a planned dose."""
    return bool(before.doses)


def next_course_is_provisional(schedule: CycleSchedule) -> bool:
    """Return whether the first permitted date of another course counts from a planned dose."""
    with_doses = [cycle for cycle in schedule.cycles if cycle.last_day is not None]
    return bool(with_doses[-1].doses)


def later_reading(by_policy: date | None, by_label: date | None) -> tuple[str, str]:
    """Return a remark for the policy's date and one for the label's: which is the later one."""
    if by_policy is None or by_label is None or by_policy == by_label:
        return "", ""
    return (LATER, "") if by_policy > by_label else ("", LATER)
