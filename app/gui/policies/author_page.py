"""The page of one place of a policy that is being written, on which its lines scroll.

While the same lines are shown, their editors stay, so that nothing moves under the hands.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QInputDialog, QPushButton, QScrollArea, QWidget

from app.casework.policy_form_draft import Path
from app.casework.policy_form_lines import Entry, Line, Table
from app.gui.look.theme import Role, Space, set_role
from app.gui.policies.author_fields import name_of
from app.gui.policies.author_lines import LinesPage
from app.output.policy_author import NAME_QUESTION


class AuthorPage(QScrollArea):
    """Shows lines, and emits what a person does with them; see `LinesPage`."""

    edited = Signal(object, object)
    left = Signal(object)
    alternative = Signal(object, int)
    regrouped = Signal(object, str)
    added = Signal(object, str)
    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[object, ...] = ()
        self._lines = LinesPage("", ())
        self.setWidget(self._lines)
        self.setObjectName("policy_place")
        self.setAccessibleName("The chosen part of the policy")
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setAccessibleName("Scroll the chosen part")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)

    def show_lines(self, title: str, lines: tuple[Line, ...]) -> None:
        """Show these lines; make their editors anew only where others are needed."""
        shown = tuple(map(_structure, lines))
        if shown == self._shown:
            self._lines.title.setText(title)
            for entry in _entries(lines):
                self._lines.editors[entry.path].show_value(entry.value)
            return
        before, self._shown = self._path_with_focus(), shown
        self._lines.blockSignals(True)  # what loses the focus by going has nothing to tell
        old = self.takeWidget()
        self._lines = LinesPage(title, lines)
        for name in ("edited", "left", "alternative", "regrouped", "added", "removed"):
            getattr(self._lines, name).connect(getattr(self, name))
        self.setWidget(self._lines)
        self._lines.arrange(self.viewport().width())
        old.deleteLater()  # a change in it may have led here
        if before is not None:
            self.go_to(before)

    def show_problems(self, problems: Mapping[Path, str], needed: str) -> None:
        """Tell beside each place what is wrong there; `needed` is said of what is only missing."""
        for path, label in self._lines.problems.items():
            told = problems.get(path, "")
            set_role(label, Role.QUIET if told == needed else Role.PROBLEM)
            label.show_words(told[:1].upper() + told[1:])

    def go_to(self, path: Path) -> bool:
        """Move the focus to the editor of a path, or one below; return whether there is one."""
        editors = self._lines.editors
        below = [one for one in editors if one[: len(path)] == path]
        found = path if path in editors else next(iter(below), None)
        button = self._lines.findChild(QPushButton, f"add.{name_of(path)}")
        wanted: QWidget | None = button if found is None else editors[found]
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        return wanted is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the tables for the new width."""
        super().resizeEvent(event)
        self._lines.arrange(self.viewport().width())

    def _path_with_focus(self) -> Path | None:
        focus = QApplication.focusWidget()
        editors = self._lines.editors.items()
        found = (path for path, one in editors if focus and one.isAncestorOf(focus))
        return next(found, None)

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._lines.isAncestorOf(now):
            self.ensureWidgetVisible(now, Space.WIDE, Space.WIDE)


def ask_name(parent: QWidget, what: str, use: Callable[[str], object]) -> None:
    """Ask what a new entry is called; `use` gets the text, without blanks around it."""
    dialog = QInputDialog(parent)
    dialog.setObjectName("name_entry")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(f"Add: {what}")
    dialog.setLabelText(NAME_QUESTION)
    dialog.textValueSelected.connect(lambda text: use(text.strip()))
    dialog.open()


def _structure(line: Line) -> object:
    """Return what of a line makes its editor: all but the value that it shows."""
    if isinstance(line, Entry):
        others = line.value if isinstance(line.value, list) and line.choices else []
        return replace(line, value=[one for one in others if one not in line.choices])
    if isinstance(line, Table):
        rows = tuple(
            (label, tuple(one and _structure(one) for one in row)) for label, row in line.rows
        )
        return (line.path, line.title, line.columns, rows)
    return line


def _entries(lines: tuple[Line, ...]) -> Iterator[Entry]:
    for line in lines:
        if isinstance(line, Entry):
            yield line
        elif isinstance(line, Table):
            yield from (entry for _, entries in line.rows for entry in entries if entry)
