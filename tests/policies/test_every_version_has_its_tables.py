"""A version that ships has its tables, written by hand from its document."""

import yaml

from tests.policies.versions import DOCUMENTED, SHIPPED, TABLES, Version


def to_write(version: Version) -> str:
    """Return which files are to be written where, and what is in each."""
    lines = (f"  tests/policies/{version.name}/{name}: {TABLES[name]}" for name in version.missing)
    return "\n".join((f"{version.file.name} ships without its tables; write", *lines))


def test_every_shipped_version_has_its_tables() -> None:
    lacking = [to_write(one) for one in SHIPPED if one.missing]
    assert not lacking, "\n".join(
        (*lacking, "by hand from the document and not from the policy file (CONTRIBUTING.md).")
    )


def test_no_tables_are_of_a_version_that_does_not_ship() -> None:
    folders = {one.parent.name for one in SHIPPED[0].folder.parent.glob("*/facts.yaml")}
    assert folders <= {one.name for one in SHIPPED}


def test_a_file_is_named_after_its_policy_and_version() -> None:
    for one in DOCUMENTED:
        data = yaml.safe_load(one.file.read_text("utf-8"))
        assert one.name == f"{data['id']}-{data['version']}"
