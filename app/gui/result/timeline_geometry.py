"""Where everything of a timeline lies, and what lies under a point.

Holds places that are worked out elsewhere: it neither lays out nor draws.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QRegion

from app.output.timeline import Part, TimelinePlan

MARGIN = 8.0  # room around the drawing for the focus frame
PAD = 6.0  # between a pole and its words
TICK = 5.0
WRAPPED = (
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
).value  # how sentences are measured and drawn


@dataclass(frozen=True, slots=True)
class Scale:
    """Where dates lie: every date is as wide as every other."""

    first_day: date
    left: float
    day_width: float

    def x(self, day: date) -> float:
        """Return where a date begins."""
        return self.left + (day - self.first_day).days * self.day_width

    def middle(self, day: date) -> float:
        """Return the middle of a date."""
        return self.x(day) + self.day_width / 2

    def width(self, part: Part) -> float:
        """Return how wide the dates of a part are together."""
        return self.x(part.last_day + timedelta(days=1)) - self.x(part.first_day)


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """Words at their place; `pole` is where a line leads down to the date that they are about."""

    lines: tuple[str, ...]
    rect: QRectF
    part: Part | None = None
    pole: float | None = None
    hangs_left: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything lies at one width and font."""

    scale: Scale
    height: float
    caption: QRectF
    flags: tuple[PlacedLabel, ...]
    track: QRectF
    inside: tuple[PlacedLabel, ...]
    ticks: tuple[float, ...]
    axis: tuple[PlacedLabel, ...]
    detail: QRectF

    def bar(self, part: Part) -> QRectF:
        """Return the part's dates on the track."""
        left, track = self.scale.x(part.first_day), self.track
        return QRectF(left, track.top(), self.scale.width(part), track.height())

    def frame(self, part: Part) -> QRectF:
        """Return what the focus frame encloses: a segment's bar, a mark's words."""
        flags = (flag.rect for flag in self.flags if flag.part is part)
        return next(flags) if part.is_mark else self.bar(part)

    def words(self) -> QRegion:
        """Return where words above and on the track are; no line goes through them."""
        region = QRegion()
        for label in (*self.flags, *self.inside):
            aside, apart = (PAD - 2, 0) if label.pole is not None else (-4, -3)
            region += label.rect.adjusted(aside, apart, -aside, -apart).toAlignedRect()
        return region


def part_at(layout: Layout, plan: TimelinePlan, point: QPointF) -> Part | None:
    """Return the part under a point: its words, its mark, or else its dates on the track."""
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
    """Return the heavier font that names are written in."""
    heavier = QFont(font)
    heavier.setWeight(QFont.Weight.DemiBold)
    return heavier
