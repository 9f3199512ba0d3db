"""A policy with questions of each kind: answered by keyboard, compared, in a worklist, printed."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.casework.draft import Draft
from app.casework.outcome import Outcome, judge
from app.gui.comparison import CompareWindow
from app.gui.main_window import MainWindow
from app.library import Library
from app.model.case_json import read_case
from app.output.ask_sheet import ask_sheet_text
from tests.cases import ALDER
from tests.cedar import ALL_MET, CEDAR, OWN, case, with_cedar
from tests.gui.person import Person
from tests.gui.printed import printed
from tests.gui.worklists import STATUS_COLUMN, column, on_screen, opened

KINDS: dict[str, type[QWidget]] = {
    "facts.measurable_disease": QComboBox,
    "facts.performance_status": QComboBox,
    "facts.serum_albumin": QLineEdit,
    "facts.prior_lines": QLineEdit,
    "facts.organ_findings": QListWidget,
    "facts.comorbidity_codes": QLineEdit,
    "setting": QComboBox,
    "line_of_business": QComboBox,
    "regimen": QComboBox,
    "request_kind": QComboBox,
    "diagnosis_codes": QLineEdit,
    "course.number": QLineEdit,
    "course.previous_discharge_on": QLineEdit,
    "given_before.lifetime_doses": QLineEdit,
}
# What is typed where the editor is a line.
TYPED = {
    "facts.serum_albumin": "3.5",
    "facts.prior_lines": "2",
    "facts.comorbidity_codes": "N18.4, E11.9",
    "diagnosis_codes": "C43.9",
    "age_years": "54",
    "weight_kg": "70.5",
    "course.number": "1",
}


@pytest.fixture
def cedar(library: Library) -> Library:
    return with_cedar(library)


@pytest.fixture
def window(qtbot: QtBot, cedar: Library) -> MainWindow:
    window = MainWindow(cedar)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def person(window: MainWindow) -> Person:
    return Person(window)


def begin(person: Person, policy: str = CEDAR) -> None:
    person.enter("policy", policy)
    person.enter("date_of_service", "2026-11-23")
    person.enter("indication", "cutaneous_melanoma")
    person.enter("route", "intravenous")


def choose(editor: QComboBox, value: str) -> None:
    QTest.keyClick(editor, Qt.Key.Key_Home)
    for _ in range(editor.findData(value)):
        QTest.keyClick(editor, Qt.Key.Key_Down)


def answer(person: Person) -> None:
    """Give every answer of the case by keys alone."""
    for key, value in {**ALL_MET, **{f"facts.{name}": one for name, one in OWN.items()}}.items():
        if key in TYPED:
            person.type_over(key, TYPED[key])
        elif key in KINDS:
            person.enter(key, value)
    person.type_over("course.number", "1")


def outcome(library: Library, data: dict[str, Any]) -> Outcome:
    return judge(Draft.of(read_case(data, library.fields)), library)


def test_every_question_has_an_editor_of_its_kind_once(person: Person) -> None:
    begin(person)
    for key, kind in KINDS.items():
        assert isinstance(person.editor(key), kind), key
        assert person.editor(key).isVisible(), key


def test_a_policy_that_asks_none_of_it_shows_none_of_it(person: Person) -> None:
    begin(person, ALDER)
    assert [key for key in KINDS if person.is_asked(key)] == ["regimen", "course.number"]


def test_answered_by_keyboard_it_is_what_the_engine_says(person: Person) -> None:
    begin(person)
    assert person.status() == "Information missing"
    answer(person)
    assert person.status() == "Criteria met"
    assert person.read("max_dose").startswith("35,250,000 ")
    assert person.window.draft.value("facts.comorbidity_codes") == ["N18.4", "E11.9"]
    person.type_over("facts.serum_albumin", "2.9")
    assert person.status() == "Criteria not met"


@pytest.mark.parametrize(
    ("key", "text", "problem"),
    [
        ("facts.serum_albumin", "3,5", "Must be a plain number in g/dL"),
        ("facts.serum_albumin", "3.55", "At most 1 decimal is read."),
        ("facts.serum_albumin", "11", "Must lie between 0 and 10 g/dL."),
        ("facts.prior_lines", "2.5", "Must be a plain number, like"),
        ("facts.comorbidity_codes", "kidney", "Must be a code, like C43.9"),
        ("diagnosis_codes", "C43.9; melanoma", "Must be a code, like C43.9"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_leaves_no_result(
    person: Person, key: str, text: str, problem: str
) -> None:
    begin(person)
    answer(person)
    person.type_over(key, text)
    assert person.problem(key).startswith(problem)
    assert person.read("approval_status") == person.read("max_dose") == ""


def test_tab_reaches_every_field_that_is_shown_in_the_order_on_screen(
    person: Person, window: MainWindow
) -> None:
    begin(person)
    window.activateWindow()
    person.editor("indication").setFocus()
    reached = [*tabbed()]
    shown = [key for key in KINDS if person.editor(key).isVisible()]
    assert set(shown) <= set(reached)
    heights = [
        person.editor(one).mapTo(window, person.editor(one).rect().topLeft()).y()
        for one in reached
        if one in KINDS
    ]
    assert heights == sorted(heights)


def tabbed() -> Iterator[str]:
    """Yield the names of the editors that Tab reaches, until it is back."""
    first = QApplication.focusWidget()
    for _ in range(300):
        now = QApplication.focusWidget()
        assert now is not None
        if now.objectName():
            yield now.objectName()
        QTest.keyClick(now, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is first:
            return


def test_an_answer_is_kept_for_the_policy_that_asks_it(person: Person) -> None:
    begin(person)
    answer(person)
    person.enter("policy", ALDER)
    assert not person.is_asked("facts.serum_albumin")
    assert person.window.draft.problems == {}
    person.enter("policy", CEDAR)
    assert person.status() == "Criteria met"


def test_a_policy_that_is_removed_leaves_its_answers_without_effect(
    person: Person, library: Library
) -> None:
    begin(person)
    answer(person)
    person.window.use(library)
    assert person.read("approval_status") == ""
    person.enter("policy", ALDER)
    assert person.status() == "Information missing"
    person.window.use(with_cedar(library))
    person.enter("policy", CEDAR)
    assert person.status() == "Criteria met"


def test_indications_and_routes_are_those_of_the_policy(person: Person) -> None:
    begin(person)
    answer(person)
    person.enter("indication", "melanoma_any_site")
    person.enter("route", "inhaled")
    assert person.status() == "Criteria not met"  # no dosing is documented for it
    person.enter("policy", ALDER)
    assert person.problem("indication").startswith("Must be one of: cutaneous_melanoma")
    assert person.read("approval_status") == ""
    person.enter("indication", "renal_cell_carcinoma")
    box = person.editor("indication")
    assert isinstance(box, QComboBox)
    assert box.findData("melanoma_any_site") == -1


def test_a_question_stands_in_the_words_of_the_chosen_policy(
    person: Person, cedar: Library
) -> None:
    first = cedar.versions(CEDAR)[-1]
    albumin = replace(first.questions["serum_albumin"], label="Albumin in serum")
    questions = {**first.questions, "serum_albumin": albumin}
    other = replace(first, id="other-payer", sha256="0" * 64, questions=questions)
    person.window.use(replace(cedar, policies=(*cedar.policies, other)))
    for policy, label in (
        (CEDAR, "Serum albumin (g/dL)"),
        ("other-payer", "Albumin in serum (g/dL)"),
        (CEDAR, "Serum albumin (g/dL)"),
    ):
        person.window.load(Draft.of(read_case(case(policy=policy), cedar.fields)))
        seen = [
            one.accessibleName()
            for one in person.window.findChildren(QWidget, "facts.serum_albumin")
            if one.isVisible()
        ]
        assert seen == [label]


def test_more_cycles_than_any_policy_has_are_shown_where_a_case_has_them(
    window: MainWindow, person: Person, cedar: Library
) -> None:
    course = {"number": 1, "cycles": [given(one) for one in (2, 13, 24)]}
    read = read_case(case(route="inhaled", course=course), cedar.fields)
    window.load(Draft.of(read))
    assert person.is_asked("course.cycles.3.doses_given")
    assert window.draft.case == judge(window.draft, cedar).draft.case == read
    window.start_anew()
    assert not window.findChildren(QWidget, "course.cycles.3.doses_given")


def given(day: int) -> dict[str, Any]:
    number = 1 + (2, 13, 24).index(day)
    time = f"2026-11-{day:02}T08:00"
    return {"number": number, "doses_given": 1, "first_dose_at": time, "last_dose_at": time}


def compared(qtbot: QtBot, found: Outcome) -> tuple[str, list[list[str]]]:
    """Return the summary and the rows of the comparison of an outcome's case."""
    parent = QWidget()
    qtbot.addWidget(parent)
    shown = CompareWindow(parent)
    shown.show_outcome(found)
    table, summary = shown.findChild(QTableWidget), shown.findChild(QLabel, "comparison_summary")
    assert isinstance(table, QTableWidget)
    assert isinstance(summary, QLabel)
    rows = [
        [item.text() if (item := table.item(row, at)) else "" for at in range(table.columnCount())]
        for row in range(table.rowCount())
    ]
    return summary.text(), rows


