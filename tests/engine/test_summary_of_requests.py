"""The one sentence, word for word, for everything that a request can come to."""

from typing import Any

import pytest

from app.library import Library
from tests.cases import ALDER, BIRCH
from tests.engine.people import GRAFT, LESION, TWO_M2, VEIN_BIRCH, found

MET = "the policy's criteria are met"
EVERYTHING = {
    "dose_iu": 28_200_000,
    "doses_per_day": 2,
    "doses_per_cycle": 10,
    "rest_days": 11,
    "course_rest_days": 56,
}
TOO_MUCH = {
    "dose_iu": 31_020_000,
    "doses_per_day": 4,
    "doses_per_cycle": 13,
    "rest_days": 7,
    "course_rest_days": 41,
}
COUNTS = (
    "the request is beyond the documented limit for the doses per day, the doses per cycle, the "
    "rest between cycles, the rest between courses"
)
DOSE = "the requested dose is above the documented limit by 10%"
ROUNDING = "(the size of a rounding; the policy gives no tolerance)"
BY_CASE = "a clinician of the payer considers such a request case by case"
TOO_YOUNG = "not fulfilled: “Aged at least 21 years”"
NO_WEIGHT = "the dose limit is not known, because not entered: weight"
NO_AREA = (
    "the dose limit is not known, because not entered: body surface area, or height and weight"
)
OPEN_COUNTS = "the doses per day, the doses per cycle, the rest between cycles"


def summary(library: Library, **changes: Any) -> str:
    return found(library, **changes).summary


def sentence(*parts: str) -> str:
    told = "; ".join(parts)
    return f"{told[0].upper()}{told[1:]}."


@pytest.mark.parametrize(
    ("requested", "changes", "words"),
    [
        (None, {}, ["nothing was requested, so no dosing limit was checked"]),
        (EVERYTHING, {}, ["the request is within every documented limit"]),
        (
            {"dose_iu": 28_200_000},
            {},
            [(f"not checked, because not requested: {OPEN_COUNTS}, the rest between courses")],
        ),
        (
            {"dose_iu": 2_500_000},
            LESION,
            ["not checked, because not requested: the doses per week"],
        ),
        ({"lesions": 4}, LESION, ["nothing was requested, so no dosing limit was checked"]),
        # A weight that nobody entered: the criteria are met, and the dose is not known.
        (
            None,
            {"weight_kg": None},
            ["nothing was requested, so no dosing limit was checked", NO_WEIGHT],
        ),
        (
            {"rest_days": 11},
            {"weight_kg": None},
            [
                (
                    "not checked, because not requested: the dose, the doses per day, "
                    "the doses per cycle, the rest between courses"
                ),
                NO_WEIGHT,
            ],
        ),
        (None, GRAFT, ["nothing was requested, so no dosing limit was checked", NO_AREA]),
        # What is requested cannot be checked.
        (
            EVERYTHING,
            {"weight_kg": None},
            ["the requested dose cannot be checked, because not known: weight"],
        ),
        (
            {"dose_iu": 1},
            GRAFT,
            [
                (
                    "the requested dose cannot be checked, because not known: body surface area, "
                    "or height and weight"
                )
            ],
        ),
        (
            {"dose_iu": 1},
            {**GRAFT, "weight_kg": "70"},
            [
                (
                    "the requested dose cannot be checked, because not known: body surface area, "
                    "or height"
                )
            ],
        ),
        # Something unusual waits.
        (None, {"weight_kg": "154"}, ["unusual, and not used until it is confirmed: weight"]),
        (
            {"dose_iu": 28_200_000},
            {"weight_kg": "154"},
            ["unusual, and not used until it is confirmed: weight"],
        ),
        (
            {"dose_iu": 1_000_000},
            {},
            ["unusual, and not used until it is confirmed: requested dose"],
        ),
        (
            None,
            {**GRAFT, "weight_kg": "154", "height_cm": "175"},
            ["unusual, and not used until it is confirmed: height, weight"],
        ),
        (
            None,
            {**GRAFT, **TWO_M2, "bsa_m2": "2.3"},
            ["unusual, and not used until it is confirmed: body surface area"],
        ),
    ],
)
def test_a_request_that_is_not_beyond_a_limit_comes_after_the_criteria(
    library: Library, requested: dict[str, int] | None, changes: dict[str, Any], words: list[str]
) -> None:
    assert summary(library, requested=requested, **changes) == sentence(MET, *words)


