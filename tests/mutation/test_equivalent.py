"""Tests of the list of undetectable changes: each has a reason, and its lines still exist."""

from pathlib import Path

import pytest

from tests.mutation.change import Change, change_between, function_lines
from tests.mutation.equivalent import differences, read_equivalents

ROOT = Path(__file__).resolve().parents[2]
SOURCE = """
LIMIT = 14


class Course:
    def left(self, given):
        if given > LIMIT:
            return 0
        return LIMIT - given


def left(given):
    return LIMIT - given
"""
CHANGE = Change("course.py", "left", "return LIMIT - given", "return LIMIT + given")
OTHER = Change("course.py", "", "LIMIT = 14", "LIMIT = 15")


def test_every_listed_change_has_a_reason_and_its_lines_still_stand_in_the_function() -> None:
    for change, reason in read_equivalents().items():
        source = (ROOT / change.file).read_text("utf-8")
        lines = [line.strip() for line in source.splitlines()]
        if change.function:
            where = function_lines(source)[change.function]
            lines = lines[where.start - 1 : where.stop - 1]
        assert len(reason.split()) > 3, change
        assert "\n".join(lines).count(change.before) >= change.nth, change
        assert change.before != change.after


def test_a_survivor_that_is_not_listed_is_told() -> None:
    [told] = differences([CHANGE, OTHER], [OTHER])
    assert told.startswith("survives and is not listed: course.py, left")
    assert "- return LIMIT - given" in told
    assert "+ return LIMIT + given" in told


def test_a_listed_change_that_does_not_survive_is_told() -> None:
    [told] = differences([CHANGE], [CHANGE, OTHER])
    assert told.startswith(
        "listed and does not survive, or is not made any more: course.py, outside"
    )


def test_where_exactly_the_listed_changes_survive_nothing_is_told() -> None:
    assert list(differences([CHANGE, OTHER], [OTHER, CHANGE])) == []


@pytest.mark.parametrize(
    ("old", "new", "function", "nth"),
    [
        ("> LIMIT", ">= LIMIT", "Course.left", 1),
        ("LIMIT = 14", "LIMIT = 15", "", 1),
        ("(given):\n    return LIMIT - given", "(given):\n    return LIMIT + given", "left", 1),
    ],
)
def test_a_change_is_told_by_function_and_lines(
    old: str, new: str, function: str, nth: int
) -> None:
    change = change_between("course.py", SOURCE, SOURCE.replace(old, new))
    assert (change.file, change.function, change.nth) == ("course.py", function, nth)
    assert change.before in old or old in change.before
    assert change.after != change.before


def test_equal_lines_of_a_function_are_told_apart() -> None:
    source = "def f(a):\n    if a:\n        a += 1\n    else:\n        a += 1\n"
    first = source.replace("a += 1", "a -= 1", 1)
    second = source.removesuffix("a += 1\n") + "a -= 1\n"
    assert change_between("f.py", source, first).nth == 1
    assert change_between("f.py", source, second).nth == 2


def test_a_change_listed_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "equivalent.yaml"
    entry = "- {file: a.py, before: a, after: [b, c], reason: it decides nothing}\n"
    file.write_text(entry)
    assert len(read_equivalents(file)) == 2
    file.write_text(entry + "- {file: a.py, before: a, after: c, reason: it decides nothing}\n")
    with pytest.raises(ValueError, match="listed twice"):
        read_equivalents(file)
