"""The course laid out: every name and date has room, and no words lie over others."""

from datetime import date, timedelta
from itertools import combinations, product

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication

from app.gui.result.timeline_geometry import Layout, PlacedLabel
from app.gui.result.timeline_layout import lanes_of, layout_of
from app.library import Library
from tests.gui.timelines import BEFORE, IN_REST, font, plan_of, plans, schedule


def test_a_tick_stands_on_every_seventh_day(qapp: QApplication, library: Library) -> None:
    layout = layout_of(plan_of(schedule(library), BEFORE), 900, qapp.font())
    days = [(x - layout.track.left()) * 78 / layout.track.width() for x in layout.ticks]
    assert days == pytest.approx([0, 7, 14, 21, 28, 35, 42, 49, 56, 63, 70, 77])
    assert [label.lines for label in layout.axis][:2] == [("day 1", "Nov 23"), ("day 8", "Nov 30")]


def test_today_stands_in_the_middle_of_its_date(qapp: QApplication, library: Library) -> None:
    """Dec 3 is day 11: ten whole days and a half from the left edge."""
    layout = layout_of(plan_of(schedule(library), IN_REST), 900, qapp.font())
    pole = next(flag.pole for flag in layout.flags if flag.lines[0] == "Today")
    assert pole == pytest.approx(layout.track.left() + 10.5 * layout.track.width() / 78)


def boxes(layout: Layout) -> list[QRectF]:
    labels = (*layout.flags, *layout.inside, *layout.axis)
    return [label.rect for label in labels] + [
        rect for rect in (layout.findings, layout.caption, layout.detail) if rect.height()
    ]


def has_room(label: PlacedLabel, used: QFont) -> bool:
    """Segments' and marks' names are bold; the names of rests and the axis are not."""
    bold = QFont(used)
    bold.setWeight(QFont.Weight.DemiBold)
    is_plain = label.part is None or label.part.kind == "rest"
    metrics = QFontMetricsF(used if is_plain else bold)
    wide = max(metrics.horizontalAdvance(line) for line in label.lines)
    high = metrics.height() * len(label.lines)
    return wide <= label.rect.width() + 0.01 and high <= label.rect.height() + 0.01


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("factor", [1, 1.25, 1.5, 2])
def test_no_words_overlap_or_are_cut_off_at_any_width_and_size(
    library: Library, factor: float
) -> None:
    used = font(factor)
    days = (-12, 0, 10, 17, 24, 27, 40, 75, 77)
    dates = [date(2026, 11, 23) + timedelta(days=day) for day in days]
    drawn = [(today, plan) for today in dates for plan in plans(library, today)]
    for (today, plan), width in product(drawn, (380, 433, 512, 640, 777, 900, 1400)):
        layout = layout_of(plan, width, used)
        found = boxes(layout)
        assert not any(a.intersects(b) for a, b in combinations(found, 2)), (today, width)
        room = QRectF(0, 0, width, layout.height)
        assert all(room.contains(rect) for rect in found), (today, width)
        labels = (*layout.flags, *layout.inside, *layout.axis)
        assert all(has_room(label, used) for label in labels), (today, width)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("factor", [1, 2])
def test_names_of_all_parts_and_the_next_date_are_never_left_out(
    library: Library, factor: float
) -> None:
    plan = plan_of(schedule(library), IN_REST)
    for width in (380, 640, 900, 1400):
        layout = layout_of(plan, width, font(factor))
        lines = {line for label in (*layout.flags, *layout.inside) for line in label.lines}
        assert {"Cycle 1", "Cycle 2, not booked", "Today", "8 weeks of rest"} <= lines
        assert lines & {"11 days of rest", "11 days"}
        assert {"Another course", "from Mon, Feb 8, 2027"} <= lines


def test_the_label_with_the_outer_pole_is_the_higher_one() -> None:
    assert lanes_of([(0, 50, False), (100, 150, False)]) == [0, 0]
    assert lanes_of([(0, 50, False), (20, 70, False), (40, 90, False)]) == [2, 1, 0]
    assert lanes_of([(0, 80, True), (0, 100, True)]) == [0, 1]
    assert lanes_of([(20, 70, False), (40, 100, True)]) == [0, 1]
