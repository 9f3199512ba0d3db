"""The file that the form writes: the strict reader reads exactly what was written."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.casework.policy_form import Shape, shape_of
from app.casework.policy_form_file import text_of, value_of, values_in, yaml_of
from app.library.strict_yaml import YamlProblem, parse

HOSTILE = (
    *("yes", "no", "true", "null", "~", "", " ", "  two  blanks  ", "a: b", "a #b", "# a", "- a"),
    *("1e3", "0o7", "007", "1_000", "600_000", "3.0", "2026-05-01", "2026-13-45", "12:30:45"),
    *("'", '"', "it's", 'say "x"', "{a: b}", "[a]", "&a", "*a", "!a", "%a", "@a", "`a", "|", ">"),
    *(
        "a\nb",
        "a\tb",
        "\x85",
        "\u2028",
        "\ufeff",
        "é",
        "С",
        "\u200b",
        "\U0001f600",
        "---",
        "...",
        "?",
    ),
    *(
        "a" * 300,
        "word " * 60,
        "=",
        "<<",
        "a:",
        ":a",
        "a - b",
        "<b>x</b>",
        "\\n",
        "a\\",
        "-1",
        "+1",
    ),
)
texts = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]))
scalars = texts | st.integers(0, 10**15 - 1) | st.booleans() | st.dates()
keys = st.sampled_from(["id", "citation", "text", "all", "notes", "coverage", "when"]) | texts
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=30,
)


@given(st.dictionaries(keys, values, max_size=6))
def test_the_strict_reader_reads_exactly_the_values_that_were_written(made: Any) -> None:
    assert parse(yaml_of(made)).value == made


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_stays_a_text_as_value_key_and_item(text: str) -> None:
    made = {text: text, "listed": [text], "citation": {"heading": text}}
    assert parse(yaml_of(made)).value == made


def test_keys_stand_in_the_order_of_the_grammar_and_a_citation_on_one_line() -> None:
    made = {"notes": [], "id": "x", "in_force": {"citation": {"heading": "A"}, "first_day": 1}}
    written = yaml_of(made).decode()
    assert written == ("id: x\nin_force:\n  first_day: 1\n  citation: {heading: A}\nnotes: []\n")


def test_a_key_that_the_grammar_has_not_stands_last() -> None:
    made = {"strange": {"deep": [1]}, "id": "x"}
    assert yaml_of(made).decode() == "id: x\nstrange:\n  deep: [1]\n"


def test_a_large_number_is_written_with_its_thousands_apart() -> None:
    assert yaml_of({"iu": 600_000}) == b"iu: 600_000\n"


def test_a_single_part_in_place_of_a_list_becomes_a_list_and_nothing_is_left_out() -> None:
    text = b"coverage:\n  other:\n    approval: {months: 6}\n    name: null\nodd: [null]\n"
    assert values_in(text) == {
        "coverage": {"other": {"approval": [{"months": 6}]}},
        "odd": [None],
    }


def test_a_file_without_keys_is_refused() -> None:
    with pytest.raises(YamlProblem, match="must hold keys with values"):
        values_in(b"- a\n")


WHOLE, DECIMAL, DATE, TEXT = (shape_of(one) for one in (int, int, date, str))
DECIMAL = Shape("decimal")


@pytest.mark.parametrize(
    ("shape", "typed", "value"),
    [
        (WHOLE, "600,000", 600_000),
        (WHOLE, " 18 ", 18),
        (WHOLE, "600 000", 600_000),
        (WHOLE, "600_000", 600_000),
        (WHOLE, "60,00", "60,00"),
        (WHOLE, "-1", "-1"),
        (WHOLE, "18.0", "18.0"),
        (WHOLE, "9" * 16, "9" * 16),
        (WHOLE, "", None),
        (WHOLE, "  ", None),
        (DECIMAL, "18", 18),
        (DECIMAL, "0", 0),
        (DECIMAL, "3.5", "3.5"),
        (DECIMAL, "3,5", "3,5"),
        (DECIMAL, "007", "007"),
        (DATE, "2026-05-01", date(2026, 5, 1)),
        (DATE, "5/1/2026", date(2026, 5, 1)),
        (DATE, "2026-02-30", "2026-02-30"),
        (DATE, "13/1/2026", "13/1/2026"),
        (DATE, "May", "May"),
        (TEXT, " as typed ", " as typed "),
        (TEXT, "18", "18"),
        (Shape("one_of"), " a ", "a"),
    ],
)
def test_what_is_typed_is_read_or_left_for_the_reader_of_the_file(
    shape: Shape, typed: str, value: Any
) -> None:
    found = value_of(shape, typed)
    assert (found, type(found)) == (value, type(value))


def test_a_value_stands_in_its_field_as_it_can_be_typed() -> None:
    for shape, value in ((WHOLE, 600_000), (DATE, date(2026, 5, 1)), (DECIMAL, "3.5")):
        assert value_of(shape, text_of(value)) == value
    assert text_of(None) == ""
    assert text_of(True) == "True"
