"""Dialogs with something to read, for choosing files, and for problems. Reads and writes no file.

Qt stores on disk which folders its file dialog has shown, and a folder can have a patient's name.
So the dialog shows the home folder before it is destroyed, and `forget_folders` keeps Qt from
writing. File dialogs, message boxes and QtGui are named by their module: PySide creates a class
when it is first named, and none of these is needed at startup.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

_FOLDER = "last_folder"


def reading_dialog(title: str, parent: QWidget, *parts: QWidget) -> QDialog:
    """Return a window with something to read and a button to close it."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    layout = QVBoxLayout(dialog)
    for part in parts:
        layout.addWidget(part)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    close = buttons.button(QDialogButtonBox.StandardButton.Close)
    set_up_button(close, "Close")
    close.setDefault(True)
    buttons.rejected.connect(dialog.reject)
    layout.addWidget(buttons)
    dialog.resize(980, 620)
    return dialog


def set_up_button(button: QPushButton, name: str) -> None:
    """Set the accessible name of a button; Enter presses it only if it has the focus."""
    button.setAccessibleName(name)
    button.setAutoDefault(False)
    button.setIcon(QtGui.QIcon())  # the platform's icons cannot be seen on a dark window


def forget_folders() -> None:
    """Keep Qt's file dialog from writing shown folders, on platforms with settings in a file."""
    settings = QSettings.Format.NativeFormat
    QSettings.setPath(settings, QSettings.Scope.UserScope, os.devnull)


def file_to_open(parent: QWidget, title: str, kinds: str) -> Path | None:
    """Return the file that the person chose, or None. `kinds` is a name filter of Qt."""
    dialog = QtWidgets.QFileDialog(parent, title)
    dialog.setFileMode(QtWidgets.QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(kinds)
    return next(iter(_chosen(dialog)), None)


def files_to_open(parent: QWidget, title: str, kinds: str) -> list[Path]:
    """Return the files of one folder that the person chose; none if the dialog was canceled."""
    dialog = QtWidgets.QFileDialog(parent, title)
    dialog.setFileMode(QtWidgets.QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilter(kinds)
    return _chosen(dialog)


def file_to_save(parent: QWidget, title: str, kinds: str, suffix: str, name: str) -> Path | None:
    """Return where to save, or None. A name without the suffix gets it, if there is one.

    Whoever saves asks before a file is replaced, and says what it is: `app.gui.saving`.
    """
    dialog = QtWidgets.QFileDialog(parent, title)
    dialog.setAcceptMode(QtWidgets.QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QtWidgets.QFileDialog.Option.DontConfirmOverwrite)
    dialog.setNameFilter(kinds)
    dialog.selectFile(name)
    chosen = next(iter(_chosen(dialog)), None)
    return named(chosen, suffix) if chosen and suffix else chosen


def named(path: Path, suffix: str) -> Path:
    """Return the path with the suffix of its kind, whatever else its name has dots for.

    >>> named(Path("Results 11.2026"), "csv").name, named(Path("Results.CSV"), "csv").name
    ('Results 11.2026.csv', 'Results.CSV')
    """
    has_it = path.name.lower().endswith(f".{suffix}")
    return path if has_it else path.with_name(f"{path.name}.{suffix}")


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a question, and what it does. A choice that does nothing is also Escape's."""

    words: str
    act: Callable[[], object] | None = None


def question(
    parent: QWidget, name: str, title: str, words: str, *choices: Choice
) -> "QtWidgets.QMessageBox":
    """Return a question that is shown by `open`; Enter takes the first choice."""
    kinds = QtWidgets.QMessageBox
    box = kinds(kinds.Icon.Question, title, words, parent=parent)
    box.setObjectName(name)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for place, choice in enumerate(choices):
        if choice.act is None:
            button = box.addButton(choice.words, kinds.ButtonRole.RejectRole)
            box.setEscapeButton(button)
        elif place == 0:
            button = box.addButton(choice.words, kinds.ButtonRole.AcceptRole)
            box.accepted.connect(choice.act)
        else:
            button = box.addButton(choice.words, kinds.ButtonRole.DestructiveRole)
            button.clicked.connect(choice.act)
        if place == 0:
            box.setDefaultButton(button)
    return box


def show_problem(parent: QWidget, title: str, words: str) -> None:
    """Show what went wrong in a dialog that does not block Qt's event loop."""
    box = QtWidgets.QMessageBox(QtWidgets.QMessageBox.Icon.Warning, title, words, parent=parent)
    box.setObjectName("problem")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    set_up_button(box.addButton(QtWidgets.QMessageBox.StandardButton.Close), "Close")
    box.open()


def _chosen(dialog: "QtWidgets.QFileDialog") -> list[Path]:
    """Run the dialog, in the folder of the last choice, which is kept in memory only."""
    running = QApplication.instance()
    if running is not None and running.property(_FOLDER):
        dialog.setDirectory(str(running.property(_FOLDER)))
    accepted = dialog.exec() == QtWidgets.QFileDialog.DialogCode.Accepted
    chosen = dialog.selectedFiles()
    if running is not None and accepted and chosen:
        running.setProperty(_FOLDER, str(Path(chosen[0]).parent))
    dialog.setHistory([])
    dialog.setDirectory(QtCore.QDir.homePath())  # becomes the last folder that Qt remembers
    dialog.deleteLater()
    return [Path(one) for one in chosen] if accepted else []
