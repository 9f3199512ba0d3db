"""Lays out a timeline at a width and font: texts in rows that do not overlap and fit the width.

Pure functions of plan, width in pixels and font; they draw nothing.
"""

from collections.abc import Sequence
from datetime import timedelta
from itertools import count, pairwise, product

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from app.gui.result.timeline_geometry import (
    FINDINGS_APART,
    MARGIN,
    PAD,
    TICK,
    WRAPPED,
    Layout,
    PlacedLabel,
    Scale,
    bold,
)
from app.output.timeline_parts import Part, TimelinePlan, axis_words

LEAST_WIDTH = 320  # pixels
_GAP = 8.0
_LANE_GAP = 6.0
_MOST_LANES_WITH_DATES = 2
_WEEK = 7


def layout_of(plan: TimelinePlan, width: float, font: QFont) -> Layout:
    """Return the layout of a plan at a width in pixels, from the caption down to the details."""
    plain, inner = QFontMetricsF(font), max(width, LEAST_WIDTH) - 2 * MARGIN
    scale = Scale(plan.first_day, MARGIN, inner / plan.days)
    told = _wrapped(FINDINGS_APART.join(plan.findings), inner, QFontMetricsF(bold(font)))
    findings = QRectF(MARGIN, MARGIN, inner, told)
    under = findings.bottom() + (_GAP if plan.findings else 0)
    caption = QRectF(MARGIN, under, inner, _wrapped(plan.today_text, inner, plain))
    top = caption.bottom() + (_GAP if plan.today_text else 0)
    inside = _inside(plan, scale, plain)
    parts = [part for part in plan.parts if not any(one.part is part for one in inside)]
    flags = _fewest_lanes(parts, scale, MARGIN + inner, font)
    flags_height = max((flag.rect.bottom() for flag in flags), default=0)
    pip = plain.height() * 0.6
    height = max(plan.most_doses_daily * (pip + 2) + 4, plain.height() + 2 * PAD)
    track = QRectF(MARGIN, top + flags_height + _LANE_GAP, inner, height)
    axis_top = track.bottom() + TICK + 2
    ticks, axis = _axis(plan, scale, axis_top, plain)
    texts = (plan.overview, *(part.detail for part in plan.parts))
    detail_height = max(_wrapped(text, inner, plain) for text in texts)
    detail = QRectF(MARGIN, axis_top + 2 * plain.lineSpacing() + _GAP, inner, detail_height)
    return Layout(
        scale=scale,
        height=detail.bottom() + MARGIN,
        findings=findings,
        caption=caption,
        flags=tuple(_moved(flag, top) for flag in flags),
        track=track,
        inside=tuple(_moved(label, track.center().y()) for label in inside),
        ticks=ticks,
        axis=axis,
        detail=detail,
    )


def lanes_of(spans: Sequence[tuple[float, float, bool]]) -> list[int]:
    """Return a lane for each label (left, right, hangs left of its pole), lane 0 the lowest.

    No two labels of a lane overlap, and a pole does not pass through the words of another label:
    of two that overlap, the one with the outer pole is the higher one.
    """
    lanes: dict[int, int] = {}
    places = range(len(spans))
    hanging_right = [place for place in places if not spans[place][2]]
    hanging_left = [place for place in places if spans[place][2]]
    hanging_right.sort(key=lambda place: spans[place][0], reverse=True)
    hanging_left.sort(key=lambda place: spans[place][1])
    for place in (*hanging_right, *hanging_left):
        left, right, _ = spans[place]
        below = [
            lane
            for other, lane in lanes.items()
            if left < spans[other][1] + _GAP and spans[other][0] < right + _GAP
        ]
        lanes[place] = max(below, default=-1) + 1
    return [lanes[place] for place in range(len(spans))]


def _wrapped(text: str, width: float, metrics: QFontMetricsF) -> float:
    if not text:
        return 0
    return metrics.boundingRect(QRectF(0, 0, width, 100_000), WRAPPED, text).height()


def _moved(label: PlacedLabel, down: float) -> PlacedLabel:
    rect = label.rect.translated(0, down)
    return PlacedLabel(label.lines, rect, label.part, label.pole, label.hangs_left)


def _inside(plan: TimelinePlan, scale: Scale, metrics: QFontMetricsF) -> tuple[PlacedLabel, ...]:
    """Return the names of the rests that fit on the track, between the marks if possible."""
    rests = (part for part in plan.segments if part.kind == "rest")
    labels = (_inside_label(part, plan, scale, metrics) for part in rests)
    return tuple(label for label in labels if label is not None)


