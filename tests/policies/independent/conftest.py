"""The two versions that the second computation is about, whatever else ships."""

import pytest

from app.library import Library
from tests.policies.versions import the_two


@pytest.fixture(scope="session")
def library() -> Library:
    return the_two()
