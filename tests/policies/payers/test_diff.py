"""What the command line says of the example policies, and of two copies of one compared."""

import pytest
import yaml

from tests.console import run
from tests.policies.payers.tables import FOLDER, TABLES, Table

OLD, NEW = (FOLDER / f"aetna-cpb0024-{one}.yaml" for one in ("old", "new"))


# A use whose dosing is not stated: "list index out of range" in policy_changes.py.
CRASHES = pytest.mark.xfail(
    strict=True, raises=IndexError, reason="check fails on dosing not stated"
)
CHECKED = [
    pytest.param(one, id=one.name, marks=() if one.name == "bcbst-2022" else CRASHES)
    for one in TABLES
]


@pytest.mark.parametrize("table", CHECKED)
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


def test_the_two_copies_are_compared_in_words() -> None:
    ended = run("policies", "diff", OLD, NEW)
    assert (ended.status, ended.err) == (1, "")  # they differ
    told = " ".join(ended.out.decode().split())
    # A criterion falls away, a branch and its total are added, a continuation narrows to a branch.
    assert "The histology is clear cell" in told
    assert "Intravenous therapy after lifileucel and its criteria" in told
    assert "Aldesleukin after lifileucel" in told
    assert "melanoma_high_dose" in told or "High-dose intravenous therapy and its criteria" in told
    # What is the same in both is not told.
    assert "The graft-versus-host disease is chronic" not in told


def test_the_same_copy_has_no_difference() -> None:
    ended = run("policies", "diff", OLD, OLD)
    assert ended.status == 0
    assert "clear cell" not in ended.out.decode()
