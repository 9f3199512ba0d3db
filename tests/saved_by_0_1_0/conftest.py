"""The versions that 0.1.0 shipped, as they ship today, whatever else ships, and the site's."""

import shutil
from collections.abc import Iterator

import pytest

from app.library import RESOURCES, Library, load
from tests.fixture_library import in_place_of_what_ships, write_resources

SHIPPED_BY_0_1_0 = ("cigna-ip0407-2026-05-01", "express-scripts-um-proleukin-2025-02-05")


@pytest.fixture(scope="module", autouse=True)
def _what_ships(
    _fixture_policies: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    folder, policies = tmp_path_factory.mktemp("shipped"), tmp_path_factory.mktemp("policies")
    for name in SHIPPED_BY_0_1_0:
        shutil.copy(RESOURCES / "policies" / f"{name}.yaml", policies)
    with in_place_of_what_ships(write_resources(folder, policies)):
        yield


@pytest.fixture(scope="module")
def library(_what_ships: None) -> Library:
    return load()
