"""What the documents of the project name, looked up in its sources without running them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def parts(file: str) -> frozenset[str]:
    """Return functions, classes and values of a module by name, what is in a class after a dot."""
    return frozenset(_named(ast.parse((ROOT / file).read_text("utf-8")).body))


def is_there(file: str, part: str | None = None) -> bool:
    """Return whether a file of the project is there and has this part."""
    return (ROOT / file).is_file() and (part is None or part in parts(file))


def is_test(name: str) -> bool:
    """Return whether there is a test of this name: file::function, without parameters."""
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
