"""The tests for mutation testing: which of them reach which function, and how long each takes.

They open no window and start no process, which would not run a change that is made in memory. Also
left out are tests of other tests, and most of those that repeat one another with other cases.
"""

import gc
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType

import pytest

from app.model.policy import Policy

# Each one may import the ones before it.
SOURCES = (
    "app/library",
    "app/casework/typed_text.py",
    "app/casework/draft.py",
    "app/engine",
)
TESTS = (
    "app/casework/typed_text.py",
    "app/engine",
    "app/library",
    "tests/contracts/test_cli.py::test_the_engine_answers_the_examples",
    "tests/engine",
    "tests/library",
    "tests/output/test_ask_sheet.py",
    "tests/policies/independent",
    "tests/policies/test_citations.py",
    "tests/policies/test_policy_mutants.py",
    "tests/casework/test_outcome.py",
    "tests/casework/test_draft.py",
    "tests/casework/test_typed_text_one_reader.py",
)
_LEFT_OUT = (
    "test_every_mistake_in_a_shipped_policy",
    "test_the_mutator_makes",
    "test_the_generated_",
    "test_every_changed_expectation_is_reported",
    "test_every_combination.py",
    "test_reader_hostile_policies.py",
    "test_site_killed_while_installing.py",
    "test_the_deepest_nesting_does_not_end_the_process",
    *(f"second_computation[{seed}]" for seed in range(3, 21)),
    *(f"and_forecasts[{seed}]" for seed in range(3, 5)),
)
# Options that write nothing and use no plugin for Qt, coverage or several processes.
OPTIONS = (
    *("-q", "-x", "--rootdir=.", "--tb=native", "--no-header", "-p", "no:cacheprovider"),
    *("-W", "ignore::pytest.PytestConfigWarning"),
    *("-o", "addopts=--doctest-modules -m 'not proof'"),
)
WHILE_IMPORTED, SHARED = "while files are imported", "in what tests share"


@dataclass(slots=True)
class Reach:
    """The CPU seconds of each test, and the tests that reach each function of each file."""

    seconds: dict[str, float] = field(default_factory=dict)
    tests: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    def of(self, file: str, function: str) -> list[str]:
        """Return the tests that a change can make fail, quick ones first; all outside functions."""
        found = self.tests[file, function] if function else {WHILE_IMPORTED}
        names = self.seconds.keys() if found & {WHILE_IMPORTED, SHARED} else found
        return sorted(names, key=self.seconds.__getitem__)

    def seconds_allowed(self, test: str) -> float:
        """Return the CPU seconds after which a test counts as running forever."""
        return 2 + 5 * self.seconds[test]

    def needs_import(self, file: str, function: str) -> bool:
        """Return whether a change can have an effect before the first test begins."""
        return not function or WHILE_IMPORTED in self.tests[file, function]


def without_left_out(items: list[pytest.Item]) -> list[pytest.Item]:
    """Return the tests without those that are left out."""
    return [one for one in items if not any(part in one.nodeid for part in _LEFT_OUT)]


class Measure:
    """A pytest plugin that fills a Reach by recording each call of a function of the project."""

    def __init__(self) -> None:
        self.reach = Reach()
        self._root = f"{Path.cwd()}/"
        self._test = WHILE_IMPORTED
        self._seen: set[tuple[CodeType, str]] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        _forget_what_is_remembered()  # or only the first test would reach a cached function
        self._test, start = item.nodeid, time.process_time()
        result = yield
        self.reach.seconds[item.nodeid] = time.process_time() - start
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Iterator[None]:
        test = self._test
        if fixturedef.scope != "function":
            self._test = SHARED
        try:
            return (yield)
        finally:
            self._test = test

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        """Record a function call, as a callback of `sys.setprofile`."""
        code = frame.f_code
        if event != "call" or (code, self._test) in self._seen:
            return
        self._seen.add((code, self._test))
        if code.co_filename.startswith(self._root):
            function = code.co_qualname.partition(".<locals>")[0]
            file = code.co_filename.removeprefix(self._root)
            self.reach.tests[file, function].add(self._test)


def _forget_what_is_remembered() -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith("app."):
            for one in vars(module).values():
                if hasattr(one, "cache_clear"):
                    one.cache_clear()
    for one in gc.get_objects():
        if isinstance(one, Policy):
            one.compiled.clear()


def measure() -> Reach:
    """Run every test once and return what each reaches. Raises RuntimeError if one fails."""
    plugin = Measure()
    sys.setprofile(plugin)
    status = pytest.main([*OPTIONS, *TESTS], plugins=[plugin, _Selection()])
    sys.setprofile(None)
    if status != pytest.ExitCode.OK:
        raise RuntimeError(f"the tests fail without any change: {status}")
    return plugin.reach


class _Selection:
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = without_left_out(items)
