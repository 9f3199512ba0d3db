"""The window in which a policy is written without a look at its file.

It edits one draft and shows the places, the page of the chosen one, and below what follows from it.
It decides nothing, and saves only where a person says so.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.casework.policy_form import GROUP_KINDS
from app.casework.policy_form_check import check, problem_words
from app.casework.policy_form_draft import Path as Place
from app.casework.policy_form_draft import PolicyDraft
from app.casework.policy_form_edits import added, added_as, with_alternative, with_id, with_typed
from app.casework.policy_form_history import History
from app.casework.policy_form_lines import Addition
from app.casework.policy_form_page import Page
from app.casework.policy_form_tree import node_at, place_words, tree_of
from app.casework.policy_form_vocabulary import Vocabulary
from app.casework.policy_form_words import form_words
from app.gui.look.theme import Space
from app.gui.policies.author_below import Below
from app.gui.policies.author_files import AuthorFiles
from app.gui.policies.author_page import AuthorPage, ask_name
from app.gui.policies.author_tree import AuthorParts
from app.gui.widgets.dialogs import set_up_button
from app.gui.widgets.labels import message_label, show_message
from app.library import Library
from app.output.policy_author import NEEDED, TITLE

_BUTTONS = {
    "open": "&Open…",
    "save": "&Save",
    "save_as": "Save &as…",
    "undo": "U&ndo",
    "take": "&Take into use…",
    "close": "&Close",
}


class AuthorWindow(QDialog):
    """Writes one policy; `offered` emits the path of a saved file that is to be taken into use."""

    offered = Signal(object)

    def __init__(self, library: Library, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("policy_author")
        self._library = library
        self._words = form_words()
        self._history = History()
        self._parts, self._page = (
            AuthorParts({one: self._words.criteria[one] for one in GROUP_KINDS}),
            AuthorPage(),
        )
        self._below = Below(library)
        self._told = message_label("author_told")
        self._files = AuthorFiles(self, self._show_opened, self._tell, lambda: self.draft)
        self._buttons: dict[str, QPushButton] = {}
        self._lay_out()
        self._connect()
        self.resize(1180, 800)
        self._show()

    @property
    def draft(self) -> PolicyDraft:
        """The policy as it stands."""
        return self._history.draft

    def open_file(self, path: Path) -> None:
        """Show the policy of a file."""
        self._files.open(path)

    def go_to(self, path: Place) -> None:
        """Show a place, and move the focus to the field at a path."""
        self._choose(node_at(tree_of(self.draft, self._words), path).path)
        if not self._page.go_to(path):
            self._parts.tree.setFocus()

    def reject(self) -> None:
        """Close; ask first while something is not saved."""
        self._files.leave(super().reject)

    def _lay_out(self) -> None:
        self.setWindowTitle(f"{TITLE}[*]")
        above = QSplitter(Qt.Orientation.Horizontal)
        above.addWidget(self._parts)
        above.addWidget(self._page)
        above.setSizes([400, 780])
        above.setStretchFactor(1, 1)
        above.handle(1).setAccessibleName("Border between the parts and the chosen one")
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.addWidget(above)
        halves.addWidget(self._below)
        halves.setSizes([500, 240])
        halves.handle(1).setAccessibleName("Border above what is still to do")
        for one in (above, halves):
            one.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.addWidget(halves, stretch=1)
        layout.addWidget(self._told)
        layout.addLayout(self._last())

    def _last(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        for key, words in _BUTTONS.items():
            self._buttons[key] = button = QPushButton(words)
            button.setObjectName(f"author.{key}")
            set_up_button(button, words.replace("&", "").removesuffix("…"))
            row.addWidget(button)
        row.insertStretch(row.count() - 1)
        return row

    def _connect(self) -> None:
        page, parts = self._page, self._parts
        page.edited.connect(self._edit)
        page.left.connect(self._name)
        page.alternative.connect(self._choose_alternative)
        page.regrouped.connect(self._regroup)
        page.added.connect(self._add)
        page.removed.connect(self._remove)
        parts.grouped.connect(self._wrap)
        parts.tree.chosen.connect(self._choose)
        parts.tree.moved.connect(self._move)
        parts.tree.dropped.connect(self._drop)
        parts.tree.removed.connect(self._remove)
        self._below.wanted.connect(self.go_to)
        act: dict[str, Callable[[], object]] = {
            "open": self._files.choose,
            "save": self._files.save,
            "save_as": self._files.save_as,
            "undo": self._undo,
            "take": lambda: self._files.saved_for(self.offered.emit),
            "close": self.close,
        }
        for key, do in act.items():
            self._buttons[key].clicked.connect(partial(_do, do))
        QShortcut(QKeySequence.StandardKey.Save, self, self._files.save)

    def _edit(self, path: Place, value: Any) -> None:
        draft = with_typed(self.draft, self._names(), path, value)
        self._use(draft, self._history.path, typed=path)

    def _name(self, path: Place) -> None:
        """Make the id of what was just called by a text, where it has none."""
        self._use(with_id(self.draft, path), self._history.path)

    def _choose_alternative(self, path: Place, place: int) -> None:
        self._use(with_alternative(self.draft, path, place), self._history.path)

    def _regroup(self, path: Place, kind: str) -> None:
        self._use(self.draft.regrouped(path, kind), path)

    def _wrap(self, path: Place, kind: str) -> None:
        self._use(self.draft.wrapped(path, kind), path)

    def _move(self, path: Place, by: int) -> None:
        self._use(*self.draft.moved(path, by))

    def _drop(self, path: Place, group: Place, place: int) -> None:
        self._use(*self.draft.moved_into(path, group, place))

    def _add(self, line: Addition, name: str) -> None:
        if line.kind == "named" and not name:
            ask_name(self, line.label, lambda text: self._add_as(line, text))
        else:
            self._use(*added(self.draft, line.path, line.kind, name), follow=True)

    def _add_as(self, line: Addition, text: str) -> None:
        if text:
            self._use(*added_as(self.draft, line, text), follow=True)

    def _remove(self, path: Place) -> None:
        """Remove an entry, and choose what it was in; undo brings it back."""
        tree = tree_of(self.draft, self._words)
        without = self.draft.without(path)
        around = path[:-1] if path == self._history.path else self._history.path
        self._use(without, node_at(tree, around).path)

    def _undo(self) -> None:
        self._history.undo()
        self._show()

    def _use(
        self, draft: PolicyDraft, path: Place, *, typed: Place | None = None, follow: bool = False
    ) -> None:
        """Go on with a draft at the place of a path, and show it."""
        place = node_at(tree_of(draft, self._words), path).path
        self._history.go_on(draft, place, typed)
        self._show()
        if follow:
            self._page.go_to(path)

    def _choose(self, path: Place) -> None:
        self._history.look_at(path)
        self._show()

    def _show_opened(self, draft: PolicyDraft) -> None:
        self._history.begin(draft)
        self._show()

    def _show(self) -> None:
        """Show the draft everywhere."""
        tree = tree_of(self.draft, self._words)
        node = node_at(tree, self._history.path)
        page = Page(self.draft, self._names(), self._words)
        found = check(self.draft, self._library)
        told = {one.path: problem_words(one, self.draft, self._words) for one in found.problems}
        self._parts.show_tree(tree, node)
        self._page.show_lines(node.title, page.lines(node.path))
        self._page.show_problems(told, NEEDED)
        self._below.show_check(
            found, [(self._where(path), words, path) for path, words in told.items()]
        )
        self._buttons["undo"].setEnabled(self._history.has_steps)
        self._buttons["take"].setEnabled(found.file is not None)
        self.setWindowModified(not self._files.is_kept())

    def _names(self) -> Vocabulary:
        return Vocabulary(self.draft, self._library.base_catalog)

    def _where(self, path: Place) -> str:
        return place_words(self.draft, self._words, path)

    def _tell(self, words: str) -> None:
        show_message(self._told, words)
        self.setWindowModified(not self._files.is_kept())


def _do(act: Callable[[], object], *_is_checked: object) -> None:
    """Act, whether or not the button tells that it is checked."""
    act()
