"""The preparation of the requested dose (vials, syringe, bag), by facts of the label.

Nothing here is a limit of the policy. The volume is rounded down, so that the drawn-up amount never
exceeds the dose; vials are counted from the dose itself, in whole International Units.
"""

from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal
from functools import lru_cache

from app.engine.bsa import PRECISION
from app.model.case import Case
from app.model.determination import RequestCheck
from app.model.formatting import concentration_in_words, plain_decimal
from app.model.label import Bag, Label, LabelFact, PreparationFacts
from app.model.reference_data import ReferenceData
from app.model.treatment import LabelAdvice, Preparation

_MICRO = Decimal("0.000001")


def prepare(case: Case, request: RequestCheck, reference_data: ReferenceData) -> Preparation | None:
    """Return the preparation of an intravenous dose requested within the limits, or None."""
    dose_iu = case.requested.dose_iu
    if case.route != "intravenous" or request.status != "within_limits" or dose_iu is None:
        return None
    facts = reference_data.label.preparation
    solution = facts.solution
    by_content, by_volume = count_vials(dose_iu, facts)
    vials = max(by_content, by_volume)
    hundredths = hundredths_of_ml(dose_iu, solution.iu_per_ml)
    volume_ml = Decimal(hundredths) / 100
    holds_iu = hundredths * solution.iu_per_ml // 100
    bag = facts.dilution.bag_for(dose_iu)
    mg_per_ml = _concentration(dose_iu, bag, facts)
    return Preparation(
        dose_iu=dose_iu,
        volume_ml=plain_decimal(volume_ml),
        volume_holds_iu=holds_iu,
        vials_by_content=by_content,
        vials_by_volume=by_volume,
        vials=vials,
        left_over_by_content_iu=vials * facts.vial.content_iu - holds_iu,
        left_over_by_volume_ml=plain_decimal(vials * solution.diluent_ml - volume_ml),
        bag_ml=bag.ml,
        concentration_mg_per_ml=plain_decimal(mg_per_ml.quantize(_MICRO, ROUND_FLOOR)),
        infusion_minutes=facts.infusion.minutes,
        storage_hours=facts.storage.hours,
        warnings=tuple(_warnings(hundredths, bag, mg_per_ml, reference_data)),
        advice=_advice(reference_data.label),
        label=reference_data.label.document,
    )


def count_vials(dose_iu: int, facts: PreparationFacts) -> tuple[int, int]:
    """Return the number of vials for one dose, by content and by volume, each rounded up.

    The label's figures differ: a vial contains more International Units than its volume of solution
    holds at the stated strength. Plan with the larger count.
    """
    return _ceiling(dose_iu, facts.vial.content_iu), _ceiling(dose_iu, facts.solution.vial_iu)


def _ceiling(dose_iu: int, vial_iu: int) -> int:
    """Return how many vials of `vial_iu` International Units hold the dose, rounded up.

    >>> _ceiling(44_000_000, 22_000_000), _ceiling(44_000_001, 22_000_000)
    (2, 3)
    """
    return -(-dose_iu // vial_iu)


def hundredths_of_ml(dose_iu: int, iu_per_ml: int) -> int:
    """Return the volume of a dose in hundredths of a mL, rounded down.

    >>> hundredths_of_ml(42_300_000, 18_000_000), hundredths_of_ml(42_299_999, 18_000_000)
    (235, 234)
    """
    return dose_iu * 100 // iu_per_ml


def _concentration(dose_iu: int, bag: Bag, facts: PreparationFacts) -> Decimal:
    """Return the concentration of the dose in the bag in mg/mL, with 50 significant digits."""
    dose_mg_iu = PRECISION.multiply(facts.solution.mg_per_ml, dose_iu)
    return PRECISION.divide(dose_mg_iu, facts.solution.iu_per_ml * bag.ml)


def _warnings(
    hundredths: int, bag: Bag, mg_per_ml: Decimal, reference_data: ReferenceData
) -> Iterator[LabelAdvice]:
    texts, dilution = reference_data.checks.texts, reference_data.label.preparation.dilution
    if hundredths == 0:
        name = "volume_too_small"
        yield LabelAdvice(name, texts.volume_too_small, reference_data.checks.document, False)
    if not dilution.mg_per_ml.holds(mg_per_ml):
        text = texts.concentration_outside_range.format(
            bag=bag.ml,
            concentration=concentration_in_words(mg_per_ml),
            least=concentration_in_words(dilution.mg_per_ml.low),
            most=concentration_in_words(dilution.mg_per_ml.high),
        )
        yield _cited("concentration_outside_range", text, dilution, reference_data.label)


@lru_cache
def _advice(label: Label) -> tuple[LabelAdvice, ...]:
    """Return the label's facts about preparation, in the order in which it is done."""
    names = ("vial", "solution", "dilution", "infusion", "storage")
    facts: dict[str, LabelFact] = {name: getattr(label.preparation, name) for name in names}
    return tuple(_cited(name, fact.text, fact, label) for name, fact in facts.items())


def _cited(name: str, text: str, fact: LabelFact, label: Label) -> LabelAdvice:
    return LabelAdvice(name, text, label.cite(fact.citation), fact.one_source)
