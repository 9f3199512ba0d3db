"""The plain text: what stands beside the status, the order of questions, remarks on the course."""

from typing import Any

import pytest

from app.casework.draft import Draft
from app.casework.outcome import judge
from app.library import Library
from app.model.case_json import read_case
from app.output.open_questions import open_questions
from app.output.plain_text import determination_text
from tests.cases import ALDER, BIRCH, case, determine


def part(text: str, title: str) -> list[str]:
    """The lines of one part, with its title."""
    [found] = [one.splitlines() for one in text.split("\n\n") if one.startswith(title)]
    return found


def test_the_label_of_a_preparation_is_named_in_its_title_alone(library: Library) -> None:
    found = determine(library, case(requested={"dose_iu": 28_200_000}))
    assert found.preparation is not None
    title, *rows = part(determination_text(found, library.catalog), "Preparation")
    assert title.endswith(f"({found.preparation.label})")
    assert rows
    assert not [row for row in rows if found.preparation.label in row]
    assert all(row.endswith("]") for row in rows)  # the place in the label stays


def told(library: Library, **changes: Any) -> str:
    data = case(**changes)
    return determination_text(determine(library, data), library.catalog, read_case(data))


LESIONS = {
    "policy": BIRCH,
    "route": "intralesional",
    "facts": {"lesion_status": ["resectable", "unresectable"]},
}


def test_contradicting_answers_stand_beside_the_status_and_beside_their_question(
    library: Library,
) -> None:
    text = told(library, **LESIONS)
    head = text.split("\n\n")[0]
    assert "The lesions cannot all be resectable and also unresectable" in head
    asked = part(text, "Still to be answered")
    status = "  What is true of every lesion to be injected? (the answer contradicts another entry"
    assert [line for line in asked if line.startswith(status)]
    assert len([line for line in asked if "contradicts" in line]) == 1
    seen = [line for line in part(text, "Criteria") if "seen: not known: the answer" in line]
    assert seen
    assert "contradicts" not in told(library, **{**LESIONS, "facts": {}})


@pytest.mark.parametrize("policy", [ALDER, BIRCH])
@pytest.mark.parametrize("route", ["intravenous", "intralesional", "subcutaneous"])
@pytest.mark.parametrize(
    "use", ["cutaneous_melanoma", "renal_cell_carcinoma", "graft_versus_host_disease"]
)
def test_open_questions_stand_in_the_order_of_the_form(
    library: Library, policy: str, route: str, use: str
) -> None:
    data = read_case(case(policy=policy, route=route, indication=use, facts={}, age_years=None))
    outcome = judge(Draft.of(data), library)
    assert outcome.determination is not None
    assert open_questions(outcome.determination) == outcome.missing


def test_what_aldesk_says_itself_is_not_from_the_policy(library: Library) -> None:
    lines = part(told(library), "Notes")
    [own] = [line for line in lines if "makes no coverage decision" in line]
    assert own.strip().startswith("From Aldesk: ")


BEGIN = {"first_dose_at": "2026-11-23T08:00"}
CYCLE = {
    "number": 1,
    "doses_given": 6,
    "first_dose_at": "2026-11-25T08:00",
    "last_dose_at": "2026-11-27T20:00",
}


def remarks(library: Library, **course: Any) -> str:
    parts = told(library, course=course).split("\n\n")
    return "".join(one for one in parts if one.startswith("Remarks on the course as entered"))


def test_a_day_moved_by_held_doses_says_so(library: Library) -> None:
    """Alder's 3 held doses at 12 hours move Monday 8:00 to Tuesday 20:00."""
    course = {**BEGIN, "cycles": [{"number": 1, "doses_held": 3}]}
    plan = "\n".join(part(told(library, course=course), "Schedule"))
    assert "Cycle 1: Tue, Nov 24, 2026" in plan
    assert "as entered, later by 3 held doses; 7 planned" in plan
    moved = remarks(library, **course)
    assert "3 doses held, not made up; they came first, so the first dose is later than" in moved
    assert "later by" not in told(library, course=BEGIN)
    assert remarks(library, **BEGIN) == ""


def test_held_doses_of_a_given_cycle_are_told(library: Library) -> None:
    found = remarks(library, cycles=[{**CYCLE, "doses_held": 2}])
    assert "Cycle 1: 2 doses held, not made up." in found
    assert "a cycle has at most" not in found
    many = remarks(library, cycles=[{**CYCLE, "doses_held": 9}])
    assert "15 doses given or held, and a cycle has at most 10." in many


def test_a_plan_that_is_gone_and_a_booked_day_that_does_not_count_are_explained(
    library: Library,
) -> None:
    booked = {"number": 2, "planned_first_at": "2026-12-09T08:00"}
    for ended in ({"number": 1, "over": True}, {"number": 1, "doses_held": 10}):
        found = remarks(library, **BEGIN, cycles=[ended, booked])
        assert "No plan: cycle 1 is over without a dose" in found
        assert "booked for cycle 2, Wed, Dec 9, 2026" in found


def test_a_discharge_that_ends_no_cycle_is_told(library: Library) -> None:
    """Alder's cycle has 10 doses: 4 are left after the 6 given."""
    course = {"cycles": [CYCLE], "discharge_date": "2026-11-28"}
    assert "ends no cycle: 4 doses of it stay planned" in remarks(library, **course)
    course["cycles"] = [{**CYCLE, "over": True}]
    assert remarks(library, **course) == ""


def test_an_entered_first_dose_that_does_not_count_is_told(library: Library) -> None:
    found = remarks(library, **BEGIN, cycles=[CYCLE])
    assert "The first dose entered for Mon, Nov 23, 2026" in found
    assert "does not count: doses were given" in found
