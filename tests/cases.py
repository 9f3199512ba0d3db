"""Cases for tests: complete, valid JSON objects to change one thing in."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.engine import evaluate
from app.engine.contradictions import contradictions_rule
from app.engine.criteria import eligibility_rule
from app.library import Library
from app.model.case import Case, Indication, Route
from app.model.case_json import read_case
from app.model.determination import Determination
from app.model.eligibility import Eligibility
from app.model.policy import Policy
from tests.fixture_library import ALDER, BIRCH

__all__ = [
    "ALDER",
    "BIRCH",
    "Example",
    "case",
    "determine",
    "eligibility_of",
    "look_up",
    "read_examples",
]


def case(**changes: Any) -> dict[str, Any]:
    """A case of skin by vein that meets Alder's criteria, with changes."""
    return {
        "policy": ALDER,
        "date_of_service": "2026-11-23",
        "indication": "cutaneous_melanoma",
        "route": "intravenous",
        "age_years": 54,
        "weight_kg": "70.5",
        "facts": {
            "metastatic_disease": True,
            "prior_systemic_therapy": True,
            "prescriber_specialties": ["oncologist"],
        },
        **changes,
    }


def determine(library: Library, data: dict[str, Any]) -> Determination:
    """The determination for a case in JSON form, by the version in force."""
    read = read_case(data)
    return evaluate(
        read, library.in_force(read.policy, read.date_of_service), library.reference_data
    )


@dataclass(frozen=True)
class Example:
    """One case and the expected values of its determination by dotted key."""

    name: str
    case: dict[str, Any]
    expect: dict[str, Any]

    def differs(self, determination: dict[str, Any]) -> dict[str, Any]:
        """Return what a determination has instead of what was expected."""
        found = {key: look_up(determination, key) for key in self.expect}
        return {key: value for key, value in found.items() if value != self.expect[key]}


def look_up(value: Any, key: str) -> Any:
    """Return the value at a dotted key; a number is a place in a list."""
    for part in key.split("."):
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


def read_examples(file: Path) -> list[Example]:
    """Return the examples of a file with one on each line."""
    return [Example(**json.loads(line)) for line in file.read_text("utf-8").splitlines()]


def eligibility_of(policy: Policy) -> Callable[[Case], Eligibility]:
    """The engine's judgement of the criteria of a policy alone, whatever its day."""

    @cache
    def rule(indication: Indication, route: Route) -> Callable[[Case], Eligibility]:
        contradictory = contradictions_rule(policy, indication, route)
        judge = eligibility_rule(policy, indication, route)
        return lambda case: judge(case, contradictory(case)).eligibility

    return lambda case: rule(case.indication, case.route)(case)
