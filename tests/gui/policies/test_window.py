"""The policies at hand: whose and how old they are, and what of the site is not used."""

import hashlib
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.gui.main_window import MainWindow
from app.gui.policies.window import PoliciesWindow
from app.library import Library
from app.library.site import read_site
from app.library.site_folders import SiteFolders
from tests import console
from tests.cases import ALDER, BIRCH
from tests.gui.look.test_appearance_text_size import cut_off, scale
from tests.gui.person import Person
from tests.gui.policy_windows import (
    boxes,
    button,
    labels,
    listed,
    opened,
    page,
    person,
    put_there_by_hand,
    refused,
    remove,
    site,
    take_in,
    third,
    told,
    versions,
    window,
)
from tests.gui.whole_window.test_accessibility import unnamed
from tests.library.sites import PROVIDER, offered, revision, taken

__all__ = ["person", "scale", "site", "window"]

SITE_LINE = f"Site policy, provided by {PROVIDER}."
BY_HAND = "by_hand.yaml was put there by hand."

# The program as it starts, until it waits for somebody.
_START = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QMessageBox
from app.library import site_folders
found = site_folders.SiteFolders(*map(Path, sys.argv[1:]))
site_folders.default_folders = lambda: found
def told(*_):
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QMessageBox) and one.isVisible():
            print(one.isModal(), one.text())
    return 0
