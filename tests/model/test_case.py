"""Values of a case that must fit each other, and lists and labels with rules of their own."""

import json
from decimal import Decimal
from typing import Any

import pytest

from tests.cases import case
from tests.model.reading import problems, read, refused_at

MORNING, EVENING = "2026-11-23T08:00", "2026-11-23T20:00"
CHOICES = {
    "prescriber_specialties": (
        "oncologist",
        "dermatologist",
        "transplant_center_physician",
        "other",
    ),
    "lesion_status": (
        "metastatic",
        "recurrent",
        "unresectable",
        "borderline_resectable",
        "resectable",
    ),
    "lesion_site": ("cutaneous", "subcutaneous", "nodal", "other"),
}


LATER = "2026-12-09T08:00"
NOTHING: dict[str, Any] = {"doses_given": 0, "first_dose_at": None, "last_dose_at": None}


def cycle(number: int = 1, **changes: Any) -> dict[str, Any]:
    times = {1: (MORNING, EVENING), 2: (LATER, LATER.replace("08", "20"))}
    first, last = times.get(number, times[1])
    given = {"doses_given": 2, "first_dose_at": first, "last_dose_at": last}
    return {"number": number, **given, **changes}


BOOKED = cycle(2, **NOTHING, planned_first_at=LATER)


@pytest.mark.parametrize(
    "cycles",
    [
        [],
        [cycle()],
        [cycle(1), cycle(2)],
        [cycle(2), cycle(1)],
        [{"number": 1}],
        [{"number": 2}],
        [cycle(**NOTHING)],
        [cycle(**NOTHING, doses_held=5)],
        [cycle(doses_given=1_000, doses_held=0, over=True)],
        [cycle(doses_given=1, last_dose_at=MORNING)],
        # A second cycle from the very minute of the last dose on: early, but possible.
        [cycle(1), cycle(2, first_dose_at=EVENING)],
        [cycle(1), BOOKED],
        [BOOKED],
        [cycle(1), {**BOOKED, "planned_first_at": EVENING}],
        [cycle(1), {**BOOKED, "doses_held": 1, "over": False}],
    ],
)
def test_each_of_two_cycles_is_given_at_most_once(cycles: list[dict[str, Any]]) -> None:
    assert len(read(case(course={"cycles": cycles})).course.cycles) == len(cycles)


@pytest.mark.parametrize(
    ("cycles", "path"),
    [
        ([cycle(), cycle()], "course.cycles"),
        ([cycle(1), cycle(2), cycle(2)], "course.cycles"),
        ([{"number": 1}, {"number": 1}], "course.cycles"),
        ([cycle(100)], "course.cycles.0.number"),
        ([cycle(1), cycle(0)], "course.cycles.1.number"),
        # The times of a given dose are needed, and those of none are refused.
        ([cycle(first_dose_at=None)], "course.cycles.0.first_dose_at"),
        ([cycle(), cycle(2, last_dose_at=None)], "course.cycles.1.last_dose_at"),
        ([cycle(doses_given=0, last_dose_at=None)], "course.cycles.0.first_dose_at"),
        ([cycle(doses_given=None, first_dose_at=None)], "course.cycles.0.last_dose_at"),
        # The last dose is not before the first; one dose is both, and of more it is later.
        ([cycle(first_dose_at=EVENING, last_dose_at=MORNING)], "course.cycles.0.last_dose_at"),
        ([cycle(doses_given=1)], "course.cycles.0.last_dose_at"),
        ([cycle(doses_given=2, last_dose_at=MORNING)], "course.cycles.0.last_dose_at"),
        # The second cycle follows the first one.
        ([cycle(2)], "course.cycles.0.doses_given"),
        ([cycle(2), cycle(1, **NOTHING)], "course.cycles.0.doses_given"),
        ([cycle(1, **NOTHING), cycle(2)], "course.cycles.1.doses_given"),
        (
            [cycle(1), cycle(2, first_dose_at="2026-11-23T19:59")],
            "course.cycles.1.first_dose_at",
        ),
        # Only a second cycle without a dose is booked, and not before the first one's last dose.
        (
            [{**BOOKED, "planned_first_at": "2026-11-23T19:59"}, cycle(1)],
            "course.cycles.0.planned_first_at",
        ),
        ([cycle(1, planned_first_at=LATER)], "course.cycles.0.planned_first_at"),
        ([{"number": 1, "planned_first_at": LATER}], "course.cycles.0.planned_first_at"),
        ([cycle(1), cycle(2, planned_first_at=LATER)], "course.cycles.1.planned_first_at"),
        ([cycle(1), {**BOOKED, "over": True}], "course.cycles.1.planned_first_at"),
    ],
)
def test_cycles_that_cannot_have_happened_are_refused(
    cycles: list[dict[str, Any]], path: str
) -> None:
    assert refused_at(case(course={"cycles": cycles})) == [path]


