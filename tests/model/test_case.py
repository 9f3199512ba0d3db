"""Values of a case that must fit each other, and lists and labels with rules of their own."""

import json
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


def cycle(number: int = 1, **changes: Any) -> dict[str, Any]:
    given = {"doses_given": 14, "first_dose_at": MORNING, "last_dose_at": EVENING}
    return {"number": number, **given, **changes}


@pytest.mark.parametrize(
    "cycles",
    [
        [],
        [cycle()],
        [cycle(2)],
        [cycle(2), cycle(1)],
        [cycle(doses_given=0, first_dose_at=None, last_dose_at=None)],
        [cycle(doses_given=99, doses_held=0, over=True)],
        [cycle(last_dose_at=MORNING)],
        [cycle(doses_given=0)],
    ],
)
def test_each_of_two_cycles_is_given_at_most_once(cycles: list[dict[str, Any]]) -> None:
    assert len(read(case(course={"cycles": cycles})).course.cycles) == len(cycles)


@pytest.mark.parametrize(
    ("cycles", "path"),
    [
        ([cycle(), cycle()], "course.cycles"),
        ([cycle(1), cycle(2), cycle(2)], "course.cycles"),
        ([cycle(3)], "course.cycles.0.number"),
        ([cycle(1), cycle(0)], "course.cycles.1.number"),
        ([cycle(first_dose_at=None)], "course.cycles.0.first_dose_at"),
        ([cycle(), cycle(2, last_dose_at=None)], "course.cycles.1.last_dose_at"),
        (
            [cycle(first_dose_at=EVENING, last_dose_at=MORNING)],
            "course.cycles.0.last_dose_at",
        ),
        (
            [cycle(doses_given=0, first_dose_at=EVENING, last_dose_at=MORNING)],
            "course.cycles.0.last_dose_at",
        ),
    ],
)
def test_cycles_that_cannot_have_happened_are_refused(
    cycles: list[dict[str, Any]], path: str
) -> None:
    assert refused_at(case(course={"cycles": cycles})) == [path]


@pytest.mark.parametrize(
    "granted",
    [
        {"start": "2026-11-23", "end": "2026-11-23"},
        {"start": "2026-01-01", "end": "2026-02-01"},
        {"start": "2026-11-23"},
        {"end": "2026-11-23"},
        {"units": 0},
    ],
)
def test_an_authorization_of_a_day_or_more_is_read(granted: dict[str, Any]) -> None:
    assert read(case(authorization=granted)).authorization is not None


@pytest.mark.parametrize(
    "granted", [{"start": "2026-11-24", "end": "2026-11-23"}, {"end": "2026-11-22"}]
)
def test_an_authorization_that_ends_before_it_starts_is_refused(granted: dict[str, Any]) -> None:
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


@pytest.mark.parametrize("key", ["weight_kg", "height_cm", "bsa_m2"])
def test_a_checked_measurement_is_named_by_its_key(key: str) -> None:
    assert read(case(confirmed=[key])).confirmed == (key,)
    assert refused_at(case(confirmed=["age_years"])) == ["confirmed.0"]


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
