"""Cases at random in which a measurement or a dose lies at the bound of what is usual.

The criteria are met but for an unknown age, so that what waits decides the status.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from tests.policies.independent.basics import CIGNA, EXPRESS, GVHD, IV, RENAL, SC, Case
from tests.policies.independent.measures_generator import (
    FORMULAS,
    KEYS,
    ONE,
    TICK,
    Body,
    area,
    at_area,
    at_index,
    at_short,
    at_weight,
    before,
    confirmed,
    everyday,
    in_pounds,
    written,
)
from tests.policies.independent.requests_generator import dose, with_confirmed_dose

AGES = [None, None, *range(18), 18, 18, 54, 130]
HELPFUL: dict[str, Any] = {"metastatic_disease": True, "single_agent": True}
HELPFUL |= dict.fromkeys(("chronic_gvhd", "steroid_refractory"), True)
HELPFUL |= {"with_systemic_corticosteroids": True, "prescriber_specialties": ["oncologist"]}
BODIES = [at_index] * 5 + [at_weight] * 4 + [everyday] * 2 + [at_area, in_pounds]


def exactly(weight: int) -> Body:
    return weight, None


def body(r: Random, age: int | None) -> Body:
    if age is None and r.random() < 0.3:
        return at_short(r, age)
    weight, height = r.choice(BODIES)(r, age)
    return r.choice([(weight, height)] * 5 + [(weight, None), (None, height)])


def earlier(r: Random, now: Body) -> tuple[int, Body]:
    """A tenth or a fifth away to the millionth, from a weight that is written short."""
    if r.random() < 0.5:
        return before(r, now)
    known = r.choice((20, 50, 70, 90, 100)) * ONE
    return known, exactly(known * r.choice((8, 9, 11, 12)) // 10 + r.choice(TICK))


def case_of(r: Random, policy: str, age: int | None) -> Case:
    use, route = r.choice(((RENAL, IV), (GVHD, SC), (GVHD, SC)))
    case: Case = {"policy": policy, "date_of_service": "2026-11-23", "indication": use}
    case |= {"route": route, "facts": dict(HELPFUL)}
    if age is not None:
        case["age_years"] = age
    now, formula = body(r, age), r.choice((None, None, *FORMULAS))
    last, bsa = None, None
    if r.random() < 0.25:
        last, now = earlier(r, now)
    if r.random() < 0.25:
        now = at_area(r, age) if r.random() < 0.5 else now
        bsa = area(r, formula, now)
    values = zip(KEYS, (*now, bsa, last), strict=True)
    case |= {key: written(r, value) for key, value in values if value is not None}
    if formula:
        case["bsa_formula"] = formula
    if r.random() < 0.5:
        case["confirmed"] = confirmed(r, case, KEYS[:3])
    if r.random() < 0.4:
        case["requested"] = {"dose_iu": dose(r, case)}
        case["confirmed"] = with_confirmed_dose(r, case)
    return case


def cases(seed: int, count: int) -> Iterator[Case]:
    r = Random(seed)  # noqa: S311
    for _ in range(count):
        yield case_of(r, r.choice((CIGNA, EXPRESS)), r.choice(AGES))
