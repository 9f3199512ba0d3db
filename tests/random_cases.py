"""Valid cases at random with every kind of entry, for whatever must hold for each of them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from tests.any_case import FORMULAS, LISTS, MEASUREMENTS, ROUTES, USES, YES_OR_NO
from tests.fixture_library import ALDER, BIRCH

FIRST_DAY = date(2024, 6, 3)  # from here on both payers have a version in force
AGES = (0, 20, 21, 29, 30, 54, 54, 54, 85, 86, 130)
DOCUMENTED = [
    *[("cutaneous_melanoma", "intravenous")] * 4,
    *[("cutaneous_melanoma", "intralesional")] * 2,
    *[("renal_cell_carcinoma", "intravenous")] * 2,
    *[("graft_versus_host_disease", "subcutaneous")] * 2,
]
HELPFUL: dict[str, Any] = {
    **dict.fromkeys(YES_OR_NO, True),
    "prescriber_specialties": ["oncologist"],
    "lesion_status": ["unresectable"],
    "lesion_site": ["nodal"],
}


def cases(seed: int, count: int) -> Iterator[dict[str, Any]]:
    """Yield cases by policies that are in force; about half meet their criteria."""
    r = Random(seed)  # noqa: S311
    for _ in range(count):
        service = FIRST_DAY + timedelta(days=r.randint(0, 2_000))
        either = (r.choice(USES), r.choice(ROUTES))
        indication, route = r.choice(DOCUMENTED) if r.random() < 0.8 else either
        begin = datetime.combine(service, datetime.min.time()) + timedelta(
            minutes=r.randint(0, 1439)
        )
        parts: dict[str, Any] = {
            "age_years": r.choice(AGES),
            "weight_kg": _decimal(r, 4, 180),
            "height_cm": _decimal(r, 50, 210),
            "bsa_m2": _decimal(r, 0, 2, "25"),
            "bsa_formula": r.choice(FORMULAS),
            "facts": dict(HELPFUL) if r.random() < 0.6 else _facts(r),
            "requested": _requested(r),
            "regimen": r.choice(("high_dose", "high_dose", "til")),
            "course": _course(r, begin),
            "authorization": _authorization(r, service),
            "previous_weight_kg": _decimal(r, 4, 180),
            "reference": f"row {r.randint(1, 99)}",
        }
        told = _some(r, parts, 0.75)
        confirmed = r.sample(MEASUREMENTS, r.randint(0, 3))
        yield {
            "policy": r.choice((ALDER, BIRCH)),
            "date_of_service": service.isoformat(),
            "indication": indication,
            "route": route,
            **told,
            "confirmed": {key: told[key] for key in confirmed if key in told},
        }


def _some(r: Random, parts: dict[str, Any], share: float) -> dict[str, Any]:
    return {key: part for key, part in parts.items() if r.random() < share}


def _decimal(r: Random, low: int, high: int, more: str = "") -> str:
    decimals = "".join(r.choice("0123456789") for _ in range(r.choice((0, 0, 1, 2, 4))))
    return f"{r.randint(low, high)}.{more}{decimals}"[:10].rstrip(".")


def _facts(r: Random) -> dict[str, Any]:
    answers: dict[str, Any] = {name: r.random() < 0.6 for name in YES_OR_NO}
    answers |= {name: r.sample(items, r.randint(0, len(items))) for name, items in LISTS.items()}
    return _some(r, answers, 0.8)


def _requested(r: Random) -> dict[str, int]:
    fields = {
        "dose_iu": r.choice((1, 179_999, 180_000, 250_000)),
        **{f"doses_per_{name}": r.randint(1, 14) for name in ("day", "week", "cycle")},
        "rest_days": r.randint(0, 20),
        "course_rest_days": r.randint(0, 90),
    }
    return _some(r, fields, 0.5)


def _course(r: Random, begin: datetime) -> dict[str, Any]:
    given = r.randint(1, 12)
    last = begin + timedelta(hours=r.choice((8, 12)) * (given - 1))
    happened = {
        "number": 1,
        "doses_given": given,
        "first_dose_at": _minute(begin),
        "last_dose_at": _minute(last),
        **_some(r, {"doses_held": r.randint(0, 9), "over": r.random() < 0.5}, 0.5),
    }
    day = begin.date()
    parts: dict[str, Any] = {
        "number": r.randint(1, 3),
        "first_dose_at": _minute(begin),
        "doses_per_cycle": r.randint(1, 14),
        "previous_last_dose_on": (day - timedelta(days=r.randint(1, 90))).isoformat(),
        "discharge_date": (last.date() + timedelta(days=r.randint(0, 30))).isoformat(),
        "cycles": [happened],
    }
    return _some(r, parts, 0.6)


def _minute(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def _authorization(r: Random, service: date) -> dict[str, Any]:
    parts = {
        "start": (service - timedelta(days=r.randint(0, 30))).isoformat(),
        "end": (service + timedelta(days=r.randint(0, 400))).isoformat(),
        "units": r.randint(0, 900),
    }
    return _some(r, parts, 0.7)
