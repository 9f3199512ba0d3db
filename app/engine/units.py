"""The vials of one session: for the requested dose where it is within the limit, or the maximum.

Vials are whole single-use vials. By volume they are counted for intravenous doses only: for other
routes the label gives no volume.
"""

from collections.abc import Callable
from dataclasses import dataclass

from app.engine.solution import Solution, in_ml
from app.model.case import Case
from app.model.checks import Checks
from app.model.determination import DoseLimit, Finding
from app.model.reference_data import ReferenceData
from app.model.supply import Measurable, Units, WholeVials


def units_rule(
    reference_data: ReferenceData, route: str
) -> Callable[[Case, DoseLimit, Finding | None], Units | None]:
    """Return the rule that counts the vials of a session; none while the limit is unknown."""
    solution = Solution.of(reference_data.label.preparation)
    is_intravenous = route == "intravenous"
    whole_vials = _whole_vials_rule(solution, reference_data.checks)

    def count(case: Case, limit: DoseLimit, finding: Finding | None) -> Units | None:
        most_iu = limit.max_dose_iu
        if most_iu is None:
            return None
        is_requested = finding is not None and finding.result == "within"
        dose_iu = counted_dose_iu(limit, finding) or most_iu
        lesions = (case.requested.lesions or 1) if limit.per == "lesion" else 1
        total_iu = dose_iu * lesions
        return Units(
            "requested" if is_requested else "maximum",
            dose_iu,
            lesions,
            total_iu,
            solution.by_content(total_iu),
            solution.by_volume(total_iu) if is_intravenous else None,
            whole_vials(most_iu) if is_intravenous else None,
            _measurable(most_iu, solution) if is_intravenous else None,
        )

    return count


def _whole_vials_rule(solution: Solution, checks: Checks) -> Callable[[int], WholeVials | None]:
    percent = checks.plausibility.whole_vials_percent

    def whole_vials(most_iu: int) -> WholeVials | None:
        vials = most_iu // solution.vial_volume_iu
        holds_iu = vials * solution.vial_volume_iu
        return WholeVials(vials, holds_iu) if holds_iu * 100 >= most_iu * percent else None

    return whole_vials


def _measurable(most_iu: int, solution: Solution) -> Measurable:
    drawn = solution.drawn(most_iu)
    return Measurable(
        in_ml(drawn.hundredths),
        drawn.holds_iu,
        in_ml(drawn.syringe_hundredths),
        drawn.syringe_holds_iu,
    )


@dataclass(frozen=True, slots=True)
class DoseVials:
    """A dose in International Units and its own vials, by content and, by vein, by volume."""

    dose_iu: int
    by_content: int
    by_volume: int | None

    @property
    def larger(self) -> int:
        """The count to plan with."""
        return max(self.by_content, self.by_volume or 0)


def dose_vials_rule(
    reference_data: ReferenceData, route: str
) -> Callable[[DoseLimit, Finding | None], DoseVials | None]:
    """Return the rule for the dose that is counted, and its vials; None while it is unknown."""
    solution = Solution.of(reference_data.label.preparation)
    is_intravenous = route == "intravenous"

    def dose_vials(limit: DoseLimit, finding: Finding | None) -> DoseVials | None:
        dose_iu = counted_dose_iu(limit, finding)
        if dose_iu is None:
            return None
        by_volume = solution.by_volume(dose_iu) if is_intravenous else None
        return DoseVials(dose_iu, solution.by_content(dose_iu), by_volume)

    return dose_vials


def counted_dose_iu(limit: DoseLimit, finding: Finding | None) -> int | None:
    """Return the requested dose where it is within the limit, or else the maximum if known."""
    is_within = finding is not None and finding.result == "within"
    return finding.requested if finding is not None and is_within else limit.max_dose_iu
