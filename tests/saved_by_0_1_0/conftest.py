"""The policy versions that shipped with 0.1.0, byte for byte: saved records name their hashes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.library import Library, load
from tests.fixture_library import in_place_of_what_ships, write_resources

POLICIES = Path(__file__).with_name("shipped_policies")


@pytest.fixture(scope="module", autouse=True)
def _what_0_1_0_shipped(
    _fixture_policies: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    with in_place_of_what_ships(write_resources(tmp_path_factory.mktemp("0.1.0"), POLICIES)):
        yield


@pytest.fixture(scope="module")
def library(_what_0_1_0_shipped: None) -> Library:
    return load()