@pytest.mark.parametrize(
    ("requested", "changes", "words"),
    [
        (TOO_MUCH, {}, [DOSE, COUNTS]),
        ({"dose_iu": 31_020_000}, {}, [DOSE]),
        (
            {**EVERYTHING, "doses_per_day": 4},
            {},
            ["the request is beyond the documented limit for the doses per day"],
        ),
        (
            {"doses_per_week": 4},
            LESION,
            ["the request is beyond the documented limit for the doses per week"],
        ),
        # Below 1% the excess is the size of a rounding.
        (
            {"dose_iu": 28_200_001},
            {},
            [f"the requested dose is above the documented limit by 0.01% {ROUNDING}"],
        ),
        (
            {"dose_iu": 28_479_180},
            {},
            [f"the requested dose is above the documented limit by 0.99% {ROUNDING}"],
        ),
        (
            {"dose_iu": 28_482_000},
            {},
            ["the requested dose is above the documented limit by 1%"],
        ),
    ],
)
def test_what_is_beyond_a_limit_comes_first(
    library: Library, requested: dict[str, int], changes: dict[str, Any], words: list[str]
) -> None:
    assert summary(library, requested=requested, **changes) == sentence(*words, MET)


def test_what_waits_is_told_behind_what_is_beyond(library: Library) -> None:
    told = summary(library, weight_kg="154", requested={"doses_per_day": 3})
    assert told == sentence(
        "the request is beyond the documented limit for the doses per day",
        MET,
        "unusual, and not used until it is confirmed: weight",
    )


def test_a_request_that_a_clinician_considers_says_so_at_the_end(library: Library) -> None:
    """10% above 300,000 × 70.5 kg."""
    told = summary(library, **VEIN_BIRCH, requested={"dose_iu": 23_265_000})
    assert told == sentence(DOSE, MET, BY_CASE)


@pytest.mark.parametrize(
    ("requested", "parts"),
    [
        (TOO_MUCH, (DOSE, TOO_YOUNG, COUNTS)),
        ({"dose_iu": 31_020_000}, (DOSE, TOO_YOUNG)),
        ({**TOO_MUCH, "dose_iu": None}, (TOO_YOUNG, COUNTS)),
        ({**TOO_MUCH, "dose_iu": 28_200_000}, (TOO_YOUNG, COUNTS)),
        (EVERYTHING, (TOO_YOUNG,)),
        (None, (TOO_YOUNG,)),
    ],
)
def test_where_criteria_are_not_met_a_dose_above_its_limit_stands_first_all_the_same(
    library: Library, requested: dict[str, int] | None, parts: tuple[str, ...]
) -> None:
    assert summary(library, age_years=17, requested=requested) == sentence(*parts)


@pytest.mark.parametrize("policy", [ALDER, BIRCH])
def test_where_answers_are_missing_it_stands_before_them(library: Library, policy: str) -> None:
    told = summary(library, policy=policy, facts={}, requested={"dose_iu": 60_000_000})
    assert told.startswith("The requested dose is above the documented limit by ")
    assert "; not known yet: “" in told


def test_an_open_request_is_told_beside_open_criteria(library: Library) -> None:
    told = summary(library, age_years=None, weight_kg=None, requested={"dose_iu": 1})
    assert told == sentence(
        "not known yet: “Aged at least 21 years”",
        "the requested dose cannot be checked, because not known: weight",
    )


@pytest.mark.parametrize("policy", [ALDER, BIRCH])
def test_open_criteria_by_a_route_without_dosing_say_so_first(
    library: Library, policy: str
) -> None:
    told = summary(
        library, policy=policy, indication="renal_cell_carcinoma", route="subcutaneous", facts={}
    )
    assert told.startswith("No dosing is documented for this route; not known yet: “")
