"""The left half of the window: every input of a case, in sections, built from the catalog.

Each field is of the kind that its key has in a case, with the words of the catalog.
"""

from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.casework.draft import Draft
from app.casework.outcome import Outcome
from app.gui.form.choice_fields import AnswerField, ChoiceField, ListField, OneOfField
from app.gui.form.fields import INDENT, BelowRow, ConfirmedField, Field, TextField
from app.gui.form.questions import QuestionField, QuestionList
from app.gui.form.text_question import TextQuestion
from app.gui.look.theme import Role, Space, set_role
from app.gui.widgets.layout import layouts_suspended
from app.model.case_fields import CONFIRMABLE, fields_of
from app.model.catalog import QUESTIONS, Catalog, case_key
from app.output.confirmations import confirmation_text
from app.output.form_hints import hint_of, problem_of


class CaseForm(QScrollArea):
    """All fields of a case; emits `edited` with key and entry at each edit."""

    edited = Signal(str, object)
    ask_sheet_wanted = Signal()

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self._catalog = catalog
        self._fields: dict[str, Field] = {}
        self._stops: list[QWidget] = []  # of the rows before the questions, or after them
        self._next: str | None = None
        self._needed_width = 0
        self.setAccessibleName("Case")
        self.verticalScrollBar().setAccessibleName("Scroll the case")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page = QWidget()
        self._layout = QVBoxLayout(self._page)
        self._layout.setContentsMargins(Space.SMALL, Space.MEDIUM, Space.LARGE, Space.LARGE)
        self._layout.setSpacing(10)
        for section in catalog.sections:
            self._add_section(section)
        self._layout.addStretch()
        self.setWidget(self._page)
        _tab_through(self._stops)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)

    def begin(self) -> None:
        """Scroll to the top and move the focus to the first field."""
        self.verticalScrollBar().setValue(0)
        self._fields["indication"].begin()

    def go_to_next(self) -> None:
        """Move the focus to the question to answer next, if there is one."""
        if self._next is not None:
            self._fields[self._next].begin()

    def _go_on(self, field: Field) -> None:
        """Move the focus on after Enter: from a question to the next one, else by one Tab stop."""
        if isinstance(field, QuestionField) and self._next not in (None, field.key):
            self.go_to_next()
        else:
            self.focusNextChild()

    def _follow_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """Scroll to the field that got the focus, and fold the question that lost it."""
        left, field = self._part_around(before), self._part_around(now)
        if isinstance(left, QuestionField) and left is not field:
            left.fold()
        if QApplication.mouseButtons() is not Qt.MouseButton.NoButton:
            return  # nothing may move while a mouse button is pressed
        if field is not None:
            self.ensureWidgetVisible(field, 0, Space.WIDE)

    def _part_around(self, widget: QWidget | None) -> Field | BelowRow | None:
        while widget is not None and not isinstance(widget, Field | BelowRow):
            widget = widget.parentWidget()
        return widget if widget is not None and self._page.isAncestorOf(widget) else None

    def minimumSizeHint(self) -> QSize:
        """Return a minimum size in which the fields fit at any text size."""
        page, bar = self._page.minimumSizeHint(), self.verticalScrollBar().sizeHint()
        return QSize(page.width() + bar.width(), super().minimumSizeHint().height())

    def load(self, draft: Draft) -> None:
        """Show the entries of a draft."""
        for key, field in self._fields.items():
            field.set_entry(draft.entries.get(key))

    def show_outcome(self, outcome: Outcome | None) -> None:
        """Show beside each entry what follows from it; without an outcome, only the entries."""
        if outcome is None:
            for field in self._fields.values():
                field.show_remarks()
            return
        with layouts_suspended(self._page, self._questions):
            self._show(outcome)
        self._keep_width()

    def _show(self, outcome: Outcome) -> None:
        self._catalog = outcome.catalog
        self._questions.prepare(outcome)
        self._offer_choices(outcome)
        self._next = case_key(outcome.next_question) if outcome.next_question else None
        for key, field in self._fields.items():
            is_asked = key not in outcome.draft.hidden
            if field.isHidden() is is_asked:
                field.setVisible(is_asked)
            if is_asked:
                field.show_remarks(
                    problem_of(key, outcome),
                    hint_of(key, outcome, outcome.settled, self._catalog),
                    is_next=key == self._next,
                )
            else:
                field.show_remarks()
        self._show_confirmations(outcome)
        if self._questions.show_outcome(outcome):
            _tab_through([*self._questions.stops, *self._stops])

    def _offer_choices(self, outcome: Outcome) -> None:
        """Offer the indications and routes that a case may have under the policy."""
        for key, choices in outcome.choices.items():
            field = self._fields[key]
            if isinstance(field, ChoiceField) and field.choices != choices:
                field.set_choices(choices)
                field.set_entry(outcome.draft.entries.get(key))

    def _keep_width(self) -> None:
        """Tell the window's layout when the least width of the fields has changed."""
        needed = self._page.minimumSizeHint().width()
        if needed != self._needed_width:
            self._needed_width = needed
            self.updateGeometry()

    def _add_questions(self) -> None:
        """Add the part of the form that changes with policy and therapy."""
        _tab_through(self._stops)
        self._stops = []
        self._questions = QuestionList(self._field)
        self._questions.ask_sheet_wanted.connect(self.ask_sheet_wanted)
        self._layout.addWidget(self._questions)

    def _add_section(self, section: str) -> None:
        heading = QLabel(self._catalog.sections[section])
        heading.setIndent(INDENT)
        set_role(heading, Role.HEADING)
        self._layout.addWidget(heading)
        if section == QUESTIONS:
            self._add_questions()
        else:
            boxes = [box for keys in self._catalog.rows(section) for box in self._add_row(keys)]
            self._stops += boxes  # what is typed after a Tab never meets a box in between
        self._layout.addSpacing(Space.SMALL)

    def _add_row(self, keys: tuple[str, ...]) -> list[QWidget]:
        """Add the fields of a row; return its boxes, which Tab reaches after the section."""
        row = QGridLayout()
        row.setHorizontalSpacing(Space.LARGE)
        fields = [self._field(key) for key in keys]
        row.setVerticalSpacing(Space.TIGHT)
        for column, field in enumerate(fields):
            row.addWidget(field, 0, column, Qt.AlignmentFlag.AlignTop)
            row.setColumnStretch(column, 1)
        confirmed = [one for one in fields if isinstance(one, ConfirmedField)]
        for place, one in enumerate(confirmed):
            row.addWidget(one.below_row, place + 1, 0, 1, len(fields))
        self._stops += [stop for field in fields for stop in field.stops]
        self._layout.addLayout(row)
        return [one.confirmation for one in confirmed]

    def _field(self, key: str) -> Field:
        field = make_field(key, self._catalog)
        field.edited.connect(self.edited)
        field.finished.connect(lambda: self._go_on(field))
        self._fields[key] = field
        return field

    def _show_confirmations(self, outcome: Outcome) -> None:
        for key, field in self._fields.items():
            if isinstance(field, ConfirmedField):
                is_confirmed = outcome.draft.is_confirmed(key)
                waits = key in outcome.unconfirmed
                words = confirmation_text(key, outcome.draft) if waits or is_confirmed else ""
                field.show_confirmation(words, is_confirmed=is_confirmed)


def _tab_through(stops: list[QWidget]) -> None:
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def make_field(key: str, catalog: Catalog) -> Field:
    """Return the field for a key of a case, with its Alt shortcut if it has one."""
    field = _of_its_kind(key, catalog)
    field.set_mnemonic(catalog.entry(key).mnemonic)
    return field


def _of_its_kind(key: str, catalog: Catalog) -> Field:
    entry, kind = catalog.entry(key), fields_of(catalog)[key].kind
    help_text = entry.help or ""
    if kind == "list" and entry.choices:
        return ListField(key, entry.label, entry.choices, help_text)
    if kind == "yes_no":
        return AnswerField(key, entry.label, help_text)
    if kind == "choice":
        is_asked = entry.section == QUESTIONS
        choose = OneOfField if is_asked else ChoiceField
        return choose(key, entry.label, entry.choices, help_text)
    if entry.section == QUESTIONS:
        return TextQuestion(key, entry.label, help_text)
    if key in CONFIRMABLE:
        return ConfirmedField(key, entry.label, help_text)
    return TextField(key, entry.label, help_text, kind)
