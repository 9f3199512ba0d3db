"""Real policies that do not ship, written by the recipe, come out as the notes on them say."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cache

import pytest

from app.library import RESOURCES, Library, NoPolicyInForce, load
from tests.policies.payers.program import Rule
from tests.policies.payers.tables import SEEN, TABLES, Row, Table, differences, notes_of

ROWS = [(table, row) for table in TABLES for row in table.rows]
LEAST = 15
DAY = timedelta(days=1)

every_table = pytest.mark.parametrize("table", TABLES, ids=lambda one: one.name)


@cache
def whole_library() -> Library:
    return load(RESOURCES)


@cache
def rule_of(table: Table) -> Rule:
    return Rule.of_file(table.file, whole_library())


def all_differences(table: Table, rule: Rule) -> Iterator[str]:
    """Yield where a policy is not what the notes on its document say."""
    for day, is_there in ((table.first_day - DAY, False), (table.first_day, True)):
        try:
            rule.library.in_force(rule.policy.id, day)
        except NoPolicyInForce:
            if is_there:
                yield f"not in force on {day}"
        else:
            if not is_there:
                yield f"in force on {day}"
    for row in table.rows:
        found = rule.shown(row.case)
        yield from differences(row, found)
        yield from notes_of(table, row.case, found)


@pytest.mark.parametrize(
    ("table", "row"), ROWS, ids=[f"{table.name}: {row.why}" for table, row in ROWS]
)
def test_a_case_comes_out_as_the_document_says(table: Table, row: Row) -> None:
    found = rule_of(table).shown(row.case)
    assert [*differences(row, found), *notes_of(table, row.case, found)] == []


@every_table
def test_a_version_counts_from_its_first_day(table: Table) -> None:
    bare = Table(table.name, table.file, table.first_day, table.notes, ())
    assert list(all_differences(bare, rule_of(table))) == []


@every_table
def test_a_table_has_rows_enough_and_each_says_why(table: Table) -> None:
    assert len(table.rows) >= LEAST
    assert len({row.why for row in table.rows}) == len(table.rows)
    assert all(row.expect for row in table.rows)


def test_every_kind_of_expectation_is_used() -> None:
    assert {key for _, row in ROWS for key in row.expect} == SEEN.keys()
