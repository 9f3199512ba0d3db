"""A case that is refused becomes a draft only where every problem marks one of its entries."""

from typing import Any

import pytest

from app.casework.draft import Draft
from app.model.case_json import InvalidCase, Problem, read_case
from tests.cases import case

CYCLE = {"number": 1, "doses_given": 2, "first_dose_at": "2026-11-23T08:00"}


def problems_of(content: Any) -> tuple[Problem, ...]:
    with pytest.raises(InvalidCase) as refused:
        read_case(content)
    return refused.value.problems


def draft_of(content: Any) -> Draft | None:
    return Draft.of_refused(content, problems_of(content))


def test_every_entry_is_there_and_the_refused_ones_are_marked() -> None:
    content = case(
        reference="row 7",
        height_cm=None,
        requested={"dose_iu": 10**30, "doses_per_day": 3},
        course={
            "cycles": [
                {"number": 2, "doses_held": 1001},
                {**CYCLE, "last_dose_at": "2026-11-23T08:00", "over": True},
            ]
        },
        confirmed={"weight_kg": "70.5"},
    )
    draft = draft_of(content)
    assert draft is not None
    assert draft.case is None
    assert set(draft.problems) == {
        *("requested.dose_iu", "course.cycles.1.last_dose_at", "course.cycles.2.doses_held")
    }
    assert dict(draft.entries) == {
        "policy": "alder-aldesleukin",
        "date_of_service": "2026-11-23",
        "indication": "cutaneous_melanoma",
        "route": "intravenous",
        "age_years": "54",
        "weight_kg": "70.5",
        "facts.metastatic_disease": True,
        "facts.prior_systemic_therapy": True,
        "facts.prescriber_specialties": ("oncologist",),
        "requested.dose_iu": str(10**30),
        "requested.doses_per_day": "3",
        "course.cycles.1.doses_given": "2",
        "course.cycles.1.first_dose_at": "2026-11-23T08:00",
        "course.cycles.1.last_dose_at": "2026-11-23T08:00",
        "course.cycles.1.over": True,
        "course.cycles.2.doses_held": "1001",
        "confirmed.weight_kg": "70.5",
        "reference": "row 7",
    }


def test_once_the_marked_entry_is_corrected_there_is_a_case() -> None:
    draft = draft_of(case(requested={"doses_per_day": 1001}))
    assert draft is not None
    corrected = draft.with_entry("requested.doses_per_day", "3").case
    assert corrected == read_case(case(requested={"doses_per_day": 3}))


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        "x",
        {},
        case(policy=None),  # a required entry that is missing is not marked
        case(patient_name="x"),
        case(requested={"patient_name": "x"}),
        case(facts=[]),
        case(weight_kg=["70.5"]),
        case(weight_kg={"kg": "70.5"}),
        case(weight_kg=True),
        case(facts={"prescriber_specialties": [1]}),
        case(age_years="54"),  # a text where JSON wants a number, which a window would take
        case(course={"cycles": "x"}),
        case(course={"cycles": [1]}),
        case(course={"cycles": [{}]}),
        case(course={"cycles": [{"number": 100}]}),
        case(course={"cycles": [{"number": 1}, {"number": 1}]}),
        case(course="x"),
        case(confirmed=["weight_kg"]),
    ],
    ids=str,
)
def test_what_no_entry_can_show_is_no_draft(content: Any) -> None:
    assert draft_of(content) is None


def test_a_wrong_item_of_a_list_marks_the_list() -> None:
    draft = draft_of(case(facts={"prescriber_specialties": ["oncologist", "surgeon"]}))
    assert draft is not None
    assert set(draft.problems) == {"facts.prescriber_specialties"}
