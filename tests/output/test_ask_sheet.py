"""The ask sheet asks for exactly what is open, of whom, by which clause, and hints at nothing."""

import re
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from app.casework.draft import Draft
from app.casework.outcome import Outcome, judge
from app.library import Library
from app.output.ask_sheet import ASK_SHEET_TITLE, NO_DOSE, NOTHING_MISSING, ask_sheet_text
from tests.cases import ALDER, BIRCH

MELANOMA: dict[str, Any] = {
    "policy": BIRCH,
    "date_of_service": "2026-11-23",
    "indication": "cutaneous_melanoma",
    "route": "intravenous",
}
GVHD = {"indication": "graft_versus_host_disease", "route": "subcutaneous", "policy": ALDER}
ANSWERED: dict[str, Any] = {
    "age_years": "54",
    "weight_kg": "70.5",
    "facts.metastatic_disease": True,
    "facts.prior_systemic_therapy": True,
    "facts.single_agent": True,
    "facts.prescriber_specialties": ("oncologist",),
}
DOSE = {"requested.dose_iu": "20000000"}  # Birch allows 21,150,000 at 70.5 kg


def judged(library: Library, **entries: Any) -> Outcome:
    return judge(Draft(MappingProxyType({**MELANOMA, **entries})), library)


def sheet(library: Library, **entries: Any) -> str:
    return ask_sheet_text(judged(library, **entries), library.catalog)


