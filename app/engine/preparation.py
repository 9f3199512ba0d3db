"""The preparation of the requested dose (vials, syringe, bag), by facts of the label.

Nothing here is a limit of the policy.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from app.engine.solution import Drawn, Solution, in_ml
from app.model.case import Case
from app.model.determination import Finding
from app.model.formatting import concentration_in_words, decimal_in_words
from app.model.label import Label, LabelFact, PreparationFacts
from app.model.reference_data import ReferenceData
from app.model.supply import LabelAdvice, Preparation

_TEN_THOUSAND = 10_000


def preparation_rule(
    reference_data: ReferenceData,
) -> Callable[[Case, Finding | None], Preparation | None]:
    """Return the rule that prepares an intravenous dose, by the finding about the dose.

    The dose is within the limit, or at most what the payer's clinician approved outside the policy.
    """
    label, facts = reference_data.label, reference_data.label.preparation
    solution, diluent_ml = Solution.of(facts), facts.solution.diluent_ml
    minutes, hours = facts.infusion.minutes, facts.storage.hours
    advice, document = _advice(label), label.document
    concentration, vial_hundredths = _concentration_rule(facts), int(diluent_ml * 100)
    warn = _warning_rule(reference_data)

    def prepare(case: Case, finding: Finding | None) -> Preparation | None:
        if finding is None or case.route != "intravenous":
            return None
        dose_iu, approved_iu = finding.requested, case.authorization.dose_iu or 0
        is_outside = finding.result == "exceeds" and dose_iu <= approved_iu
        if finding.result != "within" and not is_outside:
            return None
        drawn, by_volume = solution.drawn(dose_iu), solution.by_volume(dose_iu)
        by_content = solution.by_content(dose_iu)
        bag_ml = facts.dilution.bag_for(dose_iu).ml
        alone = concentration(dose_iu, 100 * bag_ml)
        with_drug = concentration(dose_iu, 100 * bag_ml + drawn.hundredths)
        is_unusual = alone.is_outside and with_drug.is_outside
        left_hundredths = by_volume * vial_hundredths - drawn.hundredths
        return Preparation(
            dose_iu,
            is_outside,
            in_ml(drawn.hundredths),
            drawn.holds_iu,
            in_ml(drawn.syringe_hundredths),
            drawn.syringe_holds_iu,
            by_content,
            by_volume,
            max(by_content, by_volume),
            in_ml(left_hundredths),
            by_volume * solution.vial_volume_iu - drawn.holds_iu,
            bag_ml,
            alone.mg_per_ml,
            with_drug.mg_per_ml,
            is_unusual,
            minutes,
            hours,
            warn(dose_iu, drawn, bag_ml, (alone, with_drug) if is_unusual else None),
            advice,
            document,
        )

    return prepare


class _Concentration(NamedTuple):
    """A concentration, cut after 4 decimals; whether it lies outside the label's range, uncut."""

    mg_per_ml: str
    is_cut: bool
    is_outside: bool


def _concentration_rule(facts: PreparationFacts) -> Callable[[int, int], _Concentration]:
    """Return the rule for a dose in a volume in hundredths of a mL; exact, in whole numbers."""
    mg, per_iu = facts.solution.mg_per_ml.as_integer_ratio()
    numerator, denominator = 100 * mg, per_iu * facts.solution.iu_per_ml
    usual = facts.dilution.mg_per_ml
    (low, low_of), (high, high_of) = usual.low.as_integer_ratio(), usual.high.as_integer_ratio()

    def concentration(dose_iu: int, hundredths: int) -> _Concentration:
        over, under = dose_iu * numerator, hundredths * denominator
        cut, rest = divmod(over * _TEN_THOUSAND, under)
        is_outside = over * low_of < low * under or over * high_of > high * under
        whole, decimals = divmod(cut, _TEN_THOUSAND)
        return _Concentration(f"{whole}.{decimals:04}", bool(rest), is_outside)

    return concentration


def _in_words(found: _Concentration) -> str:
    shown = Decimal(found.mg_per_ml)
    about = "about " if found.is_cut and shown else ""
    return f"{about}{concentration_in_words(shown)}"


def _warning_rule(
    reference_data: ReferenceData,
) -> Callable[
    [int, Drawn, int, tuple[_Concentration, _Concentration] | None], tuple[LabelAdvice, ...]
]:
    label, checks = reference_data.label, reference_data.checks
    texts, dilution = checks.texts, label.preparation.dilution
    too_small = LabelAdvice("volume_too_small", texts.volume_too_small, checks.document, False)
    percent = checks.plausibility.syringe_below_percent
    words = texts.syringe_far_below.format(percent=decimal_in_words(percent))
    far_below = LabelAdvice("syringe_far_below", words, checks.document, False)

    def is_far_below(dose_iu: int, drawn: Drawn) -> bool:
        """Return whether coarser marks, and not the rounding to 0.01 mL, cost so much."""
        lost_iu = dose_iu - drawn.syringe_holds_iu
        return drawn.syringe_holds_iu < drawn.holds_iu and lost_iu * 100 > dose_iu * percent

    def outside(bag_ml: int, alone: _Concentration, with_drug: _Concentration) -> LabelAdvice:
        text = texts.concentration_outside_range.format(
            bag=bag_ml,
            concentration=_in_words(alone),
            with_drug=_in_words(with_drug),
            least=concentration_in_words(dilution.mg_per_ml.low),
            most=concentration_in_words(dilution.mg_per_ml.high),
        )
        return _cited("concentration_outside_range", text, dilution, label)

    def warnings(
        dose_iu: int,
        drawn: Drawn,
        bag_ml: int,
        unusual: tuple[_Concentration, _Concentration] | None,
    ) -> tuple[LabelAdvice, ...]:
        found = []
        if not drawn.hundredths:
            found.append(too_small)
        elif is_far_below(dose_iu, drawn):
            found.append(far_below)
        if unusual is not None:
            found.append(outside(bag_ml, *unusual))
        return tuple(found)

    return warnings


def _advice(label: Label) -> tuple[LabelAdvice, ...]:
    """Return the label's facts about preparation, in the order in which it is done."""
    names = ("vial", "solution", "dilution", "handling", "infusion", "storage", "billing")
    facts: dict[str, LabelFact] = {name: getattr(label.preparation, name) for name in names}
    return tuple(_cited(name, fact.text, fact, label) for name, fact in facts.items())


def _cited(name: str, text: str, fact: LabelFact, label: Label) -> LabelAdvice:
    return LabelAdvice(name, text, label.cite(fact.citation), fact.one_source)
