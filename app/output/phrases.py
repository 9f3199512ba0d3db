"""The words for each part of a determination, shared by the window and the plain text.

A row is a label with its text; where the policy says it, the citation stands with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.model.determination import (
    ApprovalPeriod,
    ApprovalStatus,
    CriterionResult,
    Cycle,
    CycleSchedule,
    Determination,
    DoseLimit,
    DoseSchedule,
    Finding,
    JudgedComparison,
    Rest,
    Schedule,
    Seen,
)
from app.model.policy import Policy
from app.model.question import Catalog, Input
from app.model.wording import (
    count_in_words,
    date_in_words,
    dose_in_words,
    frequency_in_words,
    time_in_words,
)

STATUS: dict[ApprovalStatus, str] = {
    "criteria_met": "Criteria met",
    "criteria_not_met": "Criteria not met",
    "information_missing": "Information missing",
    "clinician_review": "Clinician review",
}
# A shape for each status, so that it never speaks by color alone.
STATUS_SHAPE: dict[ApprovalStatus, str] = {
    "criteria_met": "✔",
    "criteria_not_met": "✘",
    "information_missing": "?",
    "clinician_review": "◆",
}
RESULT: dict[CriterionResult, str] = {"met": "Met", "not_met": "Not met", "unknown": "Not known"}
RESULT_SHAPE: dict[CriterionResult, str] = {"met": "✔", "not_met": "✘", "unknown": "?"}


@dataclass(frozen=True, slots=True)
class Row:
    """A label with its text and, where a document says it, its citation."""

    label: str
    text: str
    citation: str = ""


def dose_title(determination: Determination) -> str:
    """Return the title of the dose: a documented limit where the criteria are not met."""
    per = (
        "lesion"
        if determination.dose_limit and determination.dose_limit.per == "lesion"
        else "dose"
    )
    if determination.eligibility.status in ("not_met", "not_covered"):
        return f"Documented limit per {per}"
    return f"Maximum per {per} that the policy allows"


def limit_rows(limit: DoseLimit) -> Iterator[Row]:
    """Yield every documented limit beside the dose itself."""
    said = limit.citations
    if limit.max_doses_per_day is not None:
        text = f"at most {frequency_in_words(limit.max_doses_per_day, 'daily')}"
        yield Row("Frequency", text, said["max_doses_per_day"])
    if limit.max_doses_per_week is not None:
        text = f"at most {frequency_in_words(limit.max_doses_per_week, 'weekly')}"
        yield Row("Frequency", text, said["max_doses_per_week"])
    if limit.max_doses_per_cycle is not None:
        text = f"at most {count_in_words(limit.max_doses_per_cycle, 'dose')}"
        yield Row("Cycle", text, said["max_doses_per_cycle"])
    if limit.min_rest_days is not None:
        text = f"at least {count_in_words(limit.min_rest_days, 'day')}"
        yield Row("Rest before the second cycle", text, said["min_rest_days"])
    if limit.min_course_rest_days is not None:
        text = f"at least {count_in_words(limit.min_course_rest_days, 'day')}"
        yield Row("Rest before another course", text, said["min_course_rest_days"])


def finding_text(finding: Finding) -> str:
    """Return one finding of the request check in words."""
    in_words = dose_in_words if finding.field == "dose_iu" else "{:,}".format
    if finding.result == "no_limit_stated":
        return "The policy states no limit for this."
    if finding.limit is None:
        return "Cannot be checked before the measurements are known."
    bound = "at least" if finding.field.endswith("rest_days") else "at most"
    verdict = "Within the limit" if finding.result == "within" else "Beyond the limit"
    return f"{verdict}: {bound} {in_words(finding.limit)}."


def schedule_rows(schedule: Schedule) -> Iterator[Row]:
    """Yield the plan: cycles with rest days between them, or the dates of the first weeks."""
    if isinstance(schedule, DoseSchedule):
        for number, dose in enumerate(schedule.doses, start=1):
            yield Row(f"Dose {number}", time_in_words(dose))
        return
    one, two = schedule.cycles
    yield from _cycle_rows(one, schedule)
    yield Row("Rest", _rest_words(schedule.rest))
    yield from _cycle_rows(two, schedule)
    yield Row("Rest", _rest_words(schedule.course_rest))
    next_day = date_in_words(schedule.next_course_earliest)
    yield Row("Another course", f"{next_day} at the earliest")


def _cycle_rows(cycle: Cycle, schedule: CycleSchedule) -> Iterator[Row]:
    count = count_in_words(len(cycle.doses), "dose")
    every = f"every {schedule.interval_hours} hours"
    text = f"{_span(cycle.first_day, cycle.last_day)}: {count}, {every}"
    yield Row(f"Cycle {cycle.number}", text)
    by_day: dict[date, list[str]] = {}
    for dose in cycle.doses:
        by_day.setdefault(dose.date(), []).append(f"{dose:%H:%M}")
    for day, times in by_day.items():
        yield Row("", f"{date_in_words(day)}: {', '.join(times)}")


def _rest_words(rest: Rest) -> str:
    days = count_in_words(rest.days, "day")
    return f"{_span(rest.first_day, rest.last_day)}: {days} without a dose"


def _span(first: date, last: date) -> str:
    return (
        date_in_words(first)
        if first == last
        else f"{date_in_words(first)} to {date_in_words(last)}"
    )


def period_text(period: ApprovalPeriod) -> str:
    """Return the period of an approval, and whether its start is an assumption."""
    source = "start assumed to be the date of service" if period.assumed_start else "as authorized"
    return f"{_span(period.start, period.end)} ({source})"


def seen_text(judged: JudgedComparison, catalog: Catalog) -> str:
    """Return what was seen for one comparison in words."""
    keys = catalog.questions | {key: catalog.inputs[key] for key in ("route", "indication")}
    return _answer_words(judged.seen, keys[judged.question])


def _answer_words(seen: Seen, entry: Input) -> str:
    if seen is None:
        return "not known"
    if isinstance(seen, bool):
        return "yes" if seen else "no"
    if isinstance(seen, tuple):
        return ", ".join(entry.choices[one] for one in seen) or "none of these"
    return entry.choices.get(str(seen), str(seen))


def in_force_text(policy: Policy) -> str:
    """Return since when a version counts."""
    return f"in force since {date_in_words(policy.in_force.first_day)}"
