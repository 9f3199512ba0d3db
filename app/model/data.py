"""Plain classes for what comes from outside, and the grammar of their fields as metadata.

An object of such a class is a frozen dataclass with slots; relations between its fields are checked
whenever one is made. The kinds and bounds of the fields are read by pydantic at the boundary only
(`app.model.adapters`): the metadata know how, and import nothing of it before they are asked.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from inspect import cleandoc
from typing import Any, TypeVar, cast, dataclass_transform

_Kind = TypeVar("_Kind")


class Refusal(ValueError):
    """A value that is refused; the message is shown to people unchanged.

    `at` is the key with the mistake, as a path from the object that is checked.
    """

    def __init__(self, message: str, at: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.at = at


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def data(kind: type[_Kind]) -> type[_Kind]:
    """Make a frozen dataclass with slots, whose fields are given by name; no other key is read.

    A field that would be a word of Python ends in an underscore, which its key does not have; two
    underscores stand for a point in a key.
    """
    made: Any = dataclass(frozen=True, slots=True, kw_only=True)(kind)
    made.__pydantic_config__ = {
        "extra": "forbid",
        "alias_generator": key_of,
        "json_schema_extra": {"description": cleandoc(kind.__doc__ or "")},
    }
    return cast("type[_Kind]", made)


def key_of(name: str) -> str:
    """Return the key of a field.

    >>> key_of("is_"), key_of("at_least"), key_of("requested__dose_iu")
    ('is', 'at_least', 'requested.dose_iu')
    """
    return name.removesuffix("_").replace("__", ".")


@dataclass(frozen=True, slots=True)
class AsWritten:
    """A text, a date, or yes or no that is never made from a value of another kind."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return {**handler(source), "strict": True}


@dataclass(frozen=True, slots=True)
class Checked:
    """A value that is also read by `read`, after its kind is known; it may refuse."""

    read: Callable[[Any], object]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema  # noqa: PLC0415  # known at the boundary only

        return core_schema.no_info_after_validator_function(self.read, handler(source))


@dataclass(frozen=True, slots=True)
class Limited:
    """A number of more than `above` and at most `at_most`, or something with `entries` or more."""

    above: int | None = None
    at_most: int | None = None
    entries: int | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        stated = {"gt": self.above, "le": self.at_most, "min_length": self.entries}
        bounds = {key: value for key, value in stated.items() if value is not None}
        return {**handler(source), **bounds}


@dataclass(frozen=True, slots=True)
class NullIs:
    """Null is read as `empty`, an object or list with nothing known."""

    empty: object

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema  # noqa: PLC0415  # known at the boundary only

        schema = handler(source)
        return core_schema.no_info_before_validator_function(
            lambda value: self.empty if value is None else value,
            schema,
            json_schema_input_schema=core_schema.nullable_schema(schema),
        )


@dataclass(frozen=True, slots=True)
class NoList:
    """A list is refused with a message that says what to write in its place."""

    message: str

    def _refuse(self, value: object) -> object:
        if isinstance(value, list):
            raise Refusal(self.message)
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema  # noqa: PLC0415  # known at the boundary only

        return core_schema.no_info_before_validator_function(self._refuse, handler(source))


@dataclass(frozen=True, slots=True)
class NeverGiven:
    """A field that no file has: it is filled by the program, and its key is not a known one."""

    def _refuse(self, _value: object) -> object:
        raise Refusal("Not a known key.")

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> Any:
        from pydantic_core import core_schema  # noqa: PLC0415  # known at the boundary only

        return core_schema.no_info_plain_validator_function(self._refuse)

    def __get_pydantic_json_schema__(self, _schema: Any, _handler: Any) -> dict[str, Any]:
        return {"not": {}}


@dataclass(frozen=True, slots=True)
class OpenChoice:
    """A text among the `known` ones, or among those that the validation context has for `kind`."""

    kind: str
    known: tuple[str, ...]

    def _choose(self, value: object, info: Any) -> str:
        allowed: tuple[str, ...] = (info.context or {}).get(self.kind, self.known)
        if not isinstance(value, str) or value not in allowed:
            raise Refusal(f"Must be one of: {', '.join(allowed)}.")
        return value

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> Any:
        from pydantic_core import core_schema  # noqa: PLC0415  # known at the boundary only

        return core_schema.with_info_plain_validator_function(self._choose)

    def __get_pydantic_json_schema__(self, _schema: Any, _handler: Any) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.known)}