@pytest.mark.parametrize(
    ("course", "path"),
    [
        # The course before ended before this one begins, given or else planned.
        ({"previous_last_dose_on": "2026-11-22", "first_dose_at": MORNING}, None),
        (
            {"previous_last_dose_on": "2026-11-23", "first_dose_at": MORNING},
            "course.previous_last_dose_on",
        ),
        ({"previous_last_dose_on": "2026-11-22", "cycles": [cycle()]}, None),
        (
            {"previous_last_dose_on": "2026-11-23", "cycles": [cycle()]},
            "course.previous_last_dose_on",
        ),
        (  # what was given comes before what was planned
            {
                "previous_last_dose_on": "2026-11-23",
                "first_dose_at": LATER,
                "cycles": [cycle()],
            },
            "course.previous_last_dose_on",
        ),
        ({"previous_last_dose_on": "2026-11-23"}, None),
        # A discharge follows the newest dose that the case names.
        ({"discharge_date": "2026-11-23", "cycles": [cycle()]}, None),
        ({"discharge_date": "2026-11-22", "cycles": [cycle()]}, "course.discharge_date"),
        ({"discharge_date": "2026-12-09", "cycles": [cycle(), cycle(2)]}, None),
        ({"discharge_date": "2026-12-08", "cycles": [cycle(), cycle(2)]}, "course.discharge_date"),
        ({"discharge_date": "2026-10-01", "previous_last_dose_on": "2026-10-01"}, None),
        (
            {"discharge_date": "2026-09-30", "previous_last_dose_on": "2026-10-01"},
            "course.discharge_date",
        ),
        (  # the newest one is that of this course
            {
                "discharge_date": "2026-11-22",
                "previous_last_dose_on": "2026-10-01",
                "cycles": [cycle()],
            },
            "course.discharge_date",
        ),
        ({"discharge_date": "2026-01-01", "first_dose_at": MORNING}, None),  # none was given
        (
            {"previous_last_dose_on": "2026-10-01", "previous_discharge_on": "2026-09-30"},
            "course.previous_discharge_on",
        ),
        (
            {"previous_discharge_on": "2026-11-24", "first_dose_at": "2026-11-23T08:00"},
            "course.previous_discharge_on",
        ),
        (
            {"previous_discharge_on": "2026-11-23", "first_dose_at": "2026-11-23T08:00"},
            None,
        ),
        ({"discharge_date": "2026-01-01", "cycles": [BOOKED]}, None),
    ],
)
def test_what_lies_in_no_possible_order_is_refused(
    course: dict[str, Any], path: str | None
) -> None:
    if path is None:
        assert read(case(course=course)).course
    else:
        assert refused_at(case(course=course)) == [path]


@pytest.mark.parametrize(
    "granted",
    [
        {"start": "2026-11-23", "end": "2026-11-23"},
        {"start": "2026-01-01", "end": "2026-02-01"},
        {"start": "2026-11-23"},
        {"end": "2026-11-23"},
        {"end": "2026-11-22"},  # before the date of service: it is read, and covers nothing
        {"units": 0},
        {"dose_iu": 1},
    ],
)
def test_an_authorization_of_a_day_or_more_is_read(granted: dict[str, Any]) -> None:
    found = read(case(authorization=granted)).authorization
    assert {key: str(getattr(found, key)) for key in granted} == {
        key: str(value) for key, value in granted.items()
    }


def test_an_authorization_that_ends_before_it_starts_is_refused() -> None:
    granted = {"start": "2026-11-24", "end": "2026-11-23"}
    assert refused_at(case(authorization=granted)) == ["authorization.end"]


