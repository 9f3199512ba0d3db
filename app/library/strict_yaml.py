"""YAML without its surprises: what a reader of the file sees is what is loaded.

Only true/false, null, whole numbers (also as 600_000), ISO dates, text, lists and mappings: no
duplicate keys, no aliases, no tags, no octal, no "yes". Each value keeps its line. Parsing itself
is libyaml's.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

Path = tuple[str | int, ...]

_WHOLE = re.compile(r"0|[1-9][0-9]{0,14}|[1-9][0-9]{0,2}(_[0-9]{3}){1,4}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS = {"true": True, "false": False, "null": None, "": None}
_PLAIN_TAGS = tuple(
    f"tag:yaml.org,2002:{kind}"
    for kind in ("map", "seq", "str", "int", "bool", "null", "timestamp", "float", "merge", "value")
)


class YamlProblem(Exception):
    """The text cannot be read; `line` counts from 1, `path` leads to the place."""

    def __init__(self, line: int, path: Path, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.path = path
        self.message = message


@dataclass(frozen=True, slots=True)
class Document:
    """The value of a YAML text and the line of each of its parts."""

    value: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """Return the line of the deepest part of `path` that the text has."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]


def parse(text: bytes) -> Document:
    """Return the one document in `text`. Raises YamlProblem."""
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlProblem(mark.line + 1 if mark else 1, (), str(error.problem)) from None
    except yaml.YAMLError as error:
        raise YamlProblem(1, (), str(error).partition("\n")[0]) from None
    if root is None:
        raise YamlProblem(1, (), "the file is empty")
    lines: dict[Path, int] = {}
    return Document(_Builder(lines).build(root, ()), lines)


class _Builder:
    """Turns libyaml's nodes into plain values; a node that is met twice is an alias."""

    def __init__(self, lines: dict[Path, int]) -> None:
        self._lines = lines
        self._met: set[int] = set()

    def build(self, node: yaml.Node, path: Path) -> Any:
        line = node.start_mark.line + 1
        self._lines.setdefault(path, line)
        if id(node) in self._met:
            raise YamlProblem(line, path, "aliases are not read: write the value again")
        if node.tag not in _PLAIN_TAGS:
            raise YamlProblem(line, path, f"the tag {node.tag} is not read")
        self._met.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(one, (*path, place)) for place, one in enumerate(node.value)]
        return _scalar(node, path)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = key_node.value
            if not isinstance(key_node, yaml.ScalarNode):
                raise YamlProblem(line, path, "a key must be a word")
            if key in found:
                raise YamlProblem(line, (*path, key), "the key is given twice")
            self._lines[(*path, key)] = line
            found[key] = self.build(value_node, (*path, key))
        return found


def _scalar(node: yaml.Node, path: Path) -> Any:
    text: str = node.value
    is_quoted_or_folded = bool(getattr(node, "style", None))
    if is_quoted_or_folded:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise YamlProblem(node.start_mark.line + 1, path, "there is no such date") from None
    return text
