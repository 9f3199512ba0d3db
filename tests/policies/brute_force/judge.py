"""Criteria judged by brute force over every completion of the answers that are not known.

Written from the policy format alone and from nothing in `app`. A criterion is judged with two
values only: three come from asking whether every completion says the same.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from itertools import product
from typing import Any

Node = dict[str, Any]
Answers = Mapping[str, Any]
GROUPS = ("all", "any", "none", "of")
# Codes that criteria name, and others of each kind: below a named one, and far from all.
NAMED_CODES = ["C64.1", "C92", "C92.0", "C92.00", "C92.01", "C92.5", "C43.0", "C43.9"]
CODES = [*NAMED_CODES, "C640", "C92.02", "C92.9", "C43.5", "Z99.9"]


def children(node: Node) -> list[Node]:
    return next((node[key] for key in GROUPS if key in node), [])


def is_passed_over(node: Node, route: str) -> bool:
    """Whether a group is for other routes: it then counts as not met, whatever it contains.

    Without a route no group is passed over.
    """
    return bool(route) and route not in node.get("routes", [route])


def nodes(node: Node, route: str) -> Iterator[Node]:
    """Yield a criterion and all that stands in it for a route."""
    yield node
    if not is_passed_over(node, route):
        for child in children(node):
            yield from nodes(child, route)


def is_listed(code: str, node: Node) -> bool:
    plain = code.replace(".", "").upper()
    exact = [one.replace(".", "") for one in node.get("any_of", [])]
    above = [one.replace(".", "") for one in node.get("under", [])]
    return plain in exact or any(plain.startswith(one) for one in above)


def compares(node: Node, answer: Any, kind: str) -> bool:
    """Whether an answer that is known meets a comparison."""
    if "is" in node:
        return bool(answer is node["is"])
    if kind == "codes":
        return any(is_listed(code, node) for code in answer)
    for key, holds in _OF_NUMBERS.items():
        if key in node:
            return holds(Decimal(str(answer)), Decimal(str(node[key])))
    named = node.get("any_of", node.get("none_of"))
    given = answer if isinstance(answer, list) else [answer]
    return bool(set(named or []) & set(given)) is ("any_of" in node)


_OF_NUMBERS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "at_least": lambda answer, bound: answer >= bound,
    "at_most": lambda answer, bound: answer <= bound,
    "over": lambda answer, bound: answer > bound,
    "under": lambda answer, bound: answer < bound,
}


def group_holds(node: Node, values: list[bool]) -> bool:
    met = sum(values)
    if "none" in node:
        return met == 0
    if "all" in node:
        return met == len(values)
    return met >= int(node.get("at_least", 1))


def domain(question: Mapping[str, Any], asked: list[Node]) -> list[Any]:
    """Return answers among which is one for every way in which an answer can be compared."""
    if question["kind"] == "yes_no":
        return [True, False]
    if question["kind"] == "one_of":
        return list(question["choices"])
    if question["kind"] == "choices":
        every = list(question["choices"])
        return [list(some) for some in _subsets(every)]
    if question["kind"] == "codes":
        return _lists_of_codes(asked)
    step = Decimal(1).scaleb(-question.get("decimals", 0))
    low, high = Decimal(question["from"]), Decimal(question["to"])
    bounds = {Decimal(str(node[key])) for node in asked for key in _OF_NUMBERS if key in node}
    near = {low, high} | {bound + step * by for bound in bounds for by in (-1, 0, 1)}
    return sorted(one for one in near if low <= one <= high)


def _lists_of_codes(asked: list[Node]) -> list[list[str]]:
    """Return lists, never empty ones (no code is not known), for all that codes can do together."""
    found: dict[tuple[bool, ...], list[str]] = {}
    longer = [[code] for code in CODES]
    while longer:
        new = {tuple(compares(node, one, "codes") for node in asked): one for one in longer}
        fresh = {key: one for key, one in new.items() if key not in found}
        found.update(fresh)
        longer = [[*one, code] for one in fresh.values() for code in CODES if code not in one]
    return list(found.values())


def _subsets(every: list[str]) -> Iterator[tuple[str, ...]]:
    for kept in product((True, False), repeat=len(every)):
        yield tuple(one for one, is_kept in zip(every, kept, strict=True) if is_kept)


class Judged:
    """A tree for one route with the answers that are known; `questions` says their kinds."""

    def __init__(
        self, tree: Node, route: str, known: Answers, questions: Mapping[str, Mapping[str, Any]]
    ) -> None:
        self.tree, self.route, self.questions = tree, route, questions
        self.known = {**known, "route": route}
        self.comparisons = [one for one in nodes(tree, route) if "question" in one]
        self.asked = list(dict.fromkeys(one["question"] for one in self.comparisons))
        self.unknown = [one for one in self.asked if self.known.get(one) is None]

    def classes(self, name: str) -> list[tuple[bool, ...]]:
        """Return the ways in which the comparisons with a question can come out together."""
        own = [one for one in self.comparisons if one["question"] == name]
        question = self.questions.get(name, {"kind": "one_of", "choices": []})
        known = self.known.get(name)
        answers = domain(question, own) if known is None else [known]
        kind = question["kind"]
        return list(dict.fromkeys(tuple(compares(one, a, kind) for one in own) for a in answers))

    def values(self, chosen: Mapping[str, tuple[bool, ...]]) -> dict[str, bool]:
        """Return each criterion as one choice of classes makes it, by its id."""
        left = {name: list(results) for name, results in chosen.items()}
        of_leaf = {one["id"]: left[one["question"]].pop(0) for one in self.comparisons}
        found: dict[str, bool] = {}
        self._fill(self.tree, of_leaf, found)
        return found

    def _fill(self, node: Node, of_leaf: Mapping[str, bool], found: dict[str, bool]) -> bool:
        if is_passed_over(node, self.route):
            value = False
        elif "question" in node:
            value = of_leaf[node["id"]]
        else:
            value = group_holds(node, [self._fill(one, of_leaf, found) for one in children(node)])
        found[node["id"]] = value
        return value

    @cached_property
    def completions(self) -> list[tuple[tuple[Any, ...], dict[str, bool]]]:
        """Every completion: which class each question is in, and what each criterion then is."""
        every = [self.classes(name) for name in self.asked]
        return [
            (chosen, self.values(dict(zip(self.asked, chosen, strict=True))))
            for chosen in product(*every)
        ]

    def result(self, name: str) -> str:
        """Return met, not_met or unknown for the criterion with an id."""
        found = {values[name] for _, values in self.completions}
        return "unknown" if len(found) > 1 else "met" if True in found else "not_met"

    @property
    def status(self) -> str:
        result = self.result(self.tree["id"])
        return "incomplete" if result == "unknown" else result

    @property
    def missing(self) -> list[str]:
        """Return the unknown questions whose answer alone tells two completions apart."""
        root = {chosen: values[self.tree["id"]] for chosen, values in self.completions}
        found = []
        for place, name in enumerate(self.asked):
            rest: dict[tuple[Any, ...], set[bool]] = {}
            for chosen, value in root.items():
                rest.setdefault(chosen[:place] + chosen[place + 1 :], set()).add(value)
            if any(len(one) > 1 for one in rest.values()):
                found.append(name)
        return sorted(found)

    def settles_alone(self, name: str) -> bool:
        """Whether one answer to a question leaves nothing open, whatever the others are."""
        place = self.asked.index(name)
        by_class: dict[Any, set[bool]] = {}
        for chosen, values in self.completions:
            by_class.setdefault(chosen[place], set()).add(values[self.tree["id"]])
        return any(len(one) == 1 for one in by_class.values())
