"""What all tests share: a screen that needs no screen, the shipped library, and no site."""

import os
from collections.abc import Iterator

import pytest

from app.library import Library, load, site_folders
from tests.library.sites import site_in

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def library() -> Library:
    return load()


@pytest.fixture(scope="session", autouse=True)
def _no_policies_of_this_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep policy files that this machine's site has taken out of every test."""
    empty = site_in(tmp_path_factory.mktemp("no site"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site_folders, "default_folders", lambda: empty)
        yield
