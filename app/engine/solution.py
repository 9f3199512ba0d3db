"""Volumes and vials of a dose, by facts of the label, in whole International Units.

A volume is rounded down, so that what is drawn up never exceeds the dose. A vial contains more than
its volume of solution holds at the stated strength: plan with the larger of the two counts.
"""

from dataclasses import dataclass
from typing import NamedTuple

from app.model.label import PreparationFacts

_TENTH = 10  # hundredths of a mL between the marks of a syringe above 1 mL
_ONE_ML = 100


class Drawn(NamedTuple):
    """A volume in hundredths of a mL, what it holds, and both as a larger syringe is marked."""

    hundredths: int
    holds_iu: int
    syringe_hundredths: int
    syringe_holds_iu: int


@dataclass(frozen=True, slots=True)
class Solution:
    """The reconstituted solution: its strength, and what a vial holds by content and by volume."""

    iu_per_ml: int
    vial_content_iu: int
    vial_volume_iu: int

    @classmethod
    def of(cls, facts: PreparationFacts) -> "Solution":
        """Return the solution that the label describes."""
        return cls(facts.solution.iu_per_ml, facts.vial.content_iu, facts.solution.vial_iu)

    def drawn(self, dose_iu: int) -> Drawn:
        """Return the volume of a dose, rounded down to 0.01 mL and, above 1 mL, to 0.1 mL.

        >>> solution = Solution(18_000_000, 22_000_000, 21_600_000)
        >>> solution.drawn(42_300_000)
        Drawn(hundredths=235, holds_iu=42300000, syringe_hundredths=230, syringe_holds_iu=41400000)
        """
        hundredths = dose_iu * 100 // self.iu_per_ml
        marked = hundredths
        if hundredths > _ONE_ML:
            marked -= hundredths % _TENTH
        return Drawn(hundredths, self._holds(hundredths), marked, self._holds(marked))

    def _holds(self, hundredths: int) -> int:
        return hundredths * self.iu_per_ml // 100

    def by_content(self, dose_iu: int) -> int:
        """Return how many vials hold the dose by their content, rounded up."""
        return -(-dose_iu // self.vial_content_iu)

    def by_volume(self, dose_iu: int) -> int:
        """Return how many vials hold the dose by the volume of their solution, rounded up.

        >>> solution = Solution(18_000_000, 22_000_000, 21_600_000)
        >>> solution.by_content(21_840_000), solution.by_volume(21_840_000)
        (1, 2)
        """
        return -(-dose_iu // self.vial_volume_iu)


def in_ml(hundredths: int) -> str:
    """Return hundredths of a mL as mL with two decimals, for machine files.

    >>> in_ml(250), in_ml(7)
    ('2.50', '0.07')
    """
    return f"{hundredths // 100}.{hundredths % 100:02}"
