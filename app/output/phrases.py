"""The words for each part of a determination, shared by the window and the plain text.

A row is a label with its text; where the policy says it, the citation stands with it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from app.engine import review_due
from app.model.catalog import Catalog, Input
from app.model.determination import (
    ApprovalPeriod,
    ApprovalStatus,
    CriterionResult,
    Determination,
    DoseLimit,
    Finding,
    Judged,
    JudgedComparison,
    NoteKind,
    PolicyReference,
    Seen,
    is_for_another_route,
)
from app.model.formatting import (
    MEASUREMENT_WORDS,
    count_in_words,
    date_in_words,
    dose_in_words,
    frequency_in_words,
    span_in_words,
)
from app.model.policy import Policy

STATUS: dict[ApprovalStatus, str] = {
    "criteria_met": "Criteria met",
    "criteria_not_met": "Criteria not met",
    "information_missing": "Information missing",
    "clinician_review": "Clinician review",
}
# A shape for each status, so that it never speaks by color alone.
STATUS_SHAPE: dict[ApprovalStatus, str] = {
    "criteria_met": "✓",
    "criteria_not_met": "×",
    "information_missing": "?",
    "clinician_review": "◊",
}
_RESULT: dict[CriterionResult, str] = {
    "met": "✓ Met",
    "not_met": "× Not met",
    "unknown": "? Not known",
}
# What has to be checked comes first.
NOTE_GROUPS: dict[NoteKind, str] = {
    "check": "To check",
    "caveat": "From the policy",
    "label": "From the label",
}
ANSWERED_BY = {
    "chart": "From the chart",
    "prescriber": "From the prescriber",
    "payer": "From the payer",
}
UNCONFIRMED_TOO = "Held back with the dose"


def _at_least_days(days: int) -> str:
    weeks, rest = divmod(days, 7)
    in_weeks = f" ({count_in_words(weeks, 'week')})" if weeks > 1 and not rest else ""
    return f"at least {count_in_words(days, 'day')}{in_weeks}"


# Each limit beside the dose: its name in a determination, its label, and its words.
LIMITS: tuple[tuple[str, str, Callable[[int], str]], ...] = (
    ("max_doses_per_day", "Frequency", lambda n: f"at most {frequency_in_words(n, 'daily')}"),
    ("max_doses_per_week", "Frequency", lambda n: f"at most {frequency_in_words(n, 'weekly')}"),
    ("max_doses_per_cycle", "Cycle", lambda n: f"at most {count_in_words(n, 'dose')}"),
    ("min_rest_days", "Rest before the second cycle", _at_least_days),
    ("min_course_rest_days", "Rest before another course", _at_least_days),
)


@dataclass(frozen=True, slots=True)
class CitedRow:
    """A documented limit: label, text and citation."""

    label: str
    text: str
    citation: str


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


def unconfirmed_text(determination: Determination) -> str:
    """Return what a dose waits for while a measurement is unusual and not confirmed, or nothing."""
    names = " and ".join(MEASUREMENT_WORDS[key] for key in determination.unconfirmed)
    return f"held back: unusual {names}; to be checked on the chart and confirmed" if names else ""


def limit_rows(limit: DoseLimit) -> Iterator[CitedRow]:
    """Yield every documented limit beside the dose itself."""
    for name, label, in_words in LIMITS:
        value = getattr(limit, name)
        if value is not None:
            yield CitedRow(label, in_words(value), limit.citations[name])


def requested_text(finding: Finding) -> str:
    """Return the requested value in words."""
    return _value_words(finding.field, finding.requested)


def _value_words(field: str, value: int) -> str:
    if field == "dose_iu":
        return dose_in_words(value)
    return count_in_words(value, "day" if field.endswith("rest_days") else "dose")


def finding_text(finding: Finding) -> str:
    """Return one finding of the request check in words."""
    if finding.result == "no_limit_stated":
        return "The policy states no limit for this."
    if finding.limit is None:
        return "Cannot be checked before the measurements are known."
    is_rest = finding.field.endswith("rest_days")
    bound = "at least" if is_rest else "at most"
    verdict = "Within the limit"
    if finding.result == "exceeds":
        by = _value_words(finding.field, abs(finding.requested - finding.limit))
        verdict = f"{'Too short' if is_rest else 'Beyond the limit'} by {by}"
    return f"{verdict}: {bound} {_value_words(finding.field, finding.limit)}."


def policy_text(policy: PolicyReference) -> str:
    """Return whose policy it is, its title and its version."""
    return f"Policy: {policy.payer}, {policy.title}, version {policy.version}"


def period_text(period: ApprovalPeriod) -> str:
    """Return the period of an approval, and whether its start is an assumption."""
    source = "start assumed to be the date of service" if period.assumed_start else "as authorized"
    return f"{span_in_words(period.start, period.end)} ({source})"


def result_text(judged: Judged) -> str:
    """Return how a criterion came out, with its shape."""
    return "– Not this route" if is_for_another_route(judged) else _RESULT[judged.result]


def seen_text(judged: JudgedComparison, catalog: Catalog) -> str:
    """Return what was seen for one comparison in words."""
    keys = catalog.questions | {key: catalog.inputs[key] for key in ("route", "indication")}
    return answer_text(judged.seen, keys[judged.question])


def answer_text(seen: Seen, entry: Input) -> str:
    """Return an answer, or another entry that is chosen from a list, in words."""
    if seen is None:
        return "not known"
    if isinstance(seen, bool):
        return "yes" if seen else "no"
    if isinstance(seen, tuple):
        return ", ".join(entry.choices[one] for one in seen) or "none of these"
    return entry.choices.get(str(seen), str(seen))


def stated_as_text(limit: DoseLimit) -> str:
    """Return the policy's other figure for the dose, which is never computed with."""
    if limit.also_stated_as is None:
        return ""
    return (
        f"The policy also states {limit.also_stated_as}, its own rounding; "
        "International Units govern."
    )


def in_force_text(policy: Policy) -> str:
    """Return since when a version counts."""
    return f"in force since {date_in_words(policy.in_force.first_day)}"


def policy_age_text(policy: Policy, today: date) -> str:
    """Return which version is used, how old it is today, and when the payer reviews it."""
    age = (today - policy.in_force.first_day).days
    old = f"{count_in_words(age, 'day')} old" if age >= 0 else "not in force yet"
    last_day = review_due(policy)
    due = "review was due by" if today > last_day else "review due by"
    return f"{policy.document}, version {policy.version}: {old}, {due} {date_in_words(last_day)}"
