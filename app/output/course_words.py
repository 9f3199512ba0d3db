"""What was given in a course in words: cycles, earliest dates and findings, row by row.

A date of the label is named as one and never mixed with those of the policy.
"""

from collections.abc import Iterator

from app.model.dosing_clock import CheckedCycle, CourseCheck, FindingKind
from app.model.wording import count_in_words, date_in_words
from app.output.phrases import Row

COURSE_TITLE = "What was given, and what may follow"
_KIND: dict[FindingKind, str] = {
    "violation": "Beyond the {source}'s limit",
    "advisory": "Label advice",
}
# Each date of a check: its name, and how it is called.
_DATES = (
    ("this_course_earliest", "This course"),
    ("second_cycle_earliest", "Second cycle"),
    ("next_course_earliest", "Another course, by the {source}"),
    ("next_course_by_discharge", "Another course, by the label after discharge"),
)


def course_rows(check: CourseCheck) -> Iterator[Row]:
    """Yield the findings, the cycles and the earliest dates that are known."""
    for finding in check.findings:
        yield Row(
            _KIND[finding.kind].format(source=check.limits_from), finding.message, finding.citation
        )
    for cycle in check.cycles:
        citation = check.citations.get("doses_left", "")
        yield Row(f"Cycle {cycle.number}", cycle_text(cycle), citation)
    yield from _date_rows(check)


def cycle_text(cycle: CheckedCycle) -> str:
    """Return how many doses were given in a cycle, and how many are left."""
    given = f"{count_in_words(cycle.doses_given, 'dose')} given"
    if cycle.doses_left is None:
        return f"{given}; no limit is stated"
    left = f"at most {count_in_words(cycle.doses_left, 'dose')}" if cycle.doses_left else "none"
    return f"{given}, {left} left"


def _date_rows(check: CourseCheck) -> Iterator[Row]:
    for name, label in _DATES:
        day = getattr(check, name)
        if day is not None:
            mark = " (the later date)" if name == _later(check) else ""
            yield Row(
                label.format(source=check.limits_from),
                f"from {date_in_words(day)}{mark}",
                check.citations[name],
            )


def _later(check: CourseCheck) -> str:
    """Return which date for another course is the later one; no name while there are not two."""
    by_policy, by_label = check.next_course_earliest, check.next_course_by_discharge
    if by_policy is None or by_label is None or by_policy == by_label:
        return ""
    return "next_course_earliest" if by_policy > by_label else "next_course_by_discharge"
