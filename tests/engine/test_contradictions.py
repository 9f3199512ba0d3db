"""Answers that contradict each other count as not known, until one of them is corrected."""

from typing import Any

import pytest

from app.library import Library
from app.model.eligibility import Judged, JudgedComparison, children
from tests.cases import BIRCH, case
from tests.engine.people import LESION, VEIN_BIRCH, found, noted

ALDER_LESIONS = LESION["facts"]
BIRCH_LESIONS = {**ALDER_LESIONS, "lesion_site": ["nodal"]}
STATUS_TEXT = (
    "The lesions cannot all be resectable and also unresectable or borderline resectable. Lesions "
    "that differ are cases of their own. Correct the answer: it counts as not known."
)
SITE_TEXT = (
    "The lesions cannot all be elsewhere and also at a listed site. Lesions that differ are cases "
    "of their own. Correct the answer: it counts as not known."
)
TIL_TEXT = (
    "With tumor-infiltrating lymphocyte therapy aldesleukin is no single agent. Correct the answer "
    "or the regimen: the answer counts as not known."
)


def seen(judged: Judged, question: str) -> list[tuple[str, Any]]:
    """The result and what was seen wherever a question is asked."""
    own = isinstance(judged, JudgedComparison) and judged.question == question
    return [
        *([(judged.result, judged.seen)] if own else []),
        *(one for child in children(judged) for one in seen(child, question)),
    ]


@pytest.mark.parametrize(
    ("status", "contradicts"),
    [
        (["resectable", "unresectable"], True),
        (["resectable", "borderline_resectable"], True),
        (["borderline_resectable", "metastatic", "resectable"], True),
        (["resectable"], False),
        (["resectable", "recurrent", "metastatic"], False),
        (["unresectable", "borderline_resectable"], False),
        ([], False),
    ],
)
def test_no_lesion_is_resectable_and_not_so(
    library: Library, status: list[str], contradicts: bool
) -> None:
    facts = {**ALDER_LESIONS, "lesion_status": status}
    one = found(library, **LESION | {"facts": facts})
    notes = noted(library, "contradictory_answers", **LESION | {"facts": facts})
    assert bool(notes) is contradicts
    [(result, what)] = seen(one.eligibility.criteria, "lesion_status")
    assert (what is None) is contradicts
    assert (result == "unknown") is contradicts
    assert one.eligibility.missing == (("lesion_status",) if contradicts else ())
    if contradicts:
        assert (one.eligibility.status, one.approval_status) == (
            "incomplete",
            "information_missing",
        )
        assert (notes[0].text, notes[0].inputs) == (STATUS_TEXT, ("facts.lesion_status",))
        assert (notes[0].kind, notes[0].scope) == ("check", "case")


@pytest.mark.parametrize(
    ("sites", "contradicts"),
    [
        (["other", "nodal"], True),
        (["cutaneous", "subcutaneous", "other"], True),
        (["other"], False),
        (["other", "other"], False),  # repeated, it counts once
        (["cutaneous", "subcutaneous", "nodal"], False),
        ([], False),
    ],
)
def test_no_lesion_is_elsewhere_and_at_a_listed_site(
    library: Library, sites: list[str], contradicts: bool
) -> None:
    facts = {**BIRCH_LESIONS, "lesion_site": sites}
    changes = {**LESION, "policy": BIRCH, "facts": facts}
    assert ("lesion_site" in found(library, **changes).eligibility.missing) is contradicts
    notes = noted(library, "contradictory_answers", **changes)
    assert [one.text for one in notes] == ([SITE_TEXT] if contradicts else [])


@pytest.mark.parametrize(
    ("regimen", "answer", "contradicts"),
    [
        ("til", True, True),
        ("til", False, False),
        ("til", None, False),
        ("high_dose", True, False),
        (None, True, False),
    ],
)
def test_with_cell_therapy_it_is_no_single_agent(
    library: Library, regimen: str | None, answer: bool | None, contradicts: bool
) -> None:
    facts = {**VEIN_BIRCH["facts"], "single_agent": answer}
    changes = {**VEIN_BIRCH, "regimen": regimen, "facts": facts}
    notes = noted(library, "contradictory_answers", **changes)
    assert [one.text for one in notes] == ([TIL_TEXT] if contradicts else [])
    one = found(library, **changes)
    assert ("single_agent" in one.eligibility.missing) is (contradicts or answer is None)
    if regimen == "til":  # the regimen itself stays
        assert one.schedule is None


def test_all_contradictions_stand_in_one_note(library: Library) -> None:
    facts = {
        **BIRCH_LESIONS,
        "lesion_status": ["resectable", "unresectable"],
        "lesion_site": ["other", "nodal"],
    }
    changes = {**LESION, "policy": BIRCH, "facts": facts}
    [note] = noted(library, "contradictory_answers", **changes)
    assert note.text == f"{SITE_TEXT} {STATUS_TEXT}"
    assert note.inputs == ("facts.lesion_site", "facts.lesion_status")
    assert found(library, **changes).eligibility.missing == ("lesion_site", "lesion_status")


def test_the_rest_is_judged_as_it_is(library: Library) -> None:
    """A person too young is refused, whatever is true of the lesions."""
    facts = {**ALDER_LESIONS, "lesion_status": ["resectable", "unresectable"]}
    one = found(library, **{**LESION, "facts": facts, "age_years": 20})
    assert (one.eligibility.status, one.eligibility.missing) == ("not_met", ())


@pytest.mark.parametrize(
    "changes",
    [
        # Alder asks for the site of no lesion, and for a single agent with the kidney only.
        {**LESION, "facts": {**ALDER_LESIONS, "lesion_site": ["other", "nodal"]}},
        {"regimen": "til", "facts": {**case()["facts"], "single_agent": True}},
        # The therapy is another one.
        {"facts": {**case()["facts"], "lesion_status": ["resectable", "unresectable"]}},
        {
            "indication": "renal_cell_carcinoma",
            "regimen": "til",
            "facts": {**case()["facts"], "single_agent": True},
        },
        {
            **LESION,
            "indication": "other",
            "facts": {"lesion_status": ["resectable", "unresectable"]},
        },
    ],
)
def test_an_answer_that_is_not_asked_for_contradicts_nothing(
    library: Library, changes: dict[str, Any]
) -> None:
    assert noted(library, "contradictory_answers", **changes) == []
    assert found(library, **changes).eligibility.status != "incomplete"


def test_no_confirmation_mends_a_contradiction(library: Library) -> None:
    facts = {**ALDER_LESIONS, "lesion_status": ["resectable", "unresectable"]}
    one = found(library, **{**LESION, "facts": facts}, confirmed={"weight_kg": "70.5"})
    assert one.eligibility.missing == ("lesion_status",)
    assert one.unconfirmed == ()
