"""At every text size all can be read: nothing is cut off, the dose is the largest text."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTableWidget,
    QWidget,
)

from app.gui.main_window import MainWindow
from app.paper import fonts
from tests.cases import BIRCH, case
from tests.gui.person import Person

COURSE = {"first_dose_at": "2026-11-23T08:00"}
CASES = {
    "empty": {},
    "complete": case(course=COURSE),
    "given": case(
        course={
            **COURSE,
            "cycles": [
                {
                    "number": 1,
                    "doses_given": 15,
                    "doses_held": 1,
                    "first_dose_at": "2026-11-23T08:00",
                    "last_dose_at": "2026-11-27T16:00",
                    "over": True,
                }
            ],
            "discharge_date": "2026-12-01",
        },
        requested={"dose_iu": 28_200_000},
        authorization={"start": "2026-11-23", "units": 40},
    ),
    "held": case(weight_kg="154", height_cm="175", course=COURSE),
    "beyond": case(policy=BIRCH, requested={"dose_iu": 21_150_001}),
    "refused": case(age_years=17),
}


@pytest.fixture(params=[1, 2], ids=["100 %", "200 %"])
def scale(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[int]:
    """Show the program's own font at 10 points, or at twice that."""
    before = qapp.font()
    font = qapp.font()
    font.setFamily(fonts.load())
    font.setPointSizeF(10 * request.param)
    qapp.setFont(font)
    yield request.param
    qapp.setFont(before)
    qapp.processEvents()


def settle(window: MainWindow) -> None:
    window.resize(1366, 768)
    for _ in range(8):  # a wrapped text settles the heights of those above it
        QApplication.processEvents()


def cut_off(window: QWidget) -> Iterator[str]:
    """Yield every visible text that does not fit into the room that it has."""
    kinds = (QLabel, QAbstractButton, QComboBox, QLineEdit)
    for one in window.findChildren(QWidget):
        if isinstance(one, kinds) and one.isVisible() and not _fits(one):
            yield f"{type(one).__name__} {one.objectName()} {_text(one)!r} {one.size()}"


def _text(one: QWidget) -> str:
    if isinstance(one, QComboBox):
        return one.currentText()
    return str(one.property("text") or one.property("placeholderText") or "")


def _fits(one: QWidget) -> bool:
    metrics, text = one.fontMetrics(), _text(one).replace("&", "")
    if isinstance(one, QLabel) and one.wordWrap():
        room = one.contentsRect().adjusted(max(one.indent(), 0), 0, 0, 0)
        flags = Qt.TextFlag.TextWordWrap
        needed = metrics.boundingRect(QRect(0, 0, room.width(), 100_000), flags, text)
        return needed.width() <= room.width() + 1 and needed.height() <= room.height() + 1
    return metrics.horizontalAdvance(text) <= one.contentsRect().width() + 1


def sideways(window: MainWindow) -> Iterator[str]:
    """Yield every part of the page that lies beyond the edge of what scrolls it."""
    for area in window.findChildren(QScrollArea):
        page = area.widget()
        if page is not None and page.width() > area.viewport().width():
            yield f"{area.accessibleName()}: {page.width()} in {area.viewport().width()}"


@pytest.mark.usefixtures("scale")
@pytest.mark.parametrize("name", CASES)
def test_nothing_is_cut_off_at_1366_by_768(person: Person, name: str) -> None:
    settle(person.window)
    if CASES[name]:
        person.enter_case(CASES[name])
    settle(person.window)
    assert not list(cut_off(person.window))
    assert not list(sideways(person.window))


def test_the_check_notices_a_text_that_is_cut_off(person: Person, scale: int) -> None:
    settle(person.window)
    label = person.window.findChild(QLabel, "summary")
    assert label is not None
    label.setWordWrap(False)
    label.setText("No room for this " * 40 * scale)
    label.setFixedWidth(200)
    assert len(list(cut_off(person.window))) == 1


def test_the_dose_is_the_largest_text_and_the_status_the_second(person: Person, scale: int) -> None:
    person.enter_case(case())
    settle(person.window)
    sizes = {
        one.objectName(): one.font().pointSizeF()
        for one in person.window.findChildren(QLabel)
        if one.isVisible()
    }
    largest = sorted(sizes, key=lambda name: -sizes[name])[:2]
    assert largest == ["max_dose", "approval_status"]
    assert sizes["max_dose"] == 20 * scale


@pytest.mark.usefixtures("scale")
def test_no_dose_time_is_cut_off(person: Person) -> None:
    person.enter_case(case(course=COURSE))
    settle(person.window)
    table = person.editor("schedule")
    assert isinstance(table, QTableWidget)
    for row in range(table.rowCount()):
        for column in range(table.columnCount()):
            item = table.item(row, column)
            assert item is not None
            room = QRect(0, 0, table.columnWidth(column) - 6, 100_000)
            needed = table.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, item.text())
            assert needed.height() <= table.rowHeight(row), item.text()
            assert needed.width() <= table.columnWidth(column), item.text()
