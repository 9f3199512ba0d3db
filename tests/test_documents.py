"""Documents and docstrings do not lie: what they name exists (modules, files, commands, tests).

Looked at is what stands in backticks in the documents for developers and in every docstring and
comment, each name that ends in .py there, and each line of a block of commands.
"""

import ast
import contextlib
import importlib.util
import io
import re
import shlex
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from app import cli
from build_scripts import check, dev

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md")
CODE = ("app", "build_scripts", "tests")
SUFFIXES = "py|md|yaml|toml|yml|txt|csv|jsonl|svg|ttf|spec|lock"
# A path from the top of the project, from a folder of the program, or from the naming file's own.
PATH = re.compile(rf"[\w.-]+(/[\w.-]+)*/|([\w.-]+/)*[\w.-]*\w\.({SUFFIXES})")
TEST = re.compile(r"([\w/.-]+\.py)::(\w+)")
MODULE = re.compile(r"(app|build_scripts|tests)(\.\w+)+")
MEMBER = re.compile(r"([A-Z]\w+)\.(\w+)")
# What is made or kept by a command or a user, and is in no clone.
MADE = re.compile(
    r"(build|dist|\.venv|share)/.*|SHA256SUMS|settings\.(ini|json)|accepted-policies\.txt|\.yaml"
)


@dataclass(frozen=True)
class Mention:
    """Something that a text names, and where the text stands."""

    file: Path
    name: str

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}: {self.name}"


@cache
def mentions() -> tuple[Mention, ...]:
    documents = [ROOT / name for name in DOCUMENTS]
    sources = [one for folder in CODE for one in sorted((ROOT / folder).rglob("*.py"))]
    found = [Mention(file, name) for file in documents for name in of_document(file)]
    found += [Mention(file, name) for file in sources for name in of_source(file)]
    return tuple(found)


def of_document(file: Path) -> Iterator[str]:
    text = file.read_text("utf-8")
    blocks = re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    yield from (line for block in blocks for line in block.splitlines())
    yield from quoted(re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))


def of_source(file: Path) -> Iterator[str]:
    text = file.read_text("utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield from quoted(ast.get_docstring(node) or "")
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    comments = [one.string.strip("# ") for one in tokens if one.type == tokenize.COMMENT]
    yield from quoted("\n".join(comments))


def quoted(text: str) -> list[str]:
    found = re.findall(r"(?<!`)`([^`]+)`(?!`)", text)
    bare = re.findall(r"(?<![\w/.`])[\w/]+\.py\b(?!`)", re.sub("`[^`]*`", "", text))
    return [re.sub(r"\s*\n\s*", " ", one) for one in (*found, *bare)]


def named(pattern: re.Pattern[str]) -> list[tuple[Mention, re.Match[str]]]:
    matches = ((one, pattern.fullmatch(one.name)) for one in mentions())
    return [(one, match) for one, match in matches if match]


def test_every_file_and_folder_that_is_named_exists() -> None:
    places = [one for one, _ in named(PATH) if not MADE.fullmatch(one.name)]
    assert len(places) > 50
    missing = [str(one) for one in places if not exists(one)]
    assert not missing


def exists(mention: Mention) -> bool:
    """Return whether a path exists from any place that a reader starts at."""
    starts = [ROOT, ROOT / "app", ROOT / "tests", ROOT / "resources", ROOT / "build_scripts"]
    starts += [mention.file.parent, mention.file.parent.parent]
    if any((one / mention.name).exists() for one in starts):
        return True
    return "/" not in mention.name and mention.name in file_names()


@cache
def file_names() -> frozenset[str]:
    folders = (*CODE, "resources")
    return frozenset(one.name for folder in folders for one in (ROOT / folder).rglob("*.*"))


def test_every_test_that_is_named_exists() -> None:
    found = named(TEST)
    assert len(found) > 10
    missing = [
        str(one)
        for one, match in found
        if not (ROOT / match[1]).is_file() or not defines(ROOT / match[1], match[2])
    ]
    assert not missing


def defines(file: Path, name: str) -> bool:
    tree = ast.parse(file.read_text("utf-8"))
    return any(isinstance(one, ast.FunctionDef) and one.name == name for one in ast.walk(tree))


def test_every_module_that_is_named_exists() -> None:
    found = named(MODULE)
    assert len(found) > 5
    missing = [str(one) for one, _ in found if not is_module_or_part_of_one(one.name)]
    assert not missing


def is_module_or_part_of_one(name: str) -> bool:
    with contextlib.suppress(ModuleNotFoundError):
        if importlib.util.find_spec(name):
            return True
    module, _, part = name.rpartition(".")
    source = ROOT / f"{module.replace('.', '/')}.py"
    return source.is_file() and bool(re.search(rf"\b{part}\b", source.read_text("utf-8")))


def test_every_member_of_a_class_that_is_named_exists() -> None:
    found = [(one, match) for one, match in named(MEMBER) if match[1] in classes()]
    missing = [str(one) for one, match in found if match[2] not in classes()[match[1]]]
    assert found
    assert not missing


@cache
def classes() -> dict[str, frozenset[str]]:
    """Return the words in the body of each class of the program."""
    found: dict[str, frozenset[str]] = {}
    for file in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                words = frozenset(re.findall(r"\w+", ast.unparse(node)))
                found[node.name] = found.get(node.name, frozenset()) | words
    return found


def test_every_command_of_aldesk_that_is_named_exists(capsys: pytest.CaptureFixture[str]) -> None:
    found = [one for one in mentions() if re.match(r"(uv run )?aldesk ", one.name)]
    assert len(found) > 10
    assert not [str(one) for one in found if not is_command(one.name.split("aldesk ")[1])]
    capsys.readouterr()


def is_command(text: str) -> bool:
    words = [
        one for one in text.split("  ", maxsplit=1)[0].split() if re.fullmatch(r"[a-z-]+", one)
    ]
    if words[:1] in ([], ["-"]):
        return True
    if words[0].startswith("--"):
        return words[0] in {"--self-test", "--version", "--help"}
    commands = [one for one in words if not one.startswith("-")]
    options = [one for one in words if len(one) > 1 and one.startswith("-")]
    usage = help_of(commands)
    return usage is not None and all(one in usage for one in options)


def help_of(commands: list[str]) -> str | None:
    """Return the help of the innermost command; none where the words are no command."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        try:
            cli.run_command([*commands, "--help"])
        except SystemExit as end:
            return out.getvalue() if end.code == 0 else None
    return None


SCRIPTS = {
    "dev.py": {"run", "test", "tools", "proof"},
    "build.py": {"linux", "windows", "macos"},
    "check.py": set(check.CHECKS),
}


def test_every_script_that_is_named_exists_with_that_command() -> None:
    pattern = re.compile(r"(?:py(?:thon3?)? )?(?:build_scripts/)?(dev|build|check)\.py (\S+).*")
    found = named(pattern)
    wrong = [
        str(one)
        for one, match in found
        if not set(re.findall(r"[a-z]+", match[2])) <= SCRIPTS[f"{match[1]}.py"]
    ]
    assert len(found) > 10
    assert not wrong
    text = Path(dev.__file__).read_text("utf-8")
    assert all(f'"{one}"' in text for one in SCRIPTS["dev.py"])


def test_every_module_that_is_to_be_run_exists() -> None:
    found = [
        (one, shlex.split(match[1], comments=True)[0])
        for one in mentions()
        if (match := re.search(r"python -m (\S.*)", one.name))
    ]
    assert len(found) > 3
    assert not [str(one) for one, module in found if not importlib.util.find_spec(module)]
