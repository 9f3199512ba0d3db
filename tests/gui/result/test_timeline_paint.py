"""The course painted: a bar for each dose, in colors that stand out."""

from collections import Counter
from itertools import combinations, product

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from app.gui.look.theme import palette
from app.gui.result.timeline_layout import layout_of
from app.gui.result.timeline_paint import pips
from app.library import Library
from app.output.timeline import timeline_of
from tests.gui.look.test_theme import contrast
from tests.gui.timelines import BEFORE, schedule


@pytest.mark.parametrize(
    ("hour", "heights"), [("08:00", [2, 2, 2, 2, 2]), ("20:00", [1, 2, 2, 2, 2, 1])]
)
def test_every_dose_is_a_bar_upon_the_others_of_its_date(
    qapp: QApplication, library: Library, hour: str, heights: list[int]
) -> None:
    plan = timeline_of(schedule(library, hour), BEFORE)
    layout = layout_of(plan, 380, qapp.font())
    drawn = list(pips(plan.segments[0], layout, plan.most_doses_daily))
    columns = Counter(pip.left() for pip in drawn)
    assert [columns[left] for left in sorted(columns)] == heights
    assert not any(one.intersects(other) for one, other in combinations(drawn, 2))
    assert all(layout.bar(plan.segments[0]).contains(pip) for pip in drawn)


@pytest.mark.parametrize(("dark", "high"), [*product((False, True), (False, True))])
def test_words_and_bars_stand_out_from_the_ground(dark: bool, high: bool) -> None:
    colors = palette(dark=dark, high_contrast=high)
    role = QPalette.ColorRole
    grounds = (role.Window, role.Base, role.AlternateBase)
    for ink, ground in product((role.WindowText, role.PlaceholderText), grounds):
        assert contrast(colors.color(ink), colors.color(ground)) >= 4.5, (ink, ground)
    for ground in grounds:
        assert contrast(colors.color(role.Highlight), colors.color(ground)) >= 3, ground
