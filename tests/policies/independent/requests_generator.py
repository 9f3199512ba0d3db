"""Requests at random that crowd the limits and the shares of a limit at which something is told."""

from random import Random
from typing import Any

from tests.policies.independent.basics import IL, IV, Case
from tests.policies.independent.dosing import dose_limit

MOST_IU = 10**12
CUTS = (18_000_000, 25_400_000, 57_272_727, 60_000_000)  # a milliliter; bags; 0.07 mg/mL in 50 mL
VIALS = (n * vial for n in range(1, 6) for vial in (21_600_000, 22_000_000))
EDGES_IU = sorted((*CUTS, *VIALS))
BESIDE = (-1, 0, 0, 1)
TENTHS = (1, 1, 1, 9, 15, 22, 30)  # of the limit
REQUESTS: dict[str, tuple[list[int], list[int]]] = {  # mostly within the limits, mostly beyond
    "doses_per_day": ([1, 3, 2, 1], [4, 2, 3]),
    "doses_per_week": ([1, 3, 2], [4, 7, 21]),
    "doses_per_cycle": ([1, 6, 7, 13, 14, 14], [15, 28]),
    "rest_days": ([9, 9, 10, 14], [8, 0]),
    "course_rest_days": ([49, 49, 50, 70], [48, 7, 0]),
}


def leave_out(r: Random, values: dict[str, Any], percent: int) -> dict[str, Any]:
    """Some values not known: half of them null, half without their key."""
    for name in list(values):
        if r.random() * 100 < percent:
            values[name] = None
            if r.random() < 0.5:
                del values[name]
    return values


def highest(r: Random, case: Case) -> int:
    """The limit; where it is not known, one that might be."""
    known = (dose_limit(case) or {}).get("max_dose_iu")
    guess: int = r.choice((6_000_000, 42_300_000, 1_500_000))
    return guess if known is None else int(known)


def dose(r: Random, case: Case) -> int:
    cap = highest(r, case)
    kind = r.random()
    if kind < 0.35:
        asked = cap + r.choice((0, 0, 0, -1, -1, 1))
    elif kind < 0.6:
        share, over = divmod(cap * r.choice(TENTHS), 10)
        asked = share + r.choice((*BESIDE, bool(over)))
    elif kind < 0.8 and case["route"] == IV:
        near = [edge for edge in EDGES_IU if edge < cap][-6:] or [cap]
        asked = r.choice(near) + r.choice(BESIDE)
    else:
        asked = r.choice((cap // 2, r.randint(1, cap + 1), 180_000 * (cap // 200_000), 1, cap * 2))
    return min(max(1, asked), MOST_IU)


def lesions(r: Random, asked: int | None) -> int:
    """Mostly as many as make the total of a session that is told, or one more."""
    if not asked:
        return r.choice((1, 3, 6, 1_000))
    few = min(max(1, 22_000_000 // asked), 999)
    return r.choice((1, 3, few, few, few + 1, few + 1))


def requested(r: Random, case: Case) -> dict[str, Any]:
    if r.random() < 0.12:  # one field alone, often one that the regimen does not limit
        return {r.choice([*REQUESTS, "lesions"]): r.choice((1, 3, 9, 14, 49))}
    risk = r.choice((0, 0, 0, 0, 0.2, 0.6))
    fields: dict[str, Any] = {
        name: r.choice(both[r.random() < risk])
        for name, both in REQUESTS.items()
        if r.random() < 0.4
    }
    if r.random() < 0.75:
        fields["dose_iu"] = dose(r, case)
    if r.random() < (0.7 if case["route"] == IL else 0.1):
        fields["lesions"] = lesions(r, fields.get("dose_iu"))
    return leave_out(r, fields, 10)


def with_confirmed_dose(r: Random, case: Case) -> dict[str, Any]:
    """What is confirmed, and in one case of four also a dose: the one that is asked or another."""
    checked: dict[str, Any] = dict(case.get("confirmed") or {})
    asked = (case.get("requested") or {}).get("dose_iu")
    if asked and r.random() < 0.25:
        checked["requested.dose_iu"] = r.choice((asked, asked, asked, asked + 1))
    return checked
