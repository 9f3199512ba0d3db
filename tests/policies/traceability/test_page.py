"""The page on traceability is what would be made today, and every place has a test that reads it.

To write the page anew: `uv run python -m tests.policies.traceability`.
"""

import re

import pytest

from app.library import Library
from tests.policies.traceability import Source, read_sources
from tests.policies.traceability.page import INTRODUCTION, PAGE, part
from tests.policies.traceability.readers import NAMES, readers

SOURCES = read_sources()
ON_PAGE = PAGE.read_text("utf-8").split("\n## ")


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.file.stem)
def test_every_place_has_a_test_and_the_page_tells_which(source: Source, library: Library) -> None:
    checks = readers(source.file, library)
    stated = {one.place for one in source.statements} & checks.keys()
    assert [place for place in sorted(stated) if not checks[place]] == []
    [found] = [text for text in ON_PAGE if text.startswith(source.document)]
    wanted = part(source, checks).removeprefix("## ")
    assert found.splitlines() == wanted.splitlines()


def test_the_page_is_its_introduction_and_one_part_for_each_document() -> None:
    introduction, *parts = ON_PAGE
    assert introduction.splitlines() == INTRODUCTION.splitlines()
    assert [text.splitlines()[0] for text in parts] == [source.document for source in SOURCES]


def test_the_introduction_explains_every_test_that_a_row_can_name() -> None:
    for name in NAMES:
        assert f"| {name.replace('_', ' ')} |" in INTRODUCTION


def test_the_page_keeps_to_the_rules_of_display() -> None:
    page = "\n## ".join(ON_PAGE)
    assert not re.search(r"\bIU\b|\b[0-9.]+ ?M\b|[<>≥≤@™®]|\bTID\b|\bqd\b|\bcc\b", page)
