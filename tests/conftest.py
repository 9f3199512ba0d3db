"""What all tests share: the shipped library and a way to build a case in one line."""

import pytest

from app.library import Library, load


@pytest.fixture(scope="session")
def library() -> Library:
    return load()
