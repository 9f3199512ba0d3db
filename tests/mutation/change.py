"""A change of one place in the code, described so that it is found after other lines have moved."""

import ast
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

FunctionLines = dict[str, range]


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """The lines before and after, without indentation; `function` is "" outside of functions.

    `nth` distinguishes equal lines of one function, counted from 1.
    """

    file: str
    function: str
    before: str
    after: str
    nth: int = 1

    def __str__(self) -> str:
        place = f"{self.file}, {self.function or 'outside of functions'}"
        before, after = (one.replace("\n", "\n      ") for one in (self.before, self.after))
        return f"{place}, {self.nth}:\n    - {before}\n    + {after}"


def change_between(file: str, source: str, changed: str) -> Change:
    """Return the one change between two texts of a file."""
    old, new = source.splitlines(), changed.splitlines()
    start = _equal(old, new)
    end = min(_equal(old[::-1], new[::-1]), len(old) - start, len(new) - start)
    before = old[start : len(old) - end]
    function, lines = function_at(source, start + 1)
    earlier = [old[line - 1 :][: len(before)] for line in lines if line <= start]
    return Change(
        file,
        function,
        _stripped(before),
        _stripped(new[start : len(new) - end]),
        1 + sum(_stripped(one) == _stripped(before) for one in earlier),
    )


def function_at(source: str, line: int) -> tuple[str, range]:
    """Return name and lines of the outermost function with this line, or "" and all lines."""
    for name, lines in function_lines(source).items():
        if line in lines:
            return name, lines
    return "", range(1, len(source.splitlines()) + 1)


@cache
def function_lines(source: str) -> FunctionLines:
    """Return the lines of each function and method, without decorators."""
    found: FunctionLines = {}

    def collect(body: list[ast.stmt], above: str) -> None:
        for node in body:
            if isinstance(node, ast.FunctionDef):
                found[f"{above}{node.name}"] = range(node.lineno, (node.end_lineno or 0) + 1)
            elif isinstance(node, ast.ClassDef):
                collect(node.body, f"{above}{node.name}.")

    collect(ast.parse(source).body, "")
    return found


def _equal(one: list[str], other: list[str]) -> int:
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))


def _stripped(lines: list[str]) -> str:
    return "\n".join(line.strip() for line in lines)
