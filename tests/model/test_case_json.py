"""Whatever is wrong with a case, the problem names exactly the key, in words, and nothing else.

The keys and their kinds are those of the contract (tests/model/keys.py); that the model has the
same keys is proved first.
"""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

import pytest

from app.model.case import Case
from app.model.case_json import InvalidCase, NotJson, parse_json, read_case
from app.model.data import key_of
from tests.cases import case
from tests.model.keys import ITEMS, KINDS, REQUIRED, WRONG, case_with, case_without, parts_of
from tests.model.reading import problems, read

JARGON = ("Input should", "pydantic", "tuple", "instance of")


def places(annotation: Any, path: str) -> Iterator[str]:
    """Yield the dotted places below a value of this type, items of a list as 0."""
    if isinstance(annotation, type) and is_dataclass(annotation):
        hints = get_type_hints(annotation)
        for name in (one.name for one in fields(annotation)):
            key = f"{path}.{key_of(name)}" if path else key_of(name)
            yield from (key, *places(hints[name], key))
        return
    parts = get_args(annotation)
    if annotation is not None and getattr(annotation, "__origin__", None) is tuple:
        yield from (f"{path}.0", *places(parts[0], f"{path}.0"))
        return
    for part in parts:
        yield from places(part, path)


def test_the_model_has_exactly_the_keys_of_the_contract() -> None:
    """Answers to a policy's own questions stand beside the others, under no key of their own."""
    found = {one for one in places(Case, "") if not one.startswith("facts.others")}
    assert found == set(KINDS)


@pytest.mark.parametrize("key", KINDS)
def test_a_value_of_a_wrong_kind_gives_one_problem_that_names_the_key(key: str) -> None:
    for value in WRONG[KINDS[key]]:
        found = problems(json.dumps(case_with(key, value)))
        assert list(found) == [key], value
        assert found[key].endswith("."), value
        assert not [word for word in JARGON if word in found[key]], value


@pytest.mark.parametrize("key", sorted(KINDS.keys() - REQUIRED - ITEMS))
def test_null_means_the_same_as_a_missing_key(key: str) -> None:
    assert read(case_with(key, None)) == read(case_without(key))


@pytest.mark.parametrize("key", sorted(REQUIRED))
def test_a_required_key_is_neither_null_nor_missing(key: str) -> None:
    for data in (case_with(key, None), case_without(key)):
        assert problems(json.dumps(data)) == {key: "Required."}


@pytest.mark.parametrize("key", sorted(ITEMS))
def test_null_in_a_list_is_refused_as_no_choice_and_not_as_missing(key: str) -> None:
    found = problems(json.dumps(case_with(key, None)))
    assert list(found) == [key]
    assert found[key] != "Required."


@pytest.mark.parametrize(
    "above",
    ["", "facts.", "requested.", "course.", "course.cycles.0.", "authorization.", "confirmed."],
)
def test_an_unknown_key_is_refused_by_its_path(above: str) -> None:
    found = problems(json.dumps(case_with(f"{above}patient_name", "x")))
    assert found == {f"{above}patient_name": "Not a known key."}


@pytest.mark.parametrize("name", ["\ud800", "a\ud800"])
@pytest.mark.parametrize("above", ["", "facts.", "course.cycles.0."])
def test_an_unknown_key_with_half_a_character_is_refused_by_its_path(above: str, name: str) -> None:
    found = problems(json.dumps(case_with(f"{above}{name}", "x")))
    assert list(found) == [f"{above}{name}"]


@pytest.mark.parametrize("key", sorted(key for key in KINDS if KINDS[key] != "object"))
def test_half_a_character_is_refused_in_words_wherever_it_stands(key: str) -> None:
    found = problems(json.dumps(case_with(key, "x\ud800")))
    assert list(found) == [key]
    assert not [word for word in JARGON if word in found[key]]


@pytest.mark.parametrize("name", ["name", "record_number", "birth_date", "date_of_birth", "dob"])
def test_there_is_no_key_for_a_person(name: str) -> None:
    assert list(problems(json.dumps(case(**{name: "x"})))) == [name]


@pytest.mark.parametrize("key", sorted(KINDS.keys() - ITEMS))
def test_a_key_that_is_given_twice_is_refused_by_its_path(key: str) -> None:
    marked = json.dumps(case_with(key, "TWICE"))
    name = json.dumps(parts_of(key)[-1])
    text = marked.replace(f'{name}: "TWICE"', f"{name}: null, {name}: null")
    assert problems(text) == {key: "Given more than once."}


def test_an_unknown_key_that_is_given_twice_is_refused_once() -> None:
    text = json.dumps(case())[:-1] + ', "x": 1, "x": 1, "x": 1}'
    assert list(problems(text)) == ["x"]


@pytest.mark.parametrize("text", ["null", "[]", "5", "1e999", "NaN", '"case"', "true", "[{}]"])
def test_what_is_no_object_is_refused_as_a_whole(text: str) -> None:
    assert problems(text) == {"": "Must be an object with named values."}


def test_all_problems_come_together() -> None:
    found = problems(json.dumps({"age_years": 200, "facts": {"x": 1}, "weight_kg": "154 lb"}))
    assert set(found) == {
        *("policy", "date_of_service", "indication", "route"),
        *("age_years", "facts.x", "weight_kg"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "{",
        "{}}",
        "{'a': 1}",
        '{"a": .5}',
        '{"a": 5.}',
        '{"a": +5}',
        '{"a": 010}',
        "\ufeff{}",
    ],
)
def test_what_is_not_json_is_refused_as_such(text: str) -> None:
    with pytest.raises(NotJson):
        parse_json(text)


@pytest.mark.parametrize("depth", [10, 500, 950, 990, 1_500, 5_000, 1_000_000])
@pytest.mark.parametrize(("left", "right"), [("[", "]"), ('{"x":', "}")])
def test_deep_nesting_is_refused_without_a_crash(depth: int, left: str, right: str) -> None:
    text = f'{{"x": {left * depth}1{right * depth}}}'
    with pytest.raises((NotJson, InvalidCase)):
        read_case(parse_json(text))


def test_nesting_that_a_newer_python_parses_is_refused_too() -> None:
    nested: list[Any] = []
    for _ in range(5_000):  # from Python 3.13 on, JSON of this depth is parsed
        nested = [nested]
    with pytest.raises(InvalidCase) as refused:
        read_case({**case(), "x": nested})
    assert [one.at for one in refused.value.problems]
