"""A question that criteria ask: shows its clause on demand, and folds where it is settled."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QToolButton,
    QWidget,
)

from app.gui.fields import Field, remark_line
from app.gui.theme import Role, set_role


class QuestionField(Field):
    """A question that criteria ask: shows its clause on demand, and folds where it is settled."""

    def __init__(self, key: str, label: str, editor: QWidget, help_text: str = "") -> None:
        super().__init__(key, label, editor, help_text)
        self._clauses = remark_line(Role.QUIET)
        self._parts.addWidget(self._clauses)
        self._clause_button = self._add_button("Clause", "Show what the policy asks (C)")
        self._clause_button.setAccessibleName(f"Clause of: {label}")
        self._clause_button.toggled.connect(self._clauses.setVisible)
        self._fold_button = self._add_button("Answer anyway", "Show the choices")
        self._fold_button.setAccessibleName(f"Answer anyway: {label}")
        self._fold_button.toggled.connect(self._unfold)
        self._is_settled = False

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What the Tab key stops at: the button that unfolds stands before the editor."""
        return (self._fold_button, self._editor, self._clause_button)

    def show_clauses(self, text: str) -> None:
        """Have this text ready as what the policy asks, with its place in the document."""
        if self._clauses.text() != text:
            self._clauses.setText(text)
        self._clause_button.setVisible(bool(text))
        self._clauses.setVisible(bool(text) and self._clause_button.isChecked())

    def toggle_clauses(self) -> None:
        """Show or hide the clause."""
        if not self._clause_button.isHidden():
            self._clause_button.toggle()

    def show_settled(self, *, is_settled: bool) -> None:
        """Fold while the answer changes nothing; what stands under the editor says why."""
        if is_settled != self._is_settled:
            self._is_settled = is_settled
            self._fold_button.setChecked(False)
            self.fold()

    def fold(self) -> None:
        """Hide or show the choices; never under the keyboard's focus."""
        wants = self._is_settled and not self._fold_button.isChecked()
        if wants and self._editor.hasFocus():
            return
        self._editor.setVisible(not wants)
        self._fold_button.setVisible(self._is_settled)
        set_role(self._label, Role.QUIET if self._is_settled else Role.PLAIN)

    def _unfold(self, is_wanted: bool) -> None:  # noqa: FBT001
        self.fold()
        if is_wanted:
            self.begin()

    def _add_button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(tip)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.hide()
        self._head.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        return button
