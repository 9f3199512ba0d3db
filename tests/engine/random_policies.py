"""Small random policies with every operator, and a second way to judge them: by trying all answers.

It reads the data of a policy file, not the engine's classes, and knows two truth values only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain, combinations, product
from pathlib import Path
from random import Random
from typing import Any

from app.library import Library
from app.library.policies import policy_of
from app.library.strict_yaml import Document
from app.model.policy import Policy

ROUTES = ("intravenous", "subcutaneous", "inhaled")
PLACE = {"heading": "Here"}
QUESTIONS: dict[str, dict[str, Any]] = {
    "fever": {"kind": "yes_no"},
    "rash": {"kind": "yes_no"},
    "cough": {"kind": "yes_no"},
    "line": {"kind": "one_of", "choices": {"one": "One", "two": "Two", "three": "Three"}},
    "albumin": {"kind": "number", "decimals": 1, "from": 0, "to": "0.5"},
    "grade": {"kind": "number", "from": 0, "to": 3},
    "signs": {"kind": "choices", "choices": {"a": "A", "b": "B", "c": "C"}},
    "found": {"kind": "codes", "system": "icd_10_cm"},
}
CODES = ("C64", "C64.1", "C92.01")
NEVER_NAMED = ("C64.9", "D89")


def some_of(names: tuple[str, ...]) -> list[list[str]]:
    """Return every selection of some names, the empty one first."""
    sizes = range(len(names) + 1)
    return [list(some) for some in chain(*(combinations(names, size) for size in sizes))]


POSSIBLE: dict[str, list[Any]] = {
    **{name: [True, False] for name in ("fever", "rash", "cough")},
    "line": ["one", "two", "three"],
    "albumin": [Decimal(tenths) / 10 for tenths in range(6)],
    "grade": [0, 1, 2, 3],
    "signs": some_of(("a", "b", "c")),
    "found": some_of((*CODES, *NEVER_NAMED))[1:],  # no code at all is "not known"
}


class Writer:
    """Writes criteria at random, each with an id of its own."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self.ids: list[str] = []

    def named(self, **parts: Any) -> dict[str, Any]:
        self.ids.append(f"c{len(self.ids)}")
        return {"id": self.ids[-1], "text": self.ids[-1], "citation": PLACE, **parts}

    def comparison(self) -> dict[str, Any]:
        question = self._random.choice(list(QUESTIONS))
        match QUESTIONS[question]["kind"]:
            case "yes_no":
                wanted: dict[str, Any] = {"is": self._random.random() < 0.5}
            case "number":
                order = self._random.choice(["at_least", "at_most", "over", "under"])
                bound = self._random.randrange(0, 4)
                wanted = {order: f"0.{bound + 1}" if question == "albumin" else bound}
            case "codes":
                wanted = {"any_of": self._random.sample(CODES, 1), "under": ["C64"]}
                del wanted[self._random.choice(list(wanted))]
            case _:
                choices = list(QUESTIONS[question]["choices"])
                some = self._random.sample(choices, self._random.randint(1, len(choices)))
                wanted = {self._random.choice(["any_of", "none_of"]): some}
        return self.named(question=question, **wanted)

    def criterion(self, depth: int) -> dict[str, Any]:
        if depth == 0 or self._random.random() < 0.25:
            return self.comparison()
        below = [self.criterion(depth - 1) for _ in range(self._random.randint(1, 3))]
        kind = self._random.choice(["all", "any", "none", "of"])
        group = self.named(**{kind: below})
        if kind == "of":
            group["at_least"] = self._random.randint(1, len(below))
        if self._random.random() < 0.2:
            group["routes"] = self._random.sample(ROUTES, self._random.randint(1, 2))
        return group


def random_policy(random: Random) -> dict[str, Any]:
    """Return the data of a policy file for one indication."""
    write = Writer(random)
    criteria = write.criterion(3)
    own = list(write.ids)
    data: dict[str, Any] = {
        "id": "random",
        "version": "1",
        "payer": "P",
        "title": "T",
        "document": "Doc",
        "questions": {
            name: {"label": name, "answered_by": "chart", **one} for name, one in QUESTIONS.items()
        },
        "routes": {"inhaled": {"label": "Inhaled"}},
        "in_force": {"first_day": "2026-01-01", "citation": PLACE},
        "review": {"not_stated": True},
        "beyond_dosing": {"not_stated": True},
        "not_covered": {"text": "Covered", "citation": PLACE},
        "notes": [],
        "coverage": {
            "cutaneous_melanoma": {
                "name": "M",
                "approval": {"not_stated": True, "citation": PLACE},
                "criteria": criteria,
                "dosing": {
                    "intravenous": {
                        "name": "D",
                        "dose": {"iu": 1, "per": "kg", "citation": PLACE},
                    }
                },
            }
        },
    }
    if random.random() < 0.3:
        data["common"] = write.criterion(1)
    if random.random() < 0.3:
        data["not_covered"]["uses"] = [
            {
                "id": f"use{place}",
                "text": f"Use {place}",
                "citation": PLACE,
                "because": random.choice(["experimental", "addressed_elsewhere"]),
                "when": write.criterion(1),
            }
            for place in range(random.randint(1, 2))
        ]
    if random.random() < 0.5:
        entries = [_renewal(random, write, own) for _ in range(random.randint(1, 3))]
        if len(entries) > 1:
            for one in entries:
                if "refused" in one:
                    one["branch"] = random.choice(own)
        data["coverage"]["cutaneous_melanoma"]["renewal"] = entries
    return data


