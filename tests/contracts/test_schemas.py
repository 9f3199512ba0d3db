"""The two JSON Schemas: what Aldesk reads and writes validates, and wrong forms do not."""

import json
from copy import deepcopy
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from app.files.json_forms import case_schema_for
from app.library import Library
from tests.cases import BIRCH, case
from tests.cedar import CEDAR, OWN, with_cedar
from tests.cedar import case as cedar_case
from tests.console import run
from tests.fixture_cases import EXAMPLES, Example
from tests.model.keys import KINDS, REQUIRED, WRONG_VALUES, case_with, case_without, full_case

MORNING = "2026-11-23T08:00"
MORE_CASES = [
    full_case(),
    case(course={"first_dose_at": MORNING}, reference="row 7", authorization={"units": 28}),
    case(route="intralesional", course={"first_dose_at": MORNING}),
    case(route="intralesional", facts={"lesion_status": []}, requested={"doses_per_week": 4}),
    case(regimen="til", facts={"single_agent": True}, course={"number": 2}),
    case(policy=BIRCH, weight_kg=None, requested={"dose_iu": 10**12, "rest_days": 0}),
    case(weight_kg="154", height_cm=175),  # two values that wait
    case(
        weight_kg="154",
        height_cm=175,
        requested={"dose_iu": 42, "lesions": 3},
        confirmed={"weight_kg": 154, "height_cm": "175", "requested.dose_iu": 42},
        weight_measured_on="2026-11-20",
        authorization={"start": "2026-11-01", "end": "2027-04-30", "dose_iu": 80_000_000},
    ),
    case(
        requested={"dose_iu": 28_200_001, "doses_per_day": 4},
        authorization={"dose_iu": 28_200_001},
        course={
            "cycles": [
                {
                    "number": 1,
                    "doses_given": 3,
                    "doses_held": 1,
                    "first_dose_at": MORNING,
                    "last_dose_at": "2026-11-24T08:00",
                },
                {"number": 2, "planned_first_at": "2026-11-28T08:00"},
            ]
        },
    ),
    case(course={"first_dose_at": MORNING, "previous_last_dose_on": "2026-10-05"}),
    case(course={"cycles": [{"number": 1, "over": True}]}),
    case(indication="renal_cell_carcinoma", route="subcutaneous", requested={"doses_per_day": 1}),
    case(
        indication="graft_versus_host_disease",
        route="subcutaneous",
        bsa_m2="3.5",
        height_cm=175,
        bsa_formula="boyd",
        previous_weight_kg=50,
        course={"first_dose_at": MORNING},
    ),
]


@pytest.fixture(scope="module")
def case_schema() -> Draft202012Validator:
    return schema("case")


@pytest.fixture(scope="module")
def determination_schema() -> Draft202012Validator:
    return schema("determination")


def schema(of: str) -> Draft202012Validator:
    ended = run("schema", of)
    assert (ended.status, ended.err) == (0, "")
    Draft202012Validator.check_schema(ended.json)
    return Draft202012Validator(ended.json)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_every_example_is_a_case_by_the_schema(
    example: Example, case_schema: Draft202012Validator
) -> None:
    case_schema.validate(example.case)


@pytest.mark.parametrize("data", [*(one.case for one in EXAMPLES), *MORE_CASES])
def test_every_determination_is_one_by_the_schema(
    data: dict[str, Any],
    case_schema: Draft202012Validator,
    determination_schema: Draft202012Validator,
) -> None:
    case_schema.validate(data)
    ended = run("check", "--json", "-", stdin=json.dumps(data).encode())
    assert ended.status == 0
    determination_schema.validate(ended.json)


@pytest.mark.parametrize("key", sorted(KINDS))
def test_null_is_a_value_by_the_schema_unless_the_key_is_required(
    key: str, case_schema: Draft202012Validator
) -> None:
    is_missing_key = key not in REQUIRED and not key.endswith(".0")
    assert case_schema.is_valid(case_with(key, None)) == is_missing_key
    if not key.endswith(".0"):
        assert case_schema.is_valid(case_without(key)) == (key not in REQUIRED)


def test_what_the_reader_refuses_as_of_a_wrong_kind_is_no_case_by_the_schema_either(
    case_schema: Draft202012Validator,
) -> None:
    """The reader is held to each of these values in `tests/model/test_case_json.py`."""
    assert WRONG_VALUES
    taken = [
        (key, value) for key, value in WRONG_VALUES if case_schema.is_valid(case_with(key, value))
    ]
    assert taken == []


