"""The cards about the course besides the plan: what was given, the preparation, the forecast."""

from datetime import date

from app.casework.outcome import Outcome
from app.gui.cards import Card
from app.gui.result_tables import CitedGrid
from app.gui.texts import Text
from app.gui.theme import Role
from app.gui.timeline import Timeline
from app.output.given_timeline import course_timeline
from app.output.sections import TreatmentKind, TreatmentSection, treatment_sections
from app.output.timeline import TimelinePlan


class ClockCard(Card):
    """One part with its cited rows, or nothing."""

    def __init__(self, part: TreatmentKind) -> None:
        super().__init__(part)
        self.setObjectName(part)
        self._shown: TreatmentSection | None = None
        self._title = Text(role=Role.HEADING)
        self._meaning = Text(role=Role.NEXT)
        self.grid = CitedGrid((3, 6, 4))
        self._meaning.hide()
        for one in (self._title, self._meaning, self.grid):
            self.add(one)
        self.hide()

    def show_part(self, part: TreatmentSection | None) -> None:
        """Show a part, or nothing."""
        if part == self._shown:
            return
        self._shown = part
        self.hide()  # what appears in it appears at once
        self._title.show_words(part.title if part else "")
        self._meaning.show_words(part.meaning if part else "")
        self.grid.show_rows(part.rows if part else ())
        self.setVisible(part is not None)


class ClockCards:
    """The three cards; the first has a timeline of what was given."""

    def __init__(self) -> None:
        self.course, self.preparation, self.forecast = (
            ClockCard("course"),
            ClockCard("preparation"),
            ClockCard("forecast"),
        )
        self._timeline = Timeline()
        self._timeline.setObjectName("given_timeline")
        self._timeline.setAccessibleName("Timeline of what was given")
        self.course.add(self._timeline)

    def show_outcome(self, outcome: Outcome | None, today: date) -> None:
        """Show the parts of an outcome, and no other."""
        parts = {one.kind: one for one in treatment_sections(outcome)} if outcome else {}
        self._timeline.show_plan(_plan(outcome, today))
        self.course.show_part(parts.get("course"))
        self.preparation.show_part(parts.get("preparation"))
        self.forecast.show_part(parts.get("forecast"))


def _plan(outcome: Outcome | None, today: date) -> TimelinePlan | None:
    case = outcome.draft.case if outcome else None
    check = outcome.determination.course_check if outcome and outcome.determination else None
    return course_timeline(case.course, check, today) if case and check else None
