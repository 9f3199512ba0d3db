"""What pydantic makes of the model's classes: one adapter for each, built when first needed."""

from typing import Any, TypeVar

from pydantic import TypeAdapter
from pydantic_core import ErrorDetails

from app.model.data import Refusal

_Kind = TypeVar("_Kind")


_BUILT: dict[type[Any], TypeAdapter[Any]] = {}


def adapter(kind: type[_Kind]) -> TypeAdapter[_Kind]:
    """Return the adapter of a class."""
    if kind not in _BUILT:
        _BUILT[kind] = TypeAdapter(kind)
    return _BUILT[kind]


def refusal_in(detail: ErrorDetails) -> Refusal | None:
    """Return the refusal in an error, or None where pydantic itself found the mistake."""
    found = detail.get("ctx", {}).get("error")
    return found if isinstance(found, Refusal) else None


def listed(expected: str) -> str:
    """Return pydantic's list of allowed values with commas, and without quotation marks.

    >>> listed("'kg', 'm2' or 'lesion'")
    'kg, m2, lesion'
    """
    return expected.replace(" or ", ", ").replace("'", "")
