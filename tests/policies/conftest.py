"""The shipped policies that have tables here, in place of those of the fixture."""

from collections.abc import Iterator

import pytest

from app.library import RESOURCES, Library
from tests.fixture_library import in_place_of_what_ships
from tests.policies.versions import shipped_library


@pytest.fixture(scope="module", autouse=True)
def _what_ships(_fixture_policies: None) -> Iterator[None]:
    with in_place_of_what_ships(RESOURCES):
        yield


@pytest.fixture(scope="session")
def library() -> Library:
    return shipped_library()
