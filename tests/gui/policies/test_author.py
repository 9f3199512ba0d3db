"""A policy is written in the window without a look at its file, by keyboard and mouse."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QTreeWidget, QWidget

from app.gui.main_window import MainWindow
from app.gui.policies.preview import PolicyPreview
from app.library import Library
from app.library.policies import read_policy_file
from app.model.document import Citation, NotStated
from tests.console import run
from tests.gui.policies.author_person import Author
from tests.gui.policy_windows import answer, boxes, site, take, window
from tests.library.folders import GOOD

__all__ = ["site", "window"]

USE = "coverage.renal_cell_carcinoma"
CRITERIA = ("coverage", "renal_cell_carcinoma", "criteria")
TO_SECOND = (
    "Covered uses › Kidney cancer › All criteria hold (all of these hold) › It is a later line"
)
COMPARED = (
    "The answer must be; At least; At most; More than; Less than; One of these; None of these"
)
KIDNEY = ("Covered uses", "Kidney")


@pytest.fixture
def author(window: MainWindow) -> Author:
    return Author(window)


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the next save goes."""
    path = tmp_path / "written.yaml"
    monkeypatch.setattr("app.gui.policies.author_files.file_to_save", lambda *_: path)
    return path


def write_a_policy(author: Author) -> None:
    for key, text in (
        ("id", "small-payer"),
        ("version", "2026"),
        ("payer", "Small payer"),
        ("title", "Small policy"),
        ("document", "Small 1"),
        ("provided_by", "Pharmacy of the example site"),
        ("in_force.first_day", "1/1/2026"),
    ):
        author.write(key, text)
    author.cite("in_force", "Cover", "Date")
    author.write("review.every_months", "12")
    author.cite("review", "Cover")
    author.place("Covered uses")
    author.add("coverage", "Renal cell carcinoma")
    author.write(f"{USE}.name", "Kidney cancer")
    author.add(f"{USE}.criteria", "All of these hold")
    author.write(f"{USE}.criteria.text", "All criteria hold")
    author.cite(f"{USE}.criteria", "Criteria")
    author.add(f"{USE}.criteria.all", "A question with its answer")
    adult = f"{USE}.criteria.all.0"
    author.write(f"{adult}.text", "Aged at least 18 years")
    author.choose(f"{adult}.question", "Age (years)")
    author.write(f"{adult}.at_least", "18")
    author.cite(adult, "Criteria", "1")
    author.place(*KIDNEY, "All criteria hold")
    author.add(f"{USE}.criteria.all", "A question with its answer")
    author.write(f"{USE}.criteria.all.1.text", "The disease has spread")
    author.choose(f"{USE}.criteria.all.1.question", "Is the disease metastatic?")
    author.choose(f"{USE}.criteria.all.1.is", "Yes")
    author.cite(f"{USE}.criteria.all.1", "Criteria", "2")
    author.place(*KIDNEY, "Length of an approval")
    author.add(f"{USE}.approval")
    author.write(f"{USE}.approval.0.months", "6")
    author.cite(f"{USE}.approval.0", "Approval")
    write_the_dosing(author)
    author.place("Uses that are not covered")
    author.write("not_covered.text", "The use is listed")
    author.cite("not_covered", "Other uses")
    author.place("Requests beyond the dosing")
    for key, words in (("met", "Clinician review"), ("incomplete", "Information missing")):
        author.choose(f"beyond_dosing.{key}.status", words)
        author.cite(f"beyond_dosing.{key}", "Dosing", "3")


def write_the_dosing(author: Author) -> None:
    author.place(*KIDNEY, "Dosing")
    author.add(f"{USE}.dosing", "Intravenous")
    author.place(*KIDNEY, "Dosing", "Intravenous", "Regimen 1")
    regimen = f"{USE}.dosing.intravenous.0"
    author.write(f"{regimen}.name", "Aldesleukin by vein")
    author.write(f"{regimen}.dose.iu", "600,000")
    author.choose(f"{regimen}.dose.per", "kg of body weight")
    author.cite(f"{regimen}.dose", "Dosing", "1")
    author.write(f"{regimen}.max_doses_per_day.value", "3")
    author.cite(f"{regimen}.max_doses_per_day", "Dosing", "2")


