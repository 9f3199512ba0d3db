"""Very many cases with a dose: most meet the criteria, so that every kind of dose comes out."""

from collections.abc import Iterator
from random import Random
from typing import Any

from tests.cases import ALDER, BIRCH
from tests.fixture_library import ALDER_VERSION, BIRCH_VERSION
from tests.properties.caps import FORMULAS, GRAFT, KIDNEY, LESION, ONE, SKIN, Body, cap_iu

USES = [SKIN, LESION, KIDNEY, GRAFT, GRAFT]
VERSIONS = {ALDER: f"{ALDER}-{ALDER_VERSION}", BIRCH: f"{BIRCH}-{BIRCH_VERSION}"}
NOT_DOCUMENTED = [("renal_cell_carcinoma", "subcutaneous"), ("other", "intravenous")]
MEETING: dict[str, Any] = {
    **dict.fromkeys(("metastatic_disease", "prior_systemic_therapy", "single_agent"), True),
    **dict.fromkeys(("chronic_gvhd", "steroid_refractory", "with_systemic_corticosteroids"), True),
    "prescriber_specialties": ["oncologist"],
    "lesion_status": ["unresectable"],
    "lesion_site": ["nodal"],
}
STEPS = (ONE, 100_000, 1_000, 1, 1)  # whole numbers are as likely as the finest ones


def dose_cases(seed: int, count: int) -> Iterator[tuple[dict[str, Any], int | None]]:
    """Yield cases, each with its limit in International Units."""
    r = Random(seed)  # noqa: S311
    for _ in range(count):
        indication, route = use = r.choice(USES if r.random() < 0.97 else NOT_DOCUMENTED)
        body, policy = _body(r), r.choice((ALDER, BIRCH))
        cap = cap_iu(VERSIONS[policy], use, body)
        requested, measured = _requested(r, cap), _written(body)
        checked = {**measured, "requested.dose_iu": requested.get("dose_iu")}
        yield (
            {
                "policy": policy,
                "date_of_service": "2026-11-23",
                "indication": indication,
                "route": route,
                "age_years": r.choice((35, 54, 85)),
                "bsa_formula": body.formula,
                **measured,
                "facts": MEETING if r.random() < 0.95 else {},
                "requested": requested,
                "course": {"first_dose_at": "2026-11-23T08:00"} if r.random() < 0.3 else None,
                "authorization": {"units": r.randrange(200)} if r.random() < 0.1 else None,
                "confirmed": checked if r.random() < 0.9 else None,
            },
            cap,
        )


def _body(r: Random) -> Body:
    return Body(
        weight=_measure(r, ONE // 2, 650 * ONE) if r.random() < 0.95 else None,
        height=_measure(r, 25 * ONE, 275 * ONE) if r.random() < 0.9 else None,
        area=_measure(r, ONE // 10, 4_500_000) if r.random() < 0.2 else None,
        formula=r.choice((None, *FORMULAS)),
    )


def _measure(r: Random, low: int, high: int) -> int:
    step = r.choice(STEPS)
    return min(max(r.randint(low // step, high // step) * step, low), high)


def _written(body: Body) -> dict[str, str | None]:
    measures = {"weight_kg": body.weight, "height_cm": body.height, "bsa_m2": body.area}
    return {key: None if one is None else written(one) for key, one in measures.items()}


def written(millionths: int) -> str:
    """Return a number of millionths as somebody writes it."""
    whole, rest = divmod(millionths, ONE)
    return f"{whole}.{rest:06}".rstrip("0").rstrip(".")


def _requested(r: Random, cap: int | None) -> dict[str, int]:
    asked: dict[str, int] = {}
    if r.random() < 0.8:
        most = cap or 28_200_000
        doses = (most, most - 1, most + 1, most // 2, r.randint(1, 2 * most))
        asked["dose_iu"] = max(1, r.choice(doses))
    if r.random() < 0.3:
        asked["doses_per_day"] = r.choice((1, 1, 2, 4))
    return asked
