"""What all tests share: a screen that needs no screen, and the shipped library."""

import os

import pytest

from app.library import Library, load

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def library() -> Library:
    return load()
