"""The preparation of the requested dose in words, row by row. Label data, never a policy's limit.

What one source alone has asks the reader to check it in the current label.
"""

from collections.abc import Iterator
from decimal import Decimal

from app.model.dosing_clock import LabelAdvice, Preparation
from app.model.wording import (
    concentration_in_words,
    count_in_words,
    decimal_in_words,
    dose_in_words,
)
from app.output.phrases import Row

CHECK_LABEL = "Check the current label."
_STEPS = {
    "vial": "Vial",
    "solution": "Reconstitution",
    "dilution": "Dilution",
    "infusion": "Infusion",
    "storage": "Storage",
}


def preparation_title(preparation: Preparation) -> str:
    """Return the title, which says that nothing below comes from the policy."""
    return f"Preparation of the requested dose: label data, no limits ({preparation.label})"


def preparation_rows(preparation: Preparation) -> Iterator[Row]:
    """Yield the warnings, then the dose from vial to infusion, then the label's advice."""
    sources = {one.id: one for one in preparation.advice}
    for warning in preparation.warnings:
        yield Row("Check first", _checked(warning.text, warning), warning.citation)
    yield Row("Dose", dose_in_words(preparation.dose_iu), sources["solution"].citation)
    yield Row("Volume", volume_text(preparation), sources["solution"].citation)
    yield Row("Vials", vials_text(preparation), sources["vial"].citation)
    yield Row("Left over", left_over_text(preparation), sources["vial"].citation)
    bag = _checked(bag_text(preparation), sources["dilution"])
    yield Row("Bag", bag, sources["dilution"].citation)
    for one in preparation.advice:
        yield Row(_STEPS[one.id], _checked(one.text, one), one.citation)


def volume_text(preparation: Preparation) -> str:
    """Return the volume to draw up and the dose that it really holds."""
    holds = dose_in_words(preparation.volume_holds_iu)
    return f"{_ml(preparation.volume_ml)}, rounded down; it holds {holds}."


def vials_text(preparation: Preparation) -> str:
    """Return the vials to plan with, and both counts where they differ."""
    vials = count_in_words(preparation.vials, "vial")
    by_content, by_volume = preparation.vials_by_content, preparation.vials_by_volume
    if by_content == by_volume:
        return f"{vials}."
    return f"{vials}: {by_content:,} by content, {by_volume:,} by volume; plan with the larger."


def left_over_text(preparation: Preparation) -> str:
    """Return what stays in the vials, by volume and by content."""
    by_volume = _ml(preparation.left_over_by_volume_ml)
    by_content = dose_in_words(preparation.left_over_by_content_iu)
    return f"{by_volume} by volume; {by_content} by content."


def bag_text(preparation: Preparation) -> str:
    """Return the bag and the concentration of the dose in it."""
    concentration = concentration_in_words(Decimal(preparation.concentration_mg_per_ml))
    return f"{preparation.bag_ml:,} mL, which makes {concentration}."


def _ml(volume: str) -> str:
    return f"{decimal_in_words(Decimal(volume))} mL"


def _checked(text: str, source: LabelAdvice) -> str:
    return f"{text} {CHECK_LABEL}" if source.check_current_label else text
