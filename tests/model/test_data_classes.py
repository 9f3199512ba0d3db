"""What the classes of the data files refuse, each by the key with the mistake."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from app.library import Library
from app.model.adapters import adapter, refusal_in
from app.model.case import known, stated
from app.model.checks import Plausibility
from app.model.criterion import Comparison, Group
from app.model.data import Refusal
from app.model.document import Citation, Identifier, PolicyId, Positive, Range, Text
from app.model.dosing import Dosing
from app.model.earlier_editions import EarlierEditions, EarlierFile
from app.model.label import Bag
from app.model.policy import InForce
from app.model.treatment import Cycle
from tests.cases import ALDER, case
from tests.model.reading import read

HERE = Citation(heading="Here")


@pytest.fixture(scope="module")
def usual(library: Library) -> Plausibility:
    return library.reference_data.checks.plausibility


def test_percentiles_have_a_line_for_each_age_of_a_child_in_order(usual: Plausibility) -> None:
    lines = usual.percentiles
    for wrong in (lines[1:], lines[:-1], lines[::-1], (*lines, lines[-1])):
        with pytest.raises(Refusal, match="a line for each age") as refused:
            replace(usual, percentiles=wrong)
        assert refused.value.at == "percentiles"


def test_an_infant_has_a_range_for_each_year_before(usual: Plausibility) -> None:
    for wrong in (usual.infant_weight_kg[:1], usual.infant_weight_kg * 2):
        with pytest.raises(Refusal, match="a range for each age") as refused:
            replace(usual, infant_weight_kg=wrong)
        assert refused.value.at == "infant_weight_kg"


def test_the_bounds_of_a_child_are_shares_of_the_percentiles(usual: Plausibility) -> None:
    """At 9 years: 80% of 13.9 and 120% of 22.3; 70% of 23.4 and 120% of 44.7."""
    assert usual.child_bmi(9) == Range(low=Decimal("11.12"), high=Decimal("26.76"))
    assert usual.child_weight_kg(9) == Range(low=Decimal("16.38"), high=Decimal("53.64"))


@pytest.mark.parametrize(
    ("name", "text", "allowed"),
    [
        ("unusual_value", "{values}", "value, reasons"),
        ("unusual_value", "{value", "value, reasons"),
        ("one_may_be_pounds", "{value}", "no names"),
        ("unusual_dose", "{}", "bound"),
    ],
)
def test_a_text_has_only_the_placeholders_of_its_check(
    library: Library, name: str, text: str, allowed: str
) -> None:
    texts = library.reference_data.checks.texts
    with pytest.raises(Refusal) as refused:
        replace(texts, **{name: text})
    assert (refused.value.at, refused.value.message) == (name, f"may have in braces: {allowed}")


@pytest.mark.parametrize(
    "bags",
    [
        [Bag(ml=25, up_to_iu=5), Bag(ml=50, up_to_iu=9)],  # the last one has a bound
        [Bag(ml=25), Bag(ml=50)],  # an earlier one has none
        [Bag(ml=25, up_to_iu=9), Bag(ml=50, up_to_iu=5), Bag(ml=100)],
        [Bag(ml=25, up_to_iu=5), Bag(ml=50, up_to_iu=5), Bag(ml=100)],
    ],
)
def test_bags_rise_and_the_last_one_takes_every_higher_dose(
    library: Library, bags: list[Bag]
) -> None:
    dilution = library.reference_data.label.preparation.dilution
    with pytest.raises(Refusal) as refused:
        replace(dilution, bags=tuple(bags))
    assert refused.value.at == "bags"


def test_a_vial_holds_whole_international_units(library: Library) -> None:
    solution = library.reference_data.label.preparation.solution
    assert replace(solution, diluent_ml=Decimal("1.5")).vial_iu == 27_000_000
    with pytest.raises(Refusal, match="whole International Units"):
        replace(solution, diluent_ml=Decimal("1.23456789"))


def test_a_version_does_not_end_before_it_begins() -> None:
    day = date(2026, 5, 1)
    assert InForce(first_day=day, last_day=day, citation=HERE).last_day == day
    with pytest.raises(Refusal) as refused:
        InForce(first_day=day, last_day=date(2026, 4, 30), citation=HERE)
    assert refused.value.at == "last_day"


def test_each_limit_of_cycles_may_stand_alone(library: Library) -> None:
    coverage = library.versions(ALDER)[-1].coverage["cutaneous_melanoma"]
    [dosing], [into_lesions] = coverage.regimens("intravenous"), coverage.regimens("intralesional")
    assert dosing.has_cycles
    assert not into_lesions.has_cycles
    names = ("max_doses_per_cycle", "min_rest_days", "min_course_rest_days")
    for name in names:
        others: dict[str, Any] = {one: None for one in names if one != name}
        only: Dosing = replace(dosing, **others)
        assert only.has_cycles is (name == "max_doses_per_cycle")


def test_a_group_is_of_exactly_one_kind() -> None:
    one = Comparison(id="one", text="One", question="age_years", at_least=1, citation=HERE)
    both: dict[str, Any] = {"all_": (one,), "any_": (one,)}
    for wrong in ({}, both):
        with pytest.raises(Refusal, match="exactly one of: all, any"):
            Group(id="group", text="Group", citation=HERE, **wrong)


@pytest.mark.parametrize(
    ("written", "at", "message"),
    [
        ({"question": "no_such", "is": True}, "question", "there is no question 'no_such'"),
        ({"question": "single_agent", "at_least": 1}, "at_least", "single_agent is compared by is"),
        ({"question": "lesion_site", "any_of": ["bone"]}, "any_of", "no choice 'bone'"),
        ({"is": True}, "", "needs a question, or one of: all, any"),
    ],
)
def test_a_criterion_asks_a_question_that_there_is_in_a_way_that_fits(
    library: Library, written: dict[str, Any], at: str, message: str
) -> None:
    own = {"id": "one", "text": "One", "citation": {"heading": "Here"}, **written}
    group = {**own, "id": "group", "all": [own]}
    for key in written:
        del group[key]
    with pytest.raises(ValidationError) as refused:
        adapter(Group).validate_python(group, context={"catalog": library.catalog})
    [refusal] = [found for one in refused.value.errors() if (found := refusal_in(one))]
    assert refusal.at == at
    assert message in refusal.message


@pytest.mark.parametrize("wrong", [True, "1e3", "-1", ".5", 1.5e30, "1,5", ""])
def test_an_exact_number_is_a_whole_one_or_a_decimal(wrong: object) -> None:
    with pytest.raises(ValidationError):
        adapter(Range).validate_python({"low": wrong, "high": 3})
    found = adapter(Range).validate_python({"low": "0.05", "high": 3})
    assert found == Range(low=Decimal("0.05"), high=Decimal(3))


def test_a_case_says_what_is_known_and_what_is_stated_beside_its_defaults() -> None:
    one = {"number": 1, "doses_held": 2}
    found = read(case(course={"cycles": [one]}, confirmed={"requested.dose_iu": 5}, age_years=None))
    assert stated(found)["course"] == {"cycles": (one,)}
    assert stated(found)["confirmed"] == {"requested.dose_iu": 5}
    assert "age_years" not in known(found)
    assert known(found.course.cycles[0]) == one  # type: ignore[arg-type]


def test_a_planned_dose_is_written_to_the_minute() -> None:
    doses = adapter(Cycle).json_schema()["properties"]["doses"]
    assert doses["items"] == {
        "type": "string",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$",
    }


@pytest.mark.parametrize(
    ("kind", "wrong", "message"),
    [
        (Positive, "0", "must be more than 0"),
        (Text, "  ", "must not be empty"),
        (Text, "a\x1b[2J", "must not hold control characters"),
        (PolicyId, "Payer", "small letters, digits and hyphens"),
        (PolicyId, "-payer", "small letters, digits and hyphens"),
        (Identifier, "a-note", "small letters, digits and underscores"),
    ],
)
def test_a_value_of_a_data_file_is_refused_in_words(kind: Any, wrong: str, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(kind).validate_python(wrong)
    [refusal] = [refusal_in(one) for one in refused.value.errors()]
    assert refusal is not None
    assert message in refusal.message


def test_an_earlier_file_is_found_by_id_version_and_hash() -> None:
    one = EarlierFile(id="alder", version="1", sha256="ab", shipped_with="0.1.0")
    earlier = EarlierEditions(policy_files=(one,))
    assert earlier.find("alder", "1", "ab") == one
    for other in (("birch", "1", "ab"), ("alder", "2", "ab"), ("alder", "1", "cd")):
        assert earlier.find(*other) is None
