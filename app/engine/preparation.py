"""The preparation of the requested dose (vials, syringe, bag), by facts of the label.

Nothing here is a limit of the policy. The volume is rounded down, so that the drawn-up amount never
exceeds the dose; vials are counted from the dose itself, in whole International Units.
"""

from collections.abc import Callable
from decimal import ROUND_FLOOR, Decimal

from app.engine.bsa import PRECISION
from app.model.case import Case
from app.model.determination import RequestCheck
from app.model.formatting import concentration_in_words, plain_decimal
from app.model.label import Label, LabelFact, PreparationFacts
from app.model.reference_data import ReferenceData
from app.model.treatment import LabelAdvice, Preparation

_MICRO = Decimal("0.000001")


def preparation_rule(
    reference_data: ReferenceData,
) -> Callable[[Case, RequestCheck], Preparation | None]:
    """Return the rule that prepares an intravenous dose requested within the limits."""
    label, facts = reference_data.label, reference_data.label.preparation
    vial_iu, diluent_ml, iu_per_ml = (
        facts.vial.content_iu,
        facts.solution.diluent_ml,
        facts.solution.iu_per_ml,
    )
    minutes, hours = facts.infusion.minutes, facts.storage.hours
    count_vials, advice, document = vials_rule(facts), _advice(label), label.document
    concentration, warn = _concentration_rule(facts), _warning_rule(reference_data)

    def prepare(case: Case, request: RequestCheck) -> Preparation | None:
        dose_iu = case.requested.dose_iu
        if case.route != "intravenous" or request.status != "within_limits" or dose_iu is None:
            return None
        by_content, by_volume = count_vials(dose_iu)
        vials = max(by_content, by_volume)
        hundredths = hundredths_of_ml(dose_iu, iu_per_ml)
        volume_ml = Decimal(hundredths) / 100
        holds_iu = hundredths * iu_per_ml // 100
        bag_ml, mg_per_ml = concentration(dose_iu)
        return Preparation(
            dose_iu,
            plain_decimal(volume_ml),
            holds_iu,
            by_content,
            by_volume,
            vials,
            vials * vial_iu - holds_iu,
            plain_decimal(vials * diluent_ml - volume_ml),
            bag_ml,
            plain_decimal(mg_per_ml.quantize(_MICRO, ROUND_FLOOR)),
            minutes,
            hours,
            warn(hundredths, bag_ml, mg_per_ml),
            advice,
            document,
        )

    return prepare


def vials_rule(facts: PreparationFacts) -> Callable[[int], tuple[int, int]]:
    """Return the rule that counts vials for one dose, by content and by volume, each rounded up.

    The label's figures differ: a vial contains more International Units than its volume of solution
    holds at the stated strength. Plan with the larger count.
    """
    by_content, by_volume = facts.vial.content_iu, facts.solution.vial_iu
    return lambda dose_iu: (_ceiling(dose_iu, by_content), _ceiling(dose_iu, by_volume))


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


def _concentration_rule(facts: PreparationFacts) -> Callable[[int], tuple[int, Decimal]]:
    """Return the rule for the bag of a dose in mL and the dose in it in mg/mL, with 50 digits."""
    mg_per_ml, bag_for = facts.solution.mg_per_ml, facts.dilution.bag_for
    holds_iu = {bag.ml: Decimal(facts.solution.iu_per_ml * bag.ml) for bag in facts.dilution.bags}

    def concentration(dose_iu: int) -> tuple[int, Decimal]:
        bag_ml = bag_for(dose_iu).ml
        dose_mg_iu = PRECISION.multiply(mg_per_ml, dose_iu)
        return bag_ml, PRECISION.divide(dose_mg_iu, holds_iu[bag_ml])

    return concentration


def _warning_rule(
    reference_data: ReferenceData,
) -> Callable[[int, int, Decimal], tuple[LabelAdvice, ...]]:
    label, texts = reference_data.label, reference_data.checks.texts
    dilution, source = label.preparation.dilution, reference_data.checks.document
    usual = dilution.mg_per_ml
    too_small = LabelAdvice("volume_too_small", texts.volume_too_small, source, False)

    def outside(bag_ml: int, mg_per_ml: Decimal) -> LabelAdvice:
        text = texts.concentration_outside_range.format(
            bag=bag_ml,
            concentration=concentration_in_words(mg_per_ml),
            least=concentration_in_words(usual.low),
            most=concentration_in_words(usual.high),
        )
        return _cited("concentration_outside_range", text, dilution, label)

    def warnings(hundredths: int, bag_ml: int, mg_per_ml: Decimal) -> tuple[LabelAdvice, ...]:
        found = () if hundredths else (too_small,)
        return found if usual.holds(mg_per_ml) else (*found, outside(bag_ml, mg_per_ml))

    return warnings


def _advice(label: Label) -> tuple[LabelAdvice, ...]:
    """Return the label's facts about preparation, in the order in which it is done."""
    names = ("vial", "solution", "dilution", "infusion", "storage")
    facts: dict[str, LabelFact] = {name: getattr(label.preparation, name) for name in names}
    return tuple(_cited(name, fact.text, fact, label) for name, fact in facts.items())


def _cited(name: str, text: str, fact: LabelFact, label: Label) -> LabelAdvice:
    return LabelAdvice(name, text, label.cite(fact.citation), fact.one_source)
