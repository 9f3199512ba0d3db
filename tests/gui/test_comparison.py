"""The window of the comparison: what it shows belongs to the case of now, and all can be read."""

from itertools import product
from types import MappingProxyType
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from app.casework.draft import Draft
from app.casework.outcome import Outcome, judge
from app.gui.comparison import CompareWindow
from app.gui.look.theme import Tone, palette, quiet_color, tone_color
from app.library import Library
from tests.cases import ALDER

MARK = 1
ALDER_COLUMN = 2
ANSWERED = {
    "facts.metastatic_disease": True,
    "facts.prior_systemic_therapy": True,
    "facts.prescriber_specialties": ("oncologist",),
    "facts.single_agent": False,
}


def outcome(library: Library, **changes: Any) -> Outcome:
    entries = {
        "policy": ALDER,
        "date_of_service": "2026-11-23",
        "indication": "cutaneous_melanoma",
        "route": "intravenous",
        "age_years": "54",
        "weight_kg": "70.5",
        **ANSWERED,
        **changes,
    }
    return judge(Draft(MappingProxyType(entries)), library)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def window(qtbot: QtBot, library: Library, parent: QWidget) -> CompareWindow:
    shown = CompareWindow(parent)
    shown.show_outcome(outcome(library))
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def table(window: CompareWindow) -> QTableWidget:
    found = window.findChild(QTableWidget, "comparison")
    assert isinstance(found, QTableWidget)
    return found


def summary(window: CompareWindow) -> str:
    found = window.findChild(QLabel, "comparison_summary")
    assert isinstance(found, QLabel)
    return found.text()


def only(window: CompareWindow) -> QCheckBox:
    found = window.findChild(QCheckBox, "differences_only")
    assert isinstance(found, QCheckBox)
    return found


def cell(window: CompareWindow, row: int, column: int) -> str:
    item = table(window).item(row, column)
    return item.text() if item else ""


def lines(window: CompareWindow) -> dict[str, list[str]]:
    """The cells of each row by its label; a section's title has none."""
    shown = table(window)
    return {
        cell(window, row, 0): [cell(window, row, one) for one in range(1, shown.columnCount())]
        for row in range(shown.rowCount())
    }


def headings(window: CompareWindow) -> list[str]:
    shown = table(window)
    items = [shown.horizontalHeaderItem(column) for column in range(shown.columnCount())]
    return [" ".join(item.text().split()) for item in items if item]


def test_each_policy_has_a_column_with_payer_title_version_and_first_day(
    window: CompareWindow,
) -> None:
    alder, birch = headings(window)[ALDER_COLUMN:]
    assert alder == (
        "Alder Health Rules for aldesleukin version 2026-03-02, in force since Mon, Mar 2, 2026"
    )
    assert birch == (
        "Birch Mutual Aldesleukin under the medical benefit "
        "version 2023-10-16, in force since Mon, Oct 16, 2023"
        " review overdue: ask for a newer version"
    )


def test_rows_stand_below_their_section_with_both_verdicts_and_citations(
    window: CompareWindow,
) -> None:
    shown = list(lines(window))
    assert [one for one in shown if one in ("Status", "Dose and limits", "Criteria")]
    assert shown.index("Dose and limits") < shown.index("Basis") < shown.index("Criteria")
    assert lines(window)["Nothing else is given with it"] == [
        "≠ Differs",
        "Not in this policy\nAlder 12: Skin 1",
        "× Not met; answer: no\nBirch handbook: Chapter A part 1, iv",
    ]


def test_a_row_without_a_difference_bears_no_mark(window: CompareWindow) -> None:
    assert lines(window)["An oncologist prescribes it"][0] == ""
    marked = [label for label, cells in lines(window).items() if cells[0]]
    assert len(marked) == 13
    assert summary(window) == "13 differences."


def test_the_box_leaves_the_differences_and_their_sections_by_the_keyboard(
    window: CompareWindow,
) -> None:
    QTest.keyClick(only(window), Qt.Key.Key_Space)
    assert list(lines(window)) == [
        "Status",
        "Approval period",
        *("Dose and limits", "Maximum, or documented limit", "Basis", "Vials for one session"),
        *("Frequency", "Cycle"),
        *("Rest before the second cycle", "Rest before another course"),
        *("Criteria", "It is given in one of two ways", "By vein", "Age (years)"),
        "Nothing else is given with it",
    ]
    QTest.keyClick(only(window), Qt.Key.Key_Space)
    assert "An oncologist prescribes it" in lines(window)


def test_every_edit_replaces_what_is_shown(window: CompareWindow, library: Library) -> None:
    assert "28,200,000" in lines(window)["Basis"][1]
    window.show_outcome(outcome(library, weight_kg="70"))
    assert "28,200,000" not in " ".join(lines(window)["Basis"])
    assert "28,000,000" in lines(window)["Basis"][1]


