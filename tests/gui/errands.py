"""What a person does between two entries: other windows, files and paper, then back to the case."""

import json
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from app.gui import case_files, exports, windows
from app.gui.main_window import MainWindow
from app.gui.worklist.window import WorklistWindow
from tests.fixture_cases import EXAMPLES
from tests.gui.worklists import finish

WINDOWS = (
    *("Ask sheet…", "Compare the policies…", "Worklist…", "How each number is made"),
    *("Keyboard shortcuts", "Administrator's guide", "About Aldesk"),
)
FILES = {
    "Save": (case_files, "one.aldesk"),
    "Open…": (case_files, "one.aldesk"),
    "Save the report as PDF…": (exports, "one.pdf"),
    "Save the calendar…": (exports, "one.ics"),
    "Save a record…": (exports, "one.aldesk-record"),
    "Check a record…": (windows, "one.aldesk-record"),
}
OTHERS = ("Copy the summary", "New case", "Bring back the previous case", "Next open question")
ALL = (*WINDOWS, *FILES, *OTHERS)


class Errands:
    """Errands of one window; what it saves lies in one folder, under the same few names."""

    def __init__(self, window: MainWindow, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.window = window
        self._folder = folder
        self._patch = patch
        self._worklist = folder / "rows.jsonl"
        self._worklist.write_text("\n".join(json.dumps(one.case) for one in EXAMPLES[:5]), "utf-8")

    def choose(self, words: str) -> None:
        """Choose a command of the menus by its words, and come back."""
        if words in FILES:
            self._choose_file(*FILES[words])
        [action] = [one for one in self.window.findChildren(QAction) if _words(one) == words]
        action.trigger()
        QApplication.processEvents()
        if words == "Worklist…":
            [worklist] = self.window.findChildren(WorklistWindow)
            worklist.open_file(self._worklist)
            finish(worklist)
        self._come_back()

    def _choose_file(self, asking: ModuleType, name: str) -> None:
        for ask in {"file_to_open", "file_to_save"} & asking.__dict__.keys():
            self._patch.setattr(asking, ask, lambda *_: self._folder / name)

    def _come_back(self) -> None:
        """Close what is open; a question whether to leave the case is answered with yes."""
        for dialog in self.window.findChildren(QDialog):
            if dialog.isVisible() and dialog.objectName() == "leave_case":
                dialog.accept()
        for dialog in self.window.findChildren(QDialog):
            if dialog.isVisible():
                dialog.close()
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert not self.window.findChildren(QMessageBox)
        self.window.activateWindow()


def _words(action: QAction) -> str:
    return action.text().replace("&", "")
