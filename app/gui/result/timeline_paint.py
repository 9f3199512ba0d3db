"""Draws a timeline from its layout: axis, segments with their doses, poles, labels and frames.

Handles no events and computes no position of a text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPen, QPolygonF, QRegion

from app.gui.look.theme import Tone, tone_color
from app.gui.result.timeline_geometry import (
    FINDINGS_APART,
    MARGIN,
    PAD,
    TICK,
    WRAPPED,
    Layout,
    PlacedLabel,
    bold,
)
from app.output.timeline_parts import Part, TimelinePlan, rows_below

_HATCH = 7  # pixels between the slanted lines of a rest
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class Inks:
    """The colors of a drawing."""

    text: QColor
    quiet: QColor
    accent: QColor
    ground: QColor
    alert: QColor


def inks_of(palette: QPalette) -> Inks:
    """Return the colors that a palette has for a drawing."""
    return Inks(
        text=palette.color(QPalette.ColorRole.WindowText),
        quiet=palette.color(QPalette.ColorRole.PlaceholderText),
        accent=palette.color(QPalette.ColorRole.Highlight),
        ground=palette.color(QPalette.ColorRole.Base),
        alert=QColor(tone_color(Tone.BAD, palette)),
    )


def paint_course(
    painter: QPainter, plan: TimelinePlan, layout: Layout, inks: Inks, font: QFont
) -> None:
    """Draw the course, from the axis up to the words."""
    painter.setFont(bold(font))
    painter.setPen(inks.alert)
    painter.drawText(layout.findings, WRAPPED, FINDINGS_APART.join(plan.findings))
    painter.setFont(font)
    painter.setPen(inks.quiet)
    painter.drawText(layout.caption, WRAPPED, plan.today_text)
    _paint_axis(painter, layout, inks)
    for segment in plan.segments:
        _paint_segment(painter, segment, layout, inks, plan.most_doses_daily)
    painter.setPen(inks.text)
    for label in layout.inside:
        painter.drawText(label.rect, _LEFT, label.lines[0])
    _paint_poles(painter, layout, inks)
    for flag in layout.flags:
        _paint_flag(painter, flag, inks, font)


def paint_frame(painter: QPainter, layout: Layout, part: Part, color: QColor, width: int) -> None:
    """Draw a frame around a part."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(layout.frame(part).adjusted(-4, -4, 4, 4), 4, 4)
    painter.restore()


def pips(part: Part, layout: Layout, most: int) -> Iterator[QRectF]:
    """Yield a small bar for each planned dose; those of one date are stacked from the bottom.

    On a date with given doses they stand above the bar of these.
    """
    for place, doses in enumerate(part.doses):
        below = rows_below(part, place)
        for row in range(below, below + doses):
            yield _pip(part, layout, place, row, most)


def given_bars(part: Part, layout: Layout, most: int) -> Iterator[QRectF]:
    """Yield the area of the dates on which doses were given; nobody knows how many on which.

    It is as high as the track, but only one row on a date on which more are planned.
    """
    track, whole = layout.track, part.given_days
    if whole and part.doses and part.doses[whole - 1]:
        whole -= 1
        pip = _pip(part, layout, whole, 0, most)
        left = layout.scale.x(part.first_day + timedelta(days=whole))
        yield QRectF(QPointF(left, pip.top()), QPointF(pip.right(), track.bottom() - 1))
    if whole:
        left = layout.scale.x(part.first_day)
        width = whole * layout.scale.day_width
        yield QRectF(left, track.top() + 1, width, track.height() - 2)


def _pip(part: Part, layout: Layout, place: int, row: int, most: int) -> QRectF:
    track, day_width = layout.track, layout.scale.day_width
    gap = min(5.0, max(2.0, day_width / 4))
    width = max(2, int(day_width - gap))
    height = (track.height() - 4) / max(most, 1)
    left = layout.scale.x(part.first_day + timedelta(days=place))
    top = track.bottom() - 2 - (row + 1) * height
    return QRectF(round(left + (day_width - width) / 2), round(top) + 1, width, round(height) - 2)


