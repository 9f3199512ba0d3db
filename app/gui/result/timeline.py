"""The one plan drawn to scale: doses given and planned, rests, today, first permitted dates.

This widget shows a TimelinePlan and handles keys, pointer, tooltips and announcements. Its texts
come from the plan, its geometry from `timeline_layout`; `timeline_paint` draws it.
"""

import html
import math
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from app.gui.result.timeline_geometry import WRAPPED, Layout, part_at
from app.gui.result.timeline_layout import LEAST_WIDTH, layout_of
from app.gui.result.timeline_paint import Inks, inks_of, paint_course, paint_frame
from app.model.course import Course
from app.model.treatment import CourseCheck, Schedule
from app.output.timeline import timeline_of
from app.output.timeline_parts import Part, TimelinePlan

_USUAL_WIDTH = 640  # pixels
_NO_COURSE = Course()


class Timeline(QWidget):
    """Shows one timeline, or nothing; arrow keys and pointer show the details of its parts."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("timeline")
        self.setAccessibleName("Timeline")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._asked: tuple[object, ...] | None = None
        self._plan: TimelinePlan | None = None
        self._cached: tuple[tuple[int, QFont], Layout] | None = None
        self._heights: dict[int, int] = {}
        self._measured: TimelinePlan | None = None
        self._current = 0
        self._hovered: Part | None = None
        self.hide()

    def show_schedule(
        self,
        schedule: Schedule | None,
        today: date,
        course: Course = _NO_COURSE,
        check: CourseCheck | None = None,
    ) -> None:
        """Show the timeline of a schedule as seen from today, or hide the widget."""
        asked = (schedule, today, course, check)
        if self._asked == asked:
            return
        self._asked = asked
        self._show(timeline_of(schedule, today, course, check) if schedule is not None else None)

    def plan(self) -> TimelinePlan | None:
        """Return the timeline that is shown, or None."""
        return self._plan

    def current_part(self) -> Part | None:
        """Return the part that the arrow keys have selected, or None without the focus."""
        if self._plan is None or not self.hasFocus():
            return None
        return self._plan.parts[self._current]

    def detail_text(self) -> str:
        """Return the text below the drawing: the details of a part, or else the overview."""
        part = self._hovered or self.current_part()
        return part.detail if part else self._plan.overview if self._plan else ""

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Return the height in pixels at a width; cached, because Qt asks for it very often."""
        if self._plan is None:
            return 0
        if width not in self._heights:
            self._heights[width] = math.ceil(layout_of(self._plan, width, self.font()).height)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """Return a preferred size with room for most labels."""
        return QSize(_USUAL_WIDTH, self.heightForWidth(_USUAL_WIDTH))

    def minimumSizeHint(self) -> QSize:
        """Return the least width, with the height at the usual width; see heightForWidth."""
        return QSize(LEAST_WIDTH, self.heightForWidth(_USUAL_WIDTH))

    def event(self, event: QEvent) -> bool:
        """Show the details of the part under the pointer in a tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            part = self._part_at(QPointF(event.pos()))
            # Rich text wraps on a narrow screen; plain text does not.
            told = f"<p>{html.escape(part.detail)}</p>" if part else ""
            QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Select another part with the arrow keys, Home and End."""
        last = len(self._plan.parts) - 1 if self._plan else 0
        places = {
            Qt.Key.Key_Left: max(self._current - 1, 0),
            Qt.Key.Key_Right: min(self._current + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if event.key() in places:
            self._move_to(places[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the part that is clicked."""
        part = self._part_at(event.position())
        if self._plan is not None and part is not None:
            self._move_to(self._plan.parts.index(part))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the details of the part under the pointer below the drawing."""
        self._hover(self._part_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Show the details of the selected part again."""
        super().leaveEvent(event)
        self._hover(None)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the course, and frames around the selected part and the one under the pointer."""
        if self._plan is None:
            return
        painter = QPainter(self)
        layout = self._layout_of(self._plan, self.width())
        inks = inks_of(self.palette())
        paint_course(painter, self._plan, layout, inks, self.font())
        self._paint_details(painter, layout, inks)

    def _paint_details(self, painter: QPainter, layout: Layout, inks: Inks) -> None:
        current = self.current_part()
        if current is not None:
            paint_frame(painter, layout, current, inks.accent, 2)
        if self._hovered is not None and self._hovered is not current:
            paint_frame(painter, layout, self._hovered, inks.quiet, 1)
        painter.setFont(self.font())
        painter.setPen(inks.text if self._hovered or current else inks.quiet)
        painter.drawText(layout.detail, WRAPPED, self.detail_text())

    def changeEvent(self, event: QEvent) -> None:
        """Measure again after a change of the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._heights.clear()
            self.updateGeometry()

    def _show(self, plan: TimelinePlan | None) -> None:
        if plan == self._plan:
            return
        self._plan, self._cached = plan, None  # a layout finds parts by identity, not by equality
        if plan is not None and plan != self._measured:
            self._measured = plan
            self._heights.clear()
        self._current, self._hovered = 0, None
        self.setAccessibleDescription(plan.text if plan else "")
        QToolTip.hideText()
        self.setVisible(plan is not None)
        self.updateGeometry()
        self.update()

    def _move_to(self, place: int) -> None:
        if self._plan is None:
            return
        self._current, self._hovered = place, None
        words = QAccessibleAnnouncementEvent(self, self._plan.parts[place].detail)
        QAccessible.updateAccessibility(words)
        self.update()

    def _hover(self, part: Part | None) -> None:
        if part is not self._hovered:
            self._hovered = part
            self.update()

    def _part_at(self, point: QPointF) -> Part | None:
        if self._plan is None:
            return None
        return part_at(self._layout_of(self._plan, self.width()), self._plan, point)

    def _layout_of(self, plan: TimelinePlan, width: int) -> Layout:
        """Return the layout at a width in pixels; cached until plan, width or font changes."""
        asked = (width, self.font())
        if self._cached is None or self._cached[0] != asked:
            self._cached = asked, layout_of(plan, *asked)
        return self._cached[1]
