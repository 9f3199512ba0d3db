"""Makes the field that fits an input of the catalog."""

from app.casework.draft import MEASUREMENTS
from app.gui.choice_fields import AnswerField, ChoiceField, ListField
from app.gui.fields import Field, MeasurementField, TextField
from app.model.catalog import Catalog, Question

_MNEMONICS = {
    "indication": "I",
    "route": "R",
    "age_years": "A",
    "weight_kg": "W",
    "height_cm": "g",
    "bsa_m2": "B",
    "requested.dose_iu": "o",
    "course.first_dose_at": "F",
    "course.previous_last_dose_on": "L",
}


def make_field(key: str, catalog: Catalog) -> Field:
    """Return a field for a key of a case, with its letter for Alt where it has one."""
    field = _of_its_kind(key, catalog)
    field.set_mnemonic(_MNEMONICS.get(key, ""))
    return field


def _of_its_kind(key: str, catalog: Catalog) -> Field:
    entry = catalog.entry(key)
    help_text = entry.help or ""
    if isinstance(entry, Question) and entry.kind == "choices":
        return ListField(key, entry.label, entry.choices, help_text)
    if isinstance(entry, Question) and entry.kind == "yes_no":
        return AnswerField(key, entry.label, help_text)
    if key.endswith(".over"):
        return AnswerField(key, entry.label, help_text)
    if entry.choices:
        return ChoiceField(key, entry.label, entry.choices, help_text)
    kind = MeasurementField if key in MEASUREMENTS else TextField
    return kind(key, entry.label, help_text)
