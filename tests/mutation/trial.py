"""Tries whether every test passes with a change: in a prepared session, or from the first import.

The quick way replaces the code of one function after all tests are collected. Only its "killed" is
final: survivors, and changes with an effect during import, are tried the long way.
"""

import gc
import importlib
import sys
import tempfile
from collections.abc import Iterable
from importlib.machinery import SourceFileLoader
from itertools import chain
from pathlib import Path
from types import CodeType

import pytest

from tests.mutation.change import Change
from tests.mutation.mutants import Mutant
from tests.mutation.process import SECONDS_TO_BEGIN, SURVIVED, allow_seconds, silence, tried
from tests.mutation.suite import OPTIONS, TESTS, Reach
from tests.mutation.swap import swap

_QUICK_SECONDS = 1
Ends = dict[Mutant, str]


def quick_ends(found: list[Mutant], reach: Reach, processes: int) -> Ends:
    """Return the end of each change that quick tests kill, in one session for all changes."""
    silence()
    stage = _Stage(found, reach, processes)
    if pytest.main([*OPTIONS, *TESTS], plugins=[stage]) != pytest.ExitCode.OK:
        raise RuntimeError("the session could not be made ready")
    return stage.ends


def unchanged(file: str) -> Mutant:
    """Return a control without a change: it must survive, or the other ends mean nothing."""
    return Mutant(Change(file, "", "nothing", "nothing"), Path(file).read_text("utf-8"))


def without_control(ends: Iterable[tuple[Mutant, str]]) -> Ends:
    """Return the ends of all changes. Raises RuntimeError if a control did not survive."""
    found = dict(ends)
    for mutant in [one for one in found if one.change.before == one.change.after]:
        if found.pop(mutant) != SURVIVED:
            raise RuntimeError(f"tests fail without any change: {mutant.change.file}")
    return found


class _Stage:
    """A pytest plugin that runs chosen tests for each change, instead of each test once."""

    def __init__(self, found: list[Mutant], reach: Reach, processes: int) -> None:
        self._found, self._reach, self._processes = found, reach, processes
        self._items: dict[str, pytest.Item] = {}
        self.ends: Ends = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._items = {item.nodeid: item for item in session.items}
        gc.freeze()  # so that forked processes go on sharing this memory
        for is_library in (True, False):
            jobs = [
                mutant
                for mutant in self._found
                if mutant.change.file.startswith("app/library/") is is_library
            ]
            if jobs:
                jobs = [unchanged(jobs[0].change.file), *jobs]
            ends = tried(jobs, lambda one: self._survives(one, session), self._processes)
            for mutant, end in without_control(ends).items():
                if end != SURVIVED:
                    self.ends[mutant] = end
            _load_the_library_once()
        return True

    def _tests(self, mutant: Mutant) -> list[str]:
        """Return the quick tests for a change; a survivor is tried with all others later."""
        change = mutant.change
        parts = _rounds(change.file, self._reach.of(change.file, change.function))
        return [one for one in chain(*parts) if self._reach.seconds[one] < _QUICK_SECONDS]

    def _survives(self, mutant: Mutant, session: pytest.Session) -> bool:
        items = [self._items[one] for one in self._tests(mutant)]
        if mutant.change.function and not swap(mutant):
            return True
        for item, following in zip(items, [*items[1:], None], strict=False):
            allow_seconds(self._reach.seconds_allowed(item.nodeid))
            session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                return False
        return True


def _load_the_library_once() -> None:
    """Let tests of files outside the library share one loaded library."""
    conftest = sys.modules["tests.conftest"]
    folder = tempfile.mkdtemp()
    resources = importlib.import_module("tests.fixture_library").write_resources(Path(folder))
    library = importlib.import_module("app.library").load(resources)
    conftest.load = lambda: library  # type: ignore[attr-defined]  # for this process only


def survives(mutant: Mutant, reach: Reach) -> bool:
    """Return whether the tests pass if the changed file is imported from the beginning."""
    tests = reach.of(mutant.change.file, mutant.change.function)
    _import_instead(Path.cwd() / mutant.change.file, mutant.source)
    for part in filter(None, _rounds(mutant.change.file, tests)):
        allow_seconds(SECONDS_TO_BEGIN)
        files = dict.fromkeys(one.partition("::")[0] for one in part)
        if pytest.main([*OPTIONS, *files], plugins=[_Chosen(part, reach)]) != pytest.ExitCode.OK:
            return False
    return True


class _Chosen:
    """A pytest plugin that runs the named tests, in the order in which they are named."""

    def __init__(self, tests: list[str], reach: Reach) -> None:
        self._order = {name: place for place, name in enumerate(tests)}
        self._reach = reach

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        allow_seconds(self._reach.seconds_allowed(nodeid))

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        chosen = [one for one in items if one.nodeid in self._order]
        items[:] = sorted(chosen, key=lambda one: self._order[one.nodeid])


def _import_instead(file: Path, source: str) -> None:
    """Make Python import this text instead of a file."""
    load = SourceFileLoader.get_code

    def get_code(loader: SourceFileLoader, name: str) -> CodeType | None:
        if loader.path == str(file):
            return compile(source, str(file), "exec", dont_inherit=True)
        return load(loader, name)

    setattr(SourceFileLoader, "get_code", get_code)  # noqa: B010  # mypy knows no other loader


def _rounds(file: str, tests: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Return the tests of this file, the other tests of its folder, and all others."""
    path = Path(file)
    folder = Path("tests", *path.parts[1:-1])
    own = [one for one in tests if one.startswith(str(folder / f"test_{path.name}"))]
    near = [] if folder == Path("tests") else [one for one in tests if one.startswith(f"{folder}/")]
    near = [one for one in near if one not in own]
    return own, near, [one for one in tests if one not in own and one not in near]
