"""The cards that only a determination fills: dose, plan, vials, preparation, criteria and notes.

Every text comes from the outcome alone; a label without a text in it is cleared.
"""

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QWidget

from app.casework.outcome import Outcome
from app.gui.look.theme import Role, Tone, set_role
from app.gui.result.criteria_tree import CriteriaTree
from app.gui.result.notes_card import NotesCard
from app.gui.result.plan_card import PlanCard
from app.gui.widgets.cards import Card, CitedGrid, SectionCard
from app.gui.widgets.labels import WrappedLabel
from app.model.determination import Determination
from app.output.course_sections import earliest_rows
from app.output.phrases import Row, Section, limit_rows
from app.output.sections import SECTION_KINDS, sections

# The sections that have a card of their own kind, and those that stand beside the entries or in the
# card of the status. Every other section has a card with rows.
_OWN = ("schedule", "course", "criteria", "notes")
_ELSEWHERE = ("request", "approval", "missing")


class DeterminationCards:
    """Shows one determination, or nothing."""

    def __init__(self) -> None:
        self._labels: dict[str, WrappedLabel] = {}
        kinds = (one for one in SECTION_KINDS if one not in (*_OWN, *_ELSEWHERE))
        self._sections = {kind: SectionCard(kind) for kind in kinds}
        self._notes = NotesCard()
        self._add_dose()
        self._plan = PlanCard()
        self._add_criteria()
        others = self._sections.values()
        self.cards: tuple[Card, ...] = (self._dose, self._plan, *others, self._judged, self._notes)

    @property
    def pages(self) -> tuple[QWidget, ...]:
        """The widgets whose layouts an update suspends, the outer before the inner."""
        return (*self.cards, *(grid for one in self.cards for grid in one.findChildren(CitedGrid)))

    def show_outcome(self, outcome: Outcome | None, texts: Mapping[str, str], today: date) -> None:
        """Show an outcome as seen from today, or clear the cards; every label gets a new text."""
        waits = {} if texts.get("max_dose") else {"hold": texts.get("hold", "")}
        for name, label in self._labels.items():
            label.show_words({**texts, "hold": "", **waits}.get(name, ""))
        set_role(self._labels["hold"], Role.HEADING, Tone.OPEN)
        found = outcome.determination if outcome else None
        told: Mapping[str, Section] = {}
        if outcome and found:
            told = sections(found, outcome.catalog, outcome.draft.case)
        for kind, card in self._sections.items():
            card.show_section(told.get(kind))
        self._show_limits(found)
        self._plan.show_plan(outcome, told, texts.get("schedule_title", ""), today)
        self._criteria.show_rows(_rows(told, "criteria"))
        self._notes.show_rows(_notes(told, texts))
        self._judged.setVisible(found is not None)

    def _show_limits(self, found: Determination | None) -> None:
        limit = found.dose_limit if found else None
        rows = (*limit_rows(limit), *earliest_rows(found)) if found and limit else ()
        self._limits.show_rows(rows)
        self._dose.setVisible(found is not None)

    def _add_dose(self) -> None:
        self._dose = Card("dose")
        self._add_text(self._dose, "dose_title", Role.HEADING)
        self._add_text(self._dose, "max_dose", Role.DOSE)
        self._add_text(self._dose, "hold", Role.HEADING)
        self._add_text(self._dose, "outside_policy", Role.NEXT)
        self._add_text(self._dose, "basis", Role.PLAIN)
        self._add_text(self._dose, "weight", Role.QUIET)
        self._limits = CitedGrid((3, 3, 5))
        self._dose.add(self._limits)
        self._add_text(self._dose, "dose_source", Role.QUIET)

    def _add_criteria(self) -> None:
        self._judged = Card("criteria")
        self._add_text(self._judged, "criteria_title", Role.HEADING)
        self._criteria = CriteriaTree()
        self._judged.add(self._criteria)

    def _add_text(self, card: Card, name: str, role: Role) -> None:
        label = WrappedLabel(role=role)
        label.setObjectName(name)
        label.hide()
        self._labels[name] = label
        card.add(label)


def _notes(told: Mapping[str, Section], texts: Mapping[str, str]) -> tuple[Row, ...]:
    """Return the notes but those that stand beside the status."""
    above = {texts.get("status_note", ""), *texts.get("to_check", "").split("\n")}
    return tuple(one for one in _rows(told, "notes") if one.text not in above)


def _rows(told: Mapping[str, Section], kind: str) -> tuple[Row, ...]:
    return told[kind].rows if kind in told else ()
