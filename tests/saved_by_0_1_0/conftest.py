"""The policy versions that ship today: records of 0.1.0 are verified by them, and by the site's."""

from collections.abc import Iterator

import pytest

from app.library import RESOURCES, Library, load
from tests.fixture_library import in_place_of_what_ships, write_resources


@pytest.fixture(scope="module", autouse=True)
def _what_ships(
    _fixture_policies: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("shipped")
    with in_place_of_what_ships(write_resources(folder, RESOURCES / "policies")):
        yield


@pytest.fixture(scope="module")
def library(_what_ships: None) -> Library:
    return load()
