"""Each field of a case is described once, and form, worklist, report, schema and help cover it."""

from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.files.json_forms import case_schema
from app.gui.form.form import make_field
from app.library import Library
from app.model.case_fields import CASE_FIELDS, CONFIRMABLE, CaseField
from app.model.case_json import read_case
from app.model.catalog import QUESTIONS, Catalog
from app.output.entered_rows import entered_rows
from app.output.form_hints import readback
from app.worklist.template import column_rows
from tests.cases import case

# Above the form; a box beside each value that can be confirmed.
OUTSIDE_THE_FORM = {"policy", "date_of_service", *(f"confirmed.{key}" for key in CONFIRMABLE)}
VALUES: dict[str, Any] = {
    "decimal": "70.5",
    "whole": 2,
    "date": "2026-11-23",
    "time": "2026-11-23T08:00",
    "yes_no": True,
}
TEXTS = {kind: str(value) for kind, value in VALUES.items() if kind != "yes_no"}
READ_BACK = {"date", "time"}


@pytest.fixture
def catalog(library: Library) -> Catalog:
    return library.catalog


def value_of(field: CaseField) -> Any:
    """Return a valid value of a field."""
    if field.key == "diagnosis_codes":
        return ["C43.9"]
    if field.choices:
        return [field.choices[0]] if field.kind == "list" else field.choices[0]
    if field.quantity is not None and field.unit == "m²":
        return "1.73"
    return VALUES.get(field.kind, "cigna-ip0407" if field.key == "policy" else "row 7")


def case_with(field: CaseField) -> dict[str, Any]:
    """Return a case with a value of this field."""
    data = case()
    if field.name == "planned_first_at":
        booked = {"number": field.cycle, field.name: value_of(field)}
        return {**data, "course": {"cycles": [booked]}}
    if field.cycle is not None:
        times = dict.fromkeys(("first_dose_at", "last_dose_at"), VALUES["time"])
        one = {"number": 1, "doses_given": 1, **times}
        cycle = {**one, "number": field.cycle, field.name: value_of(field)}
        if field.name == "doses_given":
            cycle |= {"last_dose_at": "2026-11-23T16:00"}
        return {**data, "course": {"cycles": [cycle, one][: field.cycle]}}
    if field.part:
        return {**data, field.part: {field.name: value_of(field)}}
    return {**data, field.name: value_of(field)}


def test_every_field_is_in_the_form_once(catalog: Catalog) -> None:
    placed = [key for one in catalog.sections for row in catalog.rows(one) for key in row]
    assert len(placed) == len(set(placed))
    assert {*placed, *OUTSIDE_THE_FORM} == set(CASE_FIELDS)


def test_every_question_that_a_case_answers_under_facts_is_among_the_criteria(
    catalog: Catalog,
) -> None:
    asked = {key for row in catalog.rows(QUESTIONS) for key in row}
    assert asked - {"setting", "line_of_business"} == {
        key for key, one in CASE_FIELDS.items() if one.part == "facts"
    }


@pytest.mark.parametrize("key", CASE_FIELDS)
def test_every_field_has_an_editor_with_its_label(key: str, catalog: Catalog, qtbot: QtBot) -> None:
    field = make_field(key, catalog)
    qtbot.addWidget(field)
    editor = field.findChild(QWidget, key)
    assert isinstance(editor, QWidget)
    assert editor.accessibleName() == catalog.label(key)


@pytest.mark.parametrize("field", CASE_FIELDS.values(), ids=lambda one: one.key)
def test_every_field_is_in_the_report(field: CaseField, catalog: Catalog) -> None:
    entry, read = catalog.entry(field.key), read_case(case_with(field))
    rows = dict(entered_rows(read, catalog))
    own = entry.label_in_report or entry.label
    cycle = rows.get(f"{catalog.label('course.cycles')}: cycle {field.cycle}", "")
    assert (own in rows) is (entry.report == "line")
    assert bool(cycle) is (entry.report == "cycle") is (field.cycle is not None)
    assert (entry.report == "request") is (field.part == "requested")
    if entry.phrase is not None:
        assert entry.phrase.partition("{")[0] in cycle
        assert entry.phrase.rpartition("}")[2] in cycle
    assert (entry.phrase is not None) is (entry.report == "cycle")


def test_every_field_is_a_column_that_is_described(library: Library) -> None:
    described = {key: (label, allowed) for key, label, allowed in column_rows(library)}
    assert described.keys() == CASE_FIELDS.keys()
    assert all(label and allowed for label, allowed in described.values())


@pytest.mark.parametrize("field", CASE_FIELDS.values(), ids=lambda one: one.key)
def test_every_field_is_a_property_of_the_schema(field: CaseField) -> None:
    schema = case_schema()
    of_part = {
        "": schema,
        "facts": schema["$defs"]["Facts"],
        "requested": schema["$defs"]["Requested"],
        "course": schema["$defs"]["Course"],
        "authorization": schema["$defs"]["Authorization"],
        "given_before": schema["$defs"]["GivenBefore"],
        "confirmed": schema["$defs"]["Confirmed"],
    }
    part = schema["$defs"]["GivenCycle"] if field.cycle else of_part[field.part]
    assert field.name in part["properties"]


@pytest.mark.parametrize("field", CASE_FIELDS.values(), ids=lambda one: one.key)
def test_every_date_time_weight_and_dose_is_read_back(field: CaseField) -> None:
    units = {"kg", "International Units"}
    words = readback(field.key, TEXTS.get(field.kind, "2"))
    assert bool(words) is (field.kind in READ_BACK or field.unit in units)


def test_a_mnemonic_is_a_letter_of_one_field_only(catalog: Catalog) -> None:
    letters = [one.mnemonic for key in CASE_FIELDS if (one := catalog.entry(key)).mnemonic]
    assert len(letters) == len({str(one).lower() for one in letters})


def test_what_can_be_confirmed_are_values_with_a_unit_and_a_field_beside_it() -> None:
    assert set(CONFIRMABLE) == {"weight_kg", "height_cm", "bsa_m2", "requested.dose_iu"}
    for key in CONFIRMABLE:
        value, confirmed = CASE_FIELDS[key], CASE_FIELDS[f"confirmed.{key}"]
        assert value.unit
        assert (value.kind, value.quantity) == (confirmed.kind, confirmed.quantity)


def test_only_a_second_cycle_is_booked() -> None:
    booked = [key for key in CASE_FIELDS if key.endswith("planned_first_at")]
    assert booked == ["course.cycles.2.planned_first_at"]


@pytest.mark.parametrize(
    ("key", "beside"),
    [
        ("weight_measured_on", "weight_kg"),
        ("height_cm", "age_years"),
        ("authorization.dose_iu", "authorization.units"),
    ],
)
def test_what_belongs_together_stands_in_one_row(key: str, beside: str, catalog: Catalog) -> None:
    rows = [row for one in catalog.sections for row in catalog.rows(one)]
    assert (beside, key) in rows


def test_the_booking_of_cycle_2_stands_before_what_was_given_in_it(catalog: Catalog) -> None:
    placed = [key for row in catalog.rows("given") for key in row]
    booked, given = (
        placed.index(f"course.cycles.2.{one}") for one in ("planned_first_at", "doses_given")
    )
    assert booked == given - 1


def test_every_number_has_a_unit_but_the_number_of_a_course() -> None:
    numbers = [one for one in CASE_FIELDS.values() if one.kind in ("decimal", "whole")]
    assert [one.key for one in numbers if not one.unit] == ["course.number"]