@pytest.mark.parametrize("name", CHOICES)
def test_a_list_takes_any_combination_and_tells_none_of_these_from_not_answered(name: str) -> None:
    every = CHOICES[name]
    for written in (every, every[:1], every[::-1], ()):
        facts = read(case(facts={name: list(written)})).facts
        assert getattr(facts, name) == tuple(written)
    for unanswered in ({name: None}, {}):
        assert getattr(read(case(facts=unanswered)).facts, name) is None


@pytest.mark.parametrize("name", CHOICES)
def test_an_unknown_choice_is_refused_by_its_place(name: str) -> None:
    facts = {name: [CHOICES[name][0], "unknown"]}
    assert refused_at(case(facts=facts)) == [f"facts.{name}.1"]


@pytest.mark.parametrize("value", [True, False, None])
def test_a_yes_no_fact_is_true_false_or_not_known(value: bool | None) -> None:
    assert read(case(facts={"single_agent": value})).facts.single_agent is value


@pytest.mark.parametrize("reference", ["x" * 40, "", "row 7", "Zeile 7 – é", "行7", "🙂" * 40])
def test_a_reference_of_40_printable_characters_is_kept(reference: str) -> None:
    assert read(case(reference=reference)).reference == reference


@pytest.mark.parametrize(
    "reference", ["x" * 41, "a\nb", "a\tb", "a\0", "\x1b[2J", "\u202e", "\u200b", "\ud800"]
)
def test_any_other_reference_is_refused(reference: str) -> None:
    assert refused_at(case(reference=reference)) == ["reference"]


def test_a_confirmation_holds_the_value_that_was_checked() -> None:
    checked = {"weight_kg": "154.0", "height_cm": "175", "bsa_m2": 3, "requested.dose_iu": 600}
    found = read(case(confirmed=checked)).confirmed
    assert (found.weight_kg, found.height_cm, found.bsa_m2) == (
        Decimal(154),
        Decimal(175),
        Decimal(3),
    )
    assert found.requested__dose_iu == 600


@pytest.mark.parametrize(
    ("confirmed", "path"),
    [
        (["weight_kg"], "confirmed"),
        ([], "confirmed"),
        ({"age_years": 5}, "confirmed.age_years"),
        ({"dose_iu": 5}, "confirmed.dose_iu"),
        ({"weight_kg": True}, "confirmed.weight_kg"),
        ({"requested.dose_iu": "600"}, "confirmed.requested.dose_iu"),
        ({"requested": {"dose_iu": 600}}, "confirmed.requested"),
    ],
)
def test_a_confirmation_without_its_value_or_its_key_is_refused(
    confirmed: object, path: str
) -> None:
    assert refused_at(case(confirmed=confirmed)) == [path]


@pytest.mark.parametrize(
    ("indication", "route", "regimen", "expected"),
    [
        ("cutaneous_melanoma", "intravenous", "til", True),
        ("cutaneous_melanoma", "intravenous", "high_dose", False),
        ("cutaneous_melanoma", "intravenous", None, False),
        ("cutaneous_melanoma", "intralesional", "til", False),
        ("renal_cell_carcinoma", "intravenous", "til", False),
        ("graft_versus_host_disease", "subcutaneous", "til", False),
        ("other", "intravenous", "til", False),
    ],
)
def test_a_regimen_counts_for_melanoma_intravenous_only(
    indication: str, route: str, regimen: str | None, expected: bool
) -> None:
    found = read(case(indication=indication, route=route, regimen=regimen))
    assert found.is_til is expected


@pytest.mark.parametrize(
    ("key", "written", "converted"),
    [
        ("weight_kg", "154 lb", "69.853 kg"),
        ("weight_kg", "154lbs", "69.853 kg"),
        ("weight_kg", "154 pounds", "69.853 kg"),
        ("previous_weight_kg", "220.5 lb", "100.017 kg"),
        ("height_cm", "70 in", "177.8 cm"),
        ("height_cm", '68.5"', "173.99 cm"),
    ],
)
def test_a_foreign_unit_is_refused_with_the_conversion_shown(
    key: str, written: str, converted: str
) -> None:
    found = problems(json.dumps(case(**{key: written})))
    assert list(found) == [key]
    assert converted in found[key]