def _paint_segment(painter: QPainter, part: Part, layout: Layout, inks: Inks, most: int) -> None:
    bar = layout.bar(part)
    box = QRectF(round(bar.left()) + 0.5, round(bar.top()) + 0.5, 0, round(bar.height()) - 1)
    box.setRight(round(bar.right()) + 0.5)
    style = Qt.PenStyle.DashLine if part.is_open else Qt.PenStyle.SolidLine
    edge = QPen(inks.alert, 2) if part.is_violation else QPen(inks.quiet, 1)
    edge.setStyle(style)
    painter.setPen(QPen(inks.quiet, 1))
    if part.kind == "rest":
        _hatch(painter, box, layout.words())
    painter.setBrush(inks.ground if part.kind == "treatment" else Qt.BrushStyle.NoBrush)
    painter.setPen(edge)
    painter.drawRect(box)
    for bar in given_bars(part, layout, most):
        painter.fillRect(bar, inks.accent)
    for pip in pips(part, layout, most):
        if part.is_open:  # hollow: nobody has booked it
            painter.fillRect(pip, inks.accent)
            painter.fillRect(pip.adjusted(1, 1, -1, -1), inks.ground)
        else:
            painter.fillRect(pip, inks.accent)


def _hatch(painter: QPainter, box: QRectF, words: QRegion) -> None:
    """Draw slanted lines over a rest, but not through its name."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRegion(QRegion(box.toAlignedRect()) - words)
    first = int(box.left() - box.height())
    starts = range(first - first % _HATCH, int(box.right()), _HATCH)
    top, bottom, rise = box.top(), box.bottom(), box.height()
    painter.drawLines([QLineF(x, bottom, x + rise, top) for x in starts])
    painter.restore()


def _paint_poles(painter: QPainter, layout: Layout, inks: Inks) -> None:
    """Draw the line from each label to its date; the lines of marks also cross the track."""
    painter.save()
    painter.setClipRegion(QRegion(painter.viewport()) - layout.words())
    for flag in layout.flags:
        if flag.part is not None and flag.pole is not None:
            color = {"today": inks.text, "permitted": inks.accent}.get(flag.part.kind, inks.quiet)
            color = inks.alert if flag.part.is_violation else color
            track, top = layout.track, flag.rect.top()
            bottom = track.bottom() + TICK if flag.part.is_mark else track.top()
            width = 2 if flag.part.is_mark else 1
            left = round(flag.pole) - width // 2
            painter.fillRect(QRectF(left, top, width, bottom - top), color)
            if flag.part.kind == "permitted":
                _diamond(painter, QPointF(left + 1, track.center().y()), color)
    painter.restore()


def _paint_flag(painter: QPainter, flag: PlacedLabel, inks: Inks, font: QFont) -> None:
    for row, line in enumerate(flag.lines):
        is_rest = flag.part is not None and flag.part.kind == "rest"
        painter.setFont(font if row or is_rest else bold(font))
        is_quiet = row and flag.part and not flag.part.is_mark
        is_alert = not row and flag.part is not None and flag.part.is_violation
        painter.setPen(inks.alert if is_alert else inks.quiet if is_quiet else inks.text)
        down = row * flag.rect.height() / len(flag.lines)
        words = flag.rect.adjusted(PAD, down, -PAD, 0)
        painter.drawText(words, _RIGHT if flag.hangs_left else _LEFT, line)


def _diamond(painter: QPainter, middle: QPointF, color: QColor) -> None:
    half = min(0.35 * painter.fontMetrics().height(), MARGIN)
    corners = ((0, -half), (half, 0), (0, half), (-half, 0))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([middle + QPointF(x, y) for x, y in corners]))
    painter.restore()


def _paint_axis(painter: QPainter, layout: Layout, inks: Inks) -> None:
    for x in layout.ticks:
        painter.fillRect(QRectF(round(x), layout.track.bottom(), 1, TICK), inks.quiet)
    painter.setPen(inks.quiet)
    for label in layout.axis:
        painter.drawText(label.rect, _LEFT, "\n".join(label.lines))
