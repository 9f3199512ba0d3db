"""Where parts lie: in proportion to their dates, and within reach of the pointer."""

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from app.gui.result.timeline_geometry import part_at
from app.gui.result.timeline_layout import layout_of
from app.library import Library
from tests.gui.timelines import BEFORE, IN_REST, plan_of, schedule


def test_widths_are_in_proportion_to_days(qapp: QApplication, library: Library) -> None:
    """5 days, 11, 5 and 56, and the one date on which another course may start: 78 in all.

    The first permitted date of cycle 2 is a mark on its first day.
    """
    plan = plan_of(schedule(library), BEFORE)
    layout = layout_of(plan, 380, qapp.font())
    day = layout.track.width() / 78
    assert [layout.bar(part).width() / day for part in plan.parts] == pytest.approx(
        [5, 11, 5, 1, 56, 1]
    )
    assert layout.bar(plan.segments[0]).left() == layout.track.left()
    assert layout.bar(plan.marks[-1]).right() == pytest.approx(layout.track.right())


def test_words_and_marks_answer_to_the_pointer(qapp: QApplication, library: Library) -> None:
    plan = plan_of(schedule(library), IN_REST)
    layout = layout_of(plan, 900, qapp.font())
    for flag in layout.flags:
        assert part_at(layout, plan, flag.rect.center()) is flag.part
    for mark in plan.marks:
        on_track = QPointF(layout.scale.middle(mark.first_day), layout.track.center().y())
        assert part_at(layout, plan, on_track) is mark
    assert part_at(layout, plan, QPointF(1, 1)) is None
