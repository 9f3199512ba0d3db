"""Tests that the safety case is complete: hazards have controls, controls have places and tests."""

import re
from typing import Any

import pytest

from app.help.hazard_log import SafetyCase, read_safety_case
from app.library.policies import RESOURCES
from app.library.reader import DataFileError, build, read_document
from tests.safety.places import is_test, is_there

SAFETY = read_safety_case()
FILE = RESOURCES / "safety.yaml"
# What a calculator of this kind is asked about at least.
WANTED = {
    *("pounds_for_kilograms", "decimal_point_lost", "factor_of_ten", "stale_result"),
    *("paper_differs", "wrong_rule", "superseded_policy", "competing_numbers"),
    *("rounding_above_limit", "schedule_error", "wrong_regimen", "wrong_payer"),
    *("unknown_as_no", "file_damage", "input_lost"),
    *("doubt_does_not_travel", "two_plans", "lesions_as_a_set", "authorization_outside"),
    *("contradictory_answers", "violation_under_green", "approved_outside_policy", "small_dose"),
    *("booked_and_unbooked", "payer_speaks_as_aldesk", "confirmation_outlives"),
}


def changed(change: Any) -> SafetyCase:
    """Return the safety case of the file after a change of its values."""
    document = read_document(FILE, FILE.read_bytes())
    change(document.value)
    return build(SafetyCase, FILE, document)


def test_every_hazard_that_is_asked_about_is_in_it() -> None:
    assert {one.id for one in SAFETY.hazards} >= WANTED


def test_every_test_that_is_named_is_there() -> None:
    named = {test for control in SAFETY.controls for test in control.tests}
    assert len(named) > len(SAFETY.hazards)
    assert not {one for one in named if not is_test(one)}
    assert not is_test("tests/safety/test_safety_case.py::test_that_is_not_there")
    assert not is_test("tests/safety/test_nothing.py::test_every_test_that_is_named_is_there")


def test_every_place_that_is_named_is_there() -> None:
    assert not [one.id for one in SAFETY.controls if not is_there(one.file, one.part)]
    assert not is_there("app/casework/draft.py", "Draft.is_not_there")


def test_a_control_in_the_program_names_its_part() -> None:
    whole = {one.file for one in SAFETY.controls if one.part is None}
    assert {one.rpartition(".")[2] for one in whole} == {"yaml"}


def test_each_residual_risk_says_that_it_is_accepted_and_what_it_is() -> None:
    for hazard in SAFETY.hazards:
        assert re.match(r"Accepted\. [A-Z]", hazard.residual_risk), hazard.id
        assert hazard.site.endswith("."), hazard.id


def test_what_is_called_improbable_has_two_controls_that_would_have_to_fail() -> None:
    alone = [
        one.id for one in SAFETY.hazards if one.likelihood == "improbable" and len(one.controls) < 2
    ]
    assert alone == []


def _without(key: str) -> Any:
    return lambda data: data["hazards"][0].pop(key)


def _with(key: str, value: object) -> Any:
    return lambda data: data["hazards"][0].update({key: value})


def _second(key: str) -> Any:
    return lambda data: data[key].append(data[key][0])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_without("residual_risk"), "hazards.0.residual_risk: the key is missing"),
        (_with("residual_risk", " "), "hazards.0.residual_risk: must not be empty"),
        (_without("likelihood"), "hazards.0.likelihood: the key is missing"),
        (_with("severity", "bad"), "hazards: pounds_for_kilograms names bad, which is not there"),
        (
            _with("likelihood", "never"),
            "hazards: pounds_for_kilograms names never, which is not there",
        ),
        (
            _with("likelihood", "occasional"),
            "pounds_for_kilograms: occasional is more than is accepted where harm is critical",
        ),
        (_with("controls", []), "hazards.0.controls: must have at least one entry"),
        (
            _with("controls", ["prayer"]),
            "hazards: pounds_for_kilograms names prayer, which is not there",
        ),
        (_second("hazards"), "hazards: pounds_for_kilograms is there more than once"),
        (_second("controls"), "controls: unit_refused is there more than once"),
        (lambda data: data["controls"][0].pop("tests"), "controls.0.tests: the key is missing"),
        (
            lambda data: data["controls"][0].update(tests=["tests/test_batch.py"]),
            "controls.0.tests.0: must be a test, like tests/test_batch.py::test_a_name",
        ),
        (
            lambda data: data["controls"].append({**data["controls"][0], "id": "idle"}),
            "controls: idle stands against no hazard",
        ),
        (
            lambda data: data["severities"][0].update(accepted_up_to="always"),
            "severities: negligible names always, which is not there",
        ),
    ],
)
def test_an_incomplete_safety_case_is_refused_with_its_key(change: Any, words: str) -> None:
    with pytest.raises(DataFileError, match=rf"^safety\.yaml, line [0-9]+, .*{re.escape(words)}$"):
        changed(change)


def test_a_control_knows_its_hazards_and_a_hazard_its_controls() -> None:
    for hazard in SAFETY.hazards:
        controls = SAFETY.against(hazard)
        assert tuple(one.id for one in controls) == hazard.controls
        assert all(hazard in SAFETY.hazards_of(one) for one in controls)
