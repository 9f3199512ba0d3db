"""Where each input stands in the form, and which kind of field it has."""

from app.casework.draft import MEASUREMENTS
from app.gui.form.choice_fields import AnswerField, ChoiceField, ListField
from app.gui.form.fields import Field, MeasurementField, TextField
from app.model.catalog import Catalog, Question

SECTIONS: dict[str, tuple[tuple[str, ...], ...]] = {
    "Therapy": (("indication",), ("route",), ("regimen",)),
    "Patient": (
        ("age_years", "weight_kg"),
        ("height_cm", "bsa_m2"),
        ("bsa_formula",),
    ),
    "Criteria": (),
    "Request (optional)": (
        ("requested.dose_iu",),
        ("requested.doses_per_day", "requested.doses_per_week"),
        ("requested.doses_per_cycle", "requested.rest_days"),
        ("requested.course_rest_days",),
    ),
    "Course (optional)": (
        ("course.first_dose_at",),
        ("course.number", "course.doses_per_cycle"),
        ("previous_weight_kg",),
        ("course.previous_last_dose_on", "course.discharge_date"),
    ),
    "Given so far (optional)": tuple(
        row
        for cycle in ("course.cycles.1", "course.cycles.2")
        for row in (
            (f"{cycle}.doses_given", f"{cycle}.doses_held"),
            (f"{cycle}.first_dose_at",),
            (f"{cycle}.last_dose_at",),
            (f"{cycle}.over",),
        )
    ),
    "Authorization granted (optional)": (
        ("authorization.start", "authorization.end"),
        ("authorization.units",),
    ),
    "File (optional)": (("reference",),),
}
_TITLES = list(SECTIONS)
AFTER_QUESTIONS = [
    key
    for title in _TITLES[_TITLES.index("Criteria") + 1 :]
    for row in SECTIONS[title]
    for key in row
]
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
    """Return the field for a key of a case, with its Alt shortcut if it has one."""
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
