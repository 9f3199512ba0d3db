"""The windows of the policies for tests: over a site of their own, never that of the machine."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QListWidget,
    QMessageBox,
    QPlainTextEdit,
    QTableView,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.gui.main_window import MainWindow
from app.gui.policies.preview import PolicyPreview
from app.gui.policies.replay import ReplayView
from app.gui.policies.window import PoliciesWindow
from app.library import Library
from app.library.site_folders import SiteFolders
from tests.cases import case
from tests.gui.person import Person
from tests.library.sites import file_with, offered, site_in

THIRD_ID = "third-health"
MET = {"metastatic_disease": True, "lesion_status": ["unresectable"]}


def third(**changes: Any) -> dict[str, Any]:
    """A case that meets the third payer's criteria."""
    of_it = {"policy": THIRD_ID, "indication": "renal_cell_carcinoma", "facts": MET}
    return case(**{**of_it, **changes})


def button(window: QWidget, name: str) -> QAbstractButton:
    [found] = [one for one in window.findChildren(QAbstractButton) if one.accessibleName() == name]
    return found


def labels(window: QWidget) -> list[str]:
    return [one.text() for one in window.findChildren(QLabel) if one.isVisible()]


def versions(window: PoliciesWindow) -> QListWidget:
    found = window.findChild(QListWidget, "policy_versions")
    assert isinstance(found, QListWidget)
    return found


def listed(window: PoliciesWindow) -> list[str]:
    names = versions(window)
    return [names.item(row).text() for row in range(names.count())]


def page(window: QWidget) -> str:
    """The page of a window; a line within a cell is a line like any other."""
    [found] = [one for one in window.findChildren(QTextBrowser) if one.isVisible()]
    return found.toPlainText().replace("\u2028", "\n")


def refused(window: PoliciesWindow) -> str:
    found = window.findChild(QPlainTextEdit, "refused_policies")
    assert isinstance(found, QPlainTextEdit)
    return found.toPlainText() if found.isVisible() else ""


def boxes(window: QWidget) -> list[QMessageBox]:
    return [one for one in window.findChildren(QMessageBox) if one.isVisible()]


def answer(box: QMessageBox, words: str) -> None:
    """Press the button with these words."""
    [found] = [one for one in box.buttons() if one.text().replace("&", "") == words]
    found.click()


def offer(window: PoliciesWindow, folder: Path, text: str) -> PolicyPreview:
    """Choose a file with this text, and return its preview."""
    window.offer(file_with(folder, text))
    QApplication.processEvents()
    [found] = [one for one in window.findChildren(PolicyPreview) if one.isVisible()]
    return found


def take(preview: PolicyPreview) -> None:
    button(preview, "Take this policy").click()


def for_all(preview: PolicyPreview) -> QCheckBox:
    found = preview.findChild(QCheckBox, "for_all_users")
    assert isinstance(found, QCheckBox)
    return found


def worklist(folder: Path, cases: list[Any], name: str = "list.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(f"{json.dumps(one)}\n" for one in cases), "utf-8")
    return path


def replay_of(preview: PolicyPreview) -> ReplayView:
    found = preview.findChild(ReplayView)
    assert isinstance(found, ReplayView)
    return found


def finish(view: ReplayView) -> None:
    until = time.monotonic() + 60
    while view.is_running and time.monotonic() < until:
        QApplication.processEvents()
    assert not view.is_running


def replayed(view: ReplayView) -> list[tuple[str, ...]]:
    """The rows of the table."""
    table = view.findChild(QTableView, "replay")
    assert isinstance(table, QTableView)
    model = table.model()
    return [
        tuple(str(model.index(row, column).data()) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def told(window: QWidget, name: str) -> str:
    found = window.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found.text()


@pytest.fixture
def site(tmp_path: Path) -> SiteFolders:
    return site_in(tmp_path / "site")


@pytest.fixture
def window(qtbot: QtBot, library: Library, site: SiteFolders) -> Iterator[MainWindow]:
    """The main window of a program that found the site's folders empty."""
    window = MainWindow(library, site=site)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    yield window
    for one in window.findChildren(QDialog):
        one.close()


@pytest.fixture
def person(window: MainWindow) -> Person:
    return Person(window)


def opened(window: MainWindow) -> PoliciesWindow:
    """Open the policies by the menu."""
    [action] = [one for one in window.findChildren(QAction) if one.text() == "&Policies…"]
    action.trigger()
    found = window.findChild(PoliciesWindow)
    assert isinstance(found, PoliciesWindow)
    assert found.isVisible()
    return found


def take_in(policies: PoliciesWindow, folder: Path, text: str = "") -> None:
    take(offer(policies, folder, text or offered()))


def remove(policies: PoliciesWindow, words: str = "Remove") -> None:
    button(policies, "Remove this policy file of the site").click()
    [box] = boxes(policies)
    answer(box, words)


def put_there_by_hand(site: SiteFolders) -> None:
    site.folders[1].mkdir(parents=True)
    (site.folders[1] / "by_hand.yaml").write_text(offered(), "utf-8")
