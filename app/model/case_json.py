"""Reads a Case from JSON text; each problem is a sentence with the path of its key.

Numbers keep the form in which they were written, so that `1e3`, `70.` or a seventh decimal is
refused instead of rounded. A duplicate key is refused, because either value could be meant.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.model.adapters import adapter, listed, refusal_in
from app.model.case import Case
from app.model.case_fields import CASE_FIELDS, CaseField, Fields
from app.model.case_values import plain_code
from app.model.data import Refusal
from app.model.quantities import JsonNumber

MOST_PROBLEMS = 100

# More digits than any number needs; the time of int() would grow with the square of their count.
_MAX_DIGITS = 1000

_PLAIN_MESSAGES = {
    "missing": "Required.",
    "unexpected_keyword_argument": "Not a known key.",
    "dataclass_type": "Must be an object with named values.",
    "tuple_type": "Must be a list.",
    "bool_type": "Must be true, false or null.",
    "string_type": "Must be text.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of an input: the path of its key ("" for the whole input) and a sentence."""

    at: str
    message: str


class InvalidCase(Exception):
    """The input is not a valid case; `problems` is never empty."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{p.at}: {p.message}" for p in problems))
        self.problems = problems


class NotJson(Exception):
    """The text is not JSON; the message says what is wrong, with line and column if known."""


class _GivenTwice:
    """Replaces the value of a duplicate key; no field accepts it."""


def parse_json(text: str) -> object:
    """Return the JSON value of `text`, with a whole number as int, any other as JsonNumber.

    Raises NotJson.
    """
    if not text.strip():
        raise NotJson("it is empty")
    try:
        return json.loads(
            text,
            parse_float=JsonNumber,
            parse_constant=JsonNumber,
            parse_int=_whole,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise NotJson(f"{error.msg}, line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise NotJson("Nested too deeply") from None


def _whole(digits: str) -> int | JsonNumber:
    return int(digits) if len(digits) < _MAX_DIGITS else JsonNumber(digits)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        found[key] = _GivenTwice() if key in found else value
    return found


def read_case(data: object, fields: Fields = CASE_FIELDS) -> Case:
    """Return the case that parsed JSON describes; `fields` are those that a case may have.

    Raises InvalidCase with its problems: the first MOST_PROBLEMS, then how many more there are.
    """
    unreadable = tuple(_lone_surrogates(data))
    if unreadable:
        raise InvalidCase((*unreadable[:MOST_PROBLEMS], *_rest(len(unreadable))))
    own, rest, wrong = _own_answers(data, fields)
    try:
        case = adapter(Case).validate_python(rest, context=fields.choices_in(data))
    except ValidationError as error:
        details = error.errors(include_url=False)
        wrong = [*(_problem(one) for one in details[:MOST_PROBLEMS]), *wrong]
        count = len(wrong) + len(details[MOST_PROBLEMS:])
        raise InvalidCase((*wrong[:MOST_PROBLEMS], *_rest(count))) from None
    if wrong:
        raise InvalidCase((*wrong[:MOST_PROBLEMS], *_rest(len(wrong))))
    return replace(case, facts=replace(case.facts, others=own)) if own else case


_Own = tuple[dict[str, Any], object, list[Problem]]


def _own_answers(data: object, fields: Fields) -> _Own:
    """Return the answers to a policy's own questions, what else is there, and what is wrong."""
    facts = data.get("facts") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(facts, dict):
        return {}, data, []
    own: dict[str, Any] = {}
    rest: dict[str, Any] = {}
    wrong: list[Problem] = []
    for name, value in facts.items():
        key = f"facts.{name}"
        if key in CASE_FIELDS or key not in fields:
            rest[name] = value
        elif value is not None:
            try:
                own[name] = _own_answer(fields[key], value)
            except Refusal as refusal:
                wrong.append(Problem(f"{key}.{refusal.at}".rstrip("."), refusal.message))
    return own, {**data, "facts": rest}, wrong


def _own_answer(field: CaseField, value: Any) -> Any:
    """Return the answer to a question of a policy. Raises Refusal."""
    if isinstance(value, _GivenTwice):
        raise Refusal("Given more than once.")
    if field.quantity is not None:
        return field.quantity.parse(value)
    if field.kind == "yes_no":
        if not isinstance(value, bool):
            raise Refusal(_PLAIN_MESSAGES["bool_type"])
        return value
    if field.kind == "choice":
        return _one_of(field, value)
    if not isinstance(value, list | tuple):
        raise Refusal(_PLAIN_MESSAGES["tuple_type"])
    return tuple(_one_of(field, one, str(place)) for place, one in enumerate(value))


def _one_of(field: CaseField, value: Any, at: str = "") -> str:
    """Return a choice, or a code where there are no choices. Raises Refusal."""
    if field.choices and value not in field.choices:
        raise Refusal(f"Must be one of: {', '.join(field.choices)}.", at)
    if not isinstance(value, str):
        raise Refusal(_PLAIN_MESSAGES["string_type"], at)
    try:
        return value if field.choices else plain_code(value)
    except Refusal as refusal:
        raise Refusal(refusal.message, at) from None


def _rest(count: int) -> tuple[Problem, ...]:
    """Return how many of so many problems are not told, or nothing."""
    rest = count - MOST_PROBLEMS
    words = f"{rest:,} more {'problem' if rest == 1 else 'problems'}."
    return (Problem("", words),) if rest > 0 else ()


def _lone_surrogates(data: object) -> Iterator[Problem]:
    """Yield a problem for each text with a lone surrogate, which UTF-8 cannot encode."""
    waiting: list[tuple[str, object]] = [("", data)]
    for path, value in waiting:  # the list grows meanwhile; recursion could exhaust the stack
        if isinstance(value, str):
            if not value.isascii() and any("\ud800" <= one <= "\udfff" for one in value):
                yield Problem(path, "Not readable text: half of a character is missing.")
        elif isinstance(value, dict):
            for key, inner in value.items():
                place = f"{path}.{key}" if path else key
                waiting += [(place, key), (place, inner)]
        elif isinstance(value, list):
            waiting += [(f"{path}.{place}", inner) for place, inner in enumerate(value)]


def _problem(detail: ErrorDetails) -> Problem:
    refusal = refusal_in(detail)
    path = [str(part) for part in detail["loc"]]
    if refusal and refusal.at:
        path.append(refusal.at)
    return Problem(".".join(path), _message(detail, refusal))


def _message(detail: ErrorDetails, refusal: Refusal | None) -> str:
    if isinstance(detail["input"], _GivenTwice):
        return "Given more than once."
    of_a_key = bool(detail["loc"]) and isinstance(detail["loc"][-1], str)
    if detail["input"] is None and of_a_key and detail["type"] != "unexpected_keyword_argument":
        return _PLAIN_MESSAGES["missing"]
    if refusal:
        return refusal.message
    if detail["type"] == "literal_error":
        return f"Must be one of: {listed(detail['ctx']['expected'])}."
    return _PLAIN_MESSAGES.get(detail["type"], detail["msg"])
