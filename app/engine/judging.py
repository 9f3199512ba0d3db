"""Judges one criterion by the answers of a case: met, not met or unknown, with a full trace.

An unknown answer is missing only if it can still change the result. Must not know any payer's rule.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any

from app.engine import kleene
from app.engine.completions import Asked, Clause, Truth, asked_by, clause_of, complete, table_of
from app.engine.possible import test_of
from app.model.answers import reader
from app.model.case import Case
from app.model.criterion import Comparison, Criterion, Group, comparisons
from app.model.eligibility import (
    CriterionResult,
    Judged,
    JudgedAll,
    JudgedAny,
    JudgedComparison,
    JudgedCount,
    JudgedNone,
    PassedOver,
    Seen,
    children,
)
from app.model.policy import Policy

# The answer to each question of the criteria; None is "not known".
Answers = tuple[Any, ...]
Judge = Callable[[Answers], Judged]

KIND = "request_kind"  # the question that the kind of a request answers
# How many results are remembered: of all answers together, and of one answer.
JUDGEMENTS, _ANSWERS = 4096, 256


class Condition:
    """A criterion of a policy for a route, which cases are judged by.

    `questions` are those that it asks, in the order of the file.
    """

    def __init__(self, criterion: Criterion, policy: Policy, route: str) -> None:
        asked = asked_by(comparisons(criterion, route), policy.known_questions)
        self.questions = tuple(asked)
        self._route = route
        self._asked = asked
        self._tangled = frozenset(name for name, one in asked.items() if one.is_tangled)
        self._readers = tuple(_reader(name, policy) for name in asked)
        places = {name: place for place, name in enumerate(asked)}
        self._judge = _compiled(criterion, route, places, policy)
        self.truth = lru_cache(maxsize=JUDGEMENTS)(self._truth)

    def answers(self, case: Case, contradictory: tuple[str, ...] = ()) -> Answers:
        """Return what a case answers; those that contradict each other count as not known."""
        found = [read(case) for read in self._readers]
        if contradictory:
            for place, name in enumerate(self.questions):
                if name in contradictory:
                    found[place] = None
        return tuple(found)

    def __call__(self, case: Case, contradictory: tuple[str, ...] = ()) -> Truth:
        """Return the judged criterion, and the open questions that can still change its result."""
        return self.truth(self.answers(case, contradictory))

    def ordered(self, request_kind: str | None) -> tuple[str, ...]:
        """Return the questions: first those of which one answer alone can decide the result.

        Nothing is known but the route and the kind of the request.
        """
        known = {"route": self._route or None, KIND: request_kind}
        answers = tuple(known.get(name) for name in self.questions)
        is_open = [name for name in self.questions if known.get(name) is None]
        alone = set(self._settling_alone(self._judge(answers), is_open))
        return tuple(sorted(self.questions, key=lambda name: name not in alone))

    def _settling_alone(self, nothing_known: Judged, is_open: Sequence[str]) -> Iterable[str]:
        table = table_of(self._asked, is_open) if self._tangled else None
        if table is not None:
            return table.settling_alone(nothing_known)
        return [name for name in is_open if _decides(nothing_known, self._asked[name])]

    def _truth(self, answers: Answers) -> Truth:
        judged = self._judge(answers)
        is_open = [name for name, seen in zip(self.questions, answers, strict=True) if seen is None]
        if not self._tangled.isdisjoint(is_open):
            found = complete(judged, self._asked, is_open)
            if found is not None:
                return found
        return Truth(judged, tuple(dict.fromkeys(_open_questions(judged))))


def _reader(name: str, policy: Policy) -> Callable[[Case], Any]:
    """Return the function that reads an answer; a decimal is the same however it is written."""
    read = reader(name)
    if policy.known_questions[name].kind != "number":
        return read
    return lambda case: _without_zeros(read(case))


def _without_zeros(number: int | Decimal | None) -> int | Decimal | None:
    """Return a number without zeros after its last decimal.

    >>> _without_zeros(Decimal("3.50")), _without_zeros(Decimal("20.0"))
    (Decimal('3.5'), Decimal('20'))
    """
    return Decimal(f"{number.normalize():f}") if isinstance(number, Decimal) else number


def _compiled(criterion: Criterion, route: str, places: Mapping[str, int], policy: Policy) -> Judge:
    """Return the function that judges a criterion by the answers, each at its place."""
    if isinstance(criterion, Comparison):
        return _comparison(criterion, places[criterion.question], policy)
    citation = policy.cite(criterion.citation)
    if criterion.routes and route not in criterion.routes:
        wanted = {"any_of": criterion.routes}
        passed_over = PassedOver(
            criterion.id, criterion.text, "not_met", "route", route, wanted, citation
        )
        return lambda _answers: passed_over
    below = [_compiled(child, route, places, policy) for child in criterion.children]
    return partial(_GROUPS[criterion.kind], criterion, citation, below)


def _all_of(group: Group, citation: str, below: list[Judge], answers: Answers) -> Judged:
    judged = tuple([judge(answers) for judge in below])
    result = kleene.all_of([one.result for one in judged])
    return JudgedAll(group.id, group.text, result, None, citation, judged)


def _any_of(group: Group, citation: str, below: list[Judge], answers: Answers) -> Judged:
    judged = tuple([judge(answers) for judge in below])
    result = kleene.any_of([one.result for one in judged])
    return JudgedAny(group.id, group.text, result, None, citation, judged)


def _none_of(group: Group, citation: str, below: list[Judge], answers: Answers) -> Judged:
    judged = tuple([judge(answers) for judge in below])
    result = kleene.none_of([one.result for one in judged])
    return JudgedNone(group.id, group.text, result, None, citation, judged)


def _count_of(group: Group, citation: str, below: list[Judge], answers: Answers) -> Judged:
    judged = tuple([judge(answers) for judge in below])
    needed = group.at_least or 0  # a count always states it
    result = kleene.at_least(needed, [one.result for one in judged])
    return JudgedCount(group.id, group.text, result, None, citation, needed, judged)


_GROUPS = {"all": _all_of, "any": _any_of, "none": _none_of, "of": _count_of}


def _comparison(criterion: Comparison, place: int, policy: Policy) -> Judge:
    """Return the function that compares one answer; few different ones occur."""
    citation = policy.cite(criterion.citation)
    holds = test_of(criterion, policy.known_questions[criterion.question])

    @lru_cache(maxsize=_ANSWERS)
    def compare(seen: Seen) -> Judged:
        return JudgedComparison(
            criterion.id,
            criterion.text,
            "unknown" if seen is None else ("met" if holds(seen) else "not_met"),
            criterion.question,
            seen,
            criterion.wanted,
            citation,
        )

    return lambda answers: compare(answers[place])


def _decides(nothing_known: Judged, asked: Asked) -> bool:
    """Return whether an answer to one question alone makes the result known."""
    answers = (dict(zip(asked.clauses, truths, strict=True)) for truths in asked.truths)
    return any(_result(nothing_known, one) != "unknown" for one in answers)


def _result(judged: Judged, known: Mapping[Clause, bool]) -> CriterionResult:
    """Return the result of a criterion if some of its comparisons were known."""
    below = [_result(child, known) for child in children(judged)]
    match judged:
        case JudgedComparison() if clause_of(judged) in known:
            return "met" if known[clause_of(judged)] else "not_met"
        case JudgedAll():
            return kleene.all_of(below)
        case JudgedAny():
            return kleene.any_of(below)
        case JudgedNone():
            return kleene.none_of(below)
        case JudgedCount():
            return kleene.at_least(judged.at_least, below)
        case _:
            return judged.result


def _open_questions(judged: Judged) -> Iterator[str]:
    if judged.result != "unknown":
        return
    if isinstance(judged, JudgedComparison):
        yield judged.question
    for child in children(judged):
        yield from _open_questions(child)
