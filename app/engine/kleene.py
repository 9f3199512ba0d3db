"""The three-valued logic of groups: what follows from the results of their criteria."""

from collections.abc import Sequence

from app.model.eligibility import CriterionResult

OPPOSITE: dict[CriterionResult, CriterionResult] = {
    "met": "not_met",
    "not_met": "met",
    "unknown": "unknown",
}


def all_of(results: Sequence[CriterionResult]) -> CriterionResult:
    """Return whether all are met."""
    if "not_met" in results:
        return "not_met"
    return "unknown" if "unknown" in results else "met"


def any_of(results: Sequence[CriterionResult]) -> CriterionResult:
    """Return whether any is met."""
    if "met" in results:
        return "met"
    return "unknown" if "unknown" in results else "not_met"


def none_of(results: Sequence[CriterionResult]) -> CriterionResult:
    """Return whether none is met."""
    return OPPOSITE[any_of(results)]


def at_least(needed: int, results: Sequence[CriterionResult]) -> CriterionResult:
    """Return whether so many are met."""
    met, unknown = results.count("met"), results.count("unknown")
    if met >= needed:
        return "met"
    return "unknown" if met + unknown >= needed else "not_met"
