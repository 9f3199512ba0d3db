"""Nothing that runs is lost without a question when a window closes, whatever it is."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.gui.leaving import running_in
from app.gui.main_window import MainWindow
from app.gui.worklist.window import WorklistWindow
from app.library import Library
from app.library.site_folders import SiteFolders
from tests.cases import case
from tests.gui import policy_windows
from tests.gui.person import Person
from tests.gui.policy_windows import offer, person, replay_of, site, third, window
from tests.gui.policy_windows import worklist as worklist_of
from tests.gui.questions import box, click
from tests.gui.test_case_files import weight
from tests.gui.worklists import button, finish, lines, opened, told
from tests.library.sites import offered, revision, taken

__all__ = ["person", "site", "window"]
GUI = Path(__file__).resolve().parents[2] / "app" / "gui"


@pytest.fixture
def worklist(person: Person) -> WorklistWindow:
    person.window._windows.open_worklist()
    [found] = person.window.findChildren(WorklistWindow)
    return found


@pytest.fixture
def list_file(tmp_path: Path) -> Path:
    path = tmp_path / "list.jsonl"
    path.write_bytes(b"".join(lines(300)))
    return path


@pytest.fixture
def saving(worklist: WorklistWindow, list_file: Path, request: pytest.FixtureRequest) -> Path:
    """Return the file into which a worklist is just being saved."""
    target = list_file.with_name("out.jsonl")
    opened(worklist, list_file)
    request.getfixturevalue("one_step_a_turn")
    worklist.export(target)
    for _ in range(3):
        QApplication.processEvents()
    assert worklist.is_running
    return target


def no_part_is_left(target: Path) -> bool:
    return [one.name for one in target.parent.iterdir()] == ["list.jsonl"]


def test_closing_the_main_window_asks_while_a_worklist_is_saved(
    person: Person, worklist: WorklistWindow, saving: Path
) -> None:
    person.window.close()
    assert person.window.isVisible()
    asked = box(person.window, "stop_jobs")
    assert asked.text().startswith("out.jsonl is being saved, ")
    click(asked, "Go on")
    assert (person.window.isVisible(), worklist.is_running) == (True, True)
    finish(worklist)
    assert saving.read_bytes().count(b"\n") == 300
    person.window.close()
    assert not person.window.isVisible()


def test_stopping_leaves_nothing_of_the_file_and_closes(person: Person, saving: Path) -> None:
    person.window.close()
    click(box(person.window, "stop_jobs"), "Stop it")
    assert not person.window.isVisible()
    assert not running_in(person.window)
    assert no_part_is_left(saving)


def test_who_goes_on_is_asked_about_the_case_again(person: Person, saving: Path) -> None:
    assert saving
    person.enter_case(case())
    for _ in range(2):
        person.window.close()
        click(box(person.window, "save_case"), "without saving")
        click(box(person.window, "stop_jobs"), "Go on")
        assert weight(person) == "70.5"
        assert person.window.isVisible()


@pytest.mark.parametrize("answer", ["Cancel", "without saving"])
def test_two_cases_that_are_not_saved_are_asked_about_one_by_one(
    person: Person, answer: str
) -> None:
    person.enter_case(case())
    person.window.start_anew()
    click(box(person.window, "leave_case"), "Leave")
    person.enter_case(case(weight_kg="80"))
    person.window.close()
    click(box(person.window, "save_case"), "without saving")
    assert person.window.isVisible()
    assert weight(person) == "70.5"  # what would be lost is in sight
    click(box(person.window, "save_case"), answer)
    assert person.window.isVisible() is (answer == "Cancel")
    person.window.go_back()
    assert weight(person) == "80"


@pytest.mark.parametrize("escape", [False, True])
def test_closing_the_worklist_asks_while_it_is_saved(
    worklist: WorklistWindow, saving: Path, escape: bool
) -> None:
    leave = worklist.reject if escape else worklist.close
    leave()
    click(box(worklist, "stop_jobs"), "Go on")
    assert (worklist.isVisible(), worklist.is_running) == (True, True)
    leave()
    click(box(worklist, "stop_jobs"), "Stop it")
    assert not worklist.isVisible()
    assert no_part_is_left(saving)


def test_opening_another_worklist_asks_while_one_is_saved(
    worklist: WorklistWindow, saving: Path, list_file: Path
) -> None:
    worklist.open_file(list_file)
    click(box(worklist, "stop_jobs"), "Go on")
    assert worklist.is_running
    worklist.open_file(list_file)
    click(box(worklist, "stop_jobs"), "Stop it")
    finish(worklist)
    assert told(worklist).startswith("300 rows done")
    assert no_part_is_left(saving)


@pytest.mark.usefixtures("one_step_a_turn")
def test_closing_asks_while_a_worklist_is_read(
    person: Person, worklist: WorklistWindow, list_file: Path
) -> None:
    worklist.open_file(list_file)
    worklist.close()
    assert "list.jsonl is being read" in box(worklist, "stop_jobs").text()
    click(box(worklist, "stop_jobs"), "Go on")
    person.window.close()
    click(box(person.window, "stop_jobs"), "Go on")
    assert person.window.isVisible()
    finish(worklist)
    assert told(worklist).startswith("300 rows done")


def test_a_save_is_completed_by_its_own_policies_while_others_are_taken(
    person: Person, worklist: WorklistWindow, saving: Path, library: Library
) -> None:
    person.window.use(replace(library, policies=library.policies[:1]))
    assert worklist.is_running
    finish(worklist)
    assert told(worklist) == "Saved as out.jsonl: 300 rows."
    assert saving.read_bytes().count(b"no policy with this id") == 0
    assert not button(worklist, "Save the results as JSON Lines").isEnabled()


@pytest.mark.usefixtures("one_step_a_turn")
def test_closing_the_main_window_asks_while_saved_cases_are_judged(
    window: MainWindow, site: SiteFolders, tmp_path: Path
) -> None:
    taken(site, offered())
    preview = offer(policy_windows.opened(window), tmp_path, offered(revision()))
    view = replay_of(preview)
    view.judge_files([worklist_of(tmp_path, [third()] * 300)])
    window.close()
    asked = box(window, "stop_jobs")
    assert asked.text().startswith("Saved cases are being judged, ")
    click(asked, "Go on")
    assert (window.isVisible(), view.is_running) == (True, True)
    window.close()
    click(box(window, "stop_jobs"), "Stop it")
    assert (window.isVisible(), view.is_running) == (False, False)


def _names_of_calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func
            yield name.id if isinstance(name, ast.Name) else getattr(name, "attr", "")


def test_no_part_of_the_window_runs_anything_but_as_a_job() -> None:
    """So that leaving asks about it: jobs are found wherever they run."""
    ways = {"Thread", "ThreadPoolExecutor", "QThread", "QRunnable", "QTimer", "Popen"}
    found = {
        path.relative_to(GUI).as_posix()
        for path in GUI.rglob("*.py")
        if ways & set(_names_of_calls(ast.parse(path.read_text("utf-8"))))
    }
    assert found == {"widgets/jobs.py", "worklist/saving.py"}