def _inside_label(
    part: Part, plan: TimelinePlan, scale: Scale, metrics: QFontMetricsF
) -> PlacedLabel | None:
    left = scale.x(part.first_day)
    whole = (left, left + scale.width(part))
    lines = (scale.middle(mark.first_day) for mark in plan.marks)
    edges = (left, *sorted(x for x in lines if left < x < whole[1]), whole[1])
    free = max(pairwise(edges), key=lambda stretch: stretch[1] - stretch[0])
    for (start, end), text in product((free, whole), (part.label, part.short_label)):
        width, height = metrics.horizontalAdvance(text), metrics.height()
        if width + 2 * PAD <= end - start:
            return PlacedLabel(
                (text,), QRectF((start + end - width) / 2, -height / 2, width, height), part
            )
    return None


def _fewest_lanes(
    parts: Sequence[Part], scale: Scale, right: float, font: QFont
) -> tuple[PlacedLabel, ...]:
    """Return the labels above the track, with the dates of segments unless they need more lanes."""
    named = [(part, _name_that_fits(part, right - MARGIN, font)) for part in parts]
    full = [
        (part, tuple(line for line in (name, *part.note.splitlines()) if line))
        for part, name in named
    ]
    bare = [(part, lines if part.kind == "permitted" else lines[:1]) for part, lines in full]
    with_notes, without = (_flags(one, scale, right, font) for one in (full, bare))
    lanes = [len({flag.rect.top() for flag in flags}) for flags in (with_notes, without)]
    return with_notes if lanes[0] <= min(lanes[1], _MOST_LANES_WITH_DATES) else without


def _name_that_fits(part: Part, width: float, font: QFont) -> str:
    needed = QFontMetricsF(bold(font)).horizontalAdvance(part.label) + 2 * PAD
    return part.label if needed <= width else part.short_label


def _flags(
    named: Sequence[tuple[Part, tuple[str, ...]]], scale: Scale, right: float, font: QFont
) -> tuple[PlacedLabel, ...]:
    """Return labels stacked in lanes, the highest lane at 0."""
    placed = [_flag_at_pole(part, lines, scale, right, font) for part, lines in named]
    lanes = lanes_of([(one.rect.left(), one.rect.right(), one.hangs_left) for one in placed])
    heights = [
        max(one.rect.height() for one, its in zip(placed, lanes, strict=True) if its == lane)
        for lane in range(max(lanes, default=-1) + 1)
    ]
    return tuple(
        _moved(one, sum(heights[lane + 1 :]) + _LANE_GAP * (len(heights) - 1 - lane))
        for one, lane in zip(placed, lanes, strict=True)
    )


def _flag_at_pole(
    part: Part, lines: tuple[str, ...], scale: Scale, right: float, font: QFont
) -> PlacedLabel:
    """Return a label to the right of its pole, at y = 0.

    Without room there, the label of a mark is left of its pole; that of a segment moves left.
    """
    pole = scale.middle(part.first_day) if part.is_mark else scale.x(part.first_day)
    metrics = QFontMetricsF(bold(font))
    width = max(metrics.horizontalAdvance(line) for line in lines) + 2 * PAD
    hangs_left = part.is_mark and pole + width > right
    left = max(pole - width, MARGIN) if hangs_left else min(pole, right - width)
    rect = QRectF(left, 0, width, metrics.height() * len(lines))
    return PlacedLabel(lines, rect, part, pole, hangs_left)


def _axis(
    plan: TimelinePlan, scale: Scale, top: float, metrics: QFontMetricsF
) -> tuple[tuple[float, ...], tuple[PlacedLabel, ...]]:
    """Return a tick for each week, and words for as many weeks as have room."""
    weeks = [plan.first_day + timedelta(days=day) for day in range(0, plan.days, _WEEK)]
    words = [axis_words(day, plan.first_day) for day in weeks]
    widest = max(metrics.horizontalAdvance(line) for lines in words for line in lines)
    step = next(2**n for n in count() if 2**n * _WEEK * scale.day_width >= widest + 2 * _GAP)
    labels = (
        PlacedLabel(lines, QRectF(scale.x(day), top, widest, 2 * metrics.lineSpacing()))
        for day, lines in zip(weeks[::step], words[::step], strict=True)
    )
    right = scale.x(plan.last_day) + scale.day_width
    return tuple(map(scale.x, weeks)), tuple(one for one in labels if one.rect.right() <= right)
