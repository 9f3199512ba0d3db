"""Which fields a policy and a therapy ask for: the others are not shown, and count for nothing."""

from collections.abc import Container

from app.casework.draft import Draft
from app.library import Library
from app.model.case import WITHOUT_TIL
from app.model.case_fields import CYCLES
from app.model.catalog import KEYS
from app.model.dosing import Dose
from app.model.policy import Policy

_WHERE_ASKED = ("setting", "line_of_business")
_PREVIOUS_DISCHARGE = "course.previous_discharge_on"
_BEFORE = "given_before."
_BY_LESIONS = ("lesion", "visit")


def hidden_keys(
    draft: Draft, questions: Container[str], policy: Policy | None, library: Library
) -> frozenset[str]:
    """Return the keys of a case that this policy and therapy do not ask for."""
    hidden = {
        f"facts.{one}"
        for one in library.catalog.questions
        if one not in questions and one not in KEYS
    }
    hidden |= {one for one in _WHERE_ASKED if one not in questions}
    if "therapy" not in questions and not _may_be_til(draft):
        hidden.add("regimen")
    if not _is_dosed_per_lesion(draft, policy):
        hidden.add("requested.lesions")
    is_told = draft.value("request_kind") is not None  # then every policy says how it is judged
    if not (is_told or "request_kind" in questions or (policy and policy.has_renewals)):
        hidden.add("request_kind")
    if policy is None or not ("diagnosis_codes" in questions or policy.codes):
        hidden.add("diagnosis_codes")
    if policy is None or not policy.rests_from_discharge:
        hidden.add(_PREVIOUS_DISCHARGE)
    if policy is None or not policy.counts_what_was_given:
        hidden |= {key for key in draft.fields if key.startswith(_BEFORE)}
    cycles = max(policy.most_cycles if policy else CYCLES, draft.cycles)
    hidden |= {key for key, one in draft.fields.items() if (one.cycle or 0) > cycles}
    return frozenset(hidden)


def _may_be_til(draft: Draft) -> bool:
    indication = draft.value("indication")
    is_melanoma = indication is not None and indication not in WITHOUT_TIL
    return is_melanoma and draft.value("route") == "intravenous"


def _is_dosed_per_lesion(draft: Draft, policy: Policy | None) -> bool:
    covering = policy.covering(str(draft.value("indication"))) if policy else None
    if policy is None or covering is None:
        return False
    regimens = policy.coverage[covering].regimens(str(draft.value("route")))
    return any(isinstance(one.dose, Dose) and one.dose.per in _BY_LESIONS for one in regimens)
