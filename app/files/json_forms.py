"""Writes determinations as JSON, and the JSON Schema of determination, case and policy file.

The same determination always gives the same bytes. A schema checks each key and its value as the
reader does; what depends on several of them, such as a duplicate id, only the reader checks
(`aldesk policies check`).
"""

from collections.abc import Iterator
from inspect import cleandoc
from typing import Any

from app.library import Library
from app.model.adapters import adapter
from app.model.case import Case
from app.model.case_fields import OPEN_CHOICES, CaseField
from app.model.case_values import CODE_PATTERN
from app.model.catalog import Catalog, Question
from app.model.data import key_of
from app.model.determination import Determination
from app.model.policy import Policy, WrittenPolicy
from app.model.vocabulary import OWN_KEYS


def determination_json(determination: Determination, indent: int | None = None) -> bytes:
    """Return the determination as JSON in UTF-8, on one line unless `indent` (spaces) is given."""
    return adapter(Determination).dump_json(determination, indent=indent)


def determination_schema() -> dict[str, Any]:
    """Return the JSON Schema of a determination; every key of it is always written."""
    schema = adapter(Determination).json_schema(mode="serialization")
    for one in (schema, *schema["$defs"].values()):
        for value in one["properties"].values():
            value.pop("default", None)
        one["required"] = list(one["properties"])
    return schema


_Schema = dict[str, Any]


def case_schema() -> _Schema:
    """Return the JSON Schema of a case; the default of an object in it is the empty one."""
    schema = adapter(Case).json_schema()
    for one in schema["properties"].values():
        if isinstance(one.get("default"), dict):
            one["default"] = {}
    del schema["$defs"]["Facts"]["properties"]["others"]
    return schema


def case_schema_for(policy: Policy, library: Library) -> _Schema:
    """Return the JSON Schema of a case that names a policy, with the policy's own words.

    Answers to the questions of other policies are taken as well, and have no effect.
    """
    schema, catalog = case_schema(), library.catalog_for(policy)
    properties, facts = schema["properties"], schema["$defs"]["Facts"]["properties"]
    properties["policy"] = {"const": policy.id, "title": policy.title}
    for key in OPEN_CHOICES:
        properties[key]["enum"] = list(library.choices(policy, key))
    for key, field in library.fields.items():
        if field.part == "facts" and field.name not in facts:
            facts[field.name] = {**_answer(field), "title": catalog.label(key), "default": None}
    return schema


def _answer(field: CaseField) -> _Schema:
    """Return the schema of the answer to a question of a policy; null is "not known"."""
    if field.quantity is not None:
        one = field.quantity.json_schema()
    elif field.kind == "yes_no":
        one = {"type": "boolean"}
    else:
        one = {"enum": list(field.choices)} if field.choices else _CODE
        one = {"type": "array", "items": one} if field.kind == "list" else one
    return {"anyOf": [one, {"type": "null"}]}


_CODE: _Schema = {"type": "string", "pattern": CODE_PATTERN}

_NOT_BLANK = r"\S"
_CHOICE = r"^[^\s|]([^|]*[^\s|])?$"
_IDENTIFIER = "^[a-z][a-z0-9_]*$"
_POLICY_ID = "^[a-z0-9][a-z0-9-]*$"


def policy_schema(catalog: Catalog, reserved: frozenset[str]) -> _Schema:
    """Return the JSON Schema of a policy over the questions of a catalog.

    No note of it has an id in `reserved`.
    """
    schema = adapter(WrittenPolicy).json_schema()
    schema |= {"title": "Policy", "description": cleandoc(Policy.__doc__ or "")}
    for text in _texts(schema):
        text.setdefault("pattern", _NOT_BLANK)
    schema["properties"]["id"]["pattern"] = _POLICY_ID
    parts = schema["$defs"]
    for name in ("Comparison", "Group", "Note"):
        parts[name]["properties"]["id"]["pattern"] = _IDENTIFIER
    asked = parts["Question"]["properties"]
    parts["Question"]["properties"] = {
        key_of(name): asked[key_of(name)] for name in sorted(OWN_KEYS)
    }
    asked["choices"]["propertyNames"] = {"pattern": _CHOICE}
    parts["Note"]["properties"]["id"]["not"] = {"enum": sorted(reserved)}
    parts["Group"]["oneOf"] = [{"required": [one]} for one in ("all", "any", "none", "of")]
    parts["Group"]["dependentRequired"] = {"of": ["at_least"], "at_least": ["of"]}
    kinds = ("dose", "as_labeled", "not_stated")
    parts["Dosing"]["oneOf"] = [{"required": [one]} for one in kinds]
    parts["LimitOver"]["if"] = {"properties": {"per": {"const": "days"}}}
    parts["LimitOver"]["then"] = {"required": ["days"]}
    parts["LimitOver"]["else"] = {"not": {"required": ["days"]}}
    parts["Comparison"]["allOf"] = [
        {
            "if": {"properties": {"question": {"const": name}}},
            "then": _comparisons(question),
        }
        for name, question in catalog.questions.items()
    ]
    return schema


def _texts(schema: Any) -> Iterator[_Schema]:
    """Yield each subschema of a text that is neither a choice nor a date."""
    if isinstance(schema, dict):
        if schema.get("type") == "string" and not schema.keys() & {"enum", "format"}:
            yield schema
        for below in schema.values():
            yield from _texts(below)
    elif isinstance(schema, list):
        for below in schema:
            yield from _texts(below)


def _comparisons(question: Question) -> _Schema:
    """Return the schema of a criterion over this question: exactly one comparison that fits it."""
    fitting = question.comparisons
    schema: _Schema = {"oneOf": [{"required": [one]} for one in fitting]}
    if question.choices:
        choices = {"items": {"enum": list(question.choices)}}
        schema["properties"] = dict.fromkeys(fitting, choices)
    return schema
