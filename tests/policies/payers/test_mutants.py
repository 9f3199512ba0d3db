"""An example policy cannot be wrong in one place without being noticed by its table."""

from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.library import DataFileError
from tests.policies.payers.program import Rule
from tests.policies.payers.tables import FOLDER, TABLES, Table
from tests.policies.payers.test_tables import all_differences, whole_library
from tests.policy_mutants import Mutant, mutants

EQUIVALENT: dict[str, dict[str, str]] = yaml.safe_load(
    Path(FOLDER / "equivalent.yaml").read_text("utf-8")
)
SAMPLE = 23  # of so many mutants one belongs to the normal run

every_table = pytest.mark.parametrize("table", TABLES, ids=lambda one: one.name)


def _data(table: Table) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(table.file.read_text("utf-8"))
    return found


def _is_noticed(table: Table, mutant: Mutant) -> bool:
    try:
        rule = Rule.of_data(mutant.data, whole_library())
    except DataFileError:
        return True
    return any(True for _ in all_differences(table, rule))


@every_table
def test_a_sample_of_mistakes_is_noticed(table: Table) -> None:
    chosen = islice(mutants(_data(table)), 3, None, SAMPLE)
    survivors = {one.name for one in chosen if not _is_noticed(table, one)}
    assert survivors <= EQUIVALENT.get(table.name, {}).keys()


@pytest.mark.proof
@every_table
def test_every_mistake_is_noticed_but_those_without_effect(table: Table) -> None:
    survivors = {one.name for one in mutants(_data(table)) if not _is_noticed(table, one)}
    known = EQUIVALENT.get(table.name, {})
    assert survivors == known.keys()
    assert all(known.values())
