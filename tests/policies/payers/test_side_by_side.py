"""A payer with questions of its own is compared in the window with a policy that ships."""

from pytestqt.qtbot import QtBot

from app.casework.draft import Draft
from app.casework.outcome import judge
from app.library import Library
from app.model.case_json import read_case
from tests.cedar import case, with_cedar
from tests.gui.whole_window.test_own_questions import compared


def test_cedar_and_cigna_stand_side_by_side(qtbot: QtBot, library: Library) -> None:
    both = with_cedar(library)
    facts = {
        "metastatic_disease": True,
        "prior_systemic_therapy": True,
        "prescriber_specialties": ["oncologist"],
    }
    draft = Draft.of(read_case(case(facts=facts), both.fields))
    _, rows = compared(qtbot, judge(draft, both))
    assert any("Cedar" in cell for row in rows for cell in row)
    albumin = [row for row in rows if any("serum albumin" in cell for cell in row)]
    assert any("3.5" in cell for row in albumin for cell in row)
    prior = [row for row in rows if any("other systemic therap" in cell for cell in row)]
    assert prior
    # Cedar and Cigna; Express Scripts also asks whether it is a single agent.
    assert 2 in [sum("riteria met" in cell for cell in row) for row in rows]
