"""The course painted: a bar for each dose, in colors that stand out."""

from collections import Counter
from itertools import combinations, product
from typing import Any

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.gui.look.theme import palette
from app.gui.result.timeline import Timeline
from app.gui.result.timeline_layout import layout_of
from app.gui.result.timeline_paint import given_bars, inks_of, pips
from app.library import Library
from app.model.case_json import read_case
from tests.cases import case, determine
from tests.gui.look.test_theme import contrast
from tests.gui.timelines import BEFORE, BOOKED, TOO_EARLY, UNDER_WAY, plan_of, schedule, told


@pytest.mark.parametrize(
    ("hour", "heights"), [("08:00", [2, 2, 2, 2, 2]), ("20:00", [1, 2, 2, 2, 2, 1])]
)
def test_every_dose_is_a_bar_upon_the_others_of_its_date(
    qapp: QApplication, library: Library, hour: str, heights: list[int]
) -> None:
    plan = plan_of(schedule(library, hour), BEFORE)
    layout = layout_of(plan, 380, qapp.font())
    drawn = list(pips(plan.segments[0], layout, plan.most_doses_daily))
    columns = Counter(pip.left() for pip in drawn)
    assert [columns[left] for left in sorted(columns)] == heights
    assert not any(one.intersects(other) for one, other in combinations(drawn, 2))
    assert all(layout.bar(plan.segments[0]).contains(pip) for pip in drawn)


def test_dates_with_given_doses_are_filled_and_planned_doses_stand_above(
    qapp: QApplication, library: Library
) -> None:
    """Five of ten doses given by the morning of Nov 25; the sixth is planned for that evening."""
    plan = told(library, BEFORE, **UNDER_WAY)
    part, layout = plan.segments[0], layout_of(plan, 900, qapp.font())
    assert (part.given_days, part.doses) == (3, (0, 0, 1, 2, 2))
    areas = list(given_bars(part, layout, plan.most_doses_daily))
    drawn = list(pips(part, layout, plan.most_doses_daily))
    assert len(drawn) == 5
    assert not any(one.intersects(other) for one, other in combinations([*areas, *drawn], 2))
    whole = max(areas, key=QRectF.height)
    assert whole.width() == pytest.approx(2 * layout.scale.day_width)  # Nov 23 and 24
    assert all(layout.bar(part).contains(one) for one in (*areas, *drawn))


def test_what_breaks_a_limit_is_drawn_in_the_color_of_alerts(
    qtbot: QtBot, library: Library
) -> None:
    def has_alert(**course: Any) -> bool:
        shown = Timeline()
        qtbot.addWidget(shown)
        read = read_case(case(course=course))
        found = determine(library, case(course=course))
        shown.show_schedule(found.schedule, BEFORE, read.course, found.course_check)
        shown.resize(900, shown.heightForWidth(900))
        alert = inks_of(shown.palette()).alert
        image = shown.grab().toImage()
        places = product(range(image.width()), range(image.height()))
        return any(image.pixelColor(x, y) == alert for x, y in places)

    assert has_alert(**TOO_EARLY)
    assert not has_alert(**BOOKED)


@pytest.mark.parametrize(("dark", "high"), [*product((False, True), (False, True))])
def test_words_and_bars_stand_out_from_the_ground(dark: bool, high: bool) -> None:
    colors = palette(dark=dark, high_contrast=high)
    role = QPalette.ColorRole
    grounds = (role.Window, role.Base, role.AlternateBase)
    for ink, ground in product((role.WindowText, role.PlaceholderText), grounds):
        assert contrast(colors.color(ink), colors.color(ground)) >= 4.5, (ink, ground)
    for ground in grounds:
        assert contrast(colors.color(role.Highlight), colors.color(ground)) >= 3, ground
