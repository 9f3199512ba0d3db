"""Every key of a case with its kind, as the contract has it, and JSON values of a wrong kind."""

from copy import deepcopy
from typing import Any

from tests.cases import case

KINDS: dict[str, str] = {
    "policy": "text",
    "date_of_service": "date",
    "indication": "choice",
    "route": "choice",
    "age_years": "whole",
    "weight_kg": "decimal",
    "height_cm": "decimal",
    "bsa_m2": "decimal",
    "bsa_formula": "choice",
    "facts": "object",
    "facts.metastatic_disease": "yes or no",
    "facts.unresectable_disease": "yes or no",
    "facts.prior_systemic_therapy": "yes or no",
    "facts.single_agent": "yes or no",
    "facts.chronic_gvhd": "yes or no",
    "facts.steroid_refractory": "yes or no",
    "facts.with_systemic_corticosteroids": "yes or no",
    "facts.prescriber_specialties": "list",
    "facts.lesion_status": "list",
    "facts.lesion_site": "list",
    "facts.clear_cell_histology": "yes or no",
    "facts.line_of_therapy": "choice",
    "facts.no_response_to_first_line": "yes or no",
    "facts.response_evaluated": "yes or no",
    "facts.tumor_shrinkage": "yes or no",
    "facts.retreatment_toxicities": "list",
    "facts.nccn_category": "choice",
    "requested": "object",
    "requested.dose_iu": "whole",
    "requested.lesions": "whole",
    "requested.doses_per_day": "whole",
    "requested.doses_per_week": "whole",
    "requested.doses_per_cycle": "whole",
    "requested.rest_days": "whole",
    "requested.course_rest_days": "whole",
    "regimen": "choice",
    "request_kind": "choice",
    "setting": "choice",
    "line_of_business": "choice",
    "diagnosis_codes": "list",
    "course": "object",
    "course.number": "whole",
    "course.first_dose_at": "time",
    "course.doses_per_cycle": "whole",
    "course.previous_last_dose_on": "date",
    "course.previous_discharge_on": "date",
    "course.discharge_date": "date",
    "course.cycles": "list",
    "course.cycles.0": "object",
    "course.cycles.0.number": "whole",
    "course.cycles.0.doses_given": "whole",
    "course.cycles.0.doses_held": "whole",
    "course.cycles.0.first_dose_at": "time",
    "course.cycles.0.last_dose_at": "time",
    "course.cycles.0.over": "yes or no",
    "course.cycles.0.planned_first_at": "time",
    "authorization": "object",
    "authorization.start": "date",
    "authorization.end": "date",
    "authorization.units": "whole",
    "authorization.dose_iu": "whole",
    "given_before": "object",
    "given_before.doses": "whole",
    "given_before.cycles": "whole",
    "given_before.iu": "whole",
    "given_before.units": "whole",
    "given_before.lifetime_doses": "whole",
    "previous_weight_kg": "decimal",
    "weight_measured_on": "date",
    "confirmed": "object",
    "confirmed.weight_kg": "decimal",
    "confirmed.height_cm": "decimal",
    "confirmed.bsa_m2": "decimal",
    "confirmed.requested.dose_iu": "whole",
    "facts.prescriber_specialties.0": "choice",
    "facts.lesion_status.0": "choice",
    "facts.lesion_site.0": "choice",
    "facts.retreatment_toxicities.0": "choice",
    "diagnosis_codes.0": "code",
    "reference": "text",
}
REQUIRED = frozenset(
    {
        "policy",
        "date_of_service",
        "indication",
        "route",
        "course.cycles.0.number",
    }
)
# Places in a list; null there is no missing key.
ITEMS = frozenset(key for key in KINDS if key.endswith(".0"))

_NEVER: tuple[Any, ...] = (True, False, 1.5, {"a": 1}, [1], [[]])
WRONG: dict[str, tuple[Any, ...]] = {
    "text": (*_NEVER, 5, {}, []),
    "date": (*_NEVER, 5, {}, [], "", "soon", "23/11/2026", "2026-11-23T08:00", "2026-1-2"),
    "time": (*_NEVER, 5, {}, [], "", "2026-11-23", "2026-11-23T08:00:00", "2026-11-23T08:00Z"),
    "choice": (*_NEVER, 5, {}, [], "", "something else", "Intravenous"),
    "code": (*_NEVER, 5, {}, [], "", "melanoma", "C", "C4", "C43.", "C43.12345", "4C3", "C43 9"),
    "yes or no": (0, 1, 1.5, "", "true", "yes", "null", {}, []),
    "whole": (*_NEVER, "5", "", "five", {}, []),
    "decimal": (*_NEVER[:2], *_NEVER[3:], "", "heavy", "70 kg", {}, []),
    "object": (True, False, 0, 5, 1.5, "", "text", [], [1]),
    "list": (True, False, 0, 5, 1.5, "", "oncologist", {}, {"a": 1}),
}
WRONG_VALUES = [(key, value) for key, kind in KINDS.items() for value in WRONG[kind]]


def full_case() -> dict[str, Any]:
    """Return a valid case in which every object and list is there."""
    return case(
        requested={},
        course={"cycles": [{"number": 2, "doses_given": 0}]},
        authorization={},
        given_before={},
        diagnosis_codes=["C43.9"],
        confirmed={},
        facts={
            "prescriber_specialties": ["oncologist"],
            "lesion_status": ["metastatic"],
            "lesion_site": ["cutaneous"],
            "retreatment_toxicities": ["cardiac_tamponade"],
        },
    )


def case_with(key: str, value: Any) -> dict[str, Any]:
    """Return that case with one value at a dotted key."""
    data = deepcopy(full_case())
    parent, name = _parent(data, key)
    parent[name] = value
    return data


def case_without(key: str) -> dict[str, Any]:
    """Return that case without a dotted key."""
    data = deepcopy(full_case())
    parent, name = _parent(data, key)
    if isinstance(parent, list) or name in parent:
        del parent[name]
    return data


def _parent(data: dict[str, Any], key: str) -> tuple[Any, Any]:
    parent: Any = data
    *above, name = parts_of(key)
    for part in above:
        parent = parent[part]
    return parent, name


def parts_of(key: str) -> list[str | int]:
    """Return the keys on the way to a value; that of a confirmed dose has a point in it."""
    whole, _, confirmed = key.partition("confirmed.")
    if confirmed:
        return ["confirmed", confirmed]
    return [int(part) if part.isdigit() else part for part in whole.split(".")]
