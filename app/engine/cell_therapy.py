"""Doses after tumor-infiltrating lymphocytes against the label of the cell therapy.

That regimen is another one than the high-dose regimen of the policies: it has no schedule here.
"""

from app.model.case import Case
from app.model.label import CellTherapy


def excess_of(case: Case, label: CellTherapy) -> tuple[int, int]:
    """Return by how many doses a cycle as requested, and all doses given, exceed that label.

    0 and 0 within it, and for every other regimen.
    """
    if not case.is_til:
        return 0, 0
    requested = case.requested.doses_per_cycle or 0
    given = sum(one.given for one in case.course.cycles)
    return max(0, requested - label.most_doses), max(0, given - label.most_doses)
