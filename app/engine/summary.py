"""Gives the reason for an approval status in one sentence.

The sentence never suggests how to change an answer, and never contains a dose. A limit that is
passed stands first; a dose above its limit does so whatever the status.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from app.engine.approval import Uncovered
from app.engine.criteria import Judgement
from app.engine.request import CheckedRequest
from app.engine.status import REFUSED
from app.model.determination import ApprovalStatus
from app.model.eligibility import Judged, children, is_for_another_route
from app.model.formatting import VALUE_WORDS, date_in_words
from app.model.policy import Policy
from app.model.treatment import CourseCheck, CourseRule

# How many sentences are remembered: most cases share a few.
_SENTENCES = 256
_BY_CASE = "a clinician of the payer considers such a request case by case"
_VIOLATION_WORDS: dict[CourseRule, str] = {
    "too_many_doses": "more doses were given in a cycle than the policy allows",
    "too_many_doses_daily": "more doses were given in the time than the policy allows",
    "rest_too_short": "the second cycle begins before its rest is over",
    "course_rest_too_short": "this course begins before the rest after the one before is over",
}


class Grounds(NamedTuple):
    """What decides a status: criteria, request, course, what waits, and what is not covered."""

    judgement: Judgement
    request: CheckedRequest
    course: CourseCheck | None
    unconfirmed: tuple[str, ...]
    uncovered: Uncovered | None
    exceeds_cell_therapy: bool


def summary_rule(policy: Policy) -> Callable[[ApprovalStatus, Grounds], str]:
    """Return the rule that gives the reason for a status in one sentence."""
    not_listed = f"{policy.document} does not list this use"

    def summarize(status: ApprovalStatus, grounds: Grounds) -> str:
        judgement, request = grounds.judgement, grounds.request
        eligibility = judgement.eligibility.status
        criteria = not_listed if eligibility == "not_covered" else _eligibility_words(judgement)
        if eligibility in REFUSED:
            exceeds = request.beyond if request.check.status == "exceeds_limits" else ()
            is_dose = request.dose is not None and request.dose.result == "exceeds"
            first, others = exceeds[:is_dose], exceeds[is_dose:]
            beyond = (*others, *_violation_words(grounds.course), *_cell_therapy_words(grounds))
            return _sentence(*first, criteria, *beyond)
        beyond = (*request.beyond, *_violation_words(grounds.course))
        words = [*beyond, criteria] if beyond else [criteria, *_request_words(status, request)]
        words += _waiting_words(grounds)
        if status == "clinician_review":
            words.append(_BY_CASE)
        return _sentence(*words)

    return summarize


@lru_cache(maxsize=_SENTENCES)
def _sentence(*parts: str) -> str:
    told = "; ".join(parts)
    return f"{told[0].upper()}{told[1:]}."


def _violation_words(course: CourseCheck | None) -> list[str]:
    rules = [one.rule for one in course.findings if one.kind == "violation"] if course else []
    return list(dict.fromkeys(_VIOLATION_WORDS[rule] for rule in rules))


def _request_words(status: ApprovalStatus, request: CheckedRequest) -> list[str]:
    is_told = status == "criteria_met" or request.check.status == "incomplete"
    return [request.words] if is_told and request.words else []


def _waiting_words(grounds: Grounds) -> list[str]:
    words = []
    if grounds.unconfirmed:
        named = ", ".join(VALUE_WORDS[key] for key in grounds.unconfirmed)
        words.append(f"unusual, and not used until it is confirmed: {named}")
    if grounds.uncovered is not None:
        day = date_in_words(grounds.uncovered.day)
        words.append(f"the authorization does not cover {day}")
    return [*words, *_cell_therapy_words(grounds)]


def _cell_therapy_words(grounds: Grounds) -> list[str]:
    return ["more doses than the cell therapy's label"] if grounds.exceeds_cell_therapy else []


def _eligibility_words(judgement: Judgement) -> str:
    if judgement.eligibility.status == "met":
        return "the policy's criteria are met"
    wanted = " · ".join(map(_words, judgement.deciding))
    if judgement.eligibility.status == "not_met":
        return f"not fulfilled: {wanted}"
    return f"not known yet: {wanted}"


def _words(judged: Judged) -> str:
    alternatives = children(judged)
    if alternatives and all(is_for_another_route(one) for one in alternatives):
        return "one of the routes that the policy lists for this use"
    return f"“{judged.text}”"
