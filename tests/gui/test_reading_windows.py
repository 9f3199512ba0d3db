"""The Help menu: versions, where the policies come from, every component with its license."""

import hashlib
import re
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QListWidget,
    QPlainTextEdit,
    QTabWidget,
    QTextBrowser,
    QWidget,
)

import app
from app.gui.main_window import MainWindow
from app.gui.reading_windows import about, help_page
from app.help.components import components, license_text
from app.help.hazard_log import read_safety_case
from app.library import RESOURCES, Library
from app.model.policy import InForce
from app.output.policy_pages import PolicyOrigin, policy_rows
from tests.cases import BIRCH

OVERDUE = (
    "Thu, Apr 16, 2026 and is overdue today, Fri, Apr 17, 2026."
    " Ask the payer whether a newer version applies."
)


def opened(window: MainWindow, text: str) -> QDialog:
    """Choose an entry of the menus and return the window that it opens."""
    found = [one for one in window.findChildren(QAction) if one.text().replace("&", "") == text]
    [action] = found
    action.trigger()
    [dialog] = window.findChildren(QDialog)
    assert dialog.isVisible()
    return dialog


def text_of(dialog: QDialog, name: str) -> str:
    [view] = [one for one in dialog.findChildren(QWidget) if one.accessibleName() == name]
    assert isinstance(view, QPlainTextEdit | QTextBrowser)
    return view.toPlainText()


def test_about_names_version_and_policies_with_their_hashes(
    window: MainWindow, library: Library
) -> None:
    dialog = opened(window, "About Aldesk")
    said = text_of(dialog, "Policies")
    for policy in library.policies:
        for words in (policy.payer, policy.title, policy.document, policy.id, policy.version):
            assert words in said
        assert policy.sha256 in said
    labels = [one.property("text") for one in dialog.findChildren(QWidget)]
    assert any(str(one).startswith(f"Aldesk {app.__version__}:") for one in labels)


def test_about_names_the_file_of_each_policy_that_came_with_aldesk(
    window: MainWindow, library: Library
) -> None:
    shipped = sorted((RESOURCES / "policies").glob("*.yaml"))[0]
    sha256 = hashlib.sha256(shipped.read_bytes()).hexdigest()
    one = replace(library.policies[0], sha256=sha256)
    said = text_of(
        about(Library((one,), library.catalog, library.reference_data), window), "Policies"
    )
    assert re.search(rf"File\n{re.escape(shipped.name)}\nSHA-256\n{sha256}", said)
    another = text_of(about(library, window), "Policies")
    assert another.count("did not come with Aldesk") == len(library.policies)


def test_about_says_where_the_facts_come_from_and_whose_they_are_not(window: MainWindow) -> None:
    said = text_of(opened(window, "About Aldesk"), "Policies")
    assert "in Aldesk's own words" in said
    assert "not affiliated with Alder Health or Birch Mutual" in said
    assert "Proleukin prescribing information" in said


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 4, 16), "every 30 months; due by Thu, Apr 16, 2026"),
        (
            date(2026, 4, 17),
            f"every 30 months; was due by {OVERDUE}",
        ),
    ],
)
def test_a_review_is_overdue_from_the_day_after_it_was_due(
    library: Library, today: date, words: str
) -> None:
    policy = library.versions(BIRCH)[-1]
    rows = dict(policy_rows(PolicyOrigin(policy, "a.yaml"), today))
    assert rows["Review"] == words
    assert rows["In force"] == "from Mon, Oct 16, 2023"
    assert rows["Payer"] == "Birch Mutual"


def test_a_version_that_ended_says_when(library: Library) -> None:
    policy = library.versions(BIRCH)[-1]
    assert isinstance(policy.in_force, InForce)
    ended = replace(policy.in_force, last_day=date(2026, 4, 16))
    origin = PolicyOrigin(replace(policy, in_force=ended), "a.yaml")
    rows = dict(policy_rows(origin, date(2026, 1, 1)))
    assert rows["In force"] == "from Mon, Oct 16, 2023 until Thu, Apr 16, 2026"


