"""A strict subset of YAML: what a reader of the file sees is what is loaded.

Only true/false, null, whole numbers (also as 600_000), ISO dates, text, lists and mappings: no
duplicate keys, no aliases, no tags, no octal, no "yes". The line of each value is recorded.
libyaml parses; its events are read one by one, so that no text can exhaust the stack.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

Path = tuple[str | int, ...]

_WHOLE = re.compile(r"0|[1-9][0-9]{0,14}|[1-9][0-9]{0,2}(_[0-9]{3}){1,4}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS = {"true": True, "false": False, "null": None, "": None}
_COMMENT = re.compile(r"[ \t]+#")
_DEEPEST = 40
_PLAIN_MESSAGES = {
    "mapping values are not allowed in this context": "a text with a colon needs quotation marks",
    "found character that cannot start any token": "a tab or another sign where a word belongs",
}


class YamlProblem(Exception):
    """The text cannot be read; `line` counts from 1, `path` has the keys down to the problem."""

    def __init__(self, line: int, path: Path, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.path = path
        self.message = message


@dataclass(frozen=True, slots=True)
class Document:
    """The value of a YAML text and the line of each of its parts."""

    value: Any
    lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """Return the line, counted from 1, of the deepest part of `path` that the text has."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]


def parse(text: bytes) -> Document:
    """Return the only document in `text`, which must be UTF-8. Raises YamlProblem."""
    try:
        source = text.decode("utf-8-sig")
        return _Builder(source, yaml.parse(text, Loader=yaml.CSafeLoader)).document()
    except UnicodeDecodeError as error:
        message = "the file is not text in UTF-8"
        raise YamlProblem(_line_of(text, error.start), (), message) from None
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark  # libyaml marks every problem
        message = _PLAIN_MESSAGES.get(str(error.problem), str(error.problem))
        raise YamlProblem(mark.line + 1, (), message) from None
    except yaml.reader.ReaderError as error:
        raise YamlProblem(_line_of(text, error.position), (), str(error.reason)) from None


def _line_of(text: bytes, position: int) -> int:
    return text.count(b"\n", 0, position) + 1


class _Builder:
    """Turns libyaml's events into plain values and remembers their lines."""

    def __init__(self, source: str, events: Iterator[yaml.Event]) -> None:
        self._source = source
        self._events = events
        self._lines: dict[Path, int] = {}

    def document(self) -> Document:
        """Return the only document of the text."""
        self._next()  # the start of the stream
        if isinstance(self._next(), yaml.StreamEndEvent):
            raise YamlProblem(1, (), "the file is empty")
        value = self._value(self._next(), ())
        self._next()  # the end of the document
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            raise YamlProblem(_line(after), (), "only one document is read: remove the line ---")
        return Document(value, self._lines)

    def _next(self) -> yaml.Event:
        return next(self._events)

    def _value(self, event: yaml.Event, path: Path) -> Any:
        self._lines.setdefault(path, _line(event))
        _refuse_alias_and_tag(event, path)
        if len(path) > _DEEPEST:
            raise YamlProblem(_line(event), path[:1], "nested too deeply")
        if isinstance(event, yaml.ScalarEvent):
            value = _scalar(event, path)
            if isinstance(value, str):
                self._refuse_cut(event, path)
            return value
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        return self._sequence(path)

    def _refuse_cut(self, event: yaml.ScalarEvent, path: Path) -> None:
        """Refuse an unquoted text that contains " #": YAML would drop the rest as a comment."""
        end: Any = event.end_mark  # libyaml marks every event
        if event.implicit[0] and _COMMENT.match(self._source, end.index):
            message = "a text with # needs quotation marks; a remark has a line of its own"
            raise YamlProblem(_line(event), path, message)

    def _sequence(self, path: Path) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            found.append(self._value(event, (*path, len(found))))
        return found

    def _mapping(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            _refuse_alias_and_tag(event, path)
            if not isinstance(event, yaml.ScalarEvent):
                raise YamlProblem(_line(event), path, "a key must be a word")
            inner = (*path, event.value)
            if event.value in found:
                raise YamlProblem(_line(event), inner, "the key is given twice")
            self._lines[inner] = _line(event)
            found[event.value] = self._value(self._next(), inner)
        return found


def _line(event: yaml.Event) -> int:
    mark: Any = event.start_mark  # libyaml marks every event
    return int(mark.line) + 1


def _refuse_alias_and_tag(event: yaml.Event, path: Path) -> None:
    if isinstance(event, yaml.AliasEvent):
        raise YamlProblem(_line(event), path, "aliases are not read: write the value again")
    tag = getattr(event, "tag", None)
    if tag is not None:
        raise YamlProblem(_line(event), path, f"the tag {tag} is not read")


def _scalar(event: yaml.ScalarEvent, path: Path) -> Any:
    text = event.value
    is_plain, _ = event.implicit
    if not is_plain:  # quoted or folded
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise YamlProblem(_line(event), path, "there is no such date") from None
    return text