def groups(text: str) -> dict[str, list[str]]:
    """The questions below each heading, without their numbers."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if re.fullmatch(r"FROM THE [A-Z]+", line):
            found[line] = []
        elif match := re.fullmatch(r"[0-9]+\. (.+)", line):
            found[list(found)[-1]].append(match[1])
    return found


def item(text: str, question: str) -> list[str]:
    """The lines below one question."""
    lines = text.splitlines()
    [start] = [place for place, line in enumerate(lines) if line.endswith(f". {question}")]
    below = lines[start + 1 :]
    return [line.strip() for line in below[: below.index("")]]


def test_an_empty_case_asks_each_question_of_whoever_can_answer_it(library: Library) -> None:
    found = groups(sheet(library))
    assert list(found) == ["FROM THE PRESCRIBER", "FROM THE CHART"]
    assert sorted(found["FROM THE PRESCRIBER"]) == [
        "Who prescribes or is consulted?",
        "Will aldesleukin be used as a single agent?",
    ]
    assert sorted(found["FROM THE CHART"]) == [
        "Age (years)",
        "Has at least one other systemic therapy been tried?",
        "Is the disease metastatic?",
        "Is the disease unresectable?",
        "Weight (kg)",
    ]


def test_a_question_stands_with_its_answers_its_clause_and_room_to_write(library: Library) -> None:
    single_agent = item(sheet(library), "Will aldesleukin be used as a single agent?")
    assert single_agent[0] == "[  ] Yes    [  ] No    [  ] Not known"
    assert re.fullmatch("Remark: _{20,}", single_agent[1])
    assert single_agent[2:] == ["Source: Birch handbook: Chapter A part 1, iv"]


def test_a_list_offers_every_choice_and_none_of_these(library: Library) -> None:
    lines = item(
        sheet(library, route="intralesional"), "What is true of every lesion to be injected?"
    )
    assert lines[:-2] == [
        "Tick only what is true of every one of them. Lesions that differ are cases of their own.",
        "[  ] Metastatic",
        "[  ] Recurrent",
        "[  ] Unresectable",
        "[  ] Borderline resectable",
        "[  ] Resectable",
        "[  ] None of these",
        "[  ] Not known",
    ]
    assert lines[-1] == "Source: Birch handbook: Chapter A part 2, ii"


def test_what_can_no_longer_change_the_status_is_not_asked(library: Library) -> None:
    found = groups(sheet(library, **{"facts.metastatic_disease": True}))
    assert "Is the disease unresectable?" not in found["FROM THE CHART"]
    assert "Is the disease metastatic?" not in found["FROM THE CHART"]


def test_a_settled_case_without_a_weight_asks_for_the_weight_alone(library: Library) -> None:
    text = sheet(library, **{**ANSWERED, "weight_kg": ""})
    assert groups(text) == {"FROM THE CHART": ["Weight (kg)"]}
    lines = item(text, "Weight (kg)")
    assert lines[0] == "Measured actual body weight."
    assert lines[-1] == "Source: Birch handbook: Chapter A doses i"


def test_an_area_is_asked_for_with_its_way_around(library: Library) -> None:
    text = sheet(library, **GVHD)
    assert "height and weight are known" in item(text, "Body surface area (m²)")[0]
    assert "Leave empty" not in text
    for name in ("Height (cm)", "Weight (kg)"):
        lines = item(text, name)
        assert "Not needed where the body surface area is known." in lines
        assert lines[-1] == "Source: Alder 12: Graft doses 1"


def test_an_unusual_value_is_to_be_read_again_and_its_value_is_not_told(
    library: Library,
) -> None:
    text = sheet(library, **{**ANSWERED, "weight_kg": "154", "height_cm": "175"})
    assert groups(text) == {"FROM THE CHART": ["Weight (kg)"]}
    assert "not used until it is confirmed. Read it again, with its unit." in text
    assert "154" not in text
    confirmed = {**DOSE, "weight_kg": "154", "height_cm": "175", "confirmed.weight_kg": "154"}
    assert NOTHING_MISSING in sheet(library, **{**ANSWERED, **confirmed})


def test_an_unusual_dose_is_asked_of_the_prescriber(library: Library) -> None:
    """A tenth of the 21,150,000 International Units that Birch allows at 70.5 kg."""
    text = sheet(library, **{**ANSWERED, "requested.dose_iu": "2115000"})
    assert groups(text) == {"FROM THE PRESCRIBER": ["Dose (International Units)"]}
    assert not re.search("2,?115,?000", text)


def test_the_sheet_names_policy_version_and_therapy_and_has_room_for_the_patient(
    library: Library,
) -> None:
    lines = sheet(library, **GVHD).splitlines()
    assert lines[0] == ASK_SHEET_TITLE
    assert any(re.match("Patient .*handwritten.*____", line) for line in lines)
    assert "Policy: Alder Health, Rules for aldesleukin" in lines
    assert "Version 2026-03-02, in force since Mon, Mar 2, 2026" in lines
    assert "Therapy: aldesleukin (Proleukin), graft-versus-host disease, subcutaneous" in lines


def test_no_entry_of_the_person_is_on_the_sheet(library: Library) -> None:
    text = sheet(library, age_years="54", weight_kg="70.5", **{"course.number": "77"})
    assert not re.search("54|70.5|77|million|International", text)


def test_a_case_with_nothing_open_says_so(library: Library) -> None:
    for entries in ({**ANSWERED, **DOSE}, {"indication": "other"}):
        text = sheet(library, **entries)
        assert NOTHING_MISSING in text
        assert groups(text) == {}


def test_a_dosing_without_a_dose_is_not_called_complete(library: Library) -> None:
    text = sheet(library, **ANSWERED)
    assert NO_DOSE in text
    assert NOTHING_MISSING not in text


def test_an_authorization_that_does_not_cover_is_asked_of_the_payer(library: Library) -> None:
    text = sheet(library, **{**ANSWERED, **DOSE, "authorization.end": "2026-10-31"})
    assert groups(text) == {"FROM THE PAYER": ["Authorization"]}
    assert "does not cover every day" in item(text, "Authorization")[0]
    assert NOTHING_MISSING not in text
    assert not re.search("2026-10-31|Oct 31", text)


def test_a_height_held_for_want_of_an_age_asks_the_age(library: Library) -> None:
    """Alder asks no age for this use, and a child of 140 cm is held as an adult would be."""
    entries = {**GVHD, "height_cm": "140", "weight_kg": "40"}
    asked = groups(sheet(library, **entries))["FROM THE CHART"]
    assert {"Height (cm)", "Age (years)"} <= set(asked)
    assert "Age (years)" not in groups(sheet(library, **entries, age_years="10")).get(
        "FROM THE CHART", []
    )


def test_answers_that_contradict_each_other_are_asked_again_and_said_so(library: Library) -> None:
    status = {"facts.lesion_status": ("resectable", "unresectable")}
    question = "What is true of every lesion to be injected?"
    lines = item(sheet(library, route="intralesional", **status), question)
    assert "contradicts another entry and counts as not known" in lines[0]
    assert "contradicts" not in " ".join(item(sheet(library, route="intralesional"), question))


def test_an_area_that_does_not_fit_has_height_and_weight_read_again(library: Library) -> None:
    """128 cm and 60 kg (pounds) give 1.46 m²; the entered 0.96 m² is the right one."""
    entries = {**GVHD, "age_years": "8", "height_cm": "128", "weight_kg": "60", "bsa_m2": "0.96"}
    asked = groups(sheet(library, **entries))["FROM THE CHART"]
    assert {"Body surface area (m²)", "Height (cm)", "Weight (kg)"} <= set(asked)


def test_without_a_policy_the_sheet_says_what_comes_first(library: Library) -> None:
    text = sheet(library, policy=None, route="")
    assert "To be filled in: Policy, Route" in text
    assert "Therapy: aldesleukin (Proleukin), cutaneous melanoma, route not chosen yet" in text
    assert NOTHING_MISSING not in text
    assert groups(text) == {}


def test_a_wrong_entry_is_named_by_its_field_and_not_repeated(library: Library) -> None:
    text = sheet(library, weight_kg="154 lb")
    assert "To be corrected: Weight (kg)" in text
    assert "154" not in text


def test_a_question_for_the_payer_has_a_group_of_its_own_at_the_end(library: Library) -> None:
    question = replace(library.catalog.questions["single_agent"], answered_by="payer")
    questions = {**library.catalog.questions, "single_agent": question}
    catalog = replace(library.catalog, questions=questions)
    found = groups(ask_sheet_text(judged(library), catalog))
    assert list(found)[-1] == "FROM THE PAYER"
    assert found["FROM THE PAYER"] == ["Will aldesleukin be used as a single agent?"]


@pytest.mark.parametrize("policy", [ALDER, BIRCH])
@pytest.mark.parametrize(
    "indication", ["cutaneous_melanoma", "renal_cell_carcinoma", GVHD["indication"]]
)
@pytest.mark.parametrize("route", ["intravenous", "intralesional", "subcutaneous"])
def test_no_sheet_hints_how_an_answer_should_come_out(
    library: Library, policy: str, indication: str, route: str
) -> None:
    found = judged(library, policy=policy, indication=indication, route=route)
    text = ask_sheet_text(found, library.catalog).lower()
    assert not re.search(
        r"\bmust\b|\bshould\b|required|at least [0-9]|\b(21|25|30|35|85)\b"
        r"|criteria|approv(?!ed ind)",
        text,
    )
    assert found.determination is not None
    asked = sum(len(questions) for questions in groups(text.upper()).values())
    limit = found.determination.dose_limit
    assert asked == len(found.missing) + len(limit.missing if limit else ())
