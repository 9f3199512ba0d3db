"""What all tests share: a screen that needs no screen, the fixture's library, and no site.

`tests/policies/` and `tests/examples/` have the shipped policies in its place.
"""

import os
from collections.abc import Iterator

import hypothesis
import pytest

from app.library import Library, load, site_folders
from tests import skips
from tests.fixture_library import in_place_of_what_ships, write_resources
from tests.library.sites import site_in

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# No example fails because a machine is slow.
hypothesis.settings.register_profile("aldesk", deadline=None)
hypothesis.settings.load_profile("aldesk")


def pytest_addoption(parser: pytest.Parser) -> None:
    text = "fail where a test is skipped for want of a tool"
    parser.addoption("--all-tools", action="store_true", help=text)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that skipped more than is listed; with several processes, the first one counts."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(session.config, "workerinput"):
        return
    reasons = [
        one.longrepr[2].removeprefix("Skipped: ") for one in reporter.stats.get("skipped", ())
    ]
    all_tools = bool(session.config.getoption("--all-tools"))
    told = skips.complaints(reasons, skips.listed(), all_tools=all_tools)
    for one in told:
        reporter.write_line(f"SKIPPED TOO MUCH: {one}", red=True)
    if told:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session", autouse=True)
def _fixture_policies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let every test read the fixture's policies where the program reads those that ship."""
    with in_place_of_what_ships(write_resources(tmp_path_factory.mktemp("fixture"))):
        yield


@pytest.fixture(scope="session")
def library(_fixture_policies: None) -> Library:
    return load()


@pytest.fixture(scope="session", autouse=True)
def _no_policies_of_this_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep policy files that this machine's site has taken out of every test."""
    empty = site_in(tmp_path_factory.mktemp("no site"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site_folders, "default_folders", lambda: empty)
        yield
