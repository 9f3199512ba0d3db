"""The questions: their order, their keys, what folds and why, and the clause on demand."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget

from app.gui.main_window import MainWindow
from tests.cases import ALDER
from tests.gui.person import Person

MELANOMA = {"policy": ALDER, "indication": "cutaneous_melanoma", "route": "intravenous"}
UNRESECTABLE = "facts.unresectable_disease"
SPECIALTIES = "facts.prescriber_specialties"


def words_around(person: Person, key: str) -> str:
    """Return everything that can be read at a question."""
    field = person.editor(key).parentWidget()
    assert field is not None
    return "\n".join(one.text() for one in field.findChildren(QLabel) if not one.isHidden())


def button(person: Person, name: str) -> QToolButton:
    found = [one for one in person.window.findChildren(QToolButton) if one.accessibleName() == name]
    assert len(found) == 1
    return found[0]


def tab_stops(window: MainWindow) -> list[str]:
    """Return the named inputs in the order in which the Tab key reaches them."""
    stops: list[str] = []
    widget: QWidget | None = window.nextInFocusChain()
    while widget is not None and widget is not window:
        can_stop = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if can_stop and widget.isVisible() and widget.objectName():
            stops.append(widget.objectName())
        widget = widget.nextInFocusChain()
    return stops


def test_the_questions_stand_in_the_order_in_which_they_can_settle_the_case(person: Person) -> None:
    person.enter_case(MELANOMA)
    QApplication.processEvents()
    keys = (
        "facts.prior_systemic_therapy",
        SPECIALTIES,
        "facts.metastatic_disease",
        UNRESECTABLE,
    )
    heights = [
        person.editor(key).mapTo(person.window, person.editor(key).pos()).y() for key in keys
    ]
    assert heights == sorted(heights)
    stops = [one for one in tab_stops(person.window) if one in keys]
    assert tuple(stops) == keys


def test_the_tab_key_goes_from_the_questions_on_to_the_request(person: Person) -> None:
    person.enter_case(MELANOMA)
    stops = tab_stops(person.window)
    places = [
        stops.index(one)
        for one in (
            "policy",
            "indication",
            "weight_kg",
            "facts.metastatic_disease",
            "requested.dose_iu",
            "course.first_dose_at",
            "authorization.end",
        )
    ]
    assert places == sorted(places)


def test_a_question_that_no_longer_matters_folds_and_says_why(person: Person) -> None:
    person.enter_case(MELANOMA)
    assert person.editor(UNRESECTABLE).isVisible()
    person.enter("facts.metastatic_disease", True)
    assert not person.editor(UNRESECTABLE).isVisible()
    expected = "No longer changes the result: “The disease has spread” is met."
    assert expected in words_around(person, UNRESECTABLE)
    person.enter("facts.metastatic_disease", None)
    assert person.editor(UNRESECTABLE).isVisible()
    assert "No longer" not in words_around(person, UNRESECTABLE)


def test_a_folded_question_can_be_answered_anyway(person: Person) -> None:
    person.enter_case({**MELANOMA, "facts": {"metastatic_disease": True}})
    button(person, "Answer anyway: Is the disease unresectable?").click()
    assert person.editor(UNRESECTABLE).isVisible()
    assert person.editor(UNRESECTABLE).hasFocus()
    QTest.keyClick(person.editor(UNRESECTABLE), Qt.Key.Key_N)
    assert person.window.draft.entries[UNRESECTABLE] is False
    assert person.editor(UNRESECTABLE).isVisible()


def test_a_question_never_folds_under_the_keyboard(person: Person) -> None:
    person.enter_case({**MELANOMA, "age_years": 17, "facts": {"prior_systemic_therapy": True}})
    editor = person.editor("facts.prior_systemic_therapy")
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_U)
    assert editor.isVisible()
    assert editor.hasFocus()
    person.editor("weight_kg").setFocus()
    QApplication.processEvents()
    assert not editor.isVisible()


def test_enter_leads_to_the_next_open_question(person: Person) -> None:
    person.enter_case({**MELANOMA, "age_years": 54})
    first = person.editor("facts.prior_systemic_therapy")
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Y)
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert person.editor(SPECIALTIES).hasFocus()
    QTest.keyClick(person.editor(SPECIALTIES), Qt.Key.Key_Y)
    assert person.window.draft.entries[SPECIALTIES] == ("oncologist",)
    QTest.keyClick(person.editor(SPECIALTIES), Qt.Key.Key_Return)
    assert person.editor("facts.metastatic_disease").hasFocus()


def test_the_next_question_bears_a_bar_at_its_left(person: Person) -> None:
    person.enter_case({**MELANOMA, "age_years": 54})
    QApplication.processEvents()
    accent = person.window.palette().color(QPalette.ColorRole.Highlight).name()
    marked = [
        key
        for key in ("facts.prior_systemic_therapy", SPECIALTIES, "facts.metastatic_disease")
        if left_edge(person, key) == accent
    ]
    assert marked == ["facts.prior_systemic_therapy"]


def left_edge(person: Person, key: str) -> str:
    field = person.editor(key).parentWidget()
    assert field is not None
    return field.grab().toImage().pixelColor(1, field.height() // 2).name()


def test_the_next_question_is_one_key_away_from_everywhere(person: Person) -> None:
    person.enter_case({**MELANOMA, "age_years": 54})
    QTest.keyClick(person.window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert person.editor("facts.prior_systemic_therapy").hasFocus()


def test_letters_answer_a_list_question(person: Person) -> None:
    person.enter_case(MELANOMA)
    editor = person.editor(SPECIALTIES)
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_Down)
    QTest.keyClick(editor, Qt.Key.Key_Y)
    assert person.window.draft.entries[SPECIALTIES] == ("dermatologist",)
    QTest.keyClick(editor, Qt.Key.Key_N)
    assert person.window.draft.entries[SPECIALTIES] == ()
    QTest.keyClick(editor, Qt.Key.Key_U)
    assert person.window.draft.entries[SPECIALTIES] is None


def test_the_clause_shows_on_demand_with_its_place_in_the_document(person: Person) -> None:
    person.enter_case(MELANOMA)
    clause = "The disease has spread [Alder 12: Skin 1, b, first]"
    assert clause not in words_around(person, "facts.metastatic_disease")
    QTest.keyClick(person.editor("facts.metastatic_disease"), Qt.Key.Key_C)
    assert clause in words_around(person, "facts.metastatic_disease")
    button(person, "Clause of: Is the disease metastatic?").click()
    assert clause not in words_around(person, "facts.metastatic_disease")


def test_every_question_says_who_can_answer_it(person: Person) -> None:
    person.enter_case(MELANOMA)
    assert "From the chart." in words_around(person, "facts.metastatic_disease")
    assert "From the prescriber." in words_around(person, SPECIALTIES)


def test_the_form_says_how_many_questions_are_open(person: Person) -> None:
    person.enter_case({**MELANOMA, "age_years": 54})
    shown = [label.text() for label in person.window.findChildren(QLabel)]
    assert "4 questions still open" in shown
    person.enter("age_years", 17)
    shown = [label.text() for label in person.window.findChildren(QLabel)]
    assert "No question is open" in shown
