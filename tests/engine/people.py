"""What many tests of the engine change in a case: other uses, and the cycles of a course."""

from typing import Any

from app.library import Library
from app.model.determination import Determination, DeterminationNote
from tests.cases import BIRCH, case, determine

# By Mosteller 160 cm and 90 kg are 2 m²: 160 × 90 ÷ 3600 = 4.
TWO_M2 = {"height_cm": "160", "weight_kg": "90"}
GRAFT: dict[str, Any] = {
    "indication": "graft_versus_host_disease",
    "route": "subcutaneous",
    "weight_kg": None,
    "facts": {
        "chronic_gvhd": True,
        "steroid_refractory": True,
        "with_systemic_corticosteroids": True,
        "prescriber_specialties": ["oncologist"],
    },
}
LESION: dict[str, Any] = {
    "route": "intralesional",
    "weight_kg": None,
    "facts": {"lesion_status": ["unresectable"], "prescriber_specialties": ["dermatologist"]},
}
# Birch by vein: 12 doses 8 hours apart, 8 days of rest, 42 days between courses.
VEIN_BIRCH: dict[str, Any] = {
    "policy": BIRCH,
    "facts": {
        "metastatic_disease": True,
        "prior_systemic_therapy": True,
        "single_agent": True,
        "prescriber_specialties": ["oncologist"],
    },
}


def cycle(number: int, doses: int, first: str, last: str, **more: Any) -> dict[str, Any]:
    """A cycle of which doses were given."""
    times = {"first_dose_at": first, "last_dose_at": last}
    return {"number": number, "doses_given": doses, **times, **more}


def found(library: Library, **changes: Any) -> Determination:
    """The determination of Alder's case with changes."""
    return determine(library, case(**changes))


def noted(library: Library, name: str, **changes: Any) -> list[DeterminationNote]:
    """The notes with this id."""
    return [one for one in found(library, **changes).notes if one.id == name]
