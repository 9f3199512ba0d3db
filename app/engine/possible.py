"""Tests of a known answer, and what an unknown one can still be.

An unknown answer matters by the truths that it can give to the comparisons that ask for it. Two
answers that give the same need no telling apart, so that a number or a list has few of them.
"""

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from app.model.catalog import Question
from app.model.criterion import Comparison

Truths = tuple[bool, ...]
Test = Callable[[Any], bool]

_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "over": operator.gt,
    "under": operator.lt,
}


def test_of(criterion: Comparison, question: Question) -> Test:
    """Return the test of a known answer: the comparison that a criterion states."""
    wanted = criterion.wanted
    if question.kind not in _PLAIN:
        is_hit = _code_hit(criterion) if question.kind == "codes" else _hit(criterion)
        return (lambda seen: not is_hit(seen)) if "none_of" in wanted else is_hit
    [(kind, value)] = wanted.items()
    if kind == "is":
        return lambda seen: seen is value
    compare = _ORDERS[kind]
    return lambda seen: compare(seen, value)


def _hit(criterion: Comparison) -> Test:
    """Return the test whether the choice, or one of several, is among those of a criterion."""
    chosen = frozenset(criterion.any_of or criterion.none_of or ())
    return lambda seen: seen in chosen if isinstance(seen, str) else not chosen.isdisjoint(seen)


def _code_hit(criterion: Comparison) -> Test:
    """Return the test whether one of the codes is among those of a criterion, or below one."""
    roots = criterion.under if isinstance(criterion.under, tuple) else ()
    codes = frozenset(map(bare, criterion.any_of or ()))
    return lambda seen: any(bare(one) in codes or is_below(one, roots) for one in seen)


def bare(code: str) -> str:
    """Return a code as it is compared: without its point, in capital letters.

    >>> bare("c64.1")
    'C641'
    """
    return code.replace(".", "").upper()


def is_below(code: str, roots: Iterable[str]) -> bool:
    """Return whether a code is one of these or below one.

    >>> is_below("C92.01", ["C92"]), is_below("C92", ["C92.0"])
    (True, False)
    """
    return bare(code).startswith(tuple(map(bare, roots)))


def possible_truths(question: Question, clauses: Sequence[Comparison]) -> tuple[Truths, ...]:
    """Return the different truths of the comparisons of a question over its possible answers."""
    tests = [test_of(one, question) for one in clauses]
    answers = _ANSWERS[question.kind](question, clauses)
    single = dict.fromkeys(tuple(test(answer) for test in tests) for answer in answers)
    return tuple(_joined(single, clauses) if question.kind in _LISTS else single)


_PLAIN = ("yes_no", "number")
_LISTS = ("choices", "codes")


def _joined(single: Iterable[Truths], clauses: Sequence[Comparison]) -> Iterator[Truths]:
    """Yield the truths of all lists of answers: a list hits what one of its entries hits."""
    flips = [one.none_of is not None for one in clauses]
    hits = {tuple(truth != flip for truth, flip in zip(one, flips, strict=True)) for one in single}
    found = {tuple(False for _ in clauses)}
    for hit in hits:
        found |= {tuple(map(operator.or_, one, hit)) for one in found}
    for one in sorted(found):
        yield tuple(truth != flip for truth, flip in zip(one, flips, strict=True))


def _numbers(question: Question, clauses: Sequence[Comparison]) -> Iterator[Decimal]:
    """Yield the numbers at which a truth can change, and their neighbors, within the bounds."""
    step = Decimal(1).scaleb(-(question.decimals or 0))
    low = Decimal(question.from_ or 0)
    high = None if question.to is None else Decimal(question.to)
    cuts = [Decimal(value) for one in clauses for value in one.wanted.values()]
    for number in (low, high, *(cut + move for cut in cuts for move in (-step, 0, step))):
        if number is not None and low <= number and (high is None or number <= high):
            yield number


def _entries(question: Question, _clauses: Sequence[Comparison]) -> Iterator[tuple[str, ...]]:
    yield from ((choice,) for choice in question.choices)


def _codes(_question: Question, clauses: Sequence[Comparison]) -> Iterator[tuple[str, ...]]:
    """Yield each code that is named, one below each, and one that is below none."""
    for one in clauses:
        roots = one.under if isinstance(one.under, tuple) else ()
        for code in (*(one.any_of or ()), *roots):
            yield (code,)
            yield (f"{code}{_BELOW}",)


_BELOW = "?"  # no code has this sign

_ANSWERS: dict[str, Callable[[Question, Sequence[Comparison]], Iterable[Any]]] = {
    "yes_no": lambda _question, _clauses: (True, False),
    "one_of": lambda question, _clauses: tuple(question.choices),
    "number": _numbers,
    "choices": _entries,
    "codes": _codes,
}
