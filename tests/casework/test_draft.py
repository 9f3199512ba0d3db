"""The draft: raw entries in, a case or problems out, and nothing carried over."""

from datetime import datetime

import pytest
from hypothesis import given, settings

from app.casework.draft import Draft
from app.casework.typed_text import Entry
from app.model.case import Case
from app.model.case_fields import CASE_FIELDS
from app.model.case_json import read_case
from tests.any_case import any_case
from tests.cases import case
from tests.fixture_cases import EXAMPLES
from tests.random_cases import cases

COMPLETE: dict[str, Entry] = {
    "policy": "alder-aldesleukin",
    "date_of_service": "2026-11-23",
    "indication": "cutaneous_melanoma",
    "route": "intravenous",
}


def draft(**entries: Entry) -> Draft:
    made = Draft()
    for key, entry in {**COMPLETE, **entries}.items():
        made = made.with_entry(key.replace("__", "."), entry)
    return made


def test_an_empty_draft_is_an_ordinary_value() -> None:
    empty = Draft()
    assert empty.case is None
    assert empty.problems == {}
    assert empty.unanswered == ("policy", "date_of_service", "indication", "route")


def test_a_complete_draft_has_a_case_and_no_problems() -> None:
    made = draft(weight_kg="70.5", age_years="54", facts__single_agent=True)
    assert made.problems == {}
    assert made.case is not None
    assert (str(made.case.weight_kg), made.case.age_years) == ("70.5", 54)
    assert made.case.facts.single_agent is True


def test_digits_become_a_whole_number_only_where_the_case_wants_one() -> None:
    made = draft(requested__dose_iu="42300000", weight_kg="70")
    assert made.case is not None
    assert made.case.requested.dose_iu == 42_300_000
    assert draft(requested__doses_per_day="1,000").problems == {
        "requested.doses_per_day": "Must be a whole number: digits only, no commas."
    }


def test_a_dose_may_be_typed_in_the_groups_in_which_aldesk_writes_it() -> None:
    made = draft(requested__dose_iu="42,300,000", weight_kg="70").case
    assert made is not None
    assert made.requested.dose_iu == 42_300_000


@pytest.mark.parametrize(
    "text", ["42,30,000", "42300,000", "42,3", ",423", "42,300,", "42.300.000"]
)
def test_a_dose_in_any_other_groups_is_refused(text: str) -> None:
    assert draft(requested__dose_iu=text).problems == {
        "requested.dose_iu": "Must be a whole number: digits only, no commas."
    }


@pytest.mark.parametrize("text", ["54.0", "+54", "5 4", "٥٤", "fifty"])
def test_what_is_not_plain_digits_is_refused_in_a_whole_number(text: str) -> None:
    assert "age_years" in draft(age_years=text).problems


def test_a_blank_may_stand_between_a_date_and_its_time() -> None:
    made = draft(course__first_dose_at="2026-11-23 08:00").case
    assert made is not None
    assert made.course.first_dose_at == datetime(2026, 11, 23, 8)
    assert "course.first_dose_at" in draft(course__first_dose_at="2026-11-23  08:00").problems
    row = draft(reference="2026-11-23 08:00").case
    assert row is not None
    assert row.reference == "2026-11-23 08:00"


def test_every_problem_stands_at_its_key() -> None:
    made = draft(weight_kg="154 lb", date_of_service="2026-02-30", course__first_dose_at="now")
    assert set(made.problems) == {"weight_kg", "date_of_service", "course.first_dose_at"}
    assert made.case is None


def test_a_missing_choice_hides_no_problem_of_another_entry() -> None:
    made = draft(route=None, weight_kg="x")
    assert made.unanswered == ("route",)
    assert set(made.problems) == {"weight_kg"}


def test_a_deleted_entry_is_not_known() -> None:
    made = draft(weight_kg="70.5").with_entry("weight_kg", "")
    assert made.case is not None
    assert made.case.weight_kg is None


def test_a_hidden_entry_is_kept_but_does_not_count() -> None:
    made = draft(facts__single_agent=True).hiding(frozenset({"facts.single_agent"}))
    assert made.case is not None
    assert made.case.facts.single_agent is None
    assert made.entries["facts.single_agent"] is True


@pytest.mark.parametrize(
    ("key", "text", "another"),
    [("weight_kg", "154", "155"), ("height_cm", "75", "175"), ("bsa_m2", "0.7", "1.7")],
)
def test_a_confirmation_ends_with_the_value_it_was_for(key: str, text: str, another: str) -> None:
    confirmed = draft(**{key: text}).with_entry(f"confirmed.{key}", True)
    assert confirmed.case is not None
    assert confirmed.case.confirmed == (key,)
    changed = confirmed.with_entry(key, another)
    assert changed.case is not None
    assert changed.case.confirmed == ()
    for same in (confirmed.with_entry(key, text), confirmed.with_entry("age_years", "54")):
        assert same.case is not None
        assert same.case.confirmed == (key,)


