"""What the command line says of the example policies, and of two copies of one compared."""

import pytest
import yaml

from tests.console import run
from tests.policies.payers.program import needs_dosing
from tests.policies.payers.tables import FOLDER, TABLES, Table

OLD, NEW = (FOLDER / f"aetna-cpb0024-{one}.yaml" for one in ("old", "new"))


@needs_dosing
@pytest.mark.parametrize("table", TABLES, ids=lambda one: one.name)
def test_a_policy_of_a_site_is_taken_and_its_words_are_told(table: Table) -> None:
    ended = run("policies", "check", table.file)
    assert (ended.status, ended.err) == (0, "")
    told = " ".join(ended.out.decode().split())
    data = yaml.safe_load(table.file.read_text("utf-8"))
    for question in data.get("questions", {}).values():
        assert question["label"] in told
    for indication in data["coverage"].values():
        assert indication["criteria"]["text"] in told
    for use in data["not_covered"].get("uses", []):
        assert use["text"] in told


@needs_dosing
def test_the_two_copies_are_compared_in_words() -> None:
    ended = run("policies", "diff", OLD, NEW)
    assert (ended.status, ended.err) == (0, "")
    told = " ".join(ended.out.decode().split())
    # A criterion falls away, a branch and its total are added, a continuation narrows to a branch.
    assert "The histology is clear cell" in told
    assert "Intravenous therapy after lifileucel and its criteria" in told
    assert "Aldesleukin after lifileucel" in told
    assert "at most 6 doses" in told
    assert "melanoma_high_dose" in told or "High-dose intravenous therapy and its criteria" in told
    # What is the same in both is not told.
    assert "Is the disease metastatic?" not in told.replace("The disease is metastatic", "")
    assert "The graft-versus-host disease is chronic" not in told


@needs_dosing
def test_the_same_copy_has_no_difference() -> None:
    ended = run("policies", "diff", OLD, OLD)
    assert ended.status == 0
    assert "clear cell" not in ended.out.decode()
