"""The lines of a page of a policy that is being written: plain data for whoever shows them."""

from dataclasses import dataclass
from typing import Any, Literal

from app.casework.policy_form import Shape
from app.casework.policy_form_draft import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """A field: a single value, or a list of single values, at a path.

    `choices` are the values that it may have, with their labels; without any it is typed.
    """

    path: Path
    shape: Shape
    label: str
    help: str
    choices: dict[str, str]
    value: Any
    is_required: bool = False
    is_removable: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part, above its fields."""

    path: Path
    text: str
    help: str


@dataclass(frozen=True, slots=True)
class Table:
    """Parts that are alike below each other: a row has the label of its part and its fields.

    A row has no field under the heading of a key that its part has not.
    """

    path: Path
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Entry | None, ...]], ...]
    are_entries: bool  # of a list, so that a row can be removed


@dataclass(frozen=True, slots=True)
class Alternatives:
    """A choice of what the document says at a path; `chosen` is the place among the options."""

    path: Path
    label: str
    options: tuple[str, ...]
    chosen: int


@dataclass(frozen=True, slots=True)
class Addition:
    """Something that can be added at a path: an entry of a list, a named one, or a criterion."""

    path: Path
    label: str
    kind: Literal["item", "named", "criterion"]
    names: dict[str, str]  # of which a named one may have one; any other name if there are none


@dataclass(frozen=True, slots=True)
class GroupKind:
    """The kind of a group, of the kinds that there are."""

    path: Path
    options: dict[str, str]
    chosen: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A key that no policy file has: it can only be removed."""

    path: Path
    label: str


Line = Entry | Heading | Table | Alternatives | Addition | GroupKind | Unknown
