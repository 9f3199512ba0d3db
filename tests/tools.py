"""Tests that need a program which README does not name: they skip where it is missing."""

import shutil

import pytest

_REASON = "needs "


def needs(*programs: str) -> pytest.MarkDecorator:
    """Return a mark that skips a test where one of these programs is not installed."""
    missing = any(shutil.which(one) is None for one in programs)
    return pytest.mark.skipif(missing, reason=f"{_REASON}{', '.join(programs)}")


def is_for_want_of_a_tool(reason: str) -> bool:
    """Return whether a test was skipped by the mark above."""
    return reason.startswith(_REASON)
