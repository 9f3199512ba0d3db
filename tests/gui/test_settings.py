"""What the window remembers: its look and the site's formula, and nothing about a case."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.gui import settings
from app.gui.look import theme
from app.gui.look.appearance import Theme
from app.gui.main_window import MainWindow
from app.gui.settings import Settings
from app.library import Library
from tests.cases import case
from tests.gui.person import Person


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    """Leave the application as it was."""
    font, palette = qapp.font(), qapp.palette()
    yield
    qapp.setFont(font)
    qapp.setPalette(palette)
    qapp.processEvents()


def open_window(qtbot: QtBot, library: Library, memory: Path) -> MainWindow:
    window = MainWindow(library, memory)
    qtbot.addWidget(window)
    window.show()
    return window


def choose(window: MainWindow, words: str) -> None:
    [action] = [one for one in window.findChildren(QAction) if one.text() == words]
    action.trigger()


def test_the_look_comes_back(qtbot: QtBot, library: Library, tmp_path: Path) -> None:
    memory = tmp_path / "settings.ini"
    first = open_window(qtbot, library, memory)
    before = QApplication.font().pointSizeF()
    for words in ("&Dark", "150 %", "Haycock"):
        choose(first, words)
    first.resize(1100, 640)
    first.close()
    assert settings.read(memory).theme is Theme.DARK
    QApplication.setPalette(theme.palette(dark=False))
    second = open_window(qtbot, library, memory)
    dark = theme.palette(dark=True).color(QPalette.ColorRole.Window)
    assert QApplication.palette().color(QPalette.ColorRole.Window) == dark
    assert QApplication.font().pointSizeF() == pytest.approx(before * 1.5 * 1.5)
    assert settings.read(memory).geometry == first.saveGeometry()
    assert second.draft.entries["bsa_formula"] == "haycock"


def test_nothing_of_a_case_is_remembered(qtbot: QtBot, library: Library, tmp_path: Path) -> None:
    window = open_window(qtbot, library, tmp_path / "settings.ini")
    Person(window).enter_case(case(weight_kg="71.234", reference="canary"))
    window.load(window.draft)  # as it came in: nothing asks
    window.close()
    [written] = tmp_path.iterdir()
    text = written.read_text("utf-8")
    assert "71.234" not in text
    assert "melanoma" not in text
    assert "canary" not in text
    keys = [line.split("=")[0] for line in text.splitlines() if "=" in line]
    assert sorted(keys) == ["bsa_formula", "geometry", "splitter", "text_size", "theme"]


def test_without_a_memory_nothing_is_written(
    qtbot: QtBot, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "write", lambda *_: pytest.fail("written"))
    window = MainWindow(library)
    qtbot.addWidget(window)
    window.close()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "theme=pink\ntext_size=1000000\nbsa_formula=none\n[window]\ngeometry=x\nsplitter=7\n",
        "theme=@Invalid()\ntext_size=@Variant(\\0\\0)\n",
        "\x00\x01[[[",
        "[window]\ngeometry=@ByteArray(junk)\nsplitter=@ByteArray(junk)\n",
    ],
)
def test_a_damaged_memory_is_a_first_day(
    qtbot: QtBot, library: Library, tmp_path: Path, text: str
) -> None:
    memory = tmp_path / "settings.ini"
    memory.write_text(text, "utf-8")
    found = settings.read(memory)
    assert (found.theme, found.text_size, found.bsa_formula) == (Theme.SYSTEM, 100, "mosteller")
    assert open_window(qtbot, library, memory).isVisible()


def test_a_folder_that_cannot_be_written_stops_nobody(
    qtbot: QtBot, library: Library, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    window = open_window(qtbot, library, blocked / "settings.ini")
    window.close()
    assert not window.isVisible()


def test_the_text_grows_and_shrinks_in_steps_and_stops_at_both_ends(
    qtbot: QtBot, library: Library, tmp_path: Path
) -> None:
    base = QApplication.font().pointSizeF()
    window = open_window(qtbot, library, tmp_path / "settings.ini")
    sizes = []
    for words in ["La&rger text"] * 6 + ["S&maller text"] * 6:
        choose(window, words)
        sizes.append(round(QApplication.font().pointSizeF() / base, 2))
    assert sizes == [1.25, 1.5, 1.75, 2, 2, 2, 1.75, 1.5, 1.25, 1, 1, 1]


def test_every_choice_of_colors_shows_its_palette(
    qtbot: QtBot, library: Library, tmp_path: Path
) -> None:
    window = open_window(qtbot, library, tmp_path / "settings.ini")
    for words, dark, high in (
        ("&Dark", True, False),
        ("&Light", False, False),
        ("&High contrast", True, True),
    ):
        choose(window, words)
        expected = theme.palette(dark=dark, high_contrast=high)
        for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Highlight):
            assert QApplication.palette().color(role) == expected.color(role), words


def test_another_formula_of_the_site_leaves_the_case_of_now_alone(
    qtbot: QtBot, library: Library, tmp_path: Path
) -> None:
    window = open_window(qtbot, library, tmp_path / "settings.ini")
    choose(window, "Boyd")
    assert window.draft.entries["bsa_formula"] == "mosteller"
    window.start_anew()
    assert window.draft.entries["bsa_formula"] == "boyd"


def test_settings_know_every_text_size_of_their_menu() -> None:
    assert Settings().text_size in settings.TEXT_SIZES
