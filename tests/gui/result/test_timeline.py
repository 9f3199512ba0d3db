"""The course shown: as high as its words need, every part within reach of keyboard and pointer."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessibleAnnouncementEvent, QFont, QHelpEvent, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.gui.result import timeline as module
from app.gui.result.timeline import Timeline
from app.gui.result.timeline_geometry import Layout
from app.gui.result.timeline_layout import layout_of
from app.library import Library
from app.output.timeline_parts import Part, TimelinePlan
from tests.gui.timelines import BEFORE, IN_REST, font, schedule


@pytest.fixture
def timeline(qtbot: QtBot, library: Library) -> Timeline:
    """The course begun on Mon, Nov 23, 2026 at 08:00, seen on day 11, with the keyboard on it."""
    shown = Timeline()
    qtbot.addWidget(shown)
    shown.show_schedule(schedule(library), IN_REST)
    shown.resize(900, shown.heightForWidth(900))
    shown.activateWindow()
    shown.setFocus()
    qtbot.waitUntil(shown.hasFocus)
    return shown


def geometry(timeline: Timeline) -> tuple[Layout, TimelinePlan]:
    plan = timeline.plan()
    assert plan is not None
    return layout_of(plan, timeline.width(), timeline.font()), plan


def middle_of(timeline: Timeline, label: str) -> QPointF:
    """A point on the part's bar, near its left edge so that no mark is close."""
    layout, plan = geometry(timeline)
    bar = next(layout.bar(part) for part in plan.parts if part.label == label)
    return QPointF(bar.left() + 3, bar.center().y())


def test_the_widget_asks_for_the_height_that_its_words_need(timeline: Timeline) -> None:
    assert timeline.hasHeightForWidth()
    for width in (380, 640, 1400):
        layout = layout_of(timeline_plan(timeline), width, timeline.font())
        assert 0 <= timeline.heightForWidth(width) - layout.height < 1
    usual = timeline.sizeHint()
    assert usual.height() == timeline.heightForWidth(usual.width())
    before = timeline.heightForWidth(640)
    timeline.setFont(font(2))
    assert timeline.heightForWidth(640) > 1.5 * before


def timeline_plan(timeline: Timeline) -> TimelinePlan:
    return geometry(timeline)[1]


def test_a_layout_gives_it_that_height(qtbot: QtBot, library: Library) -> None:
    page, inner = QWidget(), Timeline()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.addWidget(inner)
    column.addStretch()
    inner.show_schedule(schedule(library), IN_REST)
    page.resize(420, 900)
    page.show()
    qtbot.waitExposed(page)
    assert inner.height() == inner.heightForWidth(inner.width())


def test_arrow_keys_walk_from_part_to_part_and_stop_at_both_ends(timeline: Timeline) -> None:
    walked = []
    for _ in range(8):
        part = timeline.current_part()
        assert part is not None
        assert timeline.detail_text() == part.detail
        walked.append(part.label)
        QTest.keyClick(timeline, Qt.Key.Key_Right)
    assert walked == [
        *("Cycle 1", "11 days of rest", "Today", "Cycle 2, not booked", "A second cycle"),
        *("8 weeks of rest", "Another course", "Another course"),
    ]
    for key, label in (
        (Qt.Key.Key_Left, "8 weeks of rest"),
        (Qt.Key.Key_Home, "Cycle 1"),
        (Qt.Key.Key_Left, "Cycle 1"),
        (Qt.Key.Key_End, "Another course"),
    ):
        QTest.keyClick(timeline, key)
        assert current(timeline).label == label


def current(timeline: Timeline) -> Part:
    part = timeline.current_part()
    assert part is not None
    return part


def test_the_frame_is_where_the_keyboard_is_and_nowhere_without_it(timeline: Timeline) -> None:
    def has_frame() -> bool:
        layout, plan = geometry(timeline)
        frame = layout.frame(plan.parts[1])
        color = timeline.grab().toImage().pixelColor(int(frame.center().x()), int(frame.top()) - 4)
        return color == timeline.palette().color(QPalette.ColorRole.Highlight)

    assert not has_frame()
    QTest.keyClick(timeline, Qt.Key.Key_Right)
    assert has_frame()
    timeline.clearFocus()
    assert not has_frame()
    assert timeline.detail_text() == (
        "20 doses planned: Mon, Nov 23, 2026 to Sun, Dec 13, 2026. "
        "Cycle 2 is the earliest permitted, not booked. "
        "The later dates hold if the planned doses are given."
    )


def test_tab_goes_through_it_in_one_step(qtbot: QtBot, library: Library) -> None:
    page, before, inner, after = QWidget(), QLineEdit(), Timeline(), QLineEdit()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    for widget in (before, inner, after):
        column.addWidget(widget)
    inner.show_schedule(schedule(library), IN_REST)
    page.show()
    page.activateWindow()
    before.setFocus()
    for widget in (inner, after):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        assert page.focusWidget() is widget


