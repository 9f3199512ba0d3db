"""The middle of the window: policy bar, form and result of one draft, always of the same one."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.casework.draft import Draft
from app.casework.entries import Entry
from app.casework.outcome import Outcome, judge
from app.gui.case_form import CaseForm
from app.gui.halves import Halves
from app.gui.policy_bar import PolicyBar
from app.gui.result_panel import ResultPanel
from app.library import Library


class Follower(Protocol):
    """What shows something of the outcome elsewhere."""

    def show_outcome(self, outcome: Outcome) -> None:
        """Show another outcome."""

    def clear(self) -> None:
        """Take every word of an outcome away."""


class Workplace(QWidget):
    """Shows a draft and what follows from it; tells when a person has changed an entry."""

    edited = Signal()
    ask_sheet_wanted = Signal()

    def __init__(self, library: Library, followers: Sequence[Follower]) -> None:
        super().__init__()
        self._library = library
        self._followers = followers
        self._draft = Draft()
        self._policy_bar = PolicyBar(library)
        self._form = CaseForm(library.catalog)
        self._result = ResultPanel(library.catalog)
        self.halves = Halves(self._form, self._result)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._policy_bar)
        layout.addWidget(self.halves, stretch=1)
        self._form.ask_sheet_wanted.connect(self.ask_sheet_wanted)
        for part in (self._policy_bar, self._form):
            part.edited.connect(self._edit)

    @property
    def draft(self) -> Draft:
        """The entries of now."""
        return self._draft

    def use(self, library: Library) -> None:
        """Judge by this library from now on; the entries stay."""
        self._library = library
        self._policy_bar.use(library)
        self.load(self._draft)

    def load(self, draft: Draft) -> None:
        """Show these entries and what follows from them; a policy that is gone is not chosen."""
        known = {one.id for one in self._library.policies}
        is_gone = draft.entries.get("policy") not in {None, *known}
        self._draft = draft.with_entry("policy", None) if is_gone else draft
        self._policy_bar.load(self._draft)
        self._form.load(self._draft)
        self.show_result()

    def begin(self) -> None:
        """Lead to the first field."""
        self._form.begin()

    def go_to_next(self) -> None:
        """Lead to the question to answer next."""
        self._form.go_to_next()

    def show_remark(self, words: str) -> None:
        """Show what holds for the whole case."""
        self._policy_bar.show_remark(words)

    def show_result(self) -> None:
        """Show what follows from the draft; whatever fails, no older result stays."""
        try:
            outcome = judge(self._draft, self._library)
            self._policy_bar.show_outcome(outcome)
            self._form.show_outcome(outcome)
            self._result.show_outcome(outcome)
            for follower in self._followers:
                follower.show_outcome(outcome)
        except BaseException:
            self.clear_result()
            raise

    def clear_result(self) -> None:
        """Take every word of a result away; the entries stay."""
        self._form.clear_remarks()
        self._result.clear()
        for follower in self._followers:
            follower.clear()

    def _edit(self, key: str, entry: Entry) -> None:
        self._draft = self._draft.with_entry(key, entry)
        self.edited.emit()
        self.show_result()