def test_a_small_policy_is_written_by_keys_and_mouse_and_the_check_accepts_it(
    author: Author, saved: Path, library: Library
) -> None:
    write_a_policy(author)
    assert author.to_do == [
        "Nothing is missing: Aldesk can read the policy. Compare it with the document."
    ]
    author.press("Save as")
    policy = read_policy_file(saved, library.base_catalog, library.reserved_notes).policy
    assert [one.id for one in policy.coverage["renal_cell_carcinoma"].criteria.children] == [
        "aged_at_least_18_years",
        "the_disease_has_spread",
    ]
    assert run("policies", "check", str(saved)).status == 0


def test_questions_of_the_policy_and_what_it_does_not_state_are_written(
    author: Author, saved: Path, library: Library
) -> None:
    write_a_policy(author)
    author.place()
    author.choose("review.chosen", "The document does not state it")
    author.place("Requests beyond the dosing")
    author.choose("beyond_dosing.chosen", "The document does not state it")
    author.place("Questions of this policy")
    author.add("questions", "Which line of therapy is it?")
    asked = "questions.which_line_of_therapy_is_it"
    author.choose(f"{asked}.kind", "One of several")
    author.choose(f"{asked}.answered_by", "Chart")
    for words in ("First line", "Later line"):
        author.add(f"{asked}.choices", words)
    author.window.go_to((*CRITERIA, "all", 1, "text"))
    second = f"{USE}.criteria.all.1"
    author.write(f"{second}.text", "It is a later line")
    author.choose(f"{second}.question", "Which line of therapy is it?")
    author.tick(f"{second}.any_of=later_line")
    author.tick(f"{second}.any_of=later_line")
    assert author.to_do == [f"{TO_SECOND}: needs exactly one of: {COMPARED}"]
    author.tick(f"{second}.any_of=later_line")
    author.press("Save as")
    policy = read_policy_file(saved, library.base_catalog, library.reserved_notes).policy
    assert policy.questions["which_line_of_therapy_is_it"].choices == {
        "first_line": "First line",
        "later_line": "Later line",
    }
    assert policy.review == NotStated(not_stated=True, citation=Citation(heading="Cover"))
    assert policy.beyond_dosing == NotStated(not_stated=True)


def opened_author(author: Author, file: Path = GOOD) -> Author:
    author.window.open_file(file)
    return author


def focus_name() -> str:
    focus = QApplication.focusWidget()
    return focus.objectName() if focus is not None else ""


def test_each_problem_leads_to_its_field(author: Author) -> None:
    assert len(author.to_do) == 9
    author.follow("Payer: not filled in yet")
    assert focus_name() == "payer"
    author.follow("Uses that are not covered")
    assert focus_name() == "not_covered.text"
    author.follow("In force")
    assert focus_name() == "in_force.chosen"


def test_what_is_wrong_is_told_beside_its_field_and_goes_when_it_is_right(author: Author) -> None:
    opened_author(author)
    author.write("in_force.first_day", "soon")
    assert author.told("in_force.first_day") == "Must be a date, like 2026-05-01"
    author.write("in_force.first_day", "2026-01-01")
    assert author.told("in_force.first_day") == ""
    author.write("payer", "")
    assert author.told("payer") == "Not filled in yet"


def test_the_editor_with_the_focus_stays_while_somebody_types(author: Author) -> None:
    line = author.window.findChild(QLineEdit, "payer")
    assert isinstance(line, QLineEdit)
    line.setFocus()
    QTest.keyClicks(line, "A new payer")
    assert author.window.findChild(QLineEdit, "payer") is line
    assert author.window.draft.at(("payer",)) == "A new payer"