def test_a_withdrawn_confirmation_is_none() -> None:
    made = draft(weight_kg="154").with_entry("confirmed.weight_kg", False)
    assert made.case is not None
    assert made.case.confirmed == ()


def test_none_of_these_is_an_answer_and_no_answer_is_not() -> None:
    answered = draft(facts__lesion_site=()).case
    unanswered = draft(facts__lesion_site=None).case
    assert answered is not None
    assert unanswered is not None
    assert answered.facts.lesion_site == ()
    assert unanswered.facts.lesion_site is None


def test_a_draft_is_never_changed_in_place() -> None:
    first = draft(weight_kg="70.5")
    first.with_entry("weight_kg", "80")
    assert first.entries["weight_kg"] == "70.5"


def test_an_american_date_is_refused_with_the_way_to_write_it() -> None:
    found = draft(date_of_service="11/30/2026").problems["date_of_service"]
    assert found == "Must be a date written year-month-day, like 2026-11-30."
    found = draft(date_of_service="30/11/2026").problems["date_of_service"]
    assert found == "Must be a date written year-month-day, like 2026-11-23."


def test_what_is_filled_in_counts_a_no_and_none_of_these() -> None:
    entries: dict[str, Entry] = {
        "weight_kg": "",
        "facts.single_agent": False,
        "facts.lesion_site": (),
        "regimen": None,
    }
    assert set(Draft().with_entries(entries).filled) == {"facts.single_agent", "facts.lesion_site"}


def test_what_is_filled_in_counts_a_confirmation_and_no_blank_text() -> None:
    entries: dict[str, Entry] = {"weight_kg": "154", "confirmed.weight_kg": True, "height_cm": " "}
    assert set(Draft().with_entries(entries).filled) == {"weight_kg", "confirmed.weight_kg"}


def test_the_draft_of_a_case_holds_what_somebody_would_have_entered() -> None:
    data = case(
        requested={"dose_iu": 42_300_000, "rest_days": 0},
        facts={"single_agent": False, "lesion_site": [], "lesion_status": ["metastatic"]},
        course={
            "first_dose_at": "2026-11-23T08:00",
            "discharge_date": "2026-12-01",
            "cycles": [
                {"number": 2, "doses_given": 0, "over": True},
                {
                    "number": 1,
                    "doses_given": 2,
                    "first_dose_at": "2026-11-23T08:00",
                    "last_dose_at": "2026-11-23T16:00",
                },
            ],
        },
        authorization={"units": 28},
        confirmed=["weight_kg"],
        weight_kg="70.50",
    )
    assert Draft.of(read_case(data)).entries == {
        **COMPLETE,
        "age_years": "54",
        "weight_kg": "70.50",
        "requested.dose_iu": "42300000",
        "requested.rest_days": "0",
        "facts.single_agent": False,
        "facts.lesion_site": (),
        "facts.lesion_status": ("metastatic",),
        "course.first_dose_at": "2026-11-23 08:00",
        "course.discharge_date": "2026-12-01",
        "course.cycles.2.doses_given": "0",
        "course.cycles.2.over": True,
        "course.cycles.1.doses_given": "2",
        "course.cycles.1.first_dose_at": "2026-11-23 08:00",
        "course.cycles.1.last_dose_at": "2026-11-23 16:00",
        "authorization.units": "28",
        "confirmed.weight_kg": True,
    }


@settings(max_examples=50)
@given(any_case)
def test_the_draft_of_a_case_has_that_case(any_one: Case) -> None:
    found = Draft.of(any_one)
    assert found.problems == {}
    assert found.case == any_one
    assert str(found.case) == str(any_one)  # 70.5 and 70.50 are equal, but not the same text


def test_the_drafts_of_examples_and_of_cases_at_random_have_their_cases() -> None:
    for data in (*(example.case for example in EXAMPLES), *cases(seed=8, count=150)):
        read = read_case(data)
        assert str(Draft.of(read).case) == str(read)


@pytest.mark.parametrize("key", [key for key, one in CASE_FIELDS.items() if one.kind == "whole"])
def test_digits_become_a_whole_number_wherever_the_case_has_one(key: str) -> None:
    found = draft(**{key: "1"})
    assert "Must be a whole number: digits only, no commas." not in found.problems.values()


def test_a_problem_in_a_cycle_stands_at_the_number_of_the_cycle() -> None:
    made = draft(course__cycles__2__doses_given="x", course__cycles__1__doses_given="1")
    assert made.problems == {
        "course.cycles.2.doses_given": "Must be a whole number: digits only, no commas.",
        "course.cycles.1.first_dose_at": "Needed, because a dose was given in this cycle.",
    }


def test_there_are_two_cycles_at_most() -> None:
    made = draft(course__cycles__3__doses_given="0")
    assert made.problems["course.cycles.3.number"] == "Must be 1 to 2."


def test_a_cycle_without_an_entry_is_none() -> None:
    made = draft(course__cycles__1__doses_given="0").with_entry("course.cycles.1.doses_given", "")
    assert made.case is not None
    assert made.case.course.cycles == ()
