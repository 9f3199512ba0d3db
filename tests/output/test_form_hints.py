"""What stands beside a field: its entry in words, what is unusual about it, and what it breaks."""

from typing import Any

from app.casework.draft import Draft
from app.casework.outcome import Outcome, judge
from app.library import Library
from app.model.case_json import read_case
from app.output.form_hints import hint_of, problem_of
from tests.cases import case

DOSE = "requested.dose_iu"


def outcome(library: Library, **changes: Any) -> Outcome:
    return judge(Draft.of(read_case(case(**changes))), library)


def hint(key: str, found: Outcome) -> str:
    return hint_of(key, found, found.settled, found.library.catalog)


def test_an_unusual_weight_is_explained_until_it_is_confirmed(library: Library) -> None:
    found = outcome(library, weight_kg="154", height_cm="175")
    told = problem_of("weight_kg", found)
    assert told.startswith("Unusual weight: not used until it is confirmed.")
    assert "body mass index outside 15 to 40" in told
    assert "69.9" not in told  # no number follows from an unusual weight, not even 154 pounds in kg
    sure = outcome(library, weight_kg="154", height_cm="175", confirmed={"weight_kg": "154"})
    assert problem_of("weight_kg", sure) == ""
    assert hint("weight_kg", sure) == "154 kg = 339.5 lb"


def test_an_unusual_dose_is_explained(library: Library) -> None:
    found = outcome(library, requested={"dose_iu": 2_820_000})
    assert problem_of(DOSE, found).startswith(
        "Unusual requested dose: not used until it is confirmed. It is at most a tenth"
    )
    assert hint(DOSE, found) == (
        "2,820,000 International Units (2.82 million). Unusual, not used until confirmed. The "
        "limit: at most 28,200,000 International Units (28.2 million)."
    )


def test_a_dose_above_the_limit_is_told_before_what_it_may_be(library: Library) -> None:
    """62.04 of 28.2 million are 2.2 times the limit."""
    told = problem_of(DOSE, outcome(library, requested={"dose_iu": 62_040_000}))
    excess = (
        "Beyond the limit by 33,840,000 International Units (33.84 million) (120%): at most "
        "28,200,000 International Units (28.2 million)."
    )
    assert told.startswith(f"{excess} The requested dose is above 150% of the documented limit.")
    assert told.endswith("Was a weight in pounds used?")
    at_most = outcome(library, requested={"dose_iu": 28_200_000})
    assert problem_of(DOSE, at_most) == ""
    assert hint(DOSE, at_most).endswith(
        "Within the limit: at most 28,200,000 International Units (28.2 million)."
    )


def test_where_no_dosing_is_documented_a_request_is_told_so(library: Library) -> None:
    found = outcome(library, indication="other", requested={"doses_per_day": 2})
    assert hint("requested.doses_per_day", found) == "No dosing is documented for this route."
    assert hint("requested.doses_per_week", found) == ""


def test_a_finding_of_the_course_stands_beside_its_entry(library: Library) -> None:
    early = {"first_dose_at": "2026-11-23T08:00", "previous_last_dose_on": "2026-11-01"}
    found = outcome(library, course=early)
    assert problem_of("course.first_dose_at", found).startswith("The course begins on Mon, Nov 23")
    assert problem_of("course.number", found) == ""


def test_a_finding_of_a_cycle_stands_at_its_number(library: Library) -> None:
    """Whatever the order in which the case lists the cycles."""
    one = {
        "number": 1,
        "doses_given": 11,
        "first_dose_at": "2026-11-23T08:00",
        "last_dose_at": "2026-11-29T08:00",
    }
    two = {"number": 2, "planned_first_at": "2026-12-01T08:00"}
    found = outcome(library, course={"cycles": [two, one]})
    told = problem_of("course.cycles.1.doses_given", found)
    assert told == "Cycle 1: 11 doses given, and the policy allows at most 10 in one cycle."
    booked = problem_of("course.cycles.2.planned_first_at", found)
    assert booked.startswith("Cycle 2 begins on Tue, Dec 1, 2026.")
    assert problem_of("course.cycles.2.doses_given", found) == ""


def test_answers_that_contradict_each_other_are_told_at_each(library: Library) -> None:
    answers = {"lesion_status": ["resectable", "unresectable"]}
    found = outcome(library, route="intralesional", facts=answers)
    assert "it counts as not known" in problem_of("facts.lesion_status", found)


def test_a_wrong_entry_has_its_problem_alone(library: Library) -> None:
    wrong = judge(Draft.of(read_case(case())).with_entry("weight_kg", "154 lb"), library)
    assert problem_of("weight_kg", wrong) == wrong.problems["weight_kg"]
    assert hint("weight_kg", wrong) == ""
