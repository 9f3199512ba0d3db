"""The draft: raw entries in, a case or problems out, and nothing carried over."""

from datetime import datetime

import pytest
from hypothesis import given, settings

from app.casework.draft import Draft
from app.casework.typed_text import Entry
from app.model.case import Case
from app.model.case_fields import CASE_FIELDS, CONFIRMABLE
from app.model.case_json import read_case
from tests.any_case import any_case, said
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


VALUES = {
    "weight_kg": ("154", "155"),
    "height_cm": ("75", "175"),
    "bsa_m2": ("0.7", "1.7"),
    "requested.dose_iu": ("4,200,000", "42,000,000"),
}
# What a value is judged by, as the table of unusual values has it; no other entry drops it.
OF_THE_AREA = {"weight_kg": "71", "height_cm": "176", "bsa_m2": "1.8", "bsa_formula": "boyd"}
OF_THE_THERAPY = {
    "policy": "birch-aldesleukin",
    "date_of_service": "2026-11-24",
    "indication": "renal_cell_carcinoma",
    "route": "subcutaneous",
}
JUDGED_BY: dict[str, dict[str, Entry]] = {
    "weight_kg": {"height_cm": "176", "age_years": "17", "previous_weight_kg": "70"},
    "height_cm": {"weight_kg": "71", "age_years": "17"},
    "bsa_m2": {key: one for key, one in OF_THE_AREA.items() if key != "bsa_m2"},
    "requested.dose_iu": {**OF_THE_AREA, **OF_THE_THERAPY},
}
ALL_OTHERS: dict[str, Entry] = {
    **OF_THE_AREA,
    **OF_THE_THERAPY,
    "age_years": "17",
    "previous_weight_kg": "70",
    "requested.dose_iu": "5",
    "requested.doses_per_day": "3",
    "facts.single_agent": True,
    "course.number": "2",
    "weight_measured_on": "2026-11-20",
    "reference": "row 7",
}


def confirmed_values(made: Draft) -> dict[str, str]:
    """What the case says was confirmed, as texts."""
    assert made.case is not None
    found = {one: CASE_FIELDS[f"confirmed.{one}"].value(made.case) for one in CONFIRMABLE}
    return {key: str(one) for key, one in found.items() if one is not None}


@pytest.mark.parametrize("key", VALUES)
def test_a_tick_confirms_the_very_value_that_stands_there(key: str) -> None:
    text = VALUES[key][0]
    made = draft(**{key: text}).with_entry(f"confirmed.{key}", True)
    assert confirmed_values(made) == {key: text.replace(",", "")}
    assert made.is_confirmed(key)


@pytest.mark.parametrize("key", VALUES)
def test_a_confirmation_ends_with_the_value_it_was_for(key: str) -> None:
    text, another = VALUES[key]
    confirmed = draft(**{key: text}).with_entry(f"confirmed.{key}", True)
    changed = confirmed.with_entry(key, another)
    assert confirmed_values(changed) == {}
    assert not changed.is_confirmed(key)
    back = changed.with_entry(key, text)  # typing the same value again confirms nothing
    assert confirmed_values(back) == {}
    assert confirmed.with_entry(key, text).is_confirmed(key)  # nothing was changed


@pytest.mark.parametrize("key", VALUES)
def test_a_confirmation_ends_with_a_value_that_it_hangs_on_and_with_no_other(key: str) -> None:
    confirmed = draft(**{key: VALUES[key][0]}).with_entry(f"confirmed.{key}", True)
    for other, entry in ALL_OTHERS.items():
        if other != key:
            changed = confirmed.with_entry(other, entry)
            assert changed.is_confirmed(key) is (other not in JUDGED_BY[key]), other


def test_a_value_confirms_itself_in_any_writing() -> None:
    opened = Draft.of(read_case(case(weight_kg="154.0", confirmed={"weight_kg": "154"})))
    assert opened.is_confirmed("weight_kg")
    assert not opened.with_entry("weight_kg", "154.00").is_confirmed("weight_kg")


