"""Tests the statements of SECURITY.md and the privacy page, as far as a program can test them."""

import os
import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QApplication

from app.gui import settings
from app.gui.settings import Settings
from app.library import RESOURCES
from tests.safety.places import ROOT, is_test

PRIVACY = RESOURCES / "help" / "privacy.md"
PAGES = pytest.mark.parametrize(
    "page", [ROOT / "SECURITY.md", PRIVACY], ids=lambda page: str(page.name)
)
SYSTEMS = {"win32": "Windows", "linux": "Linux", "darwin": "macOS"}


@PAGES
def test_every_test_that_is_named_is_there(page: Path) -> None:
    named = re.findall(r"`(tests/[^`]*)`", page.read_text("utf-8"))
    assert len(named) > 10
    assert not [one for one in named if not is_test(one)]


@PAGES
def test_every_place_that_is_named_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    places = re.findall(r"`((?:app|build_scripts|resources)/[\w./-]*)(?: \w+)?`", text)
    assert places
    assert not [one for one in places if not (ROOT / one).exists()]


def rows(heading: str) -> dict[str, str]:
    """Return the table of the privacy page whose first column has this heading."""
    _, _, after = PRIVACY.read_text("utf-8").partition(f"| {heading} |")
    table = after.partition("\n\n")[0]
    return dict(re.findall(r"(?m)^\| `?([^`|]+?)`? \| `?([^|]+?)`? \|$", table))


@pytest.mark.usefixtures("qtbot")
def test_the_keys_of_the_privacy_page_are_those_that_are_written(tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    all_of_them = Settings(geometry=QByteArray(b"1"), splitter=QByteArray(b"2"))
    settings.write(file, all_of_them)
    written = QSettings(str(file), QSettings.Format.IniFormat).allKeys()
    assert set(rows("Key")) == set(written)


def test_the_privacy_page_names_the_file_of_the_settings(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    before = qapp.applicationName()
    qapp.setApplicationName("Aldesk")  # as the program does
    found = settings.file()
    qapp.setApplicationName(before)
    told = rows("System")
    assert set(told) == set(SYSTEMS.values())
    assert found == Path(os.path.expandvars(told[SYSTEMS[sys.platform]])).expanduser()
