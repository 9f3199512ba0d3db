"""A draft judged: which questions are asked, what comes next, and when a dose is held back."""

from types import MappingProxyType
from typing import Any

from app.desk import Outcome, judge
from app.draft import Draft
from app.library import Library

MELANOMA: dict[str, Any] = {
    "policy": "cigna-ip0407",
    "date_of_service": "2026-11-23",
    "indication": "cutaneous_melanoma",
    "route": "intravenous",
    "age_years": "54",
    "weight_kg": "70.5",
}


def outcome(library: Library, **changes: Any) -> Outcome:
    return judge(Draft(MappingProxyType({**MELANOMA, **changes})), library)


def test_an_empty_draft_names_what_a_result_waits_for(library: Library) -> None:
    found = judge(Draft(), library)
    assert found.determination is None
    assert found.prompt == ("To see a result, fill in: Policy, Date of service, Indication, Route.")
    assert found.questions == ()
    assert found.missing == ()
    assert found.next_question is None


def test_questions_come_in_the_order_of_the_policy(library: Library) -> None:
    found = outcome(library)
    assert found.questions == (
        "age_years",
        "metastatic_disease",
        "unresectable_disease",
        "prior_systemic_therapy",
        "prescriber_specialties",
    )
    assert found.next_question == "metastatic_disease"


def test_a_settled_question_is_not_asked_next(library: Library) -> None:
    found = outcome(library, **{"facts.metastatic_disease": True})
    assert found.next_question == "prior_systemic_therapy"
    assert "unresectable_disease" not in found.missing


def test_before_the_route_is_known_no_question_of_a_therapy_is_asked(library: Library) -> None:
    assert outcome(library, route=None).questions == ()
    renal = outcome(library, route=None, indication="renal_cell_carcinoma")
    assert "single_agent" in renal.questions


def test_a_use_that_is_not_covered_asks_nothing(library: Library) -> None:
    assert outcome(library, indication="other").questions == ()


def test_no_policy_on_that_day_is_a_problem_of_the_date(library: Library) -> None:
    found = outcome(library, date_of_service="2026-04-30")
    assert found.determination is None
    assert "Fri, May 1, 2026" in found.problems["date_of_service"]
    assert found.prompt == "To see a result, correct: Date of service."


def test_without_a_readable_date_the_questions_of_the_newest_version_are_asked(
    library: Library,
) -> None:
    found = outcome(library, date_of_service="soon")
    assert found.determination is None
    assert found.questions
    assert set(found.problems) == {"date_of_service"}


def test_an_unusual_measurement_holds_the_dose(library: Library) -> None:
    assert outcome(library, weight_kg="154", height_cm="175").held == ("weight_kg", "height_cm")
    assert outcome(library).held == ()


def test_the_calculated_area_is_told_while_none_is_entered(library: Library) -> None:
    found = outcome(library, weight_kg="72", height_cm="200")
    assert found.calculated_bsa_m2 == 2
    assert outcome(library, height_cm="200", bsa_m2="1.9").calculated_bsa_m2 is None
    assert outcome(library, weight_kg="x", height_cm="200").calculated_bsa_m2 is None


def test_the_regimen_is_asked_for_melanoma_by_vein_only(library: Library) -> None:
    assert "regimen" not in outcome(library).draft.hidden
    assert "regimen" in outcome(library, route="intralesional").draft.hidden
    renal = outcome(library, indication="renal_cell_carcinoma", regimen="til")
    assert "regimen" in renal.draft.hidden