def test_a_text_of_a_policy_is_shown_as_it_is_and_never_as_markup(
    window: MainWindow, library: Library
) -> None:
    odd = replace(library.policies[0], title="<b>A & B</b>")
    dialog = about(Library((odd,), library.catalog, library.reference_data), window)
    assert "<b>A & B</b>" in text_of(dialog, "Policies")


def test_about_lists_every_component_with_its_license_text(window: MainWindow) -> None:
    dialog = opened(window, "About Aldesk")
    [names] = dialog.findChildren(QListWidget)
    shown = [names.item(row).text() for row in range(names.count())]
    assert len(shown) == len(components())
    for row, component in enumerate(components()):
        assert shown[row].startswith(component.name)
        assert shown[row].endswith(f": {component.license}")
        names.setCurrentRow(row)
        said = text_of(dialog, "Copyright and license")
        assert said.startswith(component.copyright[0])
        for name in component.texts:
            assert license_text(name).strip()[:300] in said


def test_about_says_how_qt_is_replaced(window: MainWindow) -> None:
    dialog = opened(window, "About Aldesk")
    [pages] = dialog.findChildren(QTabWidget)
    assert [pages.tabText(page).replace("&", "") for page in range(pages.count())] == [
        "Policies",
        "Components",
        "Replacing Qt",
    ]
    assert "You may replace them" in text_of(dialog, "Replacing Qt")


def test_the_administrators_guide_is_in_the_help_menu(window: MainWindow) -> None:
    said = text_of(opened(window, "Administrator's guide"), "Administrator's guide")
    assert "What the program never does" in said
    source = (RESOURCES / "help" / "administrators-guide.md").read_text("utf-8")
    for heading in re.findall(r"(?m)^#+ (.*)$", source):
        assert heading in said


@pytest.mark.parametrize(
    ("text", "file"), [("Privacy", "privacy.md"), ("Traceability", "traceability.md")]
)
def test_a_page_for_whoever_answers_for_aldesk_is_in_the_help_menu(
    window: MainWindow, text: str, file: str
) -> None:
    said = text_of(opened(window, text), text)
    source = (RESOURCES / "help" / file).read_text("utf-8")
    headings = re.findall(r"(?m)^#+ (.*)$", source)
    assert len(headings) > 3
    assert all(heading in said for heading in headings)


def test_the_safety_case_is_in_the_help_menu(window: MainWindow) -> None:
    said = text_of(opened(window, "Safety case"), "Safety case")
    for hazard in read_safety_case().hazards:
        assert hazard.name in said
        assert hazard.residual_risk in said


def test_the_page_on_numbers_shows_every_heading_of_its_file(window: MainWindow) -> None:
    dialog = help_page("How each number is made", window)
    said = text_of(dialog, "How each number is made")
    source = (RESOURCES / "help" / "how-numbers-are-made.md").read_text("utf-8")
    headings = re.findall(r"(?m)^#+ (.*)$", source)
    assert len(headings) > 8
    assert all(heading in said for heading in headings)
    assert "| ---" not in said


def test_every_page_has_a_name_for_screen_readers(window: MainWindow) -> None:
    for name in ("How each number is made", "Administrator's guide"):
        dialog = help_page(name, window)
        views = dialog.findChildren(QTextBrowser) + dialog.findChildren(QAbstractButton)
        assert len(views) == 2
        assert all(one.accessibleName() for one in views)


@pytest.mark.parametrize(
    "text", ["About Aldesk", "Administrator's guide", "Safety case", "Privacy"]
)
def test_no_link_in_help_opens_anything(window: MainWindow, text: str) -> None:
    for browser in opened(window, text).findChildren(QTextBrowser):
        assert not browser.openLinks()
        assert not browser.openExternalLinks()