@pytest.mark.parametrize("weight_kg", ["154 lb", "70,5"])
def test_a_problem_takes_every_row_away_and_says_what_to_correct(
    window: CompareWindow, library: Library, weight_kg: str
) -> None:
    window.show_outcome(outcome(library, weight_kg=weight_kg))
    assert summary(window) == "To see a result, correct: Weight (kg)."
    assert (table(window).rowCount(), headings(window)) == (0, [])
    assert not table(window).isVisible()
    assert not only(window).isVisible()
    window.show_outcome(outcome(library))
    assert table(window).isVisible()


def test_a_number_from_an_unconfirmed_value_is_nowhere_in_the_window(
    window: CompareWindow, library: Library
) -> None:
    window.show_outcome(outcome(library, weight_kg="154", height_cm="175"))
    words = " ".join(text for cells in lines(window).values() for text in cells)
    assert "61,600,000" not in words
    assert "Unusual, and not used until somebody confirms it: weight" in words


def test_clearing_takes_every_word_away(window: CompareWindow) -> None:
    window.show_outcome(None)
    assert (summary(window), table(window).rowCount(), headings(window)) == ("", 0, [])


def test_closing_leaves_no_word_of_an_older_case(window: CompareWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert (summary(window), table(window).rowCount(), headings(window)) == ("", 0, [])


def test_a_policy_that_is_not_in_force_says_so_in_its_column(
    window: CompareWindow, library: Library
) -> None:
    window.show_outcome(outcome(library, date_of_service="2024-06-02"))
    assert lines(window)["Basis"][1] == "Not in force"
    assert "300,000 International Units/kg" in lines(window)["Basis"][2]


def test_the_other_window_can_be_used_meanwhile(window: CompareWindow) -> None:
    assert not window.isModal()


def test_table_and_box_are_reached_by_tab_and_tab_leaves_the_table(window: CompareWindow) -> None:
    only(window).setFocus()
    QTest.keyClick(only(window), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is table(window)
    QTest.keyClick(table(window), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not table(window)
    assert table(window).accessibleName() == "Policies side by side"


def test_the_place_where_somebody_reads_stays_through_an_edit(
    window: CompareWindow, library: Library
) -> None:
    bar = table(window).verticalScrollBar()
    bar.setValue(200)
    window.show_outcome(outcome(library, weight_kg="70"))
    assert bar.value() == 200


@pytest.mark.parametrize("scale", [1, 2])
def test_no_cell_and_no_heading_is_cut_off_at_any_text_size(
    window: CompareWindow, qapp: QApplication, scale: int
) -> None:
    font = window.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    window.setFont(font)
    window.resize(1366, 768)
    qapp.processEvents()
    shown = table(window)
    metrics = QFontMetrics(shown.font())
    assert shown.horizontalScrollBar().maximum() == 0
    for column, heading in enumerate(headings(window)):
        item = shown.horizontalHeaderItem(column)
        assert item is not None
        broken = item.text().split("\n")
        assert all(metrics.horizontalAdvance(one) < shown.columnWidth(column) for one in broken)
        assert shown.horizontalHeader().height() >= len(broken) * metrics.height(), heading
    for row in range(shown.rowCount()):
        for column in range(shown.columnCount()):
            text, width = cell(window, row, column), shown.columnWidth(column)
            if shown.columnSpan(row, column) == 1:
                area = metrics.boundingRect(0, 0, width, 9999, Qt.TextFlag.TextWordWrap, text)
                assert shown.rowHeight(row) >= area.height(), text


def test_the_status_takes_the_color_of_another_palette(
    window: CompareWindow, qapp: QApplication
) -> None:
    for dark in (True, False):
        colors: QPalette = palette(dark=dark)
        window.setPalette(colors)
        qapp.processEvents()
        item = table(window).item(1, ALDER_COLUMN)
        assert item is not None
        assert item.text() == "! Clinical criteria met; dosing not checked"
        assert item.foreground().color().name() == tone_color(Tone.OPEN, colors)


def test_the_same_words_again_leave_the_chosen_cell(
    window: CompareWindow, library: Library
) -> None:
    table(window).setCurrentCell(3, ALDER_COLUMN)
    window.show_outcome(outcome(library))
    assert (table(window).currentRow(), table(window).currentColumn()) == (3, ALDER_COLUMN)


def test_a_chosen_cell_has_no_quiet_text_on_its_strong_color(window: CompareWindow) -> None:
    colors = palette(dark=False)
    window.setPalette(colors)
    row = list(lines(window)).index("Basis")
    item = table(window).item(row, ALDER_COLUMN)
    assert item is not None
    table(window).scrollToItem(item)

    def drawn() -> set[str]:
        image = table(window).viewport().grab(table(window).visualItemRect(item)).toImage()
        points = product(range(image.width()), range(image.height()))
        return {image.pixelColor(across, down).name() for across, down in points}

    quiet, strong = quiet_color(colors), colors.color(QPalette.ColorRole.Highlight).name()
    assert quiet in drawn()
    table(window).setCurrentItem(item)
    assert quiet not in drawn()
    assert strong in drawn()
