"""An example case judged by a policy that is being written, as the window of a case would show it.

The form asks what this policy asks. While the policy has problems, there is no result.
"""

from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from app.casework.draft import Draft
from app.casework.outcome import Outcome, judge
from app.casework.typed_text import Entry, read_quantity
from app.gui.form.form import CaseForm
from app.gui.look.theme import Space
from app.gui.result.panel import ResultPanel
from app.gui.widgets.labels import WrappedLabel
from app.help.examples import read_examples
from app.library import Library
from app.library.policies import PolicyFile
from app.model.catalog import Catalog
from app.model.policy import Policy

_DAY = "date_of_service"
_OWN = "A case of your own"
_NO_POLICY = "No case is judged before nothing is still to do."


class ExampleCase(QWidget):
    """A case to try: one of the worked examples, or what is entered here."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._draft = Draft()
        self._policy: Policy | None = None
        self._catalog = library.base_catalog
        self._examples = read_examples()
        self._box = QComboBox()
        self._told = WrappedLabel(_NO_POLICY)
        self._form = self._made_form()
        self._result = ResultPanel()
        self._halves = QSplitter(Qt.Orientation.Horizontal)
        self._prepare()

    def show_policy(self, file: PolicyFile | None) -> None:
        """Judge the case by this policy; without one, remove every result."""
        self._policy = file.policy if file else None
        self._told.setVisible(file is None)
        self._halves.setVisible(file is not None)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Judge when the case comes in sight."""
        super().showEvent(event)
        self._show()

    def _prepare(self) -> None:
        label = QLabel("Example case")
        label.setBuddy(self._box)
        self._box.setObjectName("example_case")
        self._box.setAccessibleName("Example case")
        self._box.addItem(_OWN)
        for one in self._examples:
            self._box.addItem(one.title)
        self._box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._box.setMinimumContentsLength(20)
        self._box.currentIndexChanged.connect(self._choose)
        self._halves.addWidget(self._form)
        self._halves.addWidget(self._result)
        self._halves.setChildrenCollapsible(False)
        self._halves.setSizes([500, 500])
        self._halves.setStretchFactor(1, 1)
        self._halves.handle(1).setAccessibleName("Border between case and result")
        top = QHBoxLayout()
        top.addWidget(label)
        top.addWidget(self._box, stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.SMALL, Space.SMALL, Space.SMALL, Space.SMALL)
        layout.addLayout(top)
        layout.addWidget(self._told)
        layout.addWidget(self._halves, stretch=1)
        layout.addStretch()

    def _made_form(self) -> CaseForm:
        form = CaseForm(self._catalog)
        form.edited.connect(self._edit)
        return form

    def _ask_what_it_asks(self, catalog: Catalog) -> None:
        """Give the form the fields of the policy's own questions, where they have changed."""
        if catalog != self._catalog:
            before, self._catalog = self._form, catalog
            self._form = self._made_form()
            self._halves.replaceWidget(0, self._form)
            before.deleteLater()
            self._form.load(self._draft)

    def _choose(self, row: int) -> None:
        entries = dict(self._examples[row - 1].entries) if row > 0 else {}
        self._draft = Draft(MappingProxyType(entries))
        self._form.load(self._draft)
        self._show()

    def _edit(self, key: str, entry: Entry) -> None:
        self._draft = self._draft.with_entry(key, entry)
        self._show()

    def _show(self) -> None:
        if self._policy is None:
            self._show_outcome(None)
        elif self.isVisible():
            try:
                self._show_outcome(self._judged(self._policy))
            except BaseException:
                self._show_outcome(None)
                raise

    def _show_outcome(self, outcome: Outcome | None) -> None:
        self._form.show_outcome(outcome)
        self._result.show_outcome(outcome)

    def _judged(self, policy: Policy) -> Outcome:
        """Return the outcome on the day of the case, or on the first day of the version."""
        library = replace(self._library, policies=(policy,), unusable=())
        self._ask_what_it_asks(library.catalog)
        first, last = policy.in_force.first_day, policy.in_force.last_day
        day = read_quantity(_DAY, self._draft.entries.get(_DAY) or _today())
        is_in_force = day is not None and first <= day and (last is None or day <= last)
        entries = {"policy": policy.id, _DAY: (day if is_in_force else first).isoformat()}
        return judge(self._draft.with_entries(entries), library)


def _today() -> str:
    return datetime.now().astimezone().date().isoformat()
