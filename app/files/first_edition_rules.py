"""Tells by which changed rule a determination of Aldesk 0.1.0 comes out otherwise today.

What both editions have is compared. A rule is named only where it applies to the case: a difference
that no rule accounts for has none, so that a changed record never passes for a changed rule.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from app.engine import evaluate
from app.files.differences import NOT_THERE, Difference, differences_in_both, written
from app.model.case import Case
from app.model.course import Course
from app.model.determination import Determination
from app.model.earlier_editions import RuleId
from app.model.policy import Policy
from app.model.reference_data import ReferenceData

_TEXTS = {
    *("text", "summary", "basis", "citation", "message", "title", "payer", "label"),
    *("regimen", "also_stated_as"),
}
_COURSE_RULES = {"doses_too_close", "seven_weeks_to_the_day", "course_rest_too_short"}
_OF_GIVEN_DOSES: dict[str, RuleId] = {
    "schedule": "one_plan",
    "forecast": "forecast_of_the_plan",
}
_FOLLOW_THE_PLAN = ("second_cycle_earliest", "next_course_earliest", "cycles")
_STATUS, _SUMMARY, _BASIS, _LIMIT = (
    "approval_status",
    "summary",
    "dose_limit.basis",
    "dose_limit.max_dose_iu",
)
_FOLLOW_THE_STATUS = ("approval_period", "forecast")
_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
# The decimals that are written; 0.1.0 wrote as few as a number needs, and 6 of a concentration.
_KEPT = {
    "preparation.volume_ml": Decimal("0.01"),
    "preparation.concentration_mg_per_ml": Decimal("0.0001"),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A case of 0.1.0 with what it was judged by today, and the result."""

    case: Case
    policy: Policy
    reference_data: ReferenceData
    determination: Determination


def explained(recorded: dict[str, Any], now: Judged) -> tuple[Difference, ...]:
    """Return each difference of a recorded determination with the rule that changed, if any."""
    confirmed = _confirmed(now)
    otherwise = tuple(_explained(recorded, confirmed, ())) if confirmed else ()
    return tuple(_explained(recorded, now, otherwise, is_in_doubt=confirmed is not None))


def _explained(
    recorded: dict[str, Any],
    now: Judged,
    otherwise: tuple[Difference, ...],
    *,
    is_in_doubt: bool = False,
) -> Iterator[Difference]:
    """Yield the differences; `otherwise` are those where every unusual value is confirmed."""
    found = differences_in_both(recorded, written(now.determination))
    rules: dict[str, RuleId | None] = {}
    if any(one.at == _STATUS for one in found):
        of_status = _status_rule(recorded, now)
        gone = (one.at for one in found if one.at in _FOLLOW_THE_STATUS and one.recomputed is None)
        rules |= dict.fromkeys((_STATUS, _SUMMARY, *gone), of_status)
    for one in found:
        if one.at not in rules:
            is_gone = is_in_doubt and _is_gone(one, otherwise)
            rules[one.at] = "unusual_value_not_known" if is_gone else _by_place(one, now)
    if _LIMIT in rules:
        rules[_BASIS] = rules[_LIMIT]
    yield from (replace(one, rule=rules[one.at]) for one in found)


def _is_gone(one: Difference, otherwise: tuple[Difference, ...]) -> bool:
    """Return whether a difference is not there once the unusual values are confirmed.

    What is still different above or below it then has a rule of its own.
    """
    return not any(
        other.rule is None or (other.at, other.recomputed) == (one.at, one.recomputed)
        for other in otherwise
        if f"{other.at}.".startswith(f"{one.at}.") or one.at.startswith(f"{other.at}.")
    )


def _confirmed(now: Judged) -> Judged | None:
    """Return the same case with every unusual value confirmed; None if there is none."""
    if not now.determination.unconfirmed:
        return None
    while now.determination.unconfirmed:  # a confirmed weight can make the dose a doubtful one
        values = {key: _value(now.case, key) for key in now.determination.unconfirmed}
        checked = replace(
            now.case.confirmed, **{key.replace(".", "__"): one for key, one in values.items()}
        )
        now = _judged(now, replace(now.case, confirmed=checked))
    return now


