"""What import contracts cannot see: no clock in the core, one version, no dead references."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import app

ROOT = Path(__file__).parents[1]
CORE = sorted([*(ROOT / "app/model").glob("*.py"), *(ROOT / "app/engine").glob("*.py")])
FORBIDDEN_CALLS = {"now", "today", "utcnow", "fromtimestamp", "open", "getenv", "print", "input"}


@pytest.mark.parametrize("file", CORE, ids=lambda file: file.name)
def test_model_and_engine_read_no_clock_and_open_no_file(file: Path) -> None:
    calls = {
        getattr(node.func, "attr", getattr(node.func, "id", ""))
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
    }
    assert not calls & FORBIDDEN_CALLS


@pytest.mark.parametrize("file", CORE, ids=lambda file: file.name)
def test_model_and_engine_compute_without_binary_floats(file: Path) -> None:
    floats = {
        node.value
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, float)
    }
    assert not floats


@pytest.mark.parametrize("file", sorted((ROOT / "app/engine").glob("*.py")), ids=lambda f: f.name)
def test_no_number_of_a_policy_stands_in_the_engine(file: Path) -> None:
    policy_numbers = {600_000, 6_000_000, 1_000_000, 14, 9, 49, 18}
    numbers = {
        node.value
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and type(node.value) is int
    }
    assert not numbers & policy_numbers


@pytest.mark.parametrize("file", sorted((ROOT / "app/paper").glob("*.py")), ids=lambda f: f.name)
def test_paper_knows_no_widget_and_no_printer(file: Path) -> None:
    named = file.read_text("utf-8")
    assert "QtWidgets" not in named
    assert "QtPrintSupport" not in named


def test_the_version_is_written_once_more_only() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert app.__version__ == project["version"]


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_every_place_that_the_documents_name_exists(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    places = re.findall(r"`((?:app|tests|resources|build_scripts)/[\w./]*)`", text)
    missing = [place for place in places if not (ROOT / place).exists()]
    assert not missing


FOLDERS = sorted(
    file.parent.relative_to(ROOT / "app")
    for file in (ROOT / "app").rglob("__init__.py")
    if file.parent.name not in {"app", "cli"}  # the command line is a contract: tests/contracts
)


def modules(folder: Path) -> list[str]:
    return [one.stem for one in (ROOT / "app" / folder).glob("*.py") if one.stem != "__init__"]


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_a_test_stands_at_the_path_of_the_module_that_it_tests(folder: Path) -> None:
    tests = [one.stem for one in (ROOT / "tests" / folder).glob("test_*.py")]
    names = tuple(f"test_{one}" for one in modules(folder))
    assert tests
    assert not [one for one in tests if not one.startswith(names)]


@pytest.mark.parametrize("module", modules(Path("engine")))
def test_every_rule_of_the_engine_has_its_tests_at_its_path(module: str) -> None:
    assert (ROOT / "tests" / "engine" / f"test_{module}.py").is_file() or list(
        (ROOT / "tests" / "engine").glob(f"test_{module}_*.py")
    )


def test_model_and_engine_load_nothing_of_pydantic() -> None:
    """Only the boundary needs pydantic, so that a window can open before it is loaded."""
    modules = (
        "engine",
        "model.policy",
        "model.reference_data",
        "model.catalog",
        "model.case_fields",
    )
    names = ", ".join(f"app.{one}" for one in modules)
    told = f"import sys, {names}; print(sorted(one for one in sys.modules if 'pydantic' in one))"
    command = [sys.executable, "-c", told]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)  # noqa: S603  # our own program
    assert done.stdout.split() == [b"[]"]
