"""The catalog words exactly the keys of a case, and the checks' texts have the right gaps."""

from collections.abc import Iterator
from dataclasses import asdict, is_dataclass
from string import Formatter
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from app.library import Library
from app.model.case import Case
from app.model.course import GivenCycle
from app.model.data import key_of

WITHOUT_GAPS = (
    *("not_a_payer_decision", "one_may_be_pounds", "contradictory_lesion_status"),
    *("contradictory_lesion_site", "contradictory_til", "lesions_judged_together"),
    *("perhaps_pounds", "perhaps_a_day", "perhaps_all_lesions", "if_planned_doses_are_given"),
    *("looks_like_pounds", "looks_like_lost_digit"),
    *("judged_as_first_request", "later_by_the_stay"),
    "volume_too_small",
)
PLACEHOLDERS: dict[str, set[str]] = {
    "site_policy": {"provider", "sha256"},
    "policy_doubts_accepted": {"doubts"},
    "policy_doubts_open": {"doubts"},
    "policy_review_overdue": {"version", "due"},
    "unusual_value": {"value", "reasons"},
    "unusual_bmi": {"low", "high", "person"},
    "unusual_weight_alone": {"low", "high", "person"},
    "unusual_weight_infant": {"low", "high", "person"},
    "unusual_height_without_age": {"least"},
    "unusual_against_previous": {"percent"},
    "unusual_area": {"low", "high"},
    "area_differs_from_calculated": {"percent", "formula"},
    "unusual_dose": {"bound"},
    "weight_changed": {"percent", "previous"},
    "request_far_above": {"percent", "hint"},
    "below_label_dose": {"percent"},
    "session_total_unusual": {"most"},
    "weight_during_treatment": {"measured"},
    "weight_after_service": {"measured"},
    "authorization_does_not_cover": {"period", "outside"},
    "authorized_from_to": {"start", "end"},
    "authorized_from": {"start", "end"},
    "authorized_to": {"end"},
    "til_regimen": {"most", "document"},
    "til_too_many": {"what", "excess", "most"},
    "too_many_doses": {"cycle", "given", "most"},
    "too_many_doses_daily": {"cycle", "given", "dates", "frequency"},
    "rest_too_short": {"cycle", "first", "rest", "before", "earliest", "provisional"},
    "cycle_not_over": {"cycle", "first", "rest", "before", "earliest", "provisional"},
    "dose_on_a_day_off": {"cycle", "last", "day", "days"},
    "too_many_in_all": {"given", "most", "time"},
    "counts_from_first_seen": {"day"},
    "own_indication_counts": {"wider"},
    "codes_of_another_time": {"place", "span"},
    "approved_and_given": {"most", "given"},
    "approved_once": {"given"},
    "authorized_since": {"start"},
    "course_rest_too_short": {"first", "rest", "earliest"},
    "seven_weeks_to_the_day": {"first", "weeks", "dates"},
    "doses_too_close": {"cycle", "given", "first", "last", "interval"},
    "concentration_outside_range": {"bag", "concentration", "with_drug", "least", "most"},
    "syringe_far_below": {"percent"},
    **{name: set() for name in WITHOUT_GAPS},
}


def keys(model: type[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every key of a case with its type, nested ones dotted; a list is one key."""
    for name, kind in get_type_hints(model).items():
        if isinstance(kind, type) and is_dataclass(kind):
            yield from keys(kind, f"{prefix}{name}.")
        else:
            yield f"{prefix}{key_of(name)}", kind


def choices(annotation: Any) -> set[str]:
    """Return the values of the one Literal in an annotation, or nothing."""
    if get_origin(annotation) is Literal:
        return set(get_args(annotation))
    return {value for part in get_args(annotation) for value in choices(part)}


KEYS = {key: kind for key, kind in keys(Case) if key != "facts.others"}
# Questions that are answered by another key; the words of some of them stand beside the question's.
OTHER_KEYS = {
    "age_years": "age_years",
    "route": "route",
    "therapy": "regimen",
    "setting": "setting",
    "line_of_business": "line_of_business",
    "request_kind": "request_kind",
    "diagnosis_codes": "diagnosis_codes",
    "course_number": "course.number",
}
QUESTIONS = {
    *(key.removeprefix("facts.") for key in KEYS if key.startswith("facts.")),
    *OTHER_KEYS,
}
ONLY_A_QUESTION = {"age_years", "setting", "line_of_business"}
OPEN = {  # a policy may have more
    "indication": {
        *("cutaneous_melanoma", "renal_cell_carcinoma", "graft_versus_host_disease", "other"),
    },
    "route": {"intravenous", "intralesional", "subcutaneous"},
}
# What was given in a cycle stands under its number; the first dose of cycle 1 is the course's own.
GIVEN = {
    f"course.cycles.{number}.{name}"
    for number in (1, 2)
    for name in get_type_hints(GivenCycle).keys() - {"number"}
} - {"course.cycles.1.planned_first_at"}
INPUTS = (
    {"confirmed"} | GIVEN | KEYS.keys() - {f"facts.{name}" for name in QUESTIONS} - ONLY_A_QUESTION
)


def test_the_questions_are_the_facts_and_what_everybody_asks_in_the_same_way(
    library: Library,
) -> None:
    assert set(library.catalog.questions) == QUESTIONS


def test_every_other_key_of_a_case_has_words(library: Library) -> None:
    assert set(library.catalog.inputs) == INPUTS


@pytest.mark.parametrize("key", KEYS)
def test_the_choices_with_words_are_those_of_the_case(key: str, library: Library) -> None:
    entry = library.catalog.entry(key)
    assert set(entry.choices) == OPEN.get(key, choices(KEYS[key]))
    assert all(words.strip() for words in (entry.label, *entry.choices.values()))


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_the_kind_of_a_question_is_that_of_its_answer(name: str, library: Library) -> None:
    key = OTHER_KEYS.get(name, f"facts.{name}")
    annotation, kind = str(KEYS[key]), library.catalog.questions[name].kind
    if name in ("age_years", "course_number"):
        assert kind == "number"
    elif name == "diagnosis_codes":
        assert kind == "codes"
    elif "Literal" in annotation or key in OPEN:
        assert kind == ("choices" if "tuple" in annotation else "one_of")
    else:
        assert kind == "yes_no"


def test_the_therapies_asked_for_are_the_regimens(library: Library) -> None:
    asked = set(library.catalog.questions["therapy"].choices)
    assert asked == choices(KEYS["regimen"]) - {"til"} | {"after_lifileucel"}


def test_the_texts_of_the_checks_are_those_with_known_gaps(library: Library) -> None:
    texts = library.reference_data.checks.texts
    found = {
        name: {gap for _, gap, _, _ in Formatter().parse(text) if gap is not None}
        for name, text in asdict(texts).items()
    }
    assert found == PLACEHOLDERS
