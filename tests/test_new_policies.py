"""A version, a payer or a wrong number turns nothing red but what is about that document.

In a copy of the project every shipped policy gets a version that is in force today and a later one,
both with other figures; a third payer's file is added; or a figure of the shipped files is wrong.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from tests.library.sites import THIRD
from tests.project_copy import FAILED, PASSED, Ended, copy_of_the_project, run_tests

TABLES_ARE_MISSING = (
    "tests/policies/test_every_version_has_its_tables.py::test_every_shipped_version_has_its_tables"
)
ABOUT_DOCUMENTS = ("tests/policies", "tests/examples", "tests/saved_by_0_1_0")
# What takes longest has nothing to do with policies; this test itself would begin anew.
ELSEWHERE = [
    "tests",
    *(f"--ignore={folder}" for folder in (*ABOUT_DOCUMENTS, "tests/test_new_policies.py")),
    *("--ignore=tests/build_scripts", "--ignore=tests/mutation", "--ignore=tests/benchmarks"),
]
SAMPLE = (
    *("tests/contracts/test_cli.py", "tests/engine/test_dose.py", "tests/engine/test_notes.py"),
    *("tests/library/test_policies.py", "tests/output/test_comparison.py"),
)
FIGURES = re.compile(r"(?m)^( +(?:iu|value|months|at_least): )([0-9_]+)$")


def other_figures(text: str) -> str:
    """Return a policy file with every limit, dose, age and approval one larger."""
    return FIGURES.sub(lambda one: f"{one[1]}{int(one[2].replace('_', '')) + 1}", text)


def add_versions(project: Path) -> None:
    """Add to every shipped policy a version of today and a later one."""
    for file in shipped(project):
        text = file.read_text("utf-8")
        data = yaml.safe_load(text)
        first = data["in_force"]["first_day"]
        for later in (first + timedelta(days=30), date(2090, 1, 1)):
            new = other_figures(text)
            for key, old in (("version: ", f'"{data["version"]}"'), ("first_day: ", str(first))):
                assert new.count(f"{key}{old}") == 1
                value = f'"{later}"' if key == "version: " else str(later)
                new = new.replace(f"{key}{old}", f"{key}{value}")
            file.with_name(f"{data['id']}-{later}.yaml").write_text(new, "utf-8")


def add_a_payer(project: Path) -> None:
    file = project / "resources" / "policies" / "third-health-3.0.yaml"
    file.write_text(THIRD, "utf-8")


def write_a_wrong_number(project: Path) -> None:
    """Make the dose for each kilogram another one in all shipped files."""
    for file in shipped(project):
        text = file.read_text("utf-8")
        assert "iu: 600_000" in text
        file.write_text(text.replace("iu: 600_000", "iu: 500_000"), "utf-8")


def shipped(project: Path) -> list[Path]:
    return sorted((project / "resources" / "policies").glob("*.yaml"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_of_the_project(tmp_path)


def tables_to_write(ended: Ended) -> set[str]:
    """Return the files that the one failing test asks for."""
    assert ended.failed == {TABLES_ARE_MISSING}, ended.told
    return set(re.findall(r"(?m)^E +(tests/policies/\S+): ", ended.told))


def test_a_new_version_and_a_new_payer_leave_a_sample_of_all_tests_green(project: Path) -> None:
    before = {file.stem for file in shipped(project)}
    write_a_wrong_number(project)
    add_versions(project)
    add_a_payer(project)
    ended = run_tests(project, "-n", "0", *SAMPLE)
    assert ended.status == PASSED, ended.told
    asked = tables_to_write(run_tests(project, "-n", "0", TABLES_ARE_MISSING))
    added = {file.stem for file in shipped(project)} - before
    assert len(added) == 5
    assert asked == {
        f"tests/policies/{name}/{table}"
        for name in added
        for table in ("decision_tables/*.yaml", "facts.yaml", "citations.yaml", "sentences.yaml")
    }


@pytest.mark.proof
@pytest.mark.parametrize("change", [add_versions, add_a_payer])
def test_all_that_is_missing_are_the_tables_of_what_is_new(
    change: Callable[[Path], None], project: Path
) -> None:
    change(project)
    ended = run_tests(project, "-n", "2", *ELSEWHERE)
    assert ended.status == PASSED, ended.told
    assert tables_to_write(run_tests(project, "-n", "2", *ABOUT_DOCUMENTS))


@pytest.mark.proof
def test_a_wrong_number_is_noticed_by_tests_of_documents_and_by_no_other(project: Path) -> None:
    write_a_wrong_number(project)
    ended = run_tests(project, "-n", "2", *ELSEWHERE)
    assert ended.status == PASSED, ended.told
    ended = run_tests(project, "-n", "2", *ABOUT_DOCUMENTS)
    assert ended.status == FAILED, ended.told
    files = {name.partition("::")[0] for name in ended.failed}
    assert files >= {
        "tests/policies/test_policy_mutants.py",
        "tests/policies/independent/test_agreement.py",
        "tests/policies/traceability/test_statements.py",
        "tests/examples/test_worked_examples.py",
    }
