"""A draft judged: which questions are asked, what comes next, and when a dose is held back."""

from dataclasses import replace
from datetime import date
from itertools import product
from types import MappingProxyType
from typing import Any, get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.casework.draft import Draft
from app.casework.outcome import Outcome, judge
from app.engine import evaluate, review_due
from app.library import Library
from app.model.case import Case, Indication, Route
from app.model.case_json import read_case
from tests.any_case import any_case, said
from tests.cases import ALDER, BIRCH
from tests.cases import case as a_case

INDICATIONS, ROUTES = get_args(Indication), get_args(Route)
# Answers of every kind, among them one that decides against and one that decides for a criterion.
ANSWERS: dict[str, tuple[Any, ...]] = {
    "number": ("15", "40", "99"),
    "yes_no": (True, False),
    "choices": ((), ("oncologist",), ("resectable",), ("unresectable",), ("cutaneous",)),
}

MELANOMA: dict[str, Any] = {
    "policy": ALDER,
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


def test_questions_that_can_settle_the_case_alone_come_first(library: Library) -> None:
    # Skin, 1: a to d must all hold; b is one of two, so neither "no" settles it alone.
    found = outcome(library, age_years=None)
    assert found.questions == (
        "age_years",
        "prior_systemic_therapy",
        "prescriber_specialties",
        "metastatic_disease",
        "unresectable_disease",
    )
    assert found.next_question == "age_years"


@pytest.mark.parametrize("policy", [ALDER, BIRCH])
@pytest.mark.parametrize("indication", INDICATIONS)
@pytest.mark.parametrize("route", ROUTES)
def test_one_answer_settles_an_empty_case_exactly_where_the_order_says_so(
    library: Library, policy: str, indication: str, route: str
) -> None:
    therapy = {"policy": policy, "indication": indication, "route": route}
    empty = outcome(library, **therapy, age_years=None)
    alone = [
        any(
            not outcome(library, **{**therapy, "age_years": None, key: one}).missing
            for one in ANSWERS[kind]
        )
        for question in empty.questions
        for key, kind in [_key_and_kind(library, question)]
    ]
    assert alone == sorted(alone, reverse=True)


INFRINGED = {"age_years": "17", "facts.metastatic_disease": True}


def test_a_settled_question_says_what_settled_it(library: Library) -> None:
    met = outcome(library, **{"facts.metastatic_disease": True})
    assert {one: by.text for one, by in met.settled.items()} == {
        "unresectable_disease": "The disease has spread"
    }
    other = outcome(library, **{"facts.unresectable_disease": True})
    assert {one: by.text for one, by in other.settled.items()} == {
        "metastatic_disease": "The disease cannot be resected"
    }
    refused = outcome(library, **INFRINGED)
    assert {by.text for by in refused.settled.values()} == {"Aged at least 21 years"}
    assert set(refused.settled) == {
        "unresectable_disease",
        "prior_systemic_therapy",
        "prescriber_specialties",
    }
    assert outcome(library).settled == {}
    assert judge(Draft(), library).settled == {}


def test_every_open_question_that_does_not_matter_has_a_reason(library: Library) -> None:
    facts = ("metastatic_disease", "unresectable_disease", "prior_systemic_therapy")
    for answers in product((None, True, False), repeat=len(facts)):
        entries = {f"facts.{fact}": one for fact, one in zip(facts, answers, strict=True)}
        found = outcome(library, **entries)
        still_open = {fact for fact in facts if entries[f"facts.{fact}"] is None}
        settled = set(found.settled) & set(facts)
        assert settled == still_open - set(found.missing), entries
        assert all(by.result != "unknown" for by in found.settled.values()), entries


def test_the_deciding_criteria_are_those_that_are_not_met_or_not_known(library: Library) -> None:
    refused = outcome(library, **INFRINGED)
    assert [one.text for one in refused.deciding_criteria] == ["Aged at least 21 years"]
    waiting = outcome(library, **{"facts.metastatic_disease": True})
    assert [one.text for one in waiting.deciding_criteria] == [
        "Another systemic therapy came before",
        "An oncologist prescribes it",
    ]
    assert judge(Draft(), library).deciding_criteria == ()


def test_the_deciding_findings_are_those_beyond_a_limit(library: Library) -> None:
    request = {"requested.dose_iu": "28200001", "requested.doses_per_day": "2"}
    met = {
        "facts.metastatic_disease": True,
        "facts.prior_systemic_therapy": True,
        "facts.prescriber_specialties": ("oncologist",),
    }
    assert [one.field for one in outcome(library, **met, **request).deciding_findings] == [
        "dose_iu"
    ]
    waiting = outcome(library, **met, **request, weight_kg=None)
    assert [one.field for one in waiting.deciding_findings] == ["dose_iu"]
    # Refused by its criteria: a dose above its limit is told all the same, and nothing else is.
    refused = outcome(library, **request, **INFRINGED)
    assert [one.field for one in refused.deciding_findings] == ["dose_iu"]
    often = outcome(library, **INFRINGED, **{"requested.doses_per_day": "3"})
    assert often.deciding_findings == ()
    assert outcome(library, **met).deciding_findings == ()


def test_the_policys_rule_decides_where_the_request_is_beyond_its_dosing(library: Library) -> None:
    # Birch, Other doses: what goes beyond its dosing goes to a clinician.
    met = {
        "policy": BIRCH,
        "facts.metastatic_disease": True,
        "facts.prior_systemic_therapy": True,
        "facts.single_agent": True,
        "facts.prescriber_specialties": ("oncologist",),
        "requested.dose_iu": "21150001",
    }
    rule = outcome(library, **met).status_rule
    assert rule is not None
    assert rule.status == "clinician_review"
    assert outcome(library, **{**met, "requested.dose_iu": "21150000"}).status_rule is None
    assert outcome(library, **met, age_years="17").status_rule is None
    assert judge(Draft(), library).status_rule is None


def test_an_unusual_weight_decides_nothing_about_the_dose(library: Library) -> None:
    request = {"requested.dose_iu": "99999999", "requested.doses_per_day": "4"}
    found = outcome(library, weight_kg="154", height_cm="175", **request)
    assert [one.field for one in found.deciding_findings] == ["doses_per_day"]
    assert found.calculated_bsa_m2 is None


def test_each_question_has_the_clauses_that_ask_it(library: Library) -> None:
    clauses = outcome(library).clauses
    assert [str(one.citation) for one in clauses["metastatic_disease"]] == ["Skin 1, b, first"]
    assert set(clauses) == set(outcome(library).questions)
    assert judge(Draft(), library).clauses == {}


def test_a_review_is_due_its_months_after_the_first_day(library: Library) -> None:
    assert review_due(library.versions(ALDER)[-1]) == date(2027, 6, 2)  # 15 after March 2, 2026


def test_a_settled_question_is_not_asked_next(library: Library) -> None:
    found = outcome(
        library, **{"facts.prior_systemic_therapy": True, "facts.metastatic_disease": True}
    )
    assert found.next_question == "prescriber_specialties"
    assert "unresectable_disease" not in found.missing


def test_before_the_route_is_known_no_question_of_a_therapy_is_asked(library: Library) -> None:
    assert outcome(library, route=None).questions == ()
    renal = outcome(library, route=None, indication="renal_cell_carcinoma")
    assert "single_agent" in renal.questions


def test_a_use_that_is_not_covered_asks_nothing(library: Library) -> None:
    assert outcome(library, indication="other").questions == ()


def test_no_policy_on_that_day_is_a_problem_of_the_date(library: Library) -> None:
    found = outcome(library, date_of_service="2024-06-02")
    assert found.determination is None
    assert "Mon, Jun 3, 2024" in found.problems["date_of_service"]
    assert found.prompt == "To see a result, correct: Date of service."


def test_without_a_readable_date_the_questions_of_the_newest_version_are_asked(
    library: Library,
) -> None:
    found = outcome(library, date_of_service="soon")
    assert found.determination is None
    assert found.questions
    assert set(found.problems) == {"date_of_service"}


def test_an_unusual_value_waits_for_a_confirmation(library: Library) -> None:
    found = outcome(library, weight_kg="154", height_cm="175")
    assert found.unconfirmed == ("weight_kg",)
    assert found.calculated_bsa_m2 is None
    assert outcome(library).unconfirmed == ()


def test_a_broken_rest_is_among_the_violations(library: Library) -> None:
    course = {
        "course.first_dose_at": "2026-11-23T08:00",
        "course.previous_last_dose_on": "2026-11-01",
    }
    [found] = outcome(library, **course).violations
    assert found.rule == "course_rest_too_short"
    assert outcome(library).violations == ()
    assert judge(Draft(), library).violations == ()


def test_an_unusual_dose_hides_no_area(library: Library) -> None:
    found = outcome(library, weight_kg="72", height_cm="200", **{"requested.dose_iu": "100"})
    assert found.unconfirmed == ("requested.dose_iu",)
    assert found.calculated_bsa_m2 == 2


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


def _key_and_kind(library: Library, question: str) -> tuple[str, str]:
    kind = library.catalog.questions[question].kind
    return question if question == "age_years" else f"facts.{question}", kind


@given(case=any_case, policy=st.sampled_from((ALDER, BIRCH)))
@settings(max_examples=80)
@example(case=read_case(a_case(regimen="til", facts={"single_agent": True})), policy=ALDER)
@example(
    case=read_case(
        a_case(course={"cycles": [{"number": 1}], "previous_last_dose_on": "2026-10-01"})
    ),
    policy=ALDER,
)
def test_what_is_out_of_sight_changes_nothing(library: Library, case: Case, policy: str) -> None:
    """So a case file may keep it, and what it gives is what the window shows."""
    case = said(replace(case, policy=policy, date_of_service=date(2026, 11, 23)))
    version = library.in_force(policy, case.date_of_service)
    shown = judge(Draft.of(case), library)
    assert shown.draft.hidden
    assert shown.determination == evaluate(case, version, library.reference_data)
