"""Dialogs: around something to read, for a file, and for what went wrong. Reads and writes none.

Qt remembers on the disk which folders its dialog has shown. A folder can have a person's name, so
it is shown none that is worth remembering when it goes, and `forget_folders` has it write nothing.
The dialogs for files and problems, and what is in QtGui, are named by their module: PySide makes
what it is asked for, and the start asks for none of them.
"""

import os
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
    dress(close, "Close")
    close.setDefault(True)
    buttons.rejected.connect(dialog.reject)
    layout.addWidget(buttons)
    dialog.resize(980, 620)
    return dialog


def dress(button: QPushButton, name: str) -> None:
    """Give a dialog's button its name; Enter presses it only where it has the focus."""
    button.setAccessibleName(name)
    button.setAutoDefault(False)
    button.setIcon(QtGui.QIcon())  # the platform's own ones cannot be seen on a dark window


def forget_folders() -> None:
    """Keep Qt's dialog from writing what it has shown, where its settings are a file."""
    settings = QSettings.Format.NativeFormat
    QSettings.setPath(settings, QSettings.Scope.UserScope, os.devnull)


def file_to_open(parent: QWidget, title: str, kinds: str) -> Path | None:
    """Return the file that the person chose, or nothing. `kinds` is a filter as Qt writes it."""
    dialog = QtWidgets.QFileDialog(parent, title)
    dialog.setFileMode(QtWidgets.QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(kinds)
    return next(iter(_chosen(dialog)), None)


def files_to_open(parent: QWidget, title: str, kinds: str) -> list[Path]:
    """Return the files that the person chose, of one folder; none where the dialog was left."""
    dialog = QtWidgets.QFileDialog(parent, title)
    dialog.setFileMode(QtWidgets.QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilter(kinds)
    return _chosen(dialog)


def file_to_save(parent: QWidget, title: str, kinds: str, suffix: str, name: str) -> Path | None:
    """Return where to save, or nothing; the dialog asks before a file is replaced."""
    dialog = QtWidgets.QFileDialog(parent, title)
    dialog.setAcceptMode(QtWidgets.QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kinds)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(name)
    return next(iter(_chosen(dialog)), None)


def tell_problem(parent: QWidget, title: str, words: str) -> None:
    """Tell what went wrong without holding the window up."""
    box = QtWidgets.QMessageBox(QtWidgets.QMessageBox.Icon.Warning, title, words, parent=parent)
    box.setObjectName("problem")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dress(box.addButton(QtWidgets.QMessageBox.StandardButton.Close), "Close")
    box.open()


def _chosen(dialog: "QtWidgets.QFileDialog") -> list[Path]:
    """Let the person choose, from the folder of the last choice on; that one is kept in memory."""
    running = QApplication.instance()
    if running is not None and running.property(_FOLDER):
        dialog.setDirectory(str(running.property(_FOLDER)))
    accepted = dialog.exec() == QtWidgets.QFileDialog.DialogCode.Accepted
    chosen = dialog.selectedFiles()
    if running is not None and accepted and chosen:
        running.setProperty(_FOLDER, str(Path(chosen[0]).parent))
    dialog.setHistory([])
    dialog.setDirectory(QtCore.QDir.homePath())  # becomes the last one that was visited
    dialog.deleteLater()
    return [Path(one) for one in chosen] if accepted else []
