"""Looks up the files, functions and tests that documents name, without running any code."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def parts(file: str) -> frozenset[str]:
    """Return the names of a module's functions, classes and values; members as Class.name."""
    return frozenset(_named(ast.parse((ROOT / file).read_text("utf-8")).body))


def is_there(file: str, part: str | None = None) -> bool:
    """Return whether a file of the project exists and, if a part is given, contains it."""
    return (ROOT / file).is_file() and (part is None or part in parts(file))


def is_test(name: str) -> bool:
    """Return whether a test of this name exists: file::function, without parameters."""
    file, _, function = name.partition("::")
    return is_there(file, function)


def _named(body: list[ast.stmt], above: str = "") -> Iterator[str]:
    for one in body:
        if isinstance(one, ast.ClassDef):
            yield f"{above}{one.name}"
            yield from _named(one.body, f"{above}{one.name}.")
        elif isinstance(one, ast.FunctionDef):
            yield f"{above}{one.name}"
        elif isinstance(one, ast.Assign | ast.AnnAssign):
            targets = one.targets if isinstance(one, ast.Assign) else [one.target]
            yield from (f"{above}{name.id}" for name in targets if isinstance(name, ast.Name))