def _value(case: Case, key: str) -> Any:
    found: Any = case
    for part in key.split("."):
        found = getattr(found, part)
    return found


def _judged(now: Judged, case: Case) -> Judged:
    return replace(now, case=case, determination=evaluate(case, now.policy, now.reference_data))


def _status_rule(recorded: dict[str, Any], now: Judged) -> RuleId | None:
    """Return the rule that makes the status another one; None if no changed rule does."""
    causes: list[RuleId] = []
    without = now.case
    found = now.determination
    if found.course_check and any(one.kind == "violation" for one in found.course_check.findings):
        causes.append("course_violation_decides")
        without = replace(without, course=Course())
    if (confirmed := _confirmed(now)) is not None:
        causes.append("unusual_value_not_known")
        without = replace(without, confirmed=confirmed.case.confirmed)
    notes = {note.id for note in found.notes}
    if "authorization_does_not_cover" in notes:
        causes.append("authorization_must_cover")
        granted = replace(without.authorization, start=None, end=None)
        without = replace(without, authorization=granted)
    if "contradictory_answers" in notes:
        before = recorded.get("eligibility")
        if not isinstance(before, dict) or before.get("status") != found.eligibility.status:
            return "contradictory_answer_not_known"
    if not causes or _judged(now, without).determination.approval_status != recorded[_STATUS]:
        return None
    return causes[0]


def _by_place(one: Difference, now: Judged) -> RuleId | None:
    """Return the rule that changed what stands at a place of a determination."""
    parts = one.at.split(".")
    top, last = parts[0], parts[-1]
    if top == "notes":
        return "notes_anew"
    if one.at.startswith("preparation.advice"):
        return "worded_anew"
    if last in _TEXTS or ".citations." in f".{one.at}.":
        both = isinstance(one.recorded, str) and isinstance(one.recomputed, str)
        return "worded_anew" if both else None
    by_part = {
        "request_check": _of_request,
        "preparation": _of_preparation,
        "course_check": _of_course,
        "eligibility": _of_eligibility,
    }
    if top in by_part:
        return by_part[top](one, now)
    return _OF_GIVEN_DOSES.get(top) if now.case.course.cycles else None


def _of_request(one: Difference, _now: Judged) -> RuleId | None:
    is_new = one.recorded is NOT_THERE and isinstance(one.recomputed, dict)
    is_told = is_new and one.recomputed["result"] == "no_dosing_documented"
    return "finding_without_dosing" if is_told else None


def _of_preparation(one: Difference, _now: Judged) -> RuleId | None:
    kept = _KEPT.get(one.at)
    if kept is not None:
        return "decimals_anew" if _is_cut(one.recorded, one.recomputed, kept) else None
    if one.at.startswith("preparation.warnings") or one.recorded is None:
        return "prepared_by_the_dose"
    return None


def _is_cut(recorded: Any, recomputed: Any, kept: Decimal) -> bool:
    """Return whether the recorded number, cut after the decimals kept, is the one of now."""
    if not isinstance(recorded, str) or not _DECIMAL.fullmatch(recorded):
        return False
    before = Decimal(recorded)
    return before - before % kept == Decimal(recomputed)


def _of_course(one: Difference, now: Judged) -> RuleId | None:
    if one.recomputed is None and now.determination.dose_limit is None:
        return "no_dosing_for_a_course"
    _, part, rule, inner, *_ = [*one.at.split("."), "", "", ""]
    if part == "findings":
        is_anew = rule.partition("#")[0] in _COURSE_RULES or inner == "at"
        return "course_rules" if is_anew else None
    return "one_plan" if part in _FOLLOW_THE_PLAN and now.case.course.cycles else None


def _of_eligibility(_one: Difference, now: Judged) -> RuleId | None:
    noted = any(note.id == "contradictory_answers" for note in now.determination.notes)
    return "contradictory_answer_not_known" if noted else None
