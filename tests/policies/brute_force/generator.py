"""Small random policies with every operator, kind of question and guard, and cases under them."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from tests.policies.brute_force.judge import NAMED_CODES, Node, domain, nodes

ROUTES = ["intravenous", "intralesional", "subcutaneous", "inhaled"]
PLACE = {"heading": "Criteria"}
SOLID = "solid_tumor"

OWN: dict[str, dict[str, Any]] = {
    "first_own": {"label": "Is the first so?", "kind": "yes_no", "answered_by": "chart"},
    "second_own": {"label": "Is the second so?", "kind": "yes_no", "answered_by": "prescriber"},
    "third_own": {"label": "Is the third so?", "kind": "yes_no", "answered_by": "chart"},
    "albumin_own": {
        "label": "Albumin", "kind": "number", "unit": "g/dL", "decimals": 1, "from": 0, "to": 10,
        "answered_by": "chart",
    },
    "score_own": {"label": "Score", "kind": "number", "from": 0, "to": 20, "answered_by": "chart"},
    "grade_own": {
        "label": "Grade", "kind": "one_of", "answered_by": "chart",
        "choices": {"low": "Low", "middle": "Middle", "high": "High"},
    },
    "signs_own": {
        "label": "Signs", "kind": "choices", "answered_by": "chart",
        "choices": {"fever": "Fever", "rash": "Rash", "edema": "Edema"},
    },
    "codes_own": {"label": "Codes", "kind": "codes", "system": "icd_10_cm", "answered_by": "chart"},
}  # fmt: skip
# What every catalog has, and under which key of the case it is answered.
SHARED: dict[str, dict[str, Any]] = {
    "age_years": {"kind": "number", "from": 0, "to": 130},
    "metastatic_disease": {"kind": "yes_no"},
    "clear_cell_histology": {"kind": "yes_no"},
    "line_of_therapy": {"kind": "one_of", "choices": {"first": "", "subsequent": ""}},
    "therapy": {
        "kind": "one_of",
        "choices": {"high_dose": "", "after_lifileucel": "", "other": ""},
    },
    "setting": {
        "kind": "one_of",
        "choices": {"inpatient": "", "hospital_outpatient": "", "office": "", "home": ""},
    },
    "course_number": {"kind": "number", "from": 1, "to": 99},
}
# By every route, so that no request is beyond what is documented.
DOSING = {
    route: {"name": "A dose", "dose": {"iu": 600_000, "per": "kg", "citation": PLACE}}
    for route in ROUTES
}
KEYS = {"age_years": "age_years", "therapy": "regimen", "setting": "setting"}
QUESTIONS = {**OWN, **SHARED}


class Maker:
    """Makes the parts of a policy from one stream of random numbers."""

    def __init__(self, seed: int) -> None:
        self.r = Random(seed)  # noqa: S311
        names = self.r.sample(list(OWN), 4) + self.r.sample(list(SHARED), 2)
        self.names = self.r.sample(names, self.r.randint(2, 4))
        self.count = 0

    def name(self) -> str:
        self.count += 1
        return f"c{self.count}"

    def comparison(self) -> Node:
        r = self.r
        question = r.choice(self.names)
        kind = QUESTIONS[question]["kind"]
        node: Node = {"id": self.name(), "text": "A comparison", "citation": PLACE}
        if r.random() < 0.06:
            some = r.sample(ROUTES, r.randint(1, 2))
            return {**node, "question": "route", r.choice(["any_of", "none_of"]): some}
        node["question"] = question
        if kind == "yes_no":
            return {**node, "is": r.random() < 0.6}
        if kind == "number":
            key = r.choice(["at_least", "at_most", "over", "under"])
            return {**node, key: self.bound(QUESTIONS[question])}
        if kind == "codes":
            keys = r.choice([["any_of"], ["under"], ["any_of", "under"]])
            above = ["C64", "C92", "C92.0", "C43"]
            pool = {"any_of": NAMED_CODES, "under": above}
            return {**node, **{key: r.sample(pool[key], r.randint(1, 2)) for key in keys}}
        some = r.sample(list(QUESTIONS[question]["choices"]), r.randint(1, 2))
        return {**node, r.choice(["any_of", "any_of", "none_of"]): some}

    def bound(self, question: dict[str, Any]) -> Any:
        low, high = question["from"] + 1, min(question["to"], 20) - 1
        whole = self.r.randint(low, high)
        return f"{whole}.5" if question.get("decimals") and self.r.random() < 0.5 else whole

    def criterion(self, depth: int) -> Node:
        r = self.r
        if depth == 0 or r.random() < 0.25:
            return self.comparison()
        node: Node = {"id": self.name(), "text": "A group", "citation": PLACE}
        if r.random() < 0.15:
            node["routes"] = r.sample(ROUTES, r.randint(1, 2))
        below = [self.criterion(depth - 1) for _ in range(r.randint(1, 3))]
        key = r.choice(["all", "any", "none", "of"])
        if key == "of":
            while len(below) < 2:
                below.append(self.criterion(depth - 1))
            node["at_least"] = r.randint(1, len(below))
        return {**node, key: below}

    def answers(self, names: list[str], tree: Node, share: float) -> dict[str, Any]:
        """Return answers to a share of the questions; to those of the policy only if it asks."""
        found = {}
        for name in names:
            own = [n for n in nodes(tree, "") if n.get("question") == name]
            if (own or name in SHARED) and self.r.random() < share:
                found[name] = self.r.choice(domain(QUESTIONS[name], own))
        return found


def policy(criteria: Node, **parts: Any) -> dict[str, Any]:
    """Return a policy as a file of a site has it, with one indication of its own."""
    coverage = {
        "name": "Solid tumor",
        "approval": parts.pop("approval", {"months": 6, "citation": PLACE}),
        "criteria": criteria,
        "dosing": parts.pop("dosing", DOSING),
    }
    if "renewal" in parts:
        coverage["renewal"] = parts.pop("renewal")
    asked = set(_questions(criteria)) | set(_questions(parts)) | set(_questions(coverage))
    used = {name: OWN[name] for name in OWN if name in asked}
    return {
        "id": "random-policy",
        "version": "1",
        "payer": "Random payer",
        "title": "Random policy",
        "document": "Random policy",
        "provided_by": "Tests",
        "in_force": {"not_stated": True, "seen_on": date(2026, 11, 30), "citation": PLACE},
        "review": {"not_stated": True},
        "beyond_dosing": {"not_stated": True},
        **({"questions": used} if used else {}),
        "indications": {SOLID: {"label": "Solid tumor"}},
        "routes": {"inhaled": {"label": "By inhalation"}},
        "coverage": {SOLID: coverage},
        "not_covered": {"text": "The use is listed", "citation": PLACE, **parts.pop("uses", {})},
        **parts,
        "notes": [],
    }


def _questions(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("question"), str):
            yield value["question"]
        value = list(value.values())
    if isinstance(value, list):
        for below in value:
            yield from _questions(below)


def case(answers: dict[str, Any], route: str, **parts: Any) -> dict[str, Any]:
    """Return a case with these answers, each under its key."""
    found: dict[str, Any] = {
        "policy": "random-policy",
        "date_of_service": "2026-12-01",
        "indication": SOLID,
        "route": route,
        **parts,
    }
    for name, answer in answers.items():
        if name == "course_number":
            found["course"] = {"number": int(answer)}
        elif name in KEYS:
            plain = "til" if answer == "after_lifileucel" else answer
            found[KEYS[name]] = int(plain) if name == "age_years" else plain
        else:
            if QUESTIONS[name]["kind"] == "number":
                answer = str(answer) if QUESTIONS[name].get("decimals") else int(answer)  # noqa: PLW2901
            found.setdefault("facts", {})[name] = answer
    return found