def test_a_chosen_question_shows_its_comparisons_and_keeps_the_focus(author: Author) -> None:
    opened_author(author)
    author.window.go_to(("coverage", "renal_cell_carcinoma", "criteria"))
    first = f"{USE}.criteria.all.0"
    author.window.go_to(tuple(int(one) if one.isdigit() else one for one in first.split(".")))
    author.choose(f"{first}.question", "Is the disease metastatic?")
    assert focus_name() == f"{first}.question"
    assert author.window.findChild(QComboBox, f"{first}.is") is not None


def tree_of(author: Author) -> QTreeWidget:
    tree = author.window.findChild(QTreeWidget, "policy_parts")
    assert isinstance(tree, QTreeWidget)
    return tree


def texts(author: Author, *path: str | int) -> list[str]:
    return [one["text"] for one in author.window.draft.at(path)]


def with_three_notes(author: Author) -> Author:
    opened_author(author)
    author.place("Notes")
    for place, text in enumerate(("First", "Second", "Third")):
        if place >= len(author.window.draft.at(("notes",))):
            author.add("notes")
        author.window.go_to(("notes", place, "text"))
        author.write(f"notes.{place}.text", text)
        author.place("Notes")
    return author


def test_entries_are_moved_and_removed_by_the_keyboard_and_undone(author: Author) -> None:
    with_three_notes(author)
    author.place("Notes", "First")
    tree = tree_of(author)
    QTest.keyClick(tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert texts(author, "notes") == ["Second", "First", "Third"]
    QTest.keyClick(tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert texts(author, "notes") == ["Second", "Third", "First"]
    QTest.keyClick(tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert texts(author, "notes") == ["Second", "First", "Third"]
    QTest.keyClick(tree, Qt.Key.Key_Delete)
    assert texts(author, "notes") == ["Second", "Third"]
    author.press("Undo")
    assert texts(author, "notes") == ["Second", "First", "Third"]


def test_the_document_itself_cannot_be_removed_or_moved(author: Author) -> None:
    opened_author(author)
    before = author.window.draft
    tree = tree_of(author)
    top = tree.topLevelItem(0)
    assert top is not None
    tree.setCurrentItem(top)
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Up):
        QTest.keyClick(tree, key, Qt.KeyboardModifier.AltModifier)
    assert author.window.draft == before


def test_what_is_typed_into_one_field_is_one_step_to_undo(author: Author) -> None:
    author.write("payer", "One")
    author.write("title", "Two")
    author.press("Undo")
    assert author.window.draft.at(("title",)) is None
    assert author.window.draft.at(("payer",)) == "One"
    author.press("Undo")
    assert author.window.draft.at(("payer",)) is None


def test_a_file_is_opened_and_saved_in_its_place_without_a_question(
    author: Author, tmp_path: Path
) -> None:
    file = tmp_path / "own.yaml"
    file.write_bytes(GOOD.read_bytes())
    opened_author(author, file)
    author.write("payer", "Another payer")
    author.press("Save")
    assert not boxes(author.window)
    assert b"payer: Another payer" in file.read_bytes()


def test_another_file_is_not_replaced_without_a_question(author: Author, saved: Path) -> None:
    saved.write_text("somebody's", "utf-8")
    opened_author(author)
    author.press("Save as")
    [box] = boxes(author.window)
    answer(box, "Cancel")
    assert saved.read_text("utf-8") == "somebody's"


def test_a_file_that_is_no_policy_is_told_and_leaves_the_window_as_it_is(
    author: Author, tmp_path: Path
) -> None:
    author.write("payer", "Mine")
    for name, content in (("a.yaml", b"a: b: c"), ("b.yaml", b"- a"), ("gone.yaml", None)):
        file = tmp_path / name
        if content is not None:
            file.write_bytes(content)
        author.window.open_file(file)
        [box] = boxes(author.window)
        assert name in box.text()
        box.close()
    assert author.window.draft.at(("payer",)) == "Mine"


def test_leaving_asks_while_something_is_not_saved(author: Author, saved: Path) -> None:
    author.write("payer", "Mine")
    author.press("Close")
    [box] = boxes(author.window)
    answer(box, "Cancel")
    assert author.window.isVisible()
    author.press("Close")
    [box] = [one for one in boxes(author.window) if one.isVisible()]
    answer(box, "Save…")
    assert b"payer: Mine" in saved.read_bytes()
    assert not author.window.isVisible()


def test_leaving_asks_nothing_where_all_is_saved(author: Author) -> None:
    opened_author(author)
    author.press("Close")
    assert not author.window.isVisible()


def test_the_main_window_does_not_close_over_a_policy_that_is_not_saved(
    author: Author, window: MainWindow
) -> None:
    author.write("payer", "Mine")
    window.close()
    assert window.isVisible()
    [box] = boxes(author.window)
    answer(box, "Go on without saving")
    QApplication.processEvents()
    assert not window.isVisible()


def test_a_written_policy_is_taken_into_use_by_way_of_the_preview(
    author: Author, window: MainWindow, saved: Path
) -> None:
    write_a_policy(author)
    author.press("Take into use")
    assert saved.is_file()
    [preview] = [one for one in window.findChildren(PolicyPreview) if one.isVisible()]
    take(preview)
    assert "small-payer" in [one.id for one in window._library.policies]


def test_a_policy_with_something_to_do_cannot_be_taken_into_use(author: Author) -> None:
    [take_it] = [
        one for one in author.window.findChildren(QWidget) if one.objectName() == "author.take"
    ]
    assert not take_it.isEnabled()


def test_an_example_case_is_judged_by_the_policy_as_it_stands(author: Author) -> None:
    opened_author(author)
    author.show_tab("Example case")
    box = author.window.findChild(QComboBox, "example_case")
    assert isinstance(box, QComboBox)
    author.choose("example_case", box.itemText(1))
    told = author.label("approval_status")
    assert told
    author.write("payer", "")
    assert author.label("approval_status") == ""
    author.write("payer", "Again")
    assert author.label("approval_status") == told


def test_a_limit_counts_for_the_example_at_once(author: Author) -> None:
    write_a_policy(author)
    author.show_tab("Example case")
    for key, value in (("indication", "Renal cell carcinoma"), ("route", "Intravenous")):
        author.choose(key, value)
    author.write("age_years", "54")
    author.write("weight_kg", "70")
    assert author.label("max_dose") == "42,000,000 International Units (42 million)"
    author.window.go_to(
        ("coverage", "renal_cell_carcinoma", "dosing", "intravenous", 0, "dose", "iu")
    )
    author.write(f"{USE}.dosing.intravenous.0.dose.iu", "500000")
    assert author.label("max_dose") == "35,000,000 International Units (35 million)"


def test_a_question_of_the_policy_is_asked_in_the_example(author: Author) -> None:
    write_a_policy(author)
    author.place("Questions of this policy")
    author.add("questions", "Is the histology papillary?")
    author.choose("questions.is_the_histology_papillary.kind", "Yes or no")
    author.choose("questions.is_the_histology_papillary.answered_by", "Chart")
    author.window.go_to((*CRITERIA, "all", 1, "text"))
    second = f"{USE}.criteria.all.1"
    author.choose(f"{second}.question", "Is the histology papillary?")
    author.choose(f"{second}.is", "Yes")
    author.show_tab("Example case")
    for key, value in (("indication", "Renal cell carcinoma"), ("route", "Intravenous")):
        author.choose(key, value)
    author.write("age_years", "54")
    asked = "facts.is_the_histology_papillary"
    for words, status in (("Yes", "Clinical criteria met"), ("No", "Criteria not met")):
        author.choose(asked, words)
        assert author.label("approval_status").startswith(status)


def test_the_policy_is_told_in_words_with_its_places(author: Author) -> None:
    opened_author(author)
    author.show_tab("In words")
    assert author.page().startswith("Example Health: Example policy, version 1")
    assert "Criterion not met by unlisted uses" in author.page()
    author.write("payer", "")
    assert author.page() == "The policy is told in words once nothing is still to do."