@pytest.mark.parametrize("above", ["", "facts.", "requested.", "course.", "course.cycles.0."])
def test_an_unknown_key_is_no_case_by_the_schema(
    above: str, case_schema: Draft202012Validator
) -> None:
    assert not case_schema.is_valid(case_with(f"{above}patient_name", None))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("age_years", 131),
        ("age_years", -1),
        ("weight_kg", 650.1),
        ("weight_kg", 0),
        ("bsa_m2", "1,73"),
        ("bsa_m2", "1e0"),
        ("course.doses_per_cycle", 1_001),
        ("course.cycles.0.number", 100),
        ("requested.dose_iu", 0),
        ("reference", "x" * 41),
    ],
)
def test_a_value_out_of_bounds_is_no_case_by_the_schema(
    key: str, value: Any, case_schema: Draft202012Validator
) -> None:
    assert not case_schema.is_valid(case_with(key, value))


def test_the_schema_of_a_determination_knows_every_key_and_requires_it(
    determination_schema: Draft202012Validator,
) -> None:
    whole = run("check", "--json", "-", stdin=json.dumps(EXAMPLES[0].case).encode()).json
    for key in whole:
        cut = deepcopy(whole)
        del cut[key]
        assert not determination_schema.is_valid(cut), key
    wrong = {**whole, "approval_status": "approved"}
    assert not determination_schema.is_valid(wrong)


def test_every_key_inside_a_determination_is_required_as_well(
    determination_schema: Draft202012Validator,
) -> None:
    schema: Any = determination_schema.schema
    objects = [schema, *schema["$defs"].values()]
    assert len(objects) > 20
    for one in objects:
        assert one["required"] == list(one["properties"])
        assert not any("default" in value for value in one["properties"].values())


@pytest.mark.parametrize(
    ("confirmed", "is_valid"),
    [
        ({}, True),
        (None, True),
        ({"weight_kg": "70.5", "height_cm": 170, "bsa_m2": "1.8", "requested.dose_iu": 1}, True),
        ({"requested.dose_iu": None}, True),
        (["weight_kg"], False),
        ([], False),
        ({"requested.dose_iu": "1"}, False),
        ({"requested": {"dose_iu": 1}}, False),
        ({"requested__dose_iu": 1}, False),
        ({"weight_kg": True}, False),
        ({"age_years": 54}, False),
    ],
)
def test_confirmed_has_the_very_values_under_their_keys(
    confirmed: Any, *, is_valid: bool, case_schema: Draft202012Validator
) -> None:
    data = case(confirmed=confirmed)
    assert case_schema.is_valid(data) == is_valid
    ended = run("check", "--json", "-", stdin=json.dumps(data).encode())
    assert (ended.status == 0) == is_valid


def test_a_default_in_the_schema_is_a_value_by_it(case_schema: Draft202012Validator) -> None:
    schema: Any = case_schema.schema
    defaults = {
        key: one["default"] for key, one in schema["properties"].items() if "default" in one
    }
    assert {"facts", "confirmed", "course", "weight_kg"} <= defaults.keys()
    case_schema.validate({**case(), **defaults})


def test_the_schema_for_a_policy_names_it_and_knows_no_other_id() -> None:
    ended = run("schema", "case", "--policy", BIRCH)
    assert ended.json["properties"]["policy"]["const"] == BIRCH
    wrong = run("schema", "case", "--policy", "nobody")
    assert wrong.status == 2
    assert "There is no policy with this id" in wrong.err
    assert run("schema", "determination", "--policy", BIRCH).status == 2


def test_a_case_with_own_questions_is_one_by_the_schema_of_its_policy(library: Library) -> None:
    cedar = with_cedar(library)
    schema = case_schema_for(cedar.versions(CEDAR)[-1], cedar)
    Draft202012Validator.check_schema(schema)
    found = Draft202012Validator(schema)
    assert found.is_valid(cedar_case())
    assert found.is_valid(cedar_case(indication="melanoma_any_site", route="inhaled"))
    assert found.is_valid(cedar_case(facts=dict.fromkeys(OWN)))
    for fact, value in (
        ("serum_albumin", 11),
        ("serum_albumin", "3.55"),
        ("prior_lines", "2.5"),
        ("performance_status", "ECOG 1"),
        ("organ_findings", ["liver"]),
        ("comorbidity_codes", ["kidney"]),
        ("measurable_disease", "yes"),
        ("nowhere", True),
        ("others", {}),
    ):
        assert not found.is_valid(cedar_case(facts={fact: value})), fact
    assert not found.is_valid(cedar_case(indication="uveal"))
