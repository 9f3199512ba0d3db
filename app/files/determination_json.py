"""Determinations for machines: JSON and JSON Schema, numbers plain, UTF-8.

The same determination always gives the same bytes.
"""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from app.model.case import Case
from app.model.determination import Determination


@cache
def _adapter() -> TypeAdapter[Determination]:
    return TypeAdapter(Determination)


def determination_json(determination: Determination, indent: int | None = None) -> bytes:
    """Return the determination as JSON in UTF-8, on one line unless `indent` is given."""
    return _adapter().dump_json(determination, indent=indent)


def determination_schema() -> dict[str, Any]:
    """Return the JSON Schema of a determination."""
    return _adapter().json_schema(mode="serialization")


def case_schema() -> dict[str, Any]:
    """Return the JSON Schema of a case."""
    return Case.model_json_schema()
