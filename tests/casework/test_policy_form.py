"""The form of a policy: every key of the grammar is a field with words, none is listed by hand."""

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args, get_type_hints

import pytest

from app.casework.policy_form import (
    COMPARISON,
    GROUP,
    GROUP_KINDS,
    POLICY,
    Shape,
    form_fields,
    inner_shape,
    shape_of,
)
from app.casework.policy_form_words import form_words
from app.model.criterion import Comparison, Criterion, Group
from app.model.data import data, key_of
from app.model.document import Citation, Exact, Text, Yes, YesNo
from app.model.policy import WrittenPolicy


def classes_below(hint: Any, found: set[Any]) -> set[Any]:
    """Every class of the grammar, read from the annotations without the form's own reader."""
    is_of_it = isinstance(hint, type) and hasattr(hint, "__pydantic_config__")
    if is_of_it and is_dataclass(hint) and hint not in found:
        found.add(hint)
        for one in fields(hint):
            classes_below(get_type_hints(hint, include_extras=True)[one.name], found)
    for inner in get_args(hint):
        classes_below(inner, found)
    return found


GRAMMAR = sorted(classes_below(WrittenPolicy, set()), key=lambda one: one.__name__)


def test_the_grammar_has_its_classes() -> None:
    assert {WrittenPolicy, Comparison, Group, Citation} <= set(GRAMMAR)


@pytest.mark.parametrize("kind", GRAMMAR, ids=lambda one: one.__name__)
def test_every_key_of_the_grammar_is_a_field_with_words(kind: Any) -> None:
    keys = {key_of(one.name) for one in fields(kind)}
    assert {one.key for one in form_fields(kind)} == keys
    assert set(form_words().parts[kind.__name__]) == keys


@pytest.mark.parametrize("kind", GRAMMAR, ids=lambda one: one.__name__)
def test_every_choice_of_the_grammar_has_words(kind: Any) -> None:
    words = form_words().parts[kind.__name__]
    for field in form_fields(kind):
        item = field.shape.item or field.shape
        if item.choices:
            assert set(words[field.key].choices) >= set(item.choices), field.key


def test_no_words_are_of_a_key_that_is_gone() -> None:
    assert set(form_words().parts) == {one.__name__ for one in GRAMMAR}


def test_every_kind_of_criterion_has_words() -> None:
    assert set(form_words().criteria) == {"comparison", *GROUP_KINDS}


def test_every_class_beside_others_has_words() -> None:
    words = form_words()
    found = [one.shape for kind in GRAMMAR for one in form_fields(kind) if one.shape.others]
    for shape in found:
        for one in (shape, *shape.others):
            assert (one.part.__name__ if one.part else one.kind) in words.classes


@data
class _Part:
    """A part of a grammar that does not exist."""

    citation: Citation
    new_number: int
    new_day: date | None = None
    new_text: Text | None = None
    is_: YesNo | None = None
    sure: Yes | None = None
    exact: Exact | None = None
    of_several: Literal["a", "b"] = "a"
    several: tuple[Literal["a", "b"], ...] = ()
    by_name: dict[Literal["x"], Text] | None = None
    inner: "_Inner | None" = None


@data
class _Inner:
    """A part of a part."""

    condition: Criterion | None = None


def test_a_key_that_is_added_to_the_grammar_is_a_field_without_another_line() -> None:
    found = {one.key: one for one in form_fields(_Part)}
    kinds = {key: one.shape.kind for key, one in found.items()}
    assert kinds == {
        "new_number": "whole",
        "new_day": "date",
        "new_text": "text",
        "is": "yes_no",
        "sure": "yes",
        "exact": "decimal",
        "of_several": "one_of",
        "several": "list",
        "citation": "part",
        "by_name": "named",
        "inner": "part",
    }
    assert {key for key, one in found.items() if one.is_required} == {"new_number", "citation"}
    assert found["by_name"].shape.choices == ("x",)


def test_a_citation_stands_below_the_values_that_it_is_of_and_above_what_is_within() -> None:
    keys = [one.key for one in form_fields(Group)]
    assert keys.index("text") < keys.index("citation") < keys.index("all")


@pytest.mark.parametrize("hint", [bytes, int | str, Annotated[str | Citation, None]])
def test_a_hint_that_no_field_can_be_made_of_is_an_error(hint: Any) -> None:
    with pytest.raises(TypeError, match="no field can be made of"):
        shape_of(hint)


def test_a_number_that_may_be_a_list_of_codes_says_so() -> None:
    shapes = {one.key: one.shape for one in COMPARISON.fields}
    assert (shapes["under"].kind, shapes["under"].or_list) == ("decimal", True)
    assert (shapes["over"].kind, shapes["over"].or_list) == ("decimal", False)
    assert shape_of(Decimal).kind == "decimal"


def test_a_criterion_is_a_group_by_its_keys() -> None:
    criterion = Shape("criterion")
    assert inner_shape({"none": []}, criterion, "routes") == GROUP.fields[2].shape
    assert inner_shape({}, criterion, "question") == Shape("text")
    assert inner_shape("wrong", criterion, "routes") is None


def test_a_part_is_told_apart_from_those_in_its_place_by_its_keys() -> None:
    [in_force] = [one.shape for one in POLICY.fields if one.key == "in_force"]
    assert in_force.fitting({}) == in_force
    assert in_force.fitting(None) == in_force
    assert in_force.fitting({"citation": {}}) == in_force
    assert in_force.fitting({"not_stated": True}) == in_force.others[0]
