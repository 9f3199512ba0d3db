"""Cells to a case and back: nothing is lost, nothing is guessed, and problems name their column."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.casework.typed_text import cells_of, read_cells
from app.model.case import Case
from app.model.case_fields import CASE_FIELDS
from app.model.case_json import InvalidCase, read_case
from tests.cases import case
from tests.fixture_cases import EXAMPLES
from tests.model.keys import KINDS, REQUIRED

CELLS = {
    "policy": "alder-aldesleukin",
    "date_of_service": "2026-11-23",
    "indication": "cutaneous_melanoma",
    "route": "intravenous",
}
LISTS = {key: column.choices for key, column in CASE_FIELDS.items() if column.kind == "list"}
FIRST, LAST = date(2020, 1, 1), date(2099, 12, 31)


def problems(**changes: str) -> dict[str, str]:
    """What is wrong with a row, by column; __ stands for the point."""
    cells = {**CELLS, **{key.replace("__", "."): one for key, one in changes.items()}}
    with pytest.raises(InvalidCase) as refused:
        read_cells(cells)
    return {one.at: one.message for one in refused.value.problems}


def read(**changes: str) -> Case:
    return read_cells({**CELLS, **{key.replace("__", "."): one for key, one in changes.items()}})


def test_each_key_of_a_case_is_a_column_and_nothing_else() -> None:
    containers = ("object", "list")
    expected = {key for key, kind in KINDS.items() if kind not in containers and ".0" not in key}
    expected |= {"facts.prescriber_specialties", "facts.lesion_status", "facts.lesion_site"}
    expected |= {"facts.retreatment_toxicities", "diagnosis_codes"}
    cycle = [key for key in KINDS if key.startswith("course.cycles.0.")]
    names = {key.rpartition(".")[2] for key in cycle} - {"number"}
    expected |= {f"course.cycles.{number}.{name}" for number in (1, 2) for name in names}
    expected.remove("course.cycles.1.planned_first_at")  # a first cycle is planned by its course
    assert set(CASE_FIELDS) == expected
    required = {key for key in REQUIRED if ".0" not in key}
    assert {key for key, column in CASE_FIELDS.items() if column.is_required} == required


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.name)
def test_an_example_comes_back_from_its_cells_as_it_was(example: Any) -> None:
    found = read_case(example.case)
    assert read_cells(cells_of(found)) == found


def _choice(key: str) -> st.SearchStrategy[str | None]:
    return st.sampled_from((*CASE_FIELDS[key].choices, None))


def _decimal(low: int, high: int) -> st.SearchStrategy[str | None]:
    texts = st.tuples(st.integers(low, high), st.integers(0, 6), st.integers(0, 10**6 - 1))
    return st.none() | texts.map(
        lambda one: f"{one[0]}.{one[2]:06}"[: len(str(one[0])) + 1 + one[1]].rstrip(".")
    )


def _part(name: str, **own: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """An object with each of its columns known or not."""
    by_kind: dict[str, st.SearchStrategy[Any]] = {
        "yes_no": st.sampled_from((True, False, None)),
        "whole": st.none() | st.integers(1, 14),
        "time": st.none(),  # dates that need not follow each other
    }
    lists = {
        key.removeprefix(f"{name}."): st.none() | st.lists(st.sampled_from(choices), max_size=4)
        for key, choices in LISTS.items()
        if key.startswith(f"{name}.")
    }
    plain = {
        key.removeprefix(f"{name}."): by_kind[column.kind]
        for key, column in CASE_FIELDS.items()
        if key.startswith(f"{name}.") and "cycles" not in key and column.kind in by_kind
    }
    return st.fixed_dictionaries({**plain, **lists, **own})


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}"


def _minutes_after(least: int, most: int, moment: datetime) -> st.SearchStrategy[datetime]:
    return st.integers(least, most).map(lambda minutes: moment + timedelta(minutes=minutes))


def _given(draw: st.DrawFn, first: datetime) -> dict[str, Any]:
    """What was given in a cycle from a first dose on."""
    count = draw(st.integers(1, 20))
    last = first if count == 1 else draw(_minutes_after(1, 1000, first))
    return {"doses_given": count, "first_dose_at": _minute(first), "last_dose_at": _minute(last)}


@st.composite
def _courses(draw: st.DrawFn) -> dict[str, Any]:
    """A course with every date that it can have, each after the one before."""
    begin = draw(st.datetimes(datetime(2020, 2, 1), datetime(2099, 10, 30)))
    some = st.sampled_from((True, False))
    held = st.none() | st.integers(0, 20)
    course: dict[str, Any] = {
        "number": draw(st.none() | st.integers(1, 14)),
        "doses_per_cycle": draw(st.none() | st.integers(1, 14)),
        "first_dose_at": draw(st.none() | st.just(_minute(begin))),
    }
    if draw(some):
        course["previous_last_dose_on"] = (begin.date() - timedelta(days=9)).isoformat()
    if draw(some):
        course["discharge_date"] = (begin.date() + timedelta(days=60)).isoformat()
    cycles = []
    if draw(some):
        one = {"number": 1, **_given(draw, begin), "doses_held": draw(held)}
        cycles.append({**one, "over": draw(st.none() | some)})
    second = draw(st.sampled_from(("none", "booked", "given" if cycles else "none")))
    if second != "none":
        later = draw(_minutes_after(2000, 3000, begin))
        booked = {"planned_first_at": _minute(later)}
        two = booked if second == "booked" else _given(draw, later)
        cycles.append({"number": 2, "doses_held": draw(held), **two})
    return {**course, "cycles": cycles}


CASES = st.fixed_dictionaries(
    {
        "policy": st.text(st.characters(codec="utf-8"), min_size=1),
        "date_of_service": st.dates(FIRST, LAST).map(date.isoformat),
        "indication": st.sampled_from(CASE_FIELDS["indication"].choices),
        "route": st.sampled_from(CASE_FIELDS["route"].choices),
        "bsa_formula": _choice("bsa_formula"),
        "regimen": _choice("regimen"),
        "age_years": st.none() | st.integers(0, 130),
        "weight_kg": _decimal(1, 649),
        "height_cm": _decimal(25, 274),
        "bsa_m2": _decimal(1, 3),
        "previous_weight_kg": _decimal(1, 649),
        "facts": _part("facts"),
        "requested": _part("requested"),
        "course": _courses(),
        "authorization": st.fixed_dictionaries(
            {
                "units": st.none() | st.integers(0, 100_000),
                "dose_iu": st.none() | st.integers(1, 10**12),
            }
        ),
        "weight_measured_on": st.none() | st.dates(FIRST, LAST).map(date.isoformat),
        "confirmed": st.fixed_dictionaries(
            {
                "weight_kg": _decimal(1, 649),
                "height_cm": _decimal(25, 274),
                "bsa_m2": _decimal(1, 3),
                "requested.dose_iu": st.none() | st.integers(1, 10**12),
            }
        ),
        "reference": st.none()
        | st.text(
            st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=40
        ),
    }
)


@given(CASES)
def test_any_case_comes_back_from_its_cells_as_it_was(data: dict[str, Any]) -> None:
    found = read_case({**data, "policy": data["policy"].strip() or "x"})  # blanks do not count
    assert read_cells(cells_of(found)) == found


def test_no_answer_none_of_these_and_a_no_are_three_things() -> None:
    assert read().facts.lesion_site is None
    assert read(facts__lesion_site="None").facts.lesion_site == ()
    assert read(facts__lesion_site="cutaneous| nodal").facts.lesion_site == ("cutaneous", "nodal")
    answers = {"yes": True, " TRUE": True, "No": False, "false ": False, " ": None, "": None}
    for cell, answer in answers.items():
        assert read(facts__single_agent=cell).facts.single_agent is answer


@pytest.mark.parametrize("cell", ["y", "1", "0", "ja", "unknown", "=TRUE()"])
def test_only_yes_and_no_answer_a_question(cell: str) -> None:
    assert set(problems(facts__single_agent=cell)) == {"facts.single_agent"}


@pytest.mark.parametrize("cell", ["70,5", "70.", ".5", "1e3", "+70", "70 kg", "٧٠"])
def test_a_number_in_another_form_is_refused_and_not_guessed(cell: str) -> None:
    assert set(problems(weight_kg=cell)) == {"weight_kg"}


@pytest.mark.parametrize("cell", ["42,300,00", "42300000.0", "4.23E+07", "42 300 000", "five"])
def test_a_whole_number_is_digits_only(cell: str) -> None:
    assert set(problems(requested__dose_iu=cell)) == {"requested.dose_iu"}


@pytest.mark.parametrize("cell", ["11/23/2026", "23.11.2026", "46349"])
def test_a_date_that_a_spreadsheet_rewrote_is_refused_with_how_to_keep_it(cell: str) -> None:
    for found in (problems(authorization__start=cell), problems(course__first_dose_at=cell)):
        [message] = found.values()
        assert "year-month-day" in message or "to the minute" in message
        assert "format the whole column as text" in message


def test_a_date_of_the_right_form_is_told_nothing_of_spreadsheets() -> None:
    [message] = problems(authorization__start="2026-02-30").values()
    assert "spreadsheet" not in message


def test_every_problem_of_a_row_is_told_at_once_with_its_column() -> None:
    found = problems(
        policy="",
        age_years="131",
        confirmed__weight_kg="70,5",
        confirmed__requested__dose_iu="4.2 million",
        facts__lesion_site="cutaneous||nodal",
        facts__single_agent="maybe",
        course__cycles__2__doses_given="3",
    )
    expected = {"policy", "age_years", "facts.lesion_site", "facts.single_agent"}
    expected |= {"confirmed.weight_kg", "confirmed.requested.dose_iu"}
    assert set(found) == {*expected, "course.cycles.2.first_dose_at"}


def test_a_blank_may_stand_between_date_and_time() -> None:
    found = read(course__first_dose_at="2026-11-23 08:00").course.first_dose_at
    assert found == datetime(2026, 11, 23, 8)


def test_the_cells_of_a_case_are_the_words_of_the_contract() -> None:
    cells = cells_of(read_case(case(weight_kg="70.50", facts={"lesion_status": []})))
    filled = {key: cell for key, cell in cells.items() if cell}
    assert filled == {
        **CELLS,
        "age_years": "54",
        "weight_kg": "70.50",
        "facts.lesion_status": "none",
    }
