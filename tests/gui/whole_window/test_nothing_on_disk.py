"""What is typed is on no disk, unless the person saves that file."""

import os
from pathlib import Path

from tests import console

CANARY = "zq7canary"
# Written by the system's font library, for any program with text, where the system has no cache.
FONT_CACHE = Path("cache/fontconfig")

# A whole session: free text typed, every window opened, a failure, the window closed.
_SESSION = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from app.gui import failure, settings
from app.gui.application import Application
from app.gui.main_window import MainWindow
from tests.cases import case
from tests.gui.person import Person

canary, saved = sys.argv[1], sys.argv[2]


def accept():
    [dialog] = [one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog)]
    dialog.setDirectory(str(Path(saved).parent))
    dialog.accept()


running = Application([])
window = MainWindow(memory=settings.file())
failure.install(window.clear_result, window)
window.show()
person = Person(window)
person.enter_case(case(reference=canary))
for key in ("weight_kg", "course.first_dose_at", "authorization.start", "date_of_service"):
    before = person.editor(key).text()
    person.type_over(key, canary)
    person.type_over(key, before)
window._exports.copy_summary()
for name in ("comparison", "ask_sheet", "worklist", "shortcuts", "about", "policies"):
    getattr(window._windows, f"open_{name}")()
    running.processEvents()
window._windows.open_page("How each number is made")
running.processEvents()
if saved:
    QTimer.singleShot(50, accept)
    window.save()
QTimer.singleShot(0, lambda: 1 / 0)
QTimer.singleShot(50, window._leaving.leave)
QTimer.singleShot(150, running.quit)
running.exec()
assert not window.isVisible()
"""


def session(home: Path, saved: Path | None = None) -> dict[Path, bytes]:
    """Return every file that a session leaves in a home of its own."""
    folders = {"HOME": "", "TMPDIR": "tmp", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache"}
    environment = {key: str(home / name) for key, name in folders.items()}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(home / "run")}
    for name in ("tmp", "config", "cache", "run"):
        (home / name).mkdir(mode=0o700)
    saving = str(saved) if saved else ""
    with console.start("-c", _SESSION, CANARY, saving, env=environment) as running:
        _, err = running.communicate()
    assert running.returncode == 0, err.decode()
    found = (Path(folder) / name for folder, _, names in os.walk(home) for name in names)
    return {one.relative_to(home): one.read_bytes() for one in found}


def test_what_is_typed_is_on_no_disk(tmp_path: Path) -> None:
    left = session(tmp_path)
    assert [one.name for one in left if one.suffix == ".ini"] == ["settings.ini"]
    assert not [one for one, content in left.items() if CANARY.encode() in content]


def test_only_a_file_that_was_saved_holds_it(tmp_path: Path) -> None:
    folder = tmp_path / f"folder of {CANARY}"
    folder.mkdir()
    left = session(tmp_path, folder / "Case.aldesk")
    holding = [one.name for one, content in left.items() if CANARY.encode() in content]
    assert holding == ["Case.aldesk"]
    ours = [one for one in left if not one.is_relative_to(FONT_CACHE)]
    assert sorted(one.name for one in ours) == ["Case.aldesk", "settings.ini"]
