"""Makes the field of the form for a key of a case, as its kind and its words demand."""

from app.gui.form.choice_fields import AnswerField, ChoiceField, ListField
from app.gui.form.fields import Field, MeasurementField, TextField
from app.model.case_fields import CASE_FIELDS, MEASUREMENTS
from app.model.catalog import Catalog


def make_field(key: str, catalog: Catalog) -> Field:
    """Return the field for a key of a case, with its Alt shortcut if it has one."""
    field = _of_its_kind(key, catalog)
    field.set_mnemonic(catalog.entry(key).mnemonic)
    return field


def _of_its_kind(key: str, catalog: Catalog) -> Field:
    entry, kind = catalog.entry(key), CASE_FIELDS[key].kind
    help_text = entry.help or ""
    if kind == "list":
        return ListField(key, entry.label, entry.choices, help_text)
    if kind == "yes_no":
        return AnswerField(key, entry.label, help_text)
    if kind == "choice":
        return ChoiceField(key, entry.label, entry.choices, help_text)
    line = MeasurementField if key in MEASUREMENTS else TextField
    return line(key, entry.label, help_text)
