"""Handles unexpected exceptions: clears the result, keeps the entries, and offers a report.

`app.output.messages` decides what the report may contain.
"""

import platform
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import TracebackType

import PySide6
from PySide6.QtCore import QSysInfo, Qt, QTimer, qVersion
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app import __version__
from app.gui.look.theme import Role, set_role
from app.gui.widgets.dialogs import set_up_button
from app.gui.widgets.labels import message_label, show_message
from app.gui.widgets.page import plain_view
from app.output.messages import failure_report, further_failures

_TITLE = "Something in Aldesk went wrong"
_WORDS = (
    "Your entries are still in the window. No result is shown, because it might be wrong; change"
    " any entry to compute it again.\n\n"
    "If this happens again, send the report below to whoever looks after Aldesk for you. It says"
    " where in the program it happened and contains nothing that you entered."
)


def install(clear_result: Callable[[], None], parent: QWidget) -> Callable[[], None]:
    """Let every unexpected exception clear the result and open one dialog over `parent`.

    Return a function that restores the previous handling.
    """
    before = sys.excepthook
    watch = _Watch(clear_result, parent, before)
    sys.excepthook = watch.failed

    def restore() -> None:
        sys.excepthook = before

    return restore


class _Watch:
    """Handles failures one at a time; never raises an exception of its own."""

    def __init__(
        self, clear_result: Callable[[], None], parent: QWidget, before: Callable[..., object]
    ) -> None:
        self._clear_result = clear_result
        self._parent = parent
        self._before = before
        self._report = ""  # about the failure that is shown
        self._further = 0
        self._dialog: _Dialog | None = None
        self._is_busy = False

    def failed(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Handle an uncaught exception; leave KeyboardInterrupt and SystemExit to Python."""
        if not isinstance(error, Exception):
            self._before(kind, error, trace)
        elif self._is_busy:  # handling a failure failed itself
            self._further += 1
        else:
            self._is_busy = True
            try:
                self._handle(error)
            finally:
                self._is_busy = False

    def _handle(self, error: Exception) -> None:
        """Clear the result first, so that no old dose stays if a later step fails."""
        with suppress(Exception):
            self._clear_result()
        with suppress(Exception):
            self._tell(failure_report(error, _versions()))

    def _tell(self, report: str) -> None:
        if self._report:
            self._further += 1
            if self._dialog is not None:
                self._dialog.show_report(self._report + further_failures(self._further))
        else:
            self._report, self._further = report, 0
            # Opened later, because the failure may have happened while Qt was painting.
            QTimer.singleShot(0, self._open)
        if sys.stderr is not None:  # a program without a console on Windows has no stderr
            sys.stderr.write(f"{report}\n")

    def _open(self) -> None:
        """Open the dialog; if that fails, the next failure tries again."""
        try:
            text = self._report + further_failures(self._further)
            self._dialog = _Dialog(text, self._parent)
            self._dialog.finished.connect(self._closed)
            self._dialog.open()
        except Exception:  # the window is gone, or there is no memory left
            self._closed()

    def _closed(self, _: int = 0) -> None:
        self._report, self._dialog = "", None


class _Dialog(QDialog):
    """Says what happened; modal to the window behind it, without blocking Qt's event loop."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Aldesk")
        heading, words = _words(_TITLE), _words(_WORDS)
        set_role(heading, Role.HEADING)
        self._report = plain_view(text, "Report")
        self._told = message_label()
        self.setAccessibleDescription(f"{_TITLE}. {_WORDS}")
        layout = QVBoxLayout(self)
        for part in (heading, words, self._report, self._told, self._buttons()):
            layout.addWidget(part)
        layout.setStretchFactor(self._report, 1)
        self.resize(720, 520)

    def show_report(self, text: str) -> None:
        """Show a report that also counts further failures."""
        self._report.setPlainText(text)

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        copy = box.addButton("Copy &report", QDialogButtonBox.ButtonRole.ActionRole)
        close = box.addButton(QDialogButtonBox.StandardButton.Close)
        set_up_button(copy, "Copy the report")
        set_up_button(close, "Close")
        close.setDefault(True)
        copy.clicked.connect(self._copy)
        box.rejected.connect(self.reject)
        return box

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._report.toPlainText())
        show_message(self._told, "Copied.")


def _words(text: str) -> QLabel:
    label = message_label()
    label.setText(text)
    return label


def _versions() -> Iterator[str]:
    yield f"Aldesk {__version__}"
    yield f"Python {platform.python_version()}"
    yield f"PySide6 {PySide6.__version__}, Qt {qVersion()}"
    yield f"{QSysInfo.prettyProductName()}, {QSysInfo.currentCpuArchitecture()}"
