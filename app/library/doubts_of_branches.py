"""Doubts about conditions of which more than one can hold for the same request.

Two conditions exclude each other here if no answer to one question lets both be met, whatever the
other answers are. Where that takes several answers, they count as able to hold together.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any

from app.library.examined import Doubt, Examined, Place
from app.model.approval import Approval
from app.model.catalog import Question
from app.model.criterion import Comparison, Criterion, Group, all_of

_ROUTE = "route"  # the question that `routes` of a group is about
_Condition = Sequence[Criterion]
# Between two thresholds of a policy there is always a number that lies closer to each.
_NEAR = Decimal("0.0000000001")
_HOLDS: dict[str, Callable[[Any, Any], bool]] = {
    "is": lambda seen, wanted: seen is wanted,
    "at_least": lambda seen, wanted: seen >= wanted,
    "at_most": lambda seen, wanted: seen <= wanted,
    "over": lambda seen, wanted: seen > wanted,
    "under": lambda seen, wanted: seen < wanted,
    "any_of": lambda seen, wanted: seen in wanted,
    "none_of": lambda seen, wanted: seen not in wanted,
}


def lengths_overlap(seen: Examined) -> Iterator[Doubt]:
    """Yield each two lengths of an approval that can both apply to one request."""
    for place in seen.places():
        approvals = place.value
        if not (isinstance(approvals, tuple) and approvals and isinstance(approvals[0], Approval)):
            continue
        known = _criteria_at(seen, place)
        for (number, one), (_, other) in combinations(enumerate(approvals), 2):
            apart = _are_apart(_condition(one, known), _condition(other, known), seen)
            if one.length != other.length and not apart:
                named = " and ".join(entry.branch or "every request" for entry in (one, other))
                yield place.at(number).doubt(
                    "lengths_overlap",
                    f"The approval has different lengths for {named}, and no single answer keeps "
                    "them apart: where both hold, no length is computed.",
                )


def uses_both_ways(seen: Examined) -> Iterator[Doubt]:
    """Yield each refused use that can also meet the criteria of an indication."""
    policy = seen.policy
    for number, use in enumerate(policy.not_covered.uses):
        covered = [
            one.name
            for one in policy.coverage.values()
            if not _are_apart([use.when], [one.criteria, *_common(seen)], seen)
        ]
        if covered and not use.is_elsewhere:
            ids = ("not_covered", "uses")
            yield Place((*ids, number), (*ids, use.id), use).doubt(
                "both_covered_and_refused",
                f"“{use.text}” is refused, and nothing in the criteria for {', '.join(covered)} "
                "rules it out: a request can be both, and then it is refused.",
            )


def _common(seen: Examined) -> list[Criterion]:
    return [seen.policy.common] if seen.policy.common else []


def _criteria_at(seen: Examined, place: Place) -> dict[str, Criterion]:
    """Return the criteria that may be the branch of an entry at a place, by their ids."""
    policy = seen.policy
    named = place.path[1] if place.path[0] == "coverage" else None
    roots = [one.criteria for key, one in policy.coverage.items() if named in (None, key)]
    roots += [*_common(seen), *(use.when for use in policy.not_covered.uses)]
    renewals = [
        *policy.renewal,
        *(entry for one in policy.coverage.values() for entry in one.renewal),
    ]
    roots += [entry.criteria for entry in renewals if entry.criteria]
    return {one.id: one for root in roots for one in all_of(root)}


def _condition(entry: Approval, known: Mapping[str, Criterion]) -> list[Criterion]:
    """Return what must be met for a length to apply."""
    branch = [known[entry.branch]] if entry.branch else []
    return [*branch, *([entry.when] if entry.when else [])]


def _are_apart(one: _Condition, other: _Condition, seen: Examined) -> bool:
    """Return whether a single answer keeps two conditions from being met together."""
    everything = [below for root in (*one, *other) for below in all_of(root)]
    asked = [below for below in everything if isinstance(below, Comparison)]
    names = [below.question for below in asked]
    if any(isinstance(below, Group) and below.routes for below in everything):
        names.append(_ROUTE)
    for name in dict.fromkeys(names):
        about = [below for below in asked if below.question == name]
        answers = _answers(seen.question(name), about)
        if answers and not any(
            _may_be_met(one, name, answer) and _may_be_met(other, name, answer)
            for answer in answers
        ):
            return True
    return False


def _answers(question: Question, about: Sequence[Comparison]) -> list[Any]:
    """Return an answer of each kind that matters, or none if an answer can be several things."""
    if question.kind == "yes_no":
        return [True, False]
    if question.kind == "one_of":
        return list(question.choices)
    if question.kind == "number":
        bounds = {Decimal(bound) for one in about for bound in one.wanted.values()}
        return sorted(near for bound in bounds for near in (bound - _NEAR, bound, bound + _NEAR))
    return []


def _may_be_met(condition: _Condition, question: str, answer: object) -> bool:
    return all(_judged(one, question, answer) is not False for one in condition)


def _judged(criterion: Criterion, question: str, answer: object) -> bool | None:
    """Return whether a criterion is met where one answer is known; None if others decide."""
    if isinstance(criterion, Group):
        if criterion.routes and question == _ROUTE and answer not in criterion.routes:
            return False
        return _of_group(criterion, [_judged(one, question, answer) for one in criterion.children])
    if criterion.question != question:
        return None
    return all(_HOLDS[key](answer, wanted) for key, wanted in criterion.wanted.items())


def _of_group(group: Group, below: Sequence[bool | None]) -> bool | None:
    met, refused = below.count(True), below.count(False)
    if group.kind == "none":
        return False if met else None if refused < len(below) else True
    needed = {"all": len(below), "any": 1}.get(group.kind, group.at_least or 0)
    if met >= needed:
        return True if group.routes is None else None
    return False if len(below) - refused < needed else None
