"""A policy file is seen before it is taken, and only then it is installed."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar, QTableView, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from app.gui.policies.preview import PolicyPreview
from app.gui.policies.window import PoliciesWindow
from app.library import Library
from app.library.site_folders import SiteFolders
from app.model.formatting import date_in_words
from tests.cases import case
from tests.gui.look.test_appearance_text_size import cut_off, scale
from tests.gui.policy_windows import (
    answer,
    boxes,
    button,
    finish,
    for_all,
    offer,
    page,
    replay_of,
    replayed,
    take,
    third,
    told,
    worklist,
)
from tests.gui.questions import box, click
from tests.gui.whole_window.test_accessibility import unnamed
from tests.library.sites import PROVIDER, THIRD, file_with, offered, revision, site_in, taken

__all__ = ["scale"]

PLACE = "Third Health 3: Dosing 4"
REST = "coverage.renal_cell_carcinoma.dosing.intravenous.min_rest_days"


@pytest.fixture
def site(tmp_path: Path) -> SiteFolders:
    return site_in(tmp_path / "site")


@pytest.fixture
def policies(qtbot: QtBot, library: Library, site: SiteFolders) -> Iterator[PoliciesWindow]:
    parent = QWidget()
    qtbot.addWidget(parent)
    window = PoliciesWindow(library, site, parent)
    window.refresh()
    window.show()
    qtbot.waitExposed(window)
    yield window
    for one in window.findChildren(PolicyPreview):
        one.close()
    window.close()


@pytest.fixture
def revised(policies: PoliciesWindow, site: SiteFolders, tmp_path: Path) -> PolicyPreview:
    """The preview of a next version, one rest longer, while the version before is at hand."""
    taken(site, offered())
    policies.refresh()
    return offer(policies, tmp_path, offered(revision()))


def files(site: SiteFolders) -> list[Path]:
    return [one for folder in (site.machine, site.user) for one in folder.rglob("*.yaml")]


def today() -> date:
    return datetime.now().astimezone().date()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (THIRD, "offered.yaml, line 1, provided_by: the key is missing"),
        (
            offered().replace("min_rest_days: {value: 15", "min_rest_days: {value: none"),
            f"offered.yaml, line 77, {REST}.value: must be a whole number",
        ),
        (offered()[:1500], "offered.yaml, line "),
        ("", "offered.yaml, line 1: "),
    ],
)
def test_a_file_that_is_not_whole_is_refused_with_file_line_and_key_and_changes_nothing(
    policies: PoliciesWindow, site: SiteFolders, tmp_path: Path, text: str, words: str
) -> None:
    policies.offer(file_with(tmp_path, text))
    [asked] = boxes(policies)
    assert asked.text().startswith(words)
    assert "Nothing was changed" in asked.text()
    assert not policies.findChildren(PolicyPreview)
    answer(asked, "Close")
    assert files(site) == []


def test_who_provides_a_file_and_its_hash_are_shown_before_it_is_taken(
    policies: PoliciesWindow, site: SiteFolders, tmp_path: Path
) -> None:
    preview = offer(policies, tmp_path, offered())
    said = page(preview)
    assert f"Provided by\n{PROVIDER}\n" in said
    assert f"SHA-256\n{hashlib.sha256(offered().encode()).hexdigest()}\n" in said
    assert re.search("every 24 months; (was )?due by Sat, Jan 15, 2028", said)
    assert preview.isModal()
    assert files(site) == []


def test_a_new_policy_is_shown_in_full(policies: PoliciesWindow, tmp_path: Path) -> None:
    said = page(offer(policies, tmp_path, offered()))
    assert "For dates of service from Thu, Jan 15, 2026 on." in said
    assert "What it says" in said
    for words in (
        "“Aged at least 16 years” in “All of this holds”",
        "at most 450,000 International Units",
        f"Rest between the cycles\nat least 15 days\n{PLACE}",
        f"Rest between courses\nat least 63 days (9 weeks)\n{PLACE[:-1]}5",
        "Ask the payer about sites of care.",
    ):
        assert words in said, words


def test_a_revision_is_shown_by_what_changes_with_both_citations(
    revised: PolicyPreview,
) -> None:
    said = page(revised)
    assert "What changes from version 3.0\n3 differences\n" in said
    assert (
        f"Rest between the cycles\nat least 15 days\n{PLACE}\nat least 16 days\n{PLACE}\n" in said
    )
    assert "at least 63 days" not in said


def test_an_added_and_a_removed_criterion_are_named_as_such(
    policies: PoliciesWindow, site: SiteFolders, tmp_path: Path
) -> None:
    taken(site, offered())
    policies.refresh()
    old = THIRD[THIRD.index("        - id: young_enough") : THIRD.index("        - id: extent")]
    new = old.replace("young_enough", "heavy").replace("Aged at most 80 years", "Not too old")
    said = page(offer(policies, tmp_path, offered(revision().replace(old, new))))
    place = "Third Health 3: Criteria 2"
    wants = "Age (years) at most 80"
    assert f"Added: “Not too old” in “All of this holds”\n–\n{wants}\n{place}" in said
    assert f"Removed: “Aged at most 80 years” in “All of this holds”\n{wants}\n{place}\n–" in said


@pytest.mark.parametrize(
    ("days_from_now", "words"),
    [
        (-1, "today's cases are then judged by it, not by version 3.0."),
        (0, "today's cases are then judged by it, not by version 3.0."),
        (1, "today's cases are still judged by version 3.0."),
    ],
)
def test_it_is_said_from_when_a_version_counts_in_place_of_another(
    policies: PoliciesWindow, site: SiteFolders, tmp_path: Path, days_from_now: int, words: str
) -> None:
    taken(site, offered())
    policies.refresh()
    first_day = today() + timedelta(days=days_from_now)
    text = offered(revision()).replace("2027-01-15", first_day.isoformat())
    said = page(offer(policies, tmp_path, text))
    assert f"For dates of service from {date_in_words(first_day)} on" in said
    assert words in said


def test_an_older_version_counts_until_the_day_before_the_next_one(
    policies: PoliciesWindow, site: SiteFolders, tmp_path: Path
) -> None:
    taken(site, offered(revision().replace("2027-01-15", "2026-03-01")))
    policies.refresh()
    said = page(offer(policies, tmp_path, offered()))
    assert "For dates of service from Thu, Jan 15, 2026 to Sat, Feb 28, 2026; " in said
    assert "still judged by version 4.0." in said


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape, None])
def test_enter_escape_and_cancel_take_nothing(
    policies: PoliciesWindow, site: SiteFolders, tmp_path: Path, key: Qt.Key | None
) -> None:
    preview = offer(policies, tmp_path, offered())
    if key is None:
        button(preview, "Cancel").click()
    else:
        QTest.keyClick(preview, key)
    assert not preview.isVisible()
    assert files(site) == []


def test_the_very_bytes_that_were_shown_are_taken_for_this_user(
    policies: PoliciesWindow, site: SiteFolders, tmp_path: Path
) -> None:
    preview = offer(policies, tmp_path, offered())
    file_with(tmp_path, "changed meanwhile")
    take(preview)
    assert not preview.isVisible()
    [path] = files(site)
    assert path.parent == site.folders[1]
    assert path.read_bytes() == offered().encode()
    assert str(today()) in path.name
    assert told(policies, "policies_told") == "Taken: Third Health 3 (site policy), version 3.0."


def test_a_file_is_taken_for_all_users_where_their_folder_can_be_written(
    policies: PoliciesWindow, site: SiteFolders, tmp_path: Path
) -> None:
    preview = offer(policies, tmp_path, offered())
    for_all(preview).click()
    take(preview)
    [path] = files(site)
    assert path.parent == site.folders[0]
    assert "for all users of this computer" in page(policies)


def test_all_users_are_no_choice_where_their_folder_cannot_be_written(
    policies: PoliciesWindow, site: SiteFolders, tmp_path: Path
) -> None:
    site.machine.mkdir(parents=True)
    site.folders[0].write_text("a file stands where the folder would be", "utf-8")
    assert not for_all(offer(policies, tmp_path, offered())).isVisible()


def test_a_file_that_cannot_be_written_is_told_and_nothing_changes(
    policies: PoliciesWindow, site: SiteFolders, tmp_path: Path
) -> None:
    preview = offer(policies, tmp_path, offered())
    site.user.parent.mkdir(exist_ok=True)
    site.user.write_text("a file stands where the folder would be", "utf-8")
    take(preview)
    assert preview.isVisible()
    words = told(preview, "take_told")
    assert words.startswith(str(site.folders[1]))
    assert "Nothing was changed" in words
    assert files(site) == []


def test_cases_are_judged_by_both_versions_and_every_change_is_listed(
    revised: PolicyPreview, tmp_path: Path
) -> None:
    cases = [third(reference="nine"), third(route="subcutaneous"), case(), 0]
    view = replay_of(revised)
    view.judge_files([worklist(tmp_path, cases), tmp_path / "gone.json"])
    finish(view)
    what = "Rest before the second cycle"
    rows = replayed(view)
    assert rows[0] == ("list.jsonl, row 1", "nine", what, "at least 15 days", "at least 16 days")
    assert rows[1][:3] == ("list.jsonl, row 4", "", "Not readable")
    assert rows[2] == ("gone.json", "", "Not readable", "", "No such file or directory.")
    assert len(rows) == 3
    assert told(view, "replay_told") == (
        "2 cases judged by both versions; the result differs for 1 case; "
        "1 case of another policy; 2 rows not readable."
    )


def test_a_chosen_row_of_the_replay_is_told_in_full(revised: PolicyPreview, tmp_path: Path) -> None:
    view = replay_of(revised)
    view.judge_files([worklist(tmp_path, [third()])])
    finish(view)
    table = view.findChild(QTableView, "replay")
    assert isinstance(table, QTableView)
    table.selectRow(0)
    assert view._details.toPlainText() == (
        "list.jsonl, row 1: Rest before the second cycle\n"
        "Before: at least 15 days\nNow: at least 16 days"
    )


def test_without_a_version_before_no_cases_can_be_chosen(
    policies: PoliciesWindow, tmp_path: Path
) -> None:
    preview = offer(policies, tmp_path, offered())
    assert not button(preview, "Judge saved cases by both versions").isEnabled()


@pytest.mark.usefixtures("one_step_a_turn")
def test_many_cases_are_judged_between_the_events_of_the_window_and_can_be_stopped(
    revised: PolicyPreview, tmp_path: Path
) -> None:
    view = replay_of(revised)
    view.judge_files([worklist(tmp_path, [third()] * 400)])
    for _ in range(3):
        QApplication.processEvents()
    assert view.is_running
    button(revised, "Stop judging").click()
    assert not view.is_running
    assert 0 < len(replayed(view)) < 400
    assert told(view, "replay_told").endswith("Stopped: the rest was not judged.")
    assert button(revised, "Judge saved cases by both versions").isEnabled()


@pytest.mark.usefixtures("one_step_a_turn")
def test_closing_the_preview_asks_before_judging_stops(
    policies: PoliciesWindow, revised: PolicyPreview, tmp_path: Path
) -> None:
    view = replay_of(revised)
    view.judge_files([worklist(tmp_path, [third()] * 400)])
    revised.reject()
    assert "Saved cases are being judged" in box(revised, "stop_jobs").text()
    click(box(revised, "stop_jobs"), "Go on")
    assert (view.is_running, revised.isVisible()) == (True, True)
    revised.close()
    click(box(revised, "stop_jobs"), "Stop it")
    assert not policies.findChildren(PolicyPreview)


@pytest.mark.usefixtures("one_step_a_turn")
def test_taking_the_policy_asks_before_judging_stops(
    policies: PoliciesWindow, revised: PolicyPreview, tmp_path: Path
) -> None:
    view = replay_of(revised)
    view.judge_files([worklist(tmp_path, [third()] * 400)])
    button(revised, "Take this policy").click()
    assert (view.is_running, revised.isVisible()) == (True, True)
    click(box(revised, "stop_jobs"), "Stop it")
    assert not policies.findChildren(PolicyPreview)


def test_a_text_of_a_file_is_shown_as_it_is_and_never_as_markup(
    policies: PoliciesWindow, tmp_path: Path
) -> None:
    odd = offered(provider='"<b>A & B</b>"')
    said = page(offer(policies, tmp_path, odd))
    assert said.count("Provided by\n<b>A & B</b>\n") == 2  # above, and in what it says


@pytest.mark.usefixtures("scale")
def test_nothing_is_cut_off_and_nothing_has_no_name(revised: PolicyPreview, tmp_path: Path) -> None:
    QAccessible.setActive(True)
    revised.resize(1366, 768)
    view = replay_of(revised)
    view.judge_files([worklist(tmp_path, [third()])])
    finish(view)
    [pages] = revised.findChildren(QTabWidget)
    for place in range(pages.count()):
        pages.setCurrentIndex(place)
        QApplication.processEvents()
        assert not list(cut_off(revised))
        assert not unnamed(revised)
    assert revised.size().height() == 768
    QAccessible.setActive(False)


def test_everything_is_reached_by_tab_and_the_space_bar_takes(
    revised: PolicyPreview, site: SiteFolders
) -> None:
    reached: set[QWidget] = set()
    button(revised, "Cancel").setFocus()
    for _ in range(8):
        QTest.keyClick(revised.focusWidget(), Qt.Key.Key_Tab)
        reached.add(revised.focusWidget())
    taking = button(revised, "Take this policy")
    assert {taking, for_all(revised), *revised.findChildren(QTabBar)} <= reached
    QTest.keyClick(taking, Qt.Key.Key_Space)
    assert len(files(site)) == 2
