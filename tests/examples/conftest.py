"""The two versions that the examples were worked out by, whatever else ships."""

import pytest

from app.library import Library
from tests.policies.conftest import _what_ships
from tests.policies.versions import the_two

__all__ = ["_what_ships"]


@pytest.fixture(scope="session")
def library() -> Library:
    return the_two()
