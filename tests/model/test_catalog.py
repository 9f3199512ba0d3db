"""The catalog refuses words and places that do not fit, and finds an entry by its case key."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.library import Library
from app.model.adapters import adapter
from app.model.catalog import Catalog, Input, Question


@pytest.mark.parametrize(
    ("kind", "choices"), [("yes_no", {"a": "A"}), ("number", {"a": "A"}), ("choices", {})]
)
def test_choices_belong_to_a_question_of_choices(kind: str, choices: dict[str, str]) -> None:
    data = {"label": "?", "kind": kind, "answered_by": "chart", "choices": choices}
    with pytest.raises(ValidationError, match="choices belong"):
        adapter(Question).validate_python(data)


def test_a_label_is_found_by_the_key_of_a_case(library: Library) -> None:
    assert library.catalog.label("facts.single_agent").startswith("Will aldesleukin")
    assert library.catalog.label("age_years") == "Age (years)"
    assert library.catalog.label("requested.dose_iu") == "Dose (International Units)"


def test_a_mnemonic_is_a_letter_of_the_label() -> None:
    assert adapter(Input).validate_python({"label": "Height", "mnemonic": "g"}).mnemonic == "g"
    with pytest.raises(ValidationError, match="must be a letter of the label"):
        adapter(Input).validate_python({"label": "Height", "mnemonic": "G"})
    for no_letter in ("&", "ei", ""):
        with pytest.raises(ValidationError, match=r"mnemonic\n.*must be a letter"):
            adapter(Input).validate_python({"label": "Height & more", "mnemonic": no_letter})


@pytest.mark.parametrize("part", ["questions", "inputs"])
def test_a_field_stands_in_a_section_that_there_is(part: str, library: Library) -> None:
    entry = {"label": "A", "kind": "yes_no", "answered_by": "chart", "section": "nowhere"}
    if part == "inputs":
        entry = {"label": "A", "section": "nowhere"}
    data: dict[str, Any] = {"sections": library.catalog.sections, "questions": {}, "inputs": {}}
    data[part]["a"] = entry
    with pytest.raises(ValidationError, match="must be one of: therapy, patient"):
        adapter(Catalog).validate_python(data)


def test_fields_of_a_section_stand_beside_each_other_in_the_order_of_the_catalog() -> None:
    inputs = {
        "a": {"label": "A", "section": "one", "beside": True},
        "b": {"label": "B", "section": "two"},
        "c": {"label": "C", "section": "one", "beside": True},
        "d": {"label": "D", "section": "one"},
        "e": {"label": "E"},
    }
    data = {"sections": {"one": "One", "two": "Two"}, "questions": {}, "inputs": inputs}
    catalog = adapter(Catalog).validate_python(data)
    assert catalog.rows("one") == (("a", "c"), ("d",))
    assert catalog.rows("two") == (("b",),)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"kind": "number", "from": "a few"}, "must be a whole number, or a decimal"),
        ({"kind": "number", "from": True}, "must be a whole number, or a decimal"),
        ({"kind": "number", "from": 3, "to": "3.0"}, "must be more than from"),
        ({"kind": "yes_no", "unit": "g/dL"}, "belongs to a question of the kind 'number'"),
        ({"kind": "number", "system": "icd_10_cm"}, "belongs to a question of the kind 'codes'"),
    ],
)
def test_bounds_and_units_are_those_of_a_number(more: dict[str, object], why: str) -> None:
    data = {"label": "?", "answered_by": "chart", **more}
    with pytest.raises(ValidationError, match=why):
        adapter(Question).validate_python(data)
