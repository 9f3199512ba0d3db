"""The phrases for each part of a determination, shared by window, report and plain text.

A section is a part of a determination in words: a title with rows, built once for every writer.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from app.model.case import Authorization
from app.model.case_fields import CASE_FIELDS
from app.model.catalog import Catalog, Input
from app.model.determination import (
    ApprovalPeriod,
    ApprovalStatus,
    Determination,
    DoseLimit,
    Finding,
    NoteKind,
)
from app.model.eligibility import (
    Compared,
    CriterionResult,
    Judged,
    Seen,
    is_for_another_route,
)
from app.model.formatting import (
    VALUE_WORDS,
    count_in_words,
    date_in_words,
    decimal_in_words,
    dose_in_words,
    frequency_in_words,
    span_in_words,
)
from app.model.policy import FirstSeen, Policy
from app.model.quantities import INTERNATIONAL_UNITS

STATUS: dict[ApprovalStatus, str] = {
    "criteria_met": "Criteria met",
    "criteria_not_met": "Criteria not met",
    "information_missing": "Information missing",
    "clinician_review": "Clinician review",
}
# A shape for each status, because color alone must not carry information.
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
# The words of each kind of note.
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
NO_DOSING = "No dosing is documented for this use by this route."
NO_DOSING_BY_ROUTE = "No dosing is documented for this route."
NO_DOSING_STATED = "The document states no dosing, so nothing is beyond it."
SEVERAL_REGIMENS = "More than one regimen of the policy applies."
REGIMEN_OPEN = "Which regimen of the policy applies is not known yet."
NO_LIMIT = "There is no documented limit to check a request against."
NOT_KNOWN = "not known yet"
NO_LIMIT_STATED = "no limit stated"
A_ROUNDING = "the size of a rounding; the policy gives no tolerance"
HASH_DIGITS = 12  # of a file's SHA-256, where it is shortened


def _at_least_days(days: int) -> str:
    weeks, rest = divmod(days, 7)
    in_weeks = f" ({count_in_words(weeks, 'week')})" if weeks > 1 and not rest else ""
    return f"at least {count_in_words(days, 'day')}{in_weeks}"


# Each limit other than the dose: its name in a determination, its label, and its phrase.
LIMITS: tuple[tuple[str, str, Callable[[int], str]], ...] = (
    ("max_doses_per_day", "Frequency", lambda n: f"at most {frequency_in_words(n, 'daily')}"),
    ("max_doses_per_week", "Frequency", lambda n: f"at most {frequency_in_words(n, 'weekly')}"),
    ("max_doses_per_cycle", "Cycle", lambda n: f"at most {count_in_words(n, 'dose')}"),
    ("min_rest_days", "Rest before the second cycle", _at_least_days),
    ("min_course_rest_days", "Rest before another course", _at_least_days),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One statement of a section; "" where it has no label, citation or detail.

    `detail` is what goes with the text: the doses on a date, the answer that was judged, the check
    of a requested value. A criterion has its id as `key`, its depth in the tree, and its result
    unless it is about another route.
    """

    label: str
    text: str
    citation: str = ""
    detail: str = ""
    key: str = ""
    depth: int = 0
    result: CriterionResult | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a determination; `meaning` explains its rows, or is ""."""

    title: str
    rows: tuple[Row, ...]
    meaning: str = ""


def dose_title(determination: Determination) -> str:
    """Return the title of the dose: "Documented limit" where the criteria are not met."""
    limit = determination.dose_limit
    per = (limit and limit.per) or "dose"
    if determination.eligibility.status in ("not_met", "not_covered", "not_addressed"):
        return f"Documented limit per {per}"
    return f"Maximum per {per} that the policy allows"


def without_limit(found: Determination, no_dosing: str = NO_DOSING) -> str:
    """Return why no limit of a dose is shown: none is documented, or none is chosen."""
    if found.request_check.status == "no_limit_stated":
        return NO_DOSING_STATED
    applying = [one.applies for one in found.regimens if one.applies is not False]
    if not applying:
        return no_dosing
    return SEVERAL_REGIMENS if all(applying) else REGIMEN_OPEN


def waiting_text(determination: Determination) -> str:
    """Return which unusual values are not used until somebody confirms them; "" if none wait."""
    names = " and ".join(VALUE_WORDS[key] for key in determination.unconfirmed)
    return f"unusual {names}, not used until confirmed" if names else ""


def dose_text(determination: Determination) -> str:
    """Return the highest dose, or that it is not known yet, and which value waits."""
    limit = determination.dose_limit
    known = limit.max_dose_iu if limit else None
    if known is not None:
        return dose_in_words(known)
    if limit is not None and limit.per is None:
        return NO_LIMIT_STATED
    waits = waiting_text(determination)
    return f"{NOT_KNOWN}: {waits}" if waits else NOT_KNOWN


def limit_rows(limit: DoseLimit) -> Iterator[Row]:
    """Yield every documented limit other than the dose."""
    for name, label, in_words in LIMITS:
        value = getattr(limit, name)
        if value is not None:
            yield Row(label, in_words(value), limit.citations[name])


def requested_text(finding: Finding) -> str:
    """Return the requested value with its unit."""
    return _value_words(finding.field, finding.requested)


def _value_words(field: str, value: int) -> str:
    unit = _unit(field)
    return dose_in_words(value) if unit == INTERNATIONAL_UNITS else count_in_words(value, unit)


_COUNTED = {"doses": "dose", "cycles": "cycle", "units": "vial", "iu": INTERNATIONAL_UNITS}


def _unit(field: str) -> str:
    """Return what a finding counts: the unit of a requested value, or of a limit over time."""
    column = CASE_FIELDS.get(f"requested.{field}")
    return column.unit if column else _COUNTED[field.split("_per_", maxsplit=1)[0]]


def finding_label(finding: Finding, catalog: Catalog) -> str:
    """Return the label of a requested value, or of a limit over time."""
    key = f"requested.{finding.field}"
    if key in CASE_FIELDS:
        return catalog.label(key)
    what, time = finding.field.split("_per_")
    noun = {"units": "Vials", "iu": "International Units"}.get(what, what.capitalize())
    days = time.removesuffix("_days")
    return f"{noun} in {days} days" if time.endswith("_days") else f"{noun} per {time}"


def finding_text(finding: Finding) -> str:
    """Return the sentence for one finding of the request check."""
    if finding.result == "no_dosing_documented":
        return NO_DOSING_BY_ROUTE
    if finding.result == "no_limit_stated":
        return "The policy states no limit for this."
    if finding.limit is None:
        return "Cannot be checked before the measurements are known and confirmed."
    is_rest = _unit(finding.field) == "day"
    limit = f"{'at least' if is_rest else 'at most'} {_value_words(finding.field, finding.limit)}"
    if finding.result == "unknown":
        is_dose = finding.field == "dose_iu"
        why = "Unusual, not used until confirmed" if is_dose else "Cannot be checked yet"
        return f"{why}. The limit: {limit}."
    if finding.result == "within":
        return f"Within the limit: {limit}."
    by = _value_words(finding.field, abs(finding.requested - finding.limit))
    return f"{'Too short' if is_rest else 'Beyond the limit'} by {by}{_percent(finding)}: {limit}."


def _percent(finding: Finding) -> str:
    """Return by how many percent a dose is above its limit; a small excess with its remark."""
    if finding.excess_percent is None:
        return ""
    percent = Decimal(finding.excess_percent)
    remark = f", {A_ROUNDING}" if percent < 1 else ""
    return f" ({decimal_in_words(percent)}%{remark})"


def policy_text(found: Determination) -> str:
    """Return payer, title and version of the policy of a determination, and if it is a site's."""
    policy = found.policy
    site = " (site policy)" if any(note.id == "site_policy" for note in found.notes) else ""
    return f"Policy: {policy.payer}, {policy.title}{site}, version {policy.version}"


