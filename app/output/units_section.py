"""The vials of one session, as rows of text: label data, never a policy limit.

Vials by content and by volume stand side by side; the larger count is the one to plan with.
"""

from collections.abc import Iterator
from decimal import Decimal

from app.model.catalog import Catalog
from app.model.determination import Determination
from app.model.formatting import count_in_words, decimal_in_words, dose_in_words
from app.model.supply import Measurable, Preparation, Units
from app.output.phrases import Row, Section, dose_title

_TITLE = "Vials of one session: label data, no limits"
_BILLING = (
    "HCPCS J9015 counts whole single-use vials, so the units billed are the vials opened: {vials}. "
    "JW and JZ: ask your billing office. An inpatient stay is not billed in this way."
)


def units_section(found: Determination, _: Catalog) -> Section | None:
    """Return the vials of one session, or None while the dose is not known."""
    if found.units is None:
        return None
    return Section(_TITLE, tuple(unit_rows(found.units, found)))


def unit_rows(units: Units, found: Determination) -> Iterator[Row]:
    """Yield the dose that is counted, its lesions, its vials, and what fits within the limit."""
    whose = counted_for(units, found)
    yield Row(f"Counted for the {whose}", dose_in_words(units.dose_iu))
    if units.lesions > 1:
        total = f"{count_in_words(units.lesions, 'lesion')}, {dose_in_words(units.total_iu)} in all"
        yield Row("Lesions", total)
    elif found.dose_limit is not None and found.dose_limit.per == "lesion":
        yield Row("Lesions", "counted for 1 lesion")
    yield Row("Vials", vials_text(units.vials_by_content, units.vials_by_volume))
    approved = approved_dose(found)
    if approved is not None:
        yield Row("Vials of the dose approved outside the policy", _approved_text(approved))
    if units.whole_vials_within_limit is not None:
        whole = units.whole_vials_within_limit
        vials = count_in_words(whole.vials, "vial")
        holds = dose_in_words(whole.holds_iu)
        yield Row("Whole vials within the limit", f"{vials} by volume, together {holds}")
    if units.measurable is not None:
        yield Row("Largest measurable dose within the limit", measurable_text(units.measurable))
    yield Row("Billed units", _BILLING.format(vials=_opened(units, found, whose)))


def counted_for(units: Units, found: Determination) -> str:
    """Return whose vials are counted: those of the requested dose, or of the limit by its name."""
    if units.of == "requested":
        return "requested dose"
    title = dose_title(found)
    return f"{title[0].lower()}{title[1:]}"


def approved_dose(found: Determination) -> Preparation | None:
    """Return the preparation of a dose that was approved outside the policy, or None."""
    preparation = found.preparation
    return preparation if preparation and preparation.approved_outside_policy else None


def _approved_text(approved: Preparation) -> str:
    vials = vials_text(approved.vials_by_content, approved.vials_by_volume)
    return f"{vials}, for {dose_in_words(approved.dose_iu)}"


def _opened(units: Units, found: Determination, whose: str) -> str:
    """Return the vials that one session opens, and whose they are."""
    approved = approved_dose(found)
    if approved is not None:
        return f"{approved.vials:,} for one session of the dose approved outside the policy"
    opened = max(units.vials_by_content, units.vials_by_volume or 0)
    return f"{opened:,} for one session of the {whose}"


def vials_text(by_content: int, by_volume: int | None) -> str:
    """Return both counts of vials, and which one to plan with where they differ."""
    content = f"{count_in_words(by_content, 'vial')} by content"
    if by_volume is None:
        return f"{content}; the label gives no volume for this route"
    plan = "" if by_content == by_volume else "; plan with the larger"
    return f"{content}, {by_volume:,} by volume{plan}"


def measurable_text(measurable: Measurable) -> str:
    """Return the largest volumes within the limit, and the doses that they hold."""
    told = f"{in_ml(measurable.volume_ml)}, which holds {dose_in_words(measurable.holds_iu)}"
    if measurable.syringe_volume_ml == measurable.volume_ml:
        return told
    syringe = in_ml(measurable.syringe_volume_ml)
    holds = dose_in_words(measurable.syringe_holds_iu)
    return f"{told}; {syringe} in a syringe marked in 0.1 mL, which holds {holds}"


def in_ml(volume: str) -> str:
    """Return a volume with its unit.

    >>> in_ml("1.50")
    '1.5 mL'
    """
    return f"{decimal_in_words(Decimal(volume))} mL"
