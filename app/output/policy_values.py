"""Writes the values of a policy file in words: doses, limits, lengths, days, codes, questions."""

from collections.abc import Callable
from typing import Any

from app.model.approval import Approval
from app.model.catalog import Question
from app.model.document import NotStated
from app.model.dosing import Block, Dose, DosingNotStated, Limit, LimitOver, Pattern, Rest
from app.model.formatting import count_in_words, date_in_words, dose_in_words
from app.model.policy import FirstSeen, Review, StatusRule
from app.model.uses import CodeList, NamedUse, NotCovered
from app.model.vocabulary import OwnIndication, OwnRoute
from app.output.phrases import LIMITS, STATUS
from app.output.stated_sections import UNDATED, length_words

NOT_STATED = "not stated"
_COUNTED = {
    "doses": "dose",
    "cycles": "cycle",
    "units": "vial",
    "iu": "International Unit",
}
_BECAUSE = {
    "experimental": "experimental",
    "investigational": "investigational",
    "not_medically_necessary": "not medically necessary",
    "excluded": "excluded",
    "addressed_elsewhere": "addressed by another document",
}
_QUESTION_KINDS = {
    "yes_no": "yes or no",
    "number": "a number",
    "one_of": "one of",
    "choices": "any of",
    "codes": "codes",
}
_REST_FROM = {
    "last_dose": "",
    "discharge": ", counted from the discharge",
    "first_dose": ", counted from the first dose",
}
_LIMITS = {name: in_words for name, _, in_words in LIMITS}
_PER = {
    "kg": "for each kg of body weight",
    "m2": "for each m² of body surface area",
    "lesion": "to each lesion",
    "dose": "for each dose",
    "visit": "in one visit, all lesions together",
}


def main_statement(key: str, value: Any) -> str:
    """Return the main statement of an entry, such as its number with the unit."""
    if isinstance(value, Rest):
        return f"{_LIMITS[key](value.value)}{_REST_FROM[value.from_]}"
    if isinstance(value, Limit):
        return _LIMITS[key](value.value)
    if value is True:
        return "yes"
    in_words = _MAIN.get(type(value))
    return str(value) if in_words is None else in_words(value)


def _length(approval: Approval) -> str:
    words = length_words(approval.length)
    return f"for {words}" if approval.length.keys().isdisjoint(UNDATED) else words


def _limit_over(limit: LimitOver) -> str:
    return f"at most {count_in_words(limit.at_most, _COUNTED[limit.of])} {over_words(limit)}"


def _days(pattern: Pattern) -> str:
    days = " and ".join(map(_block_words, pattern.on))
    return f"a cycle of {count_in_words(pattern.cycle_days, 'day')}, with doses on {days}"


def _use(use: NamedUse) -> str:
    return f"{_BECAUSE[use.because]}{f', see {use.see}' if use.see else ''}"


def _codes(codes: CodeList) -> str:
    below = f"all below {', '.join(codes.under)}" if codes.under else ""
    return "; ".join(filter(None, (codes.code, ", ".join(codes.any_of or ()), below)))


_MAIN: dict[type, Callable[[Any], str]] = {
    Dose: lambda dose: f"at most {dose_in_words(dose.iu)} {_PER[dose.per]}",
    LimitOver: lambda one: (
        f"at most {count_in_words(one.at_most, _COUNTED[one.of])} {over_words(one)}"
    ),
    Pattern: _days,
    Approval: _length,
    Review: lambda review: f"every {count_in_words(review.every_months, 'month')}",
    StatusRule: lambda rule: STATUS[rule.status],
    NamedUse: _use,
    CodeList: _codes,
    FirstSeen: lambda seen: f"{NOT_STATED}; first seen on {date_in_words(seen.seen_on)}",
    NotStated: lambda _: NOT_STATED,
    DosingNotStated: lambda _: NOT_STATED,
    NotCovered: lambda said: said.text or NOT_STATED,
    Question: lambda question: f"{question.label} ({_answers_words(question)})",
    OwnIndication: lambda one: str(one.label),
    OwnRoute: lambda one: str(one.label),
}


def _answers_words(question: Question) -> str:
    """Return which answers a question takes."""
    kind = _QUESTION_KINDS[question.kind]
    if question.choices:
        return f"{kind}: {', '.join(question.choices.values())}"
    return f"{kind} in {question.unit}" if question.unit else kind


def over_words(limit: LimitOver) -> str:
    """Return over what a limit counts, for instance: in each course."""
    if limit.days is not None:
        return f"in {count_in_words(limit.days, 'day')}"
    return f"in each {limit.per}" if limit.per != "lifetime" else "in a lifetime"


def _block_words(block: Block) -> str:
    if block.from_ == block.to:
        return f"day {block.from_}"
    return f"days {block.from_} to {block.to}"
