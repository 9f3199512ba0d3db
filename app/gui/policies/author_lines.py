"""The content of a page of a policy that is being written: an editor for each of its lines.

It knows nothing of the grammar: what a person does is emitted with the path that the line has.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from app.casework.policy_form import CITATION, Shape
from app.casework.policy_form_draft import Path
from app.casework.policy_form_lines import (
    Addition,
    Alternatives,
    Entry,
    GroupKind,
    Heading,
    Line,
    Table,
    Unknown,
)
from app.gui.look.theme import Role, Space
from app.gui.policies.author_fields import ChoiceEditor, Editor, name_of
from app.gui.policies.author_table import EntryTable
from app.gui.policies.author_ticks import editor_of
from app.gui.widgets.dialogs import set_up_button
from app.gui.widgets.labels import WrappedLabel

_REMOVE = "Remove"
_WHICH = "Which of the criteria below must hold?"
_CHOSEN = "chosen"  # the last part of the path of a box that chooses what stands at a path


class LinesPage(QWidget):
    """Lines, made once; `editors` and the labels of `problems` are found by their paths."""

    edited = Signal(object, object)  # path and value
    left = Signal(object)  # the path of an entry in which the typing has ended
    alternative = Signal(object, int)  # path and the place of what was chosen
    regrouped = Signal(object, str)  # path and the kind of group
    added = Signal(object, str)  # the addition, and a name or a kind of criterion
    removed = Signal(object)

    def __init__(self, title: str, lines: tuple[Line, ...]) -> None:
        super().__init__()
        self.editors: dict[Path, Editor] = {}
        self.problems: dict[Path, WrappedLabel] = {}
        self.title = WrappedLabel(title, Role.HEADING)
        self._tables: list[EntryTable] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.LARGE, Space.LARGE)
        self._rows.setSpacing(Space.SMALL)
        self._row = QHBoxLayout()
        self._rows.addWidget(self.title)
        for line in lines:
            self._add(line)
        self._rows.addStretch()

    def arrange(self, width: int) -> None:
        """Arrange the tables for a width of the page in pixels."""
        margins = self._rows.contentsMargins()
        for table in self._tables:
            table.arrange(width - margins.left() - margins.right())

    def _add(self, line: Line) -> None:
        adding: dict[type[Any], Callable[[Any], None]] = {
            Entry: self._add_entry,
            Heading: self._add_heading,
            Table: self._add_table,
            Alternatives: self._add_alternatives,
            GroupKind: self._add_group_kind,
            Addition: self._add_addition,
            Unknown: self._add_unknown,
        }
        adding[type(line)](line)

    def _add_heading(self, line: Heading) -> None:
        self._rows.addSpacing(Space.SMALL)
        self._rows.addWidget(WrappedLabel(line.text, Role.NEXT))
        if line.help:
            self._rows.addWidget(WrappedLabel(line.help, Role.QUIET))
        self._add_problem(line.path)

    def _add_entry(self, entry: Entry) -> None:
        """Add an entry; those of a citation stand beside each other."""
        editor = self._editor(entry, entry.label)
        box = QVBoxLayout()
        box.setSpacing(Space.TIGHT)
        if entry.shape.kind != "yes":
            label = QLabel(entry.label)
            label.setWordWrap(True)
            label.setBuddy(editor)
            box.addWidget(label)
        beside = QHBoxLayout()
        beside.addWidget(editor, stretch=1)
        if entry.is_removable:
            beside.addWidget(self._remove_button(entry.path, entry.label))
        box.addLayout(beside)
        is_second = entry.path[-2:-1] == (CITATION,) and entry.path[-1] != "heading"
        if entry.help:
            box.addWidget(WrappedLabel(entry.help, Role.QUIET))
        box.addStretch()
        if not is_second:
            self._row = QHBoxLayout()
            self._row.setSpacing(Space.MEDIUM)
            self._rows.addLayout(self._row)
        self._row.addLayout(box, stretch=1)

    def _add_table(self, table: Table) -> None:
        """Add a table, as a grid of editors under their headings; none for a list without rows."""
        if table.title:
            self._rows.addSpacing(Space.SMALL)
            self._rows.addWidget(WrappedLabel(table.title, Role.NEXT))
        if table.are_entries:
            self._add_problem(table.path)
        if not table.rows:
            return
        rows = [
            [self._editor(one, f"{label}: {one.label}") if one else None for one in entries]
            for label, entries in table.rows
        ]
        for editors in rows:
            first = next(one for one in editors if one is not None)
            self.problems[first.entry.path[:-1]] = first.problem_of_row
        places = range(len(rows)) if table.are_entries else ()
        buttons = [
            self._remove_button((*table.path, place), f"{table.title} {place + 1}")
            for place in places
        ]
        made = EntryTable(table, rows, buttons)
        self._tables.append(made)
        self._rows.addWidget(made)

    def _add_alternatives(self, line: Alternatives) -> None:
        choices = {str(place): words for place, words in enumerate(line.options)}
        box = self._chooser(line.path, line.label, choices, str(line.chosen))
        box.edited.connect(lambda one: self.alternative.emit(line.path, int(one)))

    def _add_group_kind(self, line: GroupKind) -> None:
        box = self._chooser(line.path, _WHICH, line.options, line.chosen)
        box.edited.connect(lambda one: self.regrouped.emit(line.path, one))

    def _chooser(self, path: Path, label: str, choices: dict[str, str], chosen: str) -> Editor:
        """Add a box in which one of the choices is always chosen."""
        at = (*path, _CHOSEN)
        entry = Entry(at, Shape("one_of"), label, "", choices, chosen, is_required=True)
        box = ChoiceEditor(entry, label, is_always_chosen=True)
        self.editors[at] = box
        self._rows.addWidget(box)
        return box

    def _add_addition(self, line: Addition) -> None:
        button = QPushButton("Add" if line.kind == "item" else "Add…")
        button.setObjectName(f"add.{name_of(line.path)}")
        set_up_button(button, f"Add: {line.label}")
        menu = _menu_of(line, button)
        if menu is None:
            button.clicked.connect(lambda: self.added.emit(line, ""))
        else:
            menu.triggered.connect(lambda action: self.added.emit(line, action.data()))
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        row.addWidget(button)
        row.addWidget(WrappedLabel(line.label), stretch=1)
        self._rows.addLayout(row)
        if line.path not in self.problems:
            self._add_problem(line.path)

    def _add_unknown(self, line: Unknown) -> None:
        row = QHBoxLayout()
        row.addWidget(WrappedLabel(line.label), stretch=1)
        row.addWidget(self._remove_button(line.path, line.label))
        self._rows.addLayout(row)
        self._add_problem(line.path)

    def _add_problem(self, path: Path) -> None:
        self.problems[path] = label = WrappedLabel(role=Role.PROBLEM)
        label.hide()
        self._rows.addWidget(label)

    def _remove_button(self, path: Path, what: str) -> QPushButton:
        button = QPushButton(_REMOVE)
        set_up_button(button, f"{_REMOVE}: {what}")
        button.clicked.connect(lambda: self.removed.emit(path))
        return button

    def _editor(self, entry: Entry, name: str) -> Editor:
        editor = editor_of(entry, name)
        self.editors[entry.path] = editor
        self.problems[entry.path] = editor.problem
        editor.edited.connect(lambda value: self.edited.emit(entry.path, value))
        editor.left.connect(lambda: self.left.emit(entry.path))
        return editor


def _menu_of(line: Addition, button: QPushButton) -> QMenu | None:
    """Return the menu of what can be added, which the button opens; None if it is not chosen."""
    if not line.names:
        return None
    menu = QMenu(button)
    for name, words in line.names.items():
        menu.addAction(words.replace("&", "&&")).setData(name)
    button.clicked.connect(lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft())))
    return menu
