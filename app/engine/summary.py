"""Gives the reason for an approval status in one sentence.

The sentence never suggests how to change an answer, and never contains a dose. A limit that is
passed stands first; a dose above its limit does so whatever the status.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from app.engine.approval import Uncovered
from app.engine.composing import RENEWAL_REFUSED
from app.engine.course_check import CheckedCourse
from app.engine.criteria import Judgement
from app.engine.deciding import refused_renewals
from app.engine.request import KEY_WORDS, CheckedRequest
from app.engine.status import REFUSED
from app.model.determination import ApprovalStatus
from app.model.document import NotStated
from app.model.eligibility import (
    Because,
    Eligibility,
    Judged,
    JudgedCount,
    children,
    is_for_another_route,
)
from app.model.formatting import VALUE_WORDS, date_in_words
from app.model.policy import Policy
from app.model.treatment import CourseCheck, CourseRule
from app.model.uses import ELSEWHERE

# How many sentences are remembered: most cases share a few.
_SENTENCES = 256
_BY_CASE = "a clinician of the payer considers such a request case by case"
_UNSAID = "the document does not say what holds for such a request"
_BECAUSE: dict[Because, str] = {
    "experimental": "refused as experimental",
    "investigational": "refused as investigational",
    "not_medically_necessary": "refused as not medically necessary",
    "excluded": "excluded",
    "addressed_elsewhere": "addressed elsewhere",
}
_VIOLATION_WORDS: dict[CourseRule, str] = {
    "too_many_doses": "more doses were given in a cycle than the policy allows",
    "too_many_doses_daily": "more doses were given in the time than the policy allows",
    "rest_too_short": "a later cycle begins before its rest is over",
    "dose_on_a_day_off": "a dose was given on a day on which the policy has none",
    "too_many_in_all": "more was given in all than the policy allows",
    "course_rest_too_short": "this course begins before the rest after the one before is over",
}


class Grounds(NamedTuple):
    """What decides a status: criteria, request, course, what waits, and what is not covered."""

    judgement: Judgement
    request: CheckedRequest
    course: CheckedCourse
    unconfirmed: tuple[str, ...]
    uncovered: Uncovered | None
    exceeds_cell_therapy: bool


def summary_rule(policy: Policy) -> Callable[[ApprovalStatus, Grounds], str]:
    """Return the rule that gives the reason for a status in one sentence."""
    by_case = _UNSAID if isinstance(policy.beyond_dosing, NotStated) else _BY_CASE

    def summarize(status: ApprovalStatus, grounds: Grounds) -> str:
        judgement, request = grounds.judgement, grounds.request
        eligibility = judgement.eligibility.status
        criteria = _eligibility_words(judgement, policy.document)
        if eligibility in REFUSED:
            exceeds = request.beyond if request.check.status == "exceeds_limits" else ()
            is_dose = request.dose is not None and request.dose.result == "exceeds"
            first, others = exceeds[:is_dose], exceeds[is_dose:]
            beyond = (
                *others,
                *_violation_words(grounds.course.check),
                *_cell_therapy_words(grounds),
            )
            is_by_case = status == "clinician_review" and eligibility == "not_met"
            return _sentence(*first, criteria, *beyond, *[_BY_CASE][:is_by_case])
        beyond = (*request.beyond, *_violation_words(grounds.course.check))
        words = [*beyond, criteria] if beyond else [criteria, *_request_words(status, request)]
        words += _waiting_words(grounds)
        if status == "clinician_review":
            words.append(by_case)
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
    if grounds.course.missing:
        lacking = ", ".join(KEY_WORDS[key] for key in grounds.course.missing)
        words.append(f"a rest cannot be checked, because not known: {lacking}")
    if grounds.unconfirmed:
        named = ", ".join(VALUE_WORDS[key] for key in grounds.unconfirmed)
        words.append(f"unusual, and not used until it is confirmed: {named}")
    if grounds.uncovered is not None:
        day = date_in_words(grounds.uncovered.day)
        words.append(f"the authorization does not cover {day}")
    return [*words, *_cell_therapy_words(grounds)]


def _cell_therapy_words(grounds: Grounds) -> list[str]:
    return ["more doses than the cell therapy's label"] if grounds.exceeds_cell_therapy else []


def _eligibility_words(judgement: Judgement, document: str) -> str:
    found = judgement.eligibility
    if found.uses:
        return _uses_words(found, document)
    match found.status:
        case "met":
            return "the policy's criteria are met"
        case "not_covered":
            return f"{document} does not list this use"
        case "not_addressed":
            return f"{document} does not say whether it covers this use"
        case "incomplete":
            return f"not known yet: {_named(judgement.deciding)}"
        case _:
            return _refusal_words(judgement)


def _uses_words(found: Eligibility, document: str) -> str:
    """Return by which of its named uses the policy refuses a case, or refers it elsewhere."""
    if found.status == "not_addressed":
        told = [f"“{one.text}”" + (f" (see {one.see})" if one.see else "") for one in found.uses]
        return f"{document} does not judge this use: {_DOT.join(told)}"
    refused = [one for one in found.uses if one.because != ELSEWHERE]
    return "; ".join(f"{_BECAUSE[one.because]}: “{one.text}”" for one in refused)


def _refusal_words(judgement: Judgement) -> str:
    """Return which criteria are not fulfilled, which rule the case out, or that none is renewed."""
    renewals = refused_renewals(judgement.eligibility)
    if renewals:
        told = dict.fromkeys(one.text for one in renewals)
        own = [f"“{text}”" for text in told if text != RENEWAL_REFUSED]
        words = f"{RENEWAL_REFUSED[0].lower()}{RENEWAL_REFUSED[1:]}"
        return f"{words}: {_DOT.join(own)}" if own else words
    lacking = [one for one in judgement.deciding if one.result == "not_met"]
    against = [one for one in judgement.deciding if one.result == "met"]
    parts = [
        f"{words}: {_named(ones)}"
        for words, ones in (("not fulfilled", lacking), ("ruled out by", against))
        if ones
    ]
    return "; ".join(parts)


_DOT = " · "


def _named(criteria: Iterable[Judged]) -> str:
    return _DOT.join(map(_words, criteria))


def _words(judged: Judged) -> str:
    alternatives = children(judged)
    if alternatives and all(is_for_another_route(one) for one in alternatives):
        return "one of the routes that the policy lists for this use"
    if isinstance(judged, JudgedCount) and judged.result == "not_met":
        more = judged.at_least - [one.result for one in judged.of].count("met")
        return f"“{judged.text}” ({more} more needed)"
    return f"“{judged.text}”"
