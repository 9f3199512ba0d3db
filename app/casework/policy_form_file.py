"""The values of a policy file as YAML, and back: what the form writes and opens.

The strict reader reads exactly the values that were written. Keys stand in the order of the
grammar, citations and short lists on one line. Remarks of a file that is opened are not kept.
"""

import re
from datetime import date
from typing import Any

import yaml

from app.casework.policy_form import CITATION, POLICY, Shape, inner_shape, shape_at
from app.library.strict_yaml import YamlProblem, parse

_WIDTH = 100
_WHOLE = re.compile(r"[0-9]{1,15}|[0-9]{1,3}([, _][0-9]{3}){1,4}")
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,8}")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AMERICAN_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


class _OnOneLine(dict[str, Any]):
    """A mapping that is written on one line."""


class _ListOnOneLine(list[Any]):
    """A list that is written on one line."""


class _Writer(yaml.SafeDumper):
    """Writes plain values; large whole numbers with their thousands apart."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # the emitter's signature
        """Write each value in full: the strict reader reads no aliases."""
        return True


def _whole(writer: _Writer, value: int) -> yaml.Node:
    return writer.represent_scalar("tag:yaml.org,2002:int", f"{value:_}")


def _text(writer: _Writer, value: str) -> yaml.Node:
    """Write a text; one that holds more than letters with every such sign escaped."""
    style = None if value.isprintable() else '"'
    return writer.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _mapping(writer: _Writer, value: _OnOneLine) -> yaml.Node:
    return writer.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True)


def _list(writer: _Writer, value: _ListOnOneLine) -> yaml.Node:
    return writer.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)


_Writer.add_representer(int, _whole)
_Writer.add_representer(str, _text)
_Writer.add_representer(_OnOneLine, _mapping)
_Writer.add_representer(_ListOnOneLine, _list)


def yaml_of(value: dict[str, Any]) -> bytes:
    """Return the policy file with these values."""
    text: str = yaml.dump(
        _in_order(value, POLICY),
        Dumper=_Writer,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=False,
        width=_WIDTH,
    )
    return text.encode("utf-8")


def _in_order(value: Any, shape: Shape | None, key: str | int = "") -> Any:
    """Return a value with its keys in the order of the grammar; keys that it has not, last."""
    here = shape_at(value, shape) if shape else None
    if isinstance(value, list):
        is_short = not any(isinstance(one, dict | list) for one in value)
        kind: type[list[Any]] = _ListOnOneLine if is_short else list
        return kind(_in_order(one, here and inner_shape(value, here, 0)) for one in value)
    if not isinstance(value, dict):
        return value
    known = [one.key for one in here.fields if one.key in value] if here else []
    made = {
        one: _in_order(value[one], here and inner_shape(value, here, one), one)
        for one in dict.fromkeys([*known, *value])
    }
    return _OnOneLine(made) if key == CITATION else made


def values_in(text: bytes) -> dict[str, Any]:
    """Return the values of a policy file for the form. Raises YamlProblem.

    Where a list may have a single entry in its place, there is a list; a key without a value is
    left out.
    """
    found = _lists_in(parse(text).value, POLICY)
    if not isinstance(found, dict):
        raise YamlProblem(1, (), "must hold keys with values")
    return found


def _lists_in(value: Any, shape: Shape | None) -> Any:
    if shape is not None and shape.kind == "list" and isinstance(value, dict):
        value = [value]
    if isinstance(value, list):
        return [_lists_in(one, shape and inner_shape(value, shape, 0)) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _lists_in(one, shape and inner_shape(value, shape, key))
        for key, one in value.items()
        if one is not None
    }


def value_of(shape: Shape, text: str) -> Any:
    """Return a typed text as a value of the file; None if there is none.

    A text that is no number or date is left as it is, for the reader of the file to refuse.

    >>> value_of(Shape("whole"), "600,000"), value_of(Shape("decimal"), "3.5")
    (600000, '3.5')
    >>> value_of(Shape("date"), "11/30/2026"), value_of(Shape("text"), "2026")
    (datetime.date(2026, 11, 30), '2026')
    """
    bare = text.strip()
    if not bare:
        return None
    if shape.kind == "whole" and _WHOLE.fullmatch(bare):
        return int(re.sub("[, _]", "", bare))
    if shape.kind == "decimal":
        return int(bare) if _DECIMAL.fullmatch(bare) else bare
    if shape.kind == "date":
        return _date(bare)
    return text if shape.kind == "text" else bare


def _date(text: str) -> date | str:
    american = _AMERICAN_DATE.fullmatch(text)
    parts = (american[3], american[1], american[2]) if american else text.split("-")
    if american is None and not _ISO_DATE.fullmatch(text):
        return text
    try:
        return date(*map(int, parts))
    except ValueError:
        return text


def text_of(value: Any) -> str:
    """Return a single value as it stands in a field.

    >>> text_of(600000), text_of(None), text_of("3.5"), text_of(date(2026, 5, 1))
    ('600,000', '', '3.5', '2026-05-01')
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return "" if value is None else str(value)
