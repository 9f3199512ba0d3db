"""Judges criteria over all possible answers to the open questions together.

Kleene logic takes each comparison for itself. Where a question is asked twice, or a comparison
holds whatever the answer is, the truth is found by trying all answers: a criterion is met if it is
met whatever the open answers are. Each criterion becomes a whole number, its column: bit i is its
truth under completion i.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_, or_

from app.engine.possible import Truths, possible_truths
from app.model.catalog import Question
from app.model.criterion import Comparison
from app.model.eligibility import (
    CriterionResult,
    Judged,
    JudgedAll,
    JudgedAny,
    JudgedComparison,
    JudgedCount,
    JudgedNone,
    children,
)

# More completions than this are not tried: then each criterion is judged for itself.
MOST_COMPLETIONS = 262_144
Clause = tuple[str, str]  # the question, and what is wanted of its answer


@dataclass(frozen=True, slots=True)
class Truth:
    """The judged criteria, and the open questions whose answers can still change the result."""

    judged: Judged
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """The comparisons of one question, and the truths that its possible answers give to them."""

    clauses: tuple[Clause, ...]
    truths: tuple[Truths, ...]

    @property
    def is_tangled(self) -> bool:
        """Whether its comparisons cannot be judged each for itself, as true or false."""
        return len(self.clauses) > 1 or len(self.truths) == 1


def asked_by(
    comparisons: Iterable[Comparison], questions: Mapping[str, Question]
) -> dict[str, Asked]:
    """Return the questions of some comparisons, each with what its answers can decide."""
    by_question: dict[str, list[Comparison]] = {}
    for one in comparisons:
        by_question.setdefault(one.question, []).append(one)
    return {
        name: Asked(tuple(map(clause_of, asked)), possible_truths(questions[name], asked))
        for name, asked in by_question.items()
    }


def clause_of(one: Comparison | JudgedComparison) -> Clause:
    """Return what a comparison asks: two with the same clause have the same truth."""
    return one.question, repr(one.wanted)


def complete(judged: Judged, asked: Mapping[str, Asked], is_open: Sequence[str]) -> Truth | None:
    """Return the truth over all answers to the open questions; None if there are too many."""
    table = table_of(asked, is_open)
    return Truth(table.judge(judged), table.missing(judged)) if table else None


def table_of(asked: Mapping[str, Asked], is_open: Sequence[str]) -> "Table | None":
    """Return the table of all answers to the open questions; None if there are too many."""
    count = 1
    for name in is_open:
        count *= len(asked[name].truths)
    return Table(asked, is_open, count) if count <= MOST_COMPLETIONS else None


class Table:
    """The columns of all comparisons over the completions of the open questions.

    A completion is a number whose digits are the answers: the digit of a question has its `stride`.
    """

    def __init__(self, asked: Mapping[str, Asked], is_open: Sequence[str], count: int) -> None:
        self._every = (1 << count) - 1
        self._digits: dict[str, list[int]] = {}
        self._strides: dict[str, int] = {}
        self._columns: dict[Clause, int] = {}
        stride = 1
        for name in is_open:
            one = asked[name]
            self._strides[name] = stride
            period = stride * len(one.truths)
            self._digits[name] = [
                _repeated(((1 << stride) - 1) << place, period, count)
                for place in range(0, period, stride)
            ]
            for at, clause in enumerate(one.clauses):
                pairs = zip(self._digits[name], one.truths, strict=True)
                self._columns[clause] = _union(digit for digit, truths in pairs if truths[at])
            stride = period

    def judge(self, judged: Judged) -> Judged:
        """Return the criteria with the results that they have over all completions."""
        column = self._column(judged)
        result: CriterionResult = "unknown" if column else "not_met"
        if column == self._every:
            result = "met"
        below = tuple(map(self.judge, children(judged)))
        match judged:
            case JudgedAll():
                return replace(judged, result=result, all=below)
            case JudgedAny():
                return replace(judged, result=result, any=below)
            case JudgedNone():
                return replace(judged, result=result, none=below)
            case JudgedCount():
                return replace(judged, result=result, of=below)
            case _:
                return replace(judged, result=result)

    def missing(self, judged: Judged) -> tuple[str, ...]:
        """Return the open questions of which two answers can give different results."""
        column = self._column(judged)
        return tuple(name for name in self._digits if self._matters(name, column))

    def _matters(self, name: str, column: int) -> bool:
        """Return whether the column differs between two answers, the others being the same."""
        first, *others = self._digits[name]
        stride = self._strides[name]
        moved = (
            (column & digit) >> (stride * place) for place, digit in enumerate(others, start=1)
        )
        return any(one != column & first for one in moved)

    def settling_alone(self, judged: Judged) -> tuple[str, ...]:
        """Return the open questions of which one answer can decide the result alone."""
        column = self._column(judged)
        return tuple(
            name
            for name, digits in self._digits.items()
            if any(column & digit in (0, digit) for digit in digits)
        )

    def _column(self, judged: Judged) -> int:
        match judged:
            case JudgedAll():
                return _all(map(self._column, judged.all), self._every)
            case JudgedAny():
                return _union(map(self._column, judged.any))
            case JudgedNone():
                return self._every & ~_union(map(self._column, judged.none))
            case JudgedCount():
                return self._at_least(judged)
            case JudgedComparison() if judged.result == "unknown":
                return self._columns[clause_of(judged)]
            case _:
                return self._every if judged.result == "met" else 0

    def _at_least(self, judged: JudgedCount) -> int:
        """Return the completions in which so many criteria are met."""
        reached = [self._every] + [0] * judged.at_least  # at least 0, 1, 2, ... so far
        for column in map(self._column, judged.of):
            for number in range(judged.at_least, 0, -1):
                reached[number] |= reached[number - 1] & column
        return reached[-1]


def _repeated(pattern: int, period: int, count: int) -> int:
    """Return a pattern of bits repeated with its period, so many bits in all."""
    width = period
    while width < count:
        pattern |= pattern << width
        width *= 2
    return pattern & ((1 << count) - 1)


def _union(columns: Iterable[int]) -> int:
    return reduce(or_, columns, 0)


def _all(columns: Iterable[int], every: int) -> int:
    return reduce(and_, columns, every)
