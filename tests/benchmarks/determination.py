"""Measures the time of one full determination, beside that of a function that returns yes or no.

All cases are valid and similar: melanoma, intravenous, with every answer, weight, request and first
dose, so that a determination has criteria, dose, request, 28 dose times, preparation, forecast and
notes. Age, weight, dose and first dose differ, so that no two cases are the same, and there are so
many that remembering whole results would not help.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from timeit import Timer
from typing import Any

from app.engine import evaluate
from app.library import load
from app.model.case_json import read_case
from tests.benchmarks.table import Row
from tests.policies.cases import case

PATIENTS = 8_000
SLICE = 200  # short enough that some round is not interrupted by other work of the machine
ROUNDS = 20
FLOOR_PASSES = 20  # in each round, because one would be too short to be timed
FIRST_DOSE = datetime(2026, 11, 23, 8)


def rows() -> list[Row]:
    """Return the one ratio, of the fastest round of each slice."""
    patients = [_patient(number) for number in range(PATIENTS)]
    cases = [read_case(one) for one in patients]
    library = load()
    policy = library.in_force(cases[0].policy, cases[0].date_of_service)
    full, floor = [], []
    for _ in range(ROUNDS):
        full.append(_times(lambda one: evaluate(one, policy, library.reference_data), cases, 1))
        floor.append(_times(meets_intravenous_melanoma, patients, FLOOR_PASSES))
    full_us, floor_us = (_fastest(one) / PATIENTS * 1e6 for one in (full, floor))
    return [
        Row(
            measured=f"one full determination, {PATIENTS:,} distinct valid cases",
            floor="a function of its own for the one rule, with two values",
            ratio=full_us / floor_us,
            at_most=60,
            figures=f"{full_us:.1f} µs against {floor_us:.3f} µs",
        )
    ]


def meets_intravenous_melanoma(case: dict[str, Any]) -> bool:
    """Return whether a JSON case meets Cigna's criteria for this use; "not known" counts as no."""
    facts = case.get("facts") or {}
    return (
        case.get("indication") == "cutaneous_melanoma"
        and case.get("route") == "intravenous"
        and (case.get("age_years") or 0) >= 18
        and (facts.get("metastatic_disease") is True or facts.get("unresectable_disease") is True)
        and facts.get("prior_systemic_therapy") is True
        and "oncologist" in (facts.get("prescriber_specialties") or ())
    )


def _patient(number: int) -> dict[str, Any]:
    """Return a case of its own: 80 ages, 8,000 weights and doses, 500 days of a first dose."""
    weight_g = 60_000 + 7 * number
    first_dose = FIRST_DOSE + timedelta(days=number % 500, minutes=number % 7)
    return case(
        age_years=18 + number % 80,
        weight_kg=f"{weight_g / 1000:.3f}",
        facts={
            "metastatic_disease": True,
            "unresectable_disease": False,
            "prior_systemic_therapy": True,
            "single_agent": True,
            "prescriber_specialties": ["oncologist"],
        },
        course={"first_dose_at": f"{first_dose:%Y-%m-%dT%H:%M}"},
        requested={
            "dose_iu": 600 * weight_g,
            "doses_per_day": 3,
            "doses_per_cycle": 14,
            "rest_days": 9,
            "course_rest_days": 49,
        },
    )


def _times(function: Callable[[Any], object], values: list[Any], passes: int) -> list[float]:
    """Return the seconds of each slice of the values; each is worked off before the next."""
    slices = (values[first : first + SLICE] for first in range(0, len(values), SLICE))
    return [Timer(partial(_pass, function, one)).timeit(passes) / passes for one in slices]


def _fastest(rounds: list[list[float]]) -> float:
    """Return the seconds for all slices, each in its fastest round."""
    return float(sum(min(times) for times in zip(*rounds, strict=True)))


def _pass(function: Callable[[Any], object], values: Iterable[Any]) -> None:
    for _ in map(function, values):
        pass
