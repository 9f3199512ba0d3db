"""The ask sheet in its window: it follows the case, is copied whole, and gets onto paper."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.casework.draft import Draft
from app.casework.outcome import Outcome, judge
from app.gui import printing
from app.gui.reading_windows import AskSheet
from app.library import Library
from app.output.ask_sheet import ask_sheet_text
from app.paper import page
from tests.cases import BIRCH

RENAL: dict[str, Any] = {
    "policy": BIRCH,
    "facts.single_agent": True,
    "date_of_service": "2026-11-23",
    "indication": "renal_cell_carcinoma",
    "route": "intravenous",
}


def outcome(library: Library, **entries: Any) -> Outcome:
    return judge(Draft(MappingProxyType({**RENAL, **entries})), library)


@pytest.fixture
def sheet(qtbot: QtBot, library: Library) -> Iterator[AskSheet]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = AskSheet(parent)
    made.show()
    made.show_outcome(outcome(library))
    yield made
    made.close()


def text_of(sheet: AskSheet) -> str:
    view = sheet.findChild(QPlainTextEdit)
    assert isinstance(view, QPlainTextEdit)
    return view.toPlainText()


def button(sheet: AskSheet, name: str) -> QAbstractButton:
    [found] = [one for one in sheet.findChildren(QAbstractButton) if one.accessibleName() == name]
    return found


def told(sheet: AskSheet) -> str:
    label = sheet.findChild(QLabel, "ask_sheet_told")
    assert isinstance(label, QLabel)
    return label.text()


def pages(file: Path) -> int:
    """The number of pages that a PDF file says it has."""
    content = file.read_bytes()
    assert content.startswith(b"%PDF-")
    return max(int(count) for count in re.findall(rb"/Count ([0-9]+)", content))


def press_print(sheet: AskSheet) -> str:
    button(sheet, "Print the ask sheet").click()
    return told(sheet)


def choose_file(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """Have no printer, and a person who chooses this file."""
    monkeypatch.setattr(printing, "_printer", lambda: None)
    monkeypatch.setattr(QFileDialog, "exec", lambda _: QDialog.DialogCode.Accepted)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(file)])


def test_the_window_shows_the_sheet_and_follows_the_case(sheet: AskSheet, library: Library) -> None:
    assert text_of(sheet) == ask_sheet_text(outcome(library), library.catalog)
    assert "Is the disease metastatic?" in text_of(sheet)
    sheet.show_outcome(outcome(library, **{"facts.metastatic_disease": True}))
    assert "Is the disease metastatic?" not in text_of(sheet)


def test_a_cleared_sheet_is_empty_and_cannot_be_copied_or_printed(sheet: AskSheet) -> None:
    sheet.show_outcome(None)
    assert text_of(sheet) == ""
    assert not button(sheet, "Copy the ask sheet").isEnabled()
    assert not button(sheet, "Print the ask sheet").isEnabled()


def test_the_whole_sheet_is_copied_and_the_window_says_so_until_it_changes(
    sheet: AskSheet, library: Library
) -> None:
    QApplication.clipboard().clear()
    button(sheet, "Copy the ask sheet").click()
    assert QApplication.clipboard().text() == text_of(sheet)
    assert told(sheet) == "Copied."
    sheet.show_outcome(outcome(library, age_years="54"))
    assert told(sheet) == ""


def test_the_text_cannot_be_edited_and_is_selected_by_the_keyboard(sheet: AskSheet) -> None:
    view = sheet.findChild(QPlainTextEdit)
    assert isinstance(view, QPlainTextEdit)
    before = text_of(sheet)
    QTest.keyClicks(view, "x")
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert text_of(sheet) == before
    assert view.textCursor().hasSelection()
    assert view.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard


def test_every_part_that_takes_the_focus_has_a_name(sheet: AskSheet) -> None:
    focusable = [
        one
        for one in sheet.findChildren(QWidget)
        if one.focusPolicy() is not Qt.FocusPolicy.NoFocus
    ]
    parts = [one for one in focusable if isinstance(one, QAbstractButton | QPlainTextEdit)]
    assert len(parts) == 4
    assert all(one.accessibleName() for one in parts)


def test_without_a_printer_the_sheet_becomes_a_pdf_file(
    sheet: AskSheet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    choose_file(monkeypatch, tmp_path / "sheet.pdf")
    assert press_print(sheet) == "Saved as sheet.pdf."
    assert pages(tmp_path / "sheet.pdf") == 1


def test_a_place_that_cannot_be_written_is_told_in_words(
    sheet: AskSheet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    choose_file(monkeypatch, tmp_path / "nowhere" / "sheet.pdf")
    assert press_print(sheet).startswith("The file could not be written: No such file")
    (tmp_path / "folder.pdf").mkdir()
    choose_file(monkeypatch, tmp_path / "folder.pdf")
    assert press_print(sheet).startswith("The file could not be written: Is a directory")


def test_giving_up_prints_nothing_and_says_nothing(
    sheet: AskSheet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    choose_file(monkeypatch, tmp_path / "sheet.pdf")
    monkeypatch.setattr(QFileDialog, "exec", lambda _: QDialog.DialogCode.Rejected)
    assert press_print(sheet) == ""
    assert not (tmp_path / "sheet.pdf").exists()


@pytest.mark.parametrize("accepted", [True, False])
def test_a_printer_prints_what_the_dialog_accepts(
    sheet: AskSheet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, accepted: bool
) -> None:
    file = tmp_path / "printed.pdf"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    answer = QDialog.DialogCode.Accepted if accepted else QDialog.DialogCode.Rejected
    monkeypatch.setattr(printing, "_printer", lambda: printer)
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: answer)
    assert press_print(sheet) == ("Saved as printed.pdf." if accepted else "")
    assert file.exists() is accepted
    if accepted:
        assert pages(file) == 1
        assert printer.docName() == "Ask sheet"


def test_a_printer_that_fails_is_told_in_words(
    sheet: AskSheet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    monkeypatch.setattr(printing, "_printer", lambda: printer)
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: QDialog.DialogCode.Accepted)
    monkeypatch.setattr(QPrinter, "printerState", lambda _: QPrinter.PrinterState.Error)
    assert press_print(sheet).startswith("Nothing was printed")


def test_a_long_text_goes_over_several_pages(qapp: QApplication, tmp_path: Path) -> None:
    assert qapp is not None
    for lines, expected in ((20, 1), (120, 3)):
        document = page.plain_document("\n".join(["A line of text"] * lines))
        page.save_pages(partial(page.lay_out, document), "Lines", tmp_path / "lines.pdf")
        assert pages(tmp_path / "lines.pdf") == expected