QApplication.exec = told
sys.argv = ["aldesk"]
from app.__main__ import main
main()
"""


def days_old(first_day: date) -> str:
    return f"{(datetime.now().astimezone().date() - first_day).days:,} days old"


def review(due: date, words: str, months: int) -> str:
    """What is said of the reviews on whatever day this test runs."""
    is_over = datetime.now().astimezone().date() > due
    told = "a newer version may be in force since" if is_over else "the next by about"
    return f"reviewed about every {months} months so far, {told} {words}"


def test_each_version_is_listed_with_its_dates_age_review_and_origin(
    window: MainWindow, site: SiteFolders
) -> None:
    taken(site, offered())
    before, alder, birch, third_one = listed(opened(window))
    assert before.startswith("Alder Health: Rules for aldesleukin\nVersion 2024-06-03, ")
    assert alder.startswith("Alder Health: Rules for aldesleukin\nVersion 2026-03-02, ")
    assert review(date(2027, 6, 2), "Wed, Jun 2, 2027", 15) in alder
    assert alder.endswith("\nCame with Aldesk")
    age = days_old(date(2023, 10, 16))
    late = review(date(2026, 4, 16), "Thu, Apr 16, 2026", 30)
    assert f"\n{age}, {late}\n" in birch
    assert third_one == (
        "Third Health: Example policy of a third payer\n"
        "Version 3.0, in force from Thu, Jan 15, 2026\n"
        f"{days_old(date(2026, 1, 15))}, {review(date(2028, 1, 15), 'Sat, Jan 15, 2028', 24)}\n"
        f"{SITE_LINE[:-1]}, taken on Sat, Nov 21, 2026, for you"
    )


def test_a_chosen_version_tells_its_hash_and_only_one_of_the_site_can_be_removed(
    window: MainWindow, site: SiteFolders, library: Library
) -> None:
    path = taken(site, offered(), for_all=True)
    policies = opened(window)
    removing = button(policies, "Remove this policy file of the site")
    for row, policy in enumerate(library.policies):
        versions(policies).setCurrentRow(row)
        assert f"SHA-256\n{policy.sha256}\n" in page(policies)
        assert "Origin\nCame with Aldesk\n" in page(policies)
        assert not removing.isEnabled()
    versions(policies).setCurrentRow(len(library.policies))
    said = page(policies)
    assert f"SHA-256\n{hashlib.sha256(offered().encode()).hexdigest()}\n" in said
    assert f"{SITE_LINE[:-1]}, taken on Sat, Nov 21, 2026, for all users of this computer" in said
    assert path.name in said
    assert removing.isEnabled()


def test_a_version_that_does_not_count_yet_says_so(window: MainWindow, site: SiteFolders) -> None:
    taken(site, offered(revision().replace("2027-01-15", "2126-01-15")))
    told = listed(opened(window))[-1]
    assert "\nNot in force yet, reviewed about " in told
    assert " so far, the next by about Thu, Jan 15, 2128\n" in told


def test_removing_asks_first_with_what_it_means_and_cancel_leaves_all(
    person: Person, site: SiteFolders, tmp_path: Path
) -> None:
    policies = opened(person.window)
    take_in(policies, tmp_path)
    take_in(policies, tmp_path, offered(revision()))
    button(policies, "Remove this policy file of the site").click()
    [box] = boxes(policies)
    assert "records that name it can no longer be checked" in box.text()
    assert "from Fri, Jan 15, 2027 on are then judged by version 3.0." in box.text()
    assert box.defaultButton().text() == "&Cancel"
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert len(list(site.folders[1].iterdir())) == 2
    versions(policies).setCurrentRow(4)
    remove(policies)
    assert [one.splitlines()[1][:11] for one in listed(policies)][3:] == ["Version 3.0"]
    versions(policies).setCurrentRow(3)
    button(policies, "Remove this policy file of the site").click()
    assert "No version of this policy is left" in boxes(policies)[0].text()


def test_a_file_that_cannot_be_removed_is_told_and_stays(
    window: MainWindow, site: SiteFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = taken(site, offered())
    policies = opened(window)

    def locked(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", locked)
    versions(policies).setCurrentRow(3)
    remove(policies)
    assert boxes(policies)[-1].text() == "Permission denied.\n\nThe file is where it was."
    assert path.exists()
    assert len(listed(policies)) == 4


def test_what_was_refused_stands_above_the_others_until_it_is_gone(
    window: MainWindow, site: SiteFolders
) -> None:
    put_there_by_hand(site)
    policies = opened(window)
    assert BY_HAND in refused(policies)
    assert "Take such a file out of its folder" in refused(policies)
    assert len(listed(policies)) == 3
    (site.folders[1] / "by_hand.yaml").unlink()
    opened(window)
    assert refused(policies) == ""


def test_the_program_tells_at_its_start_what_it_refuses_and_goes_on(
    site: SiteFolders, tmp_path: Path
) -> None:
    put_there_by_hand(site)
    home = {"HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    with console.start("-c", _START, site.machine, site.user, env=home) as running:
        out, err = running.communicate()
    assert running.returncode == 0, err
    said = out.decode()
    refusal = f"A policy file of this site is not used. {site.folders[1]}: {BY_HAND}"
    assert said.startswith(f"True {refusal}")
    assert "Aldesk goes on with the other policies." in said


def test_many_refused_files_are_counted_at_the_start_and_all_named_among_the_policies(
    qtbot: QtBot, library: Library, site: SiteFolders
) -> None:
    site.folders[1].mkdir(parents=True)
    for number in range(8):
        (site.folders[1] / f"{number}.yaml").write_text("nothing", "utf-8")
    window = MainWindow(read_site(library, site)[0], site=site)
    qtbot.addWidget(window)
    window.show()
    window.tell_refused()
    [box] = boxes(window)
    assert [f"{number}.yaml" in box.text() for number in range(8)] == [True] * 5 + [False] * 3
    assert "And 3 more files: see Help, Policies." in box.text()
    box.close()
    assert all(f"{number}.yaml" in refused(opened(window)) for number in range(8))


def test_where_nothing_is_refused_nothing_is_told(window: MainWindow) -> None:
    window.tell_refused()
    assert boxes(window) == []


def test_the_policy_bar_tells_age_and_review(person: Person) -> None:
    person.enter("policy", ALDER)
    age = days_old(date(2026, 3, 2))
    told = review(date(2027, 6, 2), "Wed, Jun 2, 2027", 15)
    bar = f"in force since Mon, Mar 2, 2026: {age}, {told}."
    assert any(words.endswith(bar) for words in labels(person.window))
    person.enter("policy", BIRCH)
    told = review(date(2026, 4, 16), "Thu, Apr 16, 2026", 30)
    late = f"{days_old(date(2023, 10, 16))}, {told}."
    assert any(words.endswith(late) for words in labels(person.window))


@pytest.mark.usefixtures("scale")
def test_nothing_is_cut_off_and_nothing_has_no_name(
    person: Person, site: SiteFolders, tmp_path: Path
) -> None:
    QAccessible.setActive(True)
    put_there_by_hand(site)
    policies = opened(person.window)
    take_in(policies, tmp_path)
    person.enter_case(third())
    for shown in (person.window, policies):
        shown.resize(1366, 768)
        for _ in range(8):  # a wrapped text settles the heights of those above it
            QApplication.processEvents()
        assert not list(cut_off(shown))
        assert not unnamed(shown)
        assert shown.size().height() == 768
    assert told(policies, "policies_told") == "Taken: Third Health 3 (site policy), version 3.0."
    QAccessible.setActive(False)


def test_list_page_and_buttons_are_reached_by_the_keyboard_alone(
    qtbot: QtBot, library: Library, site: SiteFolders
) -> None:
    taken(site, offered())
    parent = QWidget()
    qtbot.addWidget(parent)
    policies = PoliciesWindow(library, site, parent)
    policies.refresh()
    policies.show()
    qtbot.waitExposed(policies)
    QTest.keyClick(versions(policies), Qt.Key.Key_End)
    assert "Third Health" in page(policies)
    reached: list[QWidget] = []
    versions(policies).setFocus()
    for _ in range(6):
        QTest.keyClick(policies.focusWidget(), Qt.Key.Key_Tab)
        reached.append(policies.focusWidget())
    for name in (
        "Take a policy file of this site",
        "Remove this policy file of the site",
        "Close the policies",
    ):
        assert button(policies, name) in reached
    QTest.keyClick(policies, Qt.Key.Key_Escape)
    assert not policies.isVisible()