def test_compared_with_another_payer_an_answer_is_given_once(qtbot: QtBot, cedar: Library) -> None:
    facts = {
        "metastatic_disease": True,
        "prior_systemic_therapy": True,
        "prescriber_specialties": ["oncologist"],
    }
    _, rows = compared(qtbot, outcome(cedar, case(facts=facts)))
    assert 2 in [sum("riteria met" in cell for cell in row) for row in rows]  # Cedar and Alder
    albumin = [row for row in rows if any("serum albumin" in cell for cell in row)]
    assert any("3.5" in cell for row in albumin for cell in row)
    assert any("Not in this policy" in cell for row in albumin for cell in row)


def test_a_payer_that_does_not_know_the_indication_is_not_judged_and_says_so(
    qtbot: QtBot, cedar: Library
) -> None:
    summary, rows = compared(qtbot, outcome(cedar, case(indication="melanoma_any_site")))
    assert "Does not know this use: Alder" in summary
    [reason] = [row for row in rows if "Reason" in row]
    assert any("does not know “Melanoma of any site”." in cell for cell in reason)


def test_a_worklist_with_columns_of_its_questions_gives_the_same(
    qtbot: QtBot, cedar: Library, tmp_path: Path
) -> None:
    path = tmp_path / "list.jsonl"
    rows = [case(), case(facts={"serum_albumin": "2.9"}), case(facts={"organ_findings": None})]
    path.write_text("".join(json.dumps(one) + "\n" for one in rows))
    for window in on_screen(qtbot, cedar):
        shown = opened(window, path)
        assert [one.partition(";")[0].split(" ", 1)[1] for one in column(shown, STATUS_COLUMN)] == [
            "Criteria met",
            "Criteria not met",
            "Information missing",
        ]


def test_a_report_and_an_ask_sheet_tell_every_answer(cedar: Library, tmp_path: Path) -> None:
    paper = printed(outcome(cedar, case()), tmp_path).text
    for words in (
        "Can the disease be measured?",
        "ECOG 1",
        "Serum albumin (g/dL)",
        "3.5",
        "How many lines of therapy were given before?",
        "none of these",
        "N18.4",
        "C43.9",
        "In a hospital, as an inpatient",
        "Commercial",
        "High-dose aldesleukin",
    ):
        assert words in " ".join(paper.split()), words
    nothing = dict.fromkeys(OWN)
    sheet = ask_sheet_text(outcome(cedar, case(facts=nothing, setting=None)), cedar.catalog)
    for words in (
        "[  ] ECOG 1",
        "Serum albumin (g/dL)",
        "[  ] None of these",
        "Codes of other diseases (ICD-10-CM)",
        "Where is aldesleukin given?",
    ):
        assert words in sheet, words