def _renewal(random: Random, write: Writer, own: list[str]) -> dict[str, Any]:
    entry: dict[str, Any] = {"citation": PLACE}
    kind = random.choice(["criteria", "also", "both", "refused", "not_stated"])
    if kind in ("criteria", "both"):
        entry["criteria"] = write.criterion(1)
    if kind in ("also", "both"):
        entry["also"] = random.sample(own, 1)
    if kind in ("refused", "not_stated"):
        entry[kind] = True
    if random.random() < 0.5:
        entry["branch"] = random.choice(own)
    return entry


def read_policy(data: dict[str, Any], library: Library) -> Policy:
    """Return the policy that these data say."""
    dated = {**data, "in_force": {"first_day": date(2026, 1, 1), "citation": PLACE}}
    return policy_of(Document(dated, {(): 1}), Path("random.yaml"), library.catalog, "0" * 64)


Answers = dict[str, Any]


def holds(criterion: dict[str, Any], answers: Answers, route: str) -> bool:
    """Return whether a criterion holds for complete answers."""
    if route not in criterion.get("routes", [route]):
        return False
    for kind in ("all", "any", "none", "of"):
        if kind in criterion:
            true = sum(holds(one, answers, route) for one in criterion[kind])
            return {
                "all": true == len(criterion[kind]),
                "any": true > 0,
                "none": true == 0,
                "of": true >= criterion.get("at_least", 0),
            }[kind]
    answer = answers[criterion["question"]]
    several = answer if isinstance(answer, list) else [answer]
    found = []
    for how in ("is", "at_least", "at_most", "over", "under", "any_of", "none_of"):
        if how not in criterion:
            continue
        wanted = criterion[how]
        if how == "under" and isinstance(wanted, list):
            found.append(any(one.startswith(root) for one in several for root in wanted))
        elif how in ("any_of", "none_of"):
            found.append((not set(several).isdisjoint(wanted)) == (how == "any_of"))
        elif how == "is":
            found.append(answer is wanted)
        else:
            bound = Decimal(wanted)
            found.append(
                {
                    "at_least": answer >= bound,
                    "at_most": answer <= bound,
                    "over": answer > bound,
                    "under": answer < bound,
                }[how]
            )
    return any(found)


def all_below(criterion: dict[str, Any], route: str) -> Iterator[dict[str, Any]]:
    """Yield a criterion and all below it; nothing below a group for other routes."""
    if route in criterion.get("routes", [route]):
        yield criterion
        for kind in ("all", "any", "none", "of"):
            for one in criterion.get(kind, ()):
                yield from all_below(one, route)


@dataclass(frozen=True)
class ByTrying:
    """A random policy for a route and a kind of request, judged by trying all answers."""

    data: dict[str, Any]
    route: str
    is_renewal: bool

    @cached_property
    def coverage(self) -> dict[str, Any]:
        found: dict[str, Any] = self.data["coverage"]["cutaneous_melanoma"]
        return found

    def fits(self, answers: Answers) -> bool:
        """Return whether a case is covered and not refused by name."""
        uses = self.data["not_covered"].get("uses", [])
        if any(holds(use["when"], answers, self.route) for use in uses):
            return False
        entries = self.coverage.get("renewal", [])
        if not self.is_renewal or not entries:
            return self._first(answers)
        return self._renewed(entries, answers)

    def _first(self, answers: Answers) -> bool:
        common = self.data.get("common")
        return (common is None or holds(common, answers, self.route)) and holds(
            self.coverage["criteria"], answers, self.route
        )

    def _renewed(self, entries: list[dict[str, Any]], answers: Answers) -> bool:
        """A refusal comes first; then one entry for the case; without one, the first criteria."""
        known = {one["id"]: one for one in all_below(self.coverage["criteria"], self.route)}
        mine = [
            one
            for one in entries
            if "branch" not in one or self._has(one["branch"], known, answers)
        ]
        if any("refused" in one for one in mine):
            return False
        if not mine:
            return self._first(answers)
        return any(self._meets(one, known, answers) for one in mine)

    def _has(self, name: str, known: dict[str, Any], answers: Answers) -> bool:
        return name in known and holds(known[name], answers, self.route)

    def _meets(self, entry: dict[str, Any], known: dict[str, Any], answers: Answers) -> bool:
        if "not_stated" in entry:
            return self._first(answers)
        root = self.coverage["criteria"]["id"]
        again = [
            self._first(answers) if name == root else self._has(name, known, answers)
            for name in entry.get("also", [])
        ]
        own = "criteria" not in entry or holds(entry["criteria"], answers, self.route)
        return own and all(again)

    def completions(self, known: Answers, asked: list[str]) -> Iterator[Answers]:
        """Yield the answers that are known, with every possible answer to the others asked."""
        is_open = [name for name in asked if name not in known]
        for some in product(*(POSSIBLE[name] for name in is_open)):
            yield {**known, **dict(zip(is_open, some, strict=True))}
