"""The geometry of a timeline, in pixels, and which part is under a point.

Holds positions that `timeline_layout` computes; it draws nothing.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QRegion

from app.output.timeline_parts import Part, TimelinePlan

MARGIN = 8.0  # room around the drawing for the focus frame
PAD = 6.0  # between a pole and its label
TICK = 5.0  # length of the tick of a week
FINDINGS_APART = "\n"
WRAPPED = (
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
).value  # how sentences are measured and drawn


@dataclass(frozen=True, slots=True)
class Scale:
    """The horizontal positions of dates; all dates have the same width."""

    first_day: date
    left: float
    day_width: float

    def x(self, day: date) -> float:
        """Return the left edge of a date."""
        return self.left + (day - self.first_day).days * self.day_width

    def middle(self, day: date) -> float:
        """Return the middle of a date."""
        return self.x(day) + self.day_width / 2

    def width(self, part: Part) -> float:
        """Return the width of all dates of a part together."""
        return self.x(part.last_day + timedelta(days=1)) - self.x(part.first_day)


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A text and its rectangle; `pole` is the x of the line that leads down to its date."""

    lines: tuple[str, ...]
    rect: QRectF
    part: Part | None = None
    pole: float | None = None
    hangs_left: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The positions of everything at one width and font."""

    scale: Scale
    height: float
    findings: QRectF
    caption: QRectF
    flags: tuple[PlacedLabel, ...]
    track: QRectF
    inside: tuple[PlacedLabel, ...]
    ticks: tuple[float, ...]
    axis: tuple[PlacedLabel, ...]
    detail: QRectF

    def bar(self, part: Part) -> QRectF:
        """Return the rectangle of a part's dates on the track."""
        left, track = self.scale.x(part.first_day), self.track
        return QRectF(left, track.top(), self.scale.width(part), track.height())

    def frame(self, part: Part) -> QRectF:
        """Return the rectangle for the focus frame: the bar of a segment, the label of a mark."""
        flags = (flag.rect for flag in self.flags if flag.part is part)
        return next(flags) if part.is_mark else self.bar(part)

    def words(self) -> QRegion:
        """Return the region of the texts above and on the track, through which no line is drawn."""
        region = QRegion()
        for label in (*self.flags, *self.inside):
            aside, apart = (PAD - 2, 0) if label.pole is not None else (-4, -3)
            region += label.rect.adjusted(aside, apart, -aside, -apart).toAlignedRect()
        return region


def part_at(layout: Layout, plan: TimelinePlan, point: QPointF) -> Part | None:
    """Return the part whose label, mark or else dates are under a point, or None."""
    for flag in layout.flags:
        if flag.rect.contains(point):
            return flag.part
    on_track = layout.track.adjusted(0, 0, 0, TICK).contains(point)
    reach = max(PAD, layout.scale.day_width / 2)
    for mark in reversed(plan.marks):
        if on_track and abs(layout.scale.middle(mark.first_day) - point.x()) <= reach:
            return mark
    return next((one for one in plan.segments if layout.bar(one).contains(point)), None)


def bold(font: QFont) -> QFont:
    """Return the demibold variant of a font, for the names of parts."""
    heavier = QFont(font)
    heavier.setWeight(QFont.Weight.DemiBold)
    return heavier