def period_text(period: ApprovalPeriod, granted: Authorization | None) -> str:
    """Return the period of an approval and whose its dates are, as far as `granted` tells it."""
    is_end_granted = granted is not None and granted.end is not None
    if period.assumed_start:
        start = "start assumed to be the date of service"
        source = f"{start}, end as authorized" if is_end_granted else start
    else:
        end = ", end reckoned by Aldesk" if granted else ""
        source = "as authorized" if is_end_granted else f"start as authorized{end}"
    return f"{span_in_words(period.start, period.end)} ({source})"


def result_text(judged: Judged) -> str:
    """Return the result of a criterion, with its shape."""
    return "– Not this route" if is_for_another_route(judged) else _RESULT[judged.result]


def seen_text(judged: Compared, catalog: Catalog) -> str:
    """Return the answer that was judged in a comparison, in words."""
    return answer_text(judged.seen, asked_of(judged, catalog))


def asked_of(judged: Compared, catalog: Catalog) -> Input:
    """Return the entry of the catalog that a comparison asks for."""
    keys = catalog.questions | {key: catalog.inputs[key] for key in ("route", "indication")}
    return keys[judged.question]


def answer_text(seen: Seen, entry: Input) -> str:
    """Return an answer, or a choice of another input, in words."""
    if seen is None:
        return "not known"
    if isinstance(seen, bool):
        return "yes" if seen else "no"
    if isinstance(seen, tuple):
        return ", ".join(entry.choices.get(one, one) for one in seen) or "none of these"
    return entry.choices.get(str(seen), str(seen))


def in_force_text(policy: Policy) -> str:
    """Return since when a version is in force, and where that is the date of a review only."""
    day = date_in_words(policy.in_force.first_day)
    if isinstance(policy.in_force, FirstSeen):
        return f"counted from {day}, when it was first seen"
    since = f"in force since {day}"
    is_reviewed_only = any(note.id == "no_effective_date" for note in policy.notes)
    return f"{since}, by its review date" if is_reviewed_only else since