def test_a_moved_focus_is_announced(timeline: Timeline, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    class Listener:
        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:  # noqa: N802
            said.append(event.message())

    monkeypatch.setattr(module, "QAccessible", Listener)
    QTest.keyClick(timeline, Qt.Key.Key_End)
    assert said == [
        "Another course: Mon, Feb 8, 2027 (day 78) at the earliest, if the planned doses are given."
    ]


def test_a_screen_reader_gets_the_name_and_the_whole_text(timeline: Timeline) -> None:
    assert timeline.accessibleName() == "Timeline"
    assert timeline.accessibleDescription() == timeline_plan(timeline).text
    assert "Another course: Mon, Feb 8, 2027" in timeline.accessibleDescription()


def test_pointing_at_a_part_tells_it_in_a_tooltip_and_beneath(timeline: Timeline) -> None:
    point = middle_of(timeline, "11 days of rest").toPoint()
    QTest.mouseMove(timeline, point)
    told = "Rest of at least 11 days: Sat, Nov 28, 2026 to Tue, Dec 8, 2026 (days 6 to 16)"
    assert timeline.detail_text().startswith(told)
    assert tooltip(timeline, point).startswith(f"<p>{told}")
    QApplication.sendEvent(timeline, QEvent(QEvent.Type.Leave))
    assert timeline.detail_text() == current(timeline).detail


def tooltip(timeline: Timeline, point: QPoint) -> str:
    here = timeline.mapToGlobal(point)
    QApplication.sendEvent(timeline, QHelpEvent(QEvent.Type.ToolTip, point, here))
    return QToolTip.text()


def test_a_click_moves_the_keyboard_there(timeline: Timeline) -> None:
    point = middle_of(timeline, "8 weeks of rest").toPoint()
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=point)
    assert current(timeline).label == "8 weeks of rest"


def test_without_a_schedule_no_word_is_left(timeline: Timeline, qtbot: QtBot) -> None:
    point = middle_of(timeline, "Cycle 1").toPoint()
    assert tooltip(timeline, point)
    timeline.show_schedule(None, IN_REST)
    assert timeline.isHidden()
    assert (timeline.plan(), timeline.current_part(), timeline.detail_text()) == (None, None, "")
    assert timeline.accessibleDescription() == ""
    assert timeline.heightForWidth(640) == 0
    qtbot.waitUntil(lambda: not QToolTip.text())  # it fades
    assert not tooltip(timeline, point)
    QTest.keyClick(timeline, Qt.Key.Key_Right)
    timeline.grab()


def test_the_same_schedule_again_costs_nothing(
    timeline: Timeline, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    QTest.keyClick(timeline, Qt.Key.Key_End)
    monkeypatch.setattr(module, "timeline_of", None)
    timeline.show_schedule(schedule(library), IN_REST)
    assert current(timeline).label == "Another course"


def test_pointing_and_painting_lay_nothing_out_again(
    timeline: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    timeline.grab()
    widths: list[float] = []

    def laid_out(plan: TimelinePlan, width: float, font: QFont) -> Layout:
        widths.append(width)
        return layout_of(plan, width, font)

    monkeypatch.setattr(module, "layout_of", laid_out)
    QTest.mouseMove(timeline, timeline.rect().center())
    QTest.keyClick(timeline, Qt.Key.Key_End)
    timeline.grab()
    assert not widths
    timeline.resize(700, timeline.height())
    timeline.grab()
    assert set(widths) == {700}


def test_a_schedule_that_comes_back_is_laid_out_with_its_own_parts(
    timeline: Timeline, library: Library
) -> None:
    timeline.grab()
    timeline.show_schedule(schedule(library), BEFORE)
    timeline.show_schedule(schedule(library), IN_REST)
    QTest.keyClick(timeline, Qt.Key.Key_End)
    timeline.grab()
    assert current(timeline).label == "Another course"


def test_another_schedule_starts_at_its_first_part(timeline: Timeline, library: Library) -> None:
    QTest.keyClick(timeline, Qt.Key.Key_End)
    timeline.show_schedule(schedule(library, route="intralesional"), BEFORE)
    assert current(timeline).label == "Week 1"


def test_nothing_is_drawn_beside_the_course(timeline: Timeline) -> None:
    timeline.clearFocus()
    layout, _ = geometry(timeline)
    image = timeline.grab().toImage()
    row = int(layout.track.top()) + 1
    drawn = [x for x in range(image.width()) if image.pixelColor(x, row) != image.pixelColor(0, 0)]
    assert min(drawn) == layout.track.left()
    assert max(drawn) <= layout.track.right()
