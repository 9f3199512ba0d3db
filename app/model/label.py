"""Facts of the prescribing information (the label): the course, and how a dose is prepared.

These are not policy limits; they have their own data file and their own citations.
"""

from typing import Annotated

from app.model.data import Limited, Refusal, data
from app.model.document import Citation, Cited, Positive, PositiveInt, Range, Text, YesNo
from app.model.dosing import Dosing, Units
from app.model.policy import Note


@data
class Hours(Cited):
    """A whole number of hours, with its citation."""

    hours: PositiveInt


@data
class Days(Cited):
    """A whole number of days, with its citation."""

    days: PositiveInt


@data
class LabelFact(Cited):
    """A fact as a sentence; with `one_source`, people are asked to check the current label."""

    text: Text
    one_source: YesNo = False


@data
class Vial(LabelFact):
    """The content of one single-use vial in International Units."""

    content_iu: Units


@data
class Solution(LabelFact):
    """A vial with `diluent_ml` mL of water; `mg_per_ml` is the label's own rounded figure."""

    diluent_ml: Positive
    iu_per_ml: Units
    mg_per_ml: Positive

    @property
    def vial_iu(self) -> int:
        """International Units in `diluent_ml` of solution: less than the vial contains."""
        return int(self.diluent_ml * self.iu_per_ml)

    def __post_init__(self) -> None:
        if self.diluent_ml * self.iu_per_ml % 1:
            raise Refusal("diluent_ml × iu_per_ml must be whole International Units")


@data
class Bag:
    """An infusion volume in mL for doses up to `up_to_iu` (None: for every higher dose)."""

    ml: PositiveInt
    up_to_iu: Units | None = None


@data
class Dilution(LabelFact):
    """The bags in ascending order of dose, and the range of the label's final concentration."""

    bags: Annotated[tuple[Bag, ...], Limited(entries=1)]
    mg_per_ml: Range

    def bag_for(self, dose_iu: int) -> Bag:
        """Return the first bag whose upper dose is high enough; the last bag has none."""
        for bag in self.bags[:-1]:
            if dose_iu <= (bag.up_to_iu or 0):
                return bag
        return self.bags[-1]

    def __post_init__(self) -> None:
        *bounded, last = (bag.up_to_iu for bag in self.bags)
        bounds = [bound for bound in bounded if bound is not None]
        if last is not None or len(bounds) < len(bounded) or bounds != sorted(set(bounds)):
            raise Refusal("must rise in up_to_iu, and the last one has none", at="bags")


@data
class Infusion(LabelFact):
    """The duration of the infusion of one dose."""

    minutes: PositiveInt


@data
class Storage(LabelFact):
    """The time for which a prepared dose may be stored."""

    hours: PositiveInt


@data
class CellTherapy(Cited):
    """The most doses after tumor-infiltrating lymphocytes, by the label of the cell therapy."""

    document: Text
    most_doses: PositiveInt


@data
class PreparationFacts:
    """The facts about preparing a dose, in the order in which it is done, and about billing it."""

    vial: Vial
    solution: Solution
    dilution: Dilution
    handling: LabelFact
    infusion: Infusion
    storage: Storage
    billing: LabelFact


@data
class Label:
    """Facts from the prescribing information; `document` is its name with its date.

    `course` is the intravenous regimen of the label, for policies that refer to it.
    """

    document: Text
    dose_interval: Hours
    course: Dosing
    discharge_rest: Days
    cell_therapy: CellTherapy
    preparation: PreparationFacts
    notes: tuple[Note, ...]

    def cite(self, citation: Citation) -> str:
        """Return a citation as text: document, heading and item."""
        return f"{self.document}: {citation}"