def test_another_value_that_was_confirmed_does_not_confirm_this_one() -> None:
    opened = Draft.of(read_case(case(weight_kg="155", confirmed={"weight_kg": "154"})))
    assert not opened.is_confirmed("weight_kg")
    ticked = opened.with_entry("confirmed.weight_kg", True)
    assert confirmed_values(ticked) == {"weight_kg": "155"}


def test_nothing_is_confirmed_where_nothing_stands() -> None:
    for text in ("", " "):
        made = draft(weight_kg=text).with_entry("confirmed.weight_kg", True)
        assert confirmed_values(made) == {}
        assert not made.is_confirmed("weight_kg")


def test_a_withdrawn_confirmation_is_none() -> None:
    ticked = draft(weight_kg="154").with_entry("confirmed.weight_kg", True)
    made = ticked.with_entry("confirmed.weight_kg", False)
    assert confirmed_values(made) == {}
    assert "confirmed.weight_kg" not in made.filled


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
    entries: dict[str, Entry] = {"weight_kg": "154", "confirmed.weight_kg": "154", "height_cm": " "}
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
        confirmed={"weight_kg": "70.50", "requested.dose_iu": 42_300_000},
        weight_kg="70.50",
        weight_measured_on="2026-11-20",
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
        "weight_measured_on": "2026-11-20",
        "confirmed.weight_kg": "70.50",
        "confirmed.requested.dose_iu": "42300000",
    }


@settings(max_examples=50)
@given(any_case)
def test_the_draft_of_a_case_has_that_case(any_one: Case) -> None:
    found = Draft.of(any_one)
    assert found.problems == {}
    assert str(found.case) == str(said(any_one))  # 70.5 and 70.50 are equal, but not the same text


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


CYCLE_1: dict[str, Entry] = {
    "course.cycles.1.doses_given": "2",
    "course.cycles.1.first_dose_at": "2026-11-23 08:00",
    "course.cycles.1.last_dose_at": "2026-11-23 16:00",
}


@pytest.mark.parametrize(
    ("entries", "key"),
    [
        ({"course.cycles.2.planned_first_at": "2026-11-23 15:59"}, "planned_first_at"),
        ({"course.cycles.2.planned_first_at": "2026-12-07 08:00", **CYCLE_1}, None),
        ({"course.cycles.2.over": True, **CYCLE_1}, None),
    ],
)
def test_a_booked_second_cycle_is_refused_at_its_own_field(
    entries: dict[str, Entry], key: str | None
) -> None:
    # cycle 2 stands first in the case, so that its place is not its number
    made = draft(**entries).with_entries({**entries, **CYCLE_1})
    assert set(made.problems) == ({f"course.cycles.2.{key}"} if key else set())


def test_a_booked_second_cycle_that_is_over_is_refused_at_the_booking() -> None:
    made = draft(
        course__cycles__2__planned_first_at="2026-12-07 08:00", course__cycles__2__over=True
    )
    assert set(made.problems) == {"course.cycles.2.planned_first_at"}


def test_a_dose_of_cycle_2_without_one_of_cycle_1_is_refused_at_its_field() -> None:
    two = {key.replace(".1.", ".2."): one for key, one in CYCLE_1.items()}
    made = draft(**two, course__cycles__1__doses_held="1")
    assert set(made.problems) == {"course.cycles.2.doses_given"}


def test_dates_that_do_not_follow_each_other_are_refused_at_their_field() -> None:
    discharged = draft(**CYCLE_1, course__discharge_date="2026-11-22")
    assert set(discharged.problems) == {"course.discharge_date"}
    previous = draft(**CYCLE_1, course__previous_last_dose_on="2026-11-23")
    assert set(previous.problems) == {"course.previous_last_dose_on"}
    granted = draft(authorization__start="2026-11-23", authorization__end="2026-11-22")
    assert set(granted.problems) == {"authorization.end"}


def test_a_cycle_without_an_entry_is_none() -> None:
    made = draft(course__cycles__1__doses_given="0").with_entry("course.cycles.1.doses_given", "")
    assert made.case is not None
    assert made.case.course.cycles == ()
