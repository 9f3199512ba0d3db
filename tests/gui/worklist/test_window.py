"""The window of a worklist: every row as it is computed, chosen, sorted and found."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QProgressBar
from pytestqt.qtbot import QtBot

from app.gui.look.theme import Tone, tone_color
from app.gui.worklist.window import WorklistWindow
from app.library import Library
from app.model.case import Case
from app.model.case_json import read_case
from app.model.formatting import dose_in_words
from app.output.phrases import STATUS, STATUS_SHAPE
from tests.cases import BIRCH, case
from tests.console import run
from tests.fixture_cases import EXAMPLES
from tests.gui.whole_window.test_accessibility import unnamed
from tests.gui.worklists import (
    LIMIT_COLUMN,
    STATUS_COLUMN,
    WHY_COLUMN,
    button,
    column,
    finish,
    lines,
    mixed_file,
    on_screen,
    opened,
    show_only,
    text,
    told,
)


@pytest.fixture
def window(qtbot: QtBot, library: Library) -> Iterator[WorklistWindow]:
    yield from on_screen(qtbot, library)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return mixed_file(tmp_path)


def test_each_row_shows_what_check_gives_for_its_case(window: WorklistWindow, file: Path) -> None:
    shown = opened(window, file)
    for at, example in enumerate(EXAMPLES):
        alone = run("check", "--json", "-", stdin=json.dumps(example.case).encode()).json
        cells = [column(shown, one)[at] for one in (STATUS_COLUMN, LIMIT_COLUMN, WHY_COLUMN)]
        status = alone["approval_status"]
        assert cells[0].partition(";")[0] == f"{STATUS_SHAPE[status]} {STATUS[status]}"
        dose = (alone["dose_limit"] or {}).get("max_dose_iu")
        assert cells[1].startswith(dose_in_words(dose)) if dose else "Units" not in cells[1]
        assert cells[2] == alone["summary"]


def test_a_bad_row_says_in_words_what_is_wrong(window: WorklistWindow, file: Path) -> None:
    shown = opened(window, file)
    at = len(EXAMPLES)
    assert column(shown, STATUS_COLUMN)[at] == "! Problem"
    assert "date_of_service: Required." in column(shown, WHY_COLUMN)[at]
    shown.selectRow(at)
    assert text(window, "worklist_row").startswith(f"Row {at + 1}: ! Problem")


def test_a_row_tells_its_dates(window: WorklistWindow, tmp_path: Path) -> None:
    planned = case(course={"first_dose_at": "2026-11-23T08:00"})
    path = tmp_path / "list.jsonl"
    path.write_bytes(json.dumps(planned).encode())
    opened(window, path).selectRow(0)
    told = text(window, "worklist_row")
    # Days 17 and 78 of a course begun in the morning.
    assert (
        "Second cycle: from Wed, Dec 9, 2026, the earliest permitted, not booked, "
        "if the planned doses are given"
    ) in told
    assert "Another course: from Mon, Feb 8, 2027, if the planned doses are given" in told


def test_an_unusual_weight_has_to_be_confirmed_first(window: WorklistWindow, file: Path) -> None:
    shown = opened(window, file)
    assert column(shown, LIMIT_COLUMN)[-1] == "Not known yet: confirm the weight"
    assert column(shown, STATUS_COLUMN)[-1] == "? Information missing"
    shown.selectRow(len(EXAMPLES) + 1)
    told = text(window, "worklist_row")
    assert "61,600,000" not in told
    assert "Unusual, not used before it is confirmed: weight" in told
    assert "To check: Unusual weight" in told


def test_the_choices_count_and_filter_by_status(window: WorklistWindow, file: Path) -> None:
    shown = opened(window, file)
    alone = run("batch", "-", "-", stdin=b"".join(lines(len(EXAMPLES)))).lines
    expected = [one["approval_status"] for one in alone] + ["problem", "information_missing"]
    for kind in sorted(set(expected)):
        assert show_only(window, kind).endswith(f": {expected.count(kind)}")
        assert len({one.partition(";")[0] for one in column(shown, STATUS_COLUMN)}) == 1
        assert shown.model().rowCount() == expected.count(kind)
    assert show_only(window, "all") == f"All rows: {len(expected)}"
    assert shown.model().rowCount() == len(expected)


def test_where_no_dose_was_compared_the_status_says_so(
    window: WorklistWindow, tmp_path: Path
) -> None:
    path = tmp_path / "list.jsonl"
    cases = (case(), case(requested={"doses_per_day": 2}), case(requested={"dose_iu": 28_200_000}))
    path.write_bytes(b"\n".join(json.dumps(one).encode() for one in cases))
    shown = opened(window, path)
    assert column(shown, STATUS_COLUMN) == [
        "✓ Criteria met; dosing not checked",
        "✓ Criteria met; dosing not checked",
        "✓ Criteria met",
    ]
    places = [shown.model().index(row, STATUS_COLUMN) for row in range(3)]
    colors = [place.data(Qt.ItemDataRole.ForegroundRole).name() for place in places]
    of_open, of_good = (tone_color(tone, shown.palette()) for tone in (Tone.OPEN, Tone.GOOD))
    assert colors == [of_open, of_open, of_good]


def test_a_row_tells_an_excess_a_broken_rest_and_an_overdue_review(
    window: WorklistWindow, tmp_path: Path
) -> None:
    """Alder: 28,300,000 is 0.36 % above the limit. Birch: its review was due in April 2026."""
    one = {
        "number": 1,
        "doses_given": 10,
        "first_dose_at": "2026-11-23T08:00",
        "last_dose_at": "2026-11-27T20:00",
    }
    two = {"number": 2, "planned_first_at": "2026-12-05T08:00"}
    cases = (
        case(course={"cycles": [one, two]}, requested={"dose_iu": 28_300_000}),
        case(policy=BIRCH),
    )
    path = tmp_path / "list.jsonl"
    path.write_bytes(b"\n".join(json.dumps(one).encode() for one in cases))
    shown = opened(window, path)
    shown.selectRow(0)
    told = text(window, "worklist_row")
    assert told.startswith(
        "Row 1: × Dose above the documented limit; second cycle before its rest is over\n"
    )
    assert "0.36% above the limit" in told
    assert "the policy allows it from Wed, Dec 9, 2026 on" in told
    assert "Second cycle: booked for Sat, Dec 5, 2026\n" in told
    shown.selectRow(1)
    assert "Review overdue: " in text(window, "worklist_row")


def test_words_are_found_in_any_row_and_nothing_found_is_told(
    window: WorklistWindow, file: Path
) -> None:
    shown = opened(window, file)
    find = window.findChild(QLineEdit, "find")
    assert isinstance(find, QLineEdit)
    QTest.keyClicks(find, "HELD")
    assert column(shown, 1) == ["held"]
    QTest.keyClicks(find, "zz")
    assert not shown.isVisible()
    assert text(window, "worklist_page").startswith("No row matches.")
    find.clear()
    assert shown.isVisible()


def test_rows_are_sorted_by_a_heading_and_the_chosen_row_stays(
    window: WorklistWindow, file: Path
) -> None:
    shown = opened(window, file)
    shown.selectRow(3)
    before = text(window, "worklist_row")
    header = shown.horizontalHeader()
    header.setSortIndicator(LIMIT_COLUMN, Qt.SortOrder.DescendingOrder)
    doses = [one.partition(" ")[0].replace(",", "") for one in column(shown, LIMIT_COLUMN)]
    numbers = [int(one) for one in doses if one.isdigit()]
    assert numbers == sorted(numbers, reverse=True)
    assert all(one.isdigit() for one in doses[: len(numbers)])
    assert text(window, "worklist_row") == before
    header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
    assert column(shown, 0) == [str(one + 1) for one in range(len(EXAMPLES) + 2)]


def test_a_row_is_wanted_in_the_main_window_by_enter_and_by_the_button(
    window: WorklistWindow, file: Path
) -> None:
    wanted: list[Case] = []
    window.row_wanted.connect(wanted.append)
    shown = opened(window, file)
    shown.selectRow(1)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    button(window, "Open this row in the main window").click()
    assert wanted == [read_case(EXAMPLES[1].case | {"reference": "r1"})] * 2
    shown.selectRow(len(EXAMPLES))
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert len(wanted) == 2
    assert "not a case that can be opened" in told(window)


def test_a_refused_file_takes_the_rows_before_it_away(
    window: WorklistWindow, file: Path, tmp_path: Path
) -> None:
    opened(window, file)
    bad = tmp_path / "bad.csv"
    for content, words in (
        (b"policy,name\r\n", "Not a known column: name."),
        ("policy,größe".encode("cp1252"), "CSV UTF-8"),
        (None, "No such file"),
    ):
        bad.unlink(missing_ok=True) if content is None else bad.write_bytes(content)
        assert not opened(window, bad).isVisible()
        assert words in text(window, "worklist_page")
        assert told(window) == "bad.csv was not opened."
        assert show_only(window, "all") == "All rows: 0"
        assert not button(window, "Save the results as JSON Lines").isEnabled()


@pytest.mark.usefixtures("one_step_a_turn")
@pytest.mark.parametrize("state", ["empty", "running", "done"])
def test_nothing_that_can_be_used_has_no_name(
    window: WorklistWindow, tmp_path: Path, state: str
) -> None:
    QAccessible.setActive(True)
    path = tmp_path / "long.jsonl"
    path.write_bytes(b"".join(lines(500 if state == "running" else 20)))
    if state != "empty":
        window.open_file(path)
    if state == "done":
        finish(window)
    QApplication.processEvents()
    bar = window.findChild(QProgressBar, "worklist_progress")
    assert isinstance(bar, QProgressBar)
    assert bar.isVisible() is (state == "running")
    assert not unnamed(window)
    QAccessible.setActive(False)


def test_what_each_column_may_hold_can_be_read(window: WorklistWindow) -> None:
    button(window, "What each column may hold").click()
    [page] = [one for one in window.findChildren(QDialog) if one.isVisible()]
    assert page.windowTitle() == "Columns of a worklist"
    page.close()
