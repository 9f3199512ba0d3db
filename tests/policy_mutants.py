"""Every small mistake that could be made in a policy file, each as a file of its own.

Works on the parsed data. A rule looks at one value and yields what could stand there by mistake.
"""

from collections.abc import Callable, Iterator
from dataclasses import MISSING, dataclass, fields
from datetime import date, timedelta
from functools import cache
from pathlib import Path as File
from typing import Any, get_args, get_type_hints

from app.library import Library
from app.library.policies import policy_of
from app.library.reader import read_document
from app.library.strict_yaml import Document
from app.model.case import Indication, LesionSite, LesionStatus, Route, Specialty
from app.model.determination import ApprovalStatus, RequestStatus
from app.model.dosing import Dose, Dosing
from app.model.policy import Policy, When

Path = tuple[str | int, ...]
_Changes = Iterator[tuple[str, Any]]

CHOICES: dict[str, tuple[str, ...]] = {
    "prescriber_specialties": get_args(Specialty),
    "lesion_status": get_args(LesionStatus),
    "lesion_site": get_args(LesionSite),
}
_NAMES: dict[str, tuple[str, ...]] = {
    "routes": get_args(Route),
    "indications": get_args(Indication),
    "approval_status": get_args(ApprovalStatus),
    "request_status": get_args(RequestStatus),
}
_WORDS: dict[str, tuple[str, ...]] = {
    "status": get_args(ApprovalStatus),
    "per": get_args(get_type_hints(Dose)["per"]),
}
_OTHER_KEY = {
    "all": "any",
    "any": "all",
    "any_of": "none_of",
    "none_of": "any_of",
    "at_least": "at_most",
    "at_most": "at_least",
}
# What may be left out: route guards and conditions of notes, limits of a regimen ...
_OPTIONAL = frozenset(one.name for one in fields(When)) | {
    one.name for one in fields(Dosing) if one.default is not MISSING
}
# ... and, of these mappings, anything: regimens, indications. They can also have one more.
_OPEN_MAPPINGS = {"dosing": "routes", "coverage": "indications"}


@dataclass(frozen=True)
class Mutant:
    """A policy with one mistake; `kind` is the rule that made it, `name` tells it apart."""

    kind: str
    name: str
    data: dict[str, Any]


@cache
def document(file: File) -> Document:
    """Return a policy file as parsed data, with its lines."""
    return read_document(file, file.read_bytes())


def build_policy(file: File, data: dict[str, Any], library: Library) -> Policy:
    """Return the policy with these data instead of those of the file. Raises DataFileError."""
    written = Document(data, document(file).lines)
    return policy_of(written, file, library.catalog, "0" * 64)


def mutants(policy: dict[str, Any]) -> Iterator[Mutant]:
    """Yield the policy with each mistake in turn."""
    for path, value in _places(policy, ()):
        for rule in _RULES:
            for words, changed in rule(path, value):
                name = f"{'.'.join(_names(policy, path))}: {words}"
                yield Mutant(rule.__name__, name, _with(policy, path, changed))


def _names(value: Any, path: Path) -> Iterator[str]:
    """Yield the parts of a path, a criterion or note by its id."""
    for part in path:
        value = value[part]
        yield value["id"] if isinstance(part, int) and isinstance(value, dict) else str(part)


def _places(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    yield path, value
    inner = value.items() if isinstance(value, dict) else ()
    for part, below in enumerate(value) if isinstance(value, list) else inner:
        yield from _places(below, (*path, part))


def _with(value: Any, path: Path, changed: Any) -> Any:
    if not path:
        return changed
    part, *rest = path
    copy = value.copy()
    copy[part] = _with(value[part], tuple(rest), changed)
    return copy


def number_off_by_one(_path: Path, value: Any) -> _Changes:
    if isinstance(value, int) and not isinstance(value, bool):
        yield from ((f"{value} becomes {near}", near) for near in (value - 1, value + 1))


def day_off_by_one(_path: Path, value: Any) -> _Changes:
    if isinstance(value, date):
        days = (value + timedelta(days=step) for step in (-1, 1))
        yield from ((f"{value} becomes {day}", day) for day in days)


def flipped_answer(_path: Path, value: Any) -> _Changes:
    if isinstance(value, bool):
        yield f"{value} becomes {not value}", not value


def exchanged_key(_path: Path, value: Any) -> _Changes:
    """Take the other kind of group or comparison."""
    if isinstance(value, dict):
        for key, other in _OTHER_KEY.items():
            if key in value:
                yield f"{key} becomes {other}", {**_without(value, key), other: value[key]}


def exchanged_word(path: Path, value: Any) -> _Changes:
    for word in _WORDS.get(_key(path), ()):
        if word != value:
            yield f"{value} becomes {word}", word


def dropped_entry(_path: Path, value: Any) -> _Changes:
    """Leave out a criterion of a group, a choice of a list or a note."""
    if isinstance(value, list):
        for place, entry in enumerate(value):
            name = entry["id"] if isinstance(entry, dict) else entry
            yield f"without {name}", [*value[:place], *value[place + 1 :]]


def added_choice(path: Path, value: Any) -> _Changes:
    """Add a choice that a question has, or a name that a guard or a condition could have."""
    if isinstance(value, dict):
        for key in ("any_of", "none_of"):
            for choice in _absent(CHOICES.get(value.get("question", ""), ()), value.get(key)):
                yield f"{key} with {choice}", {**value, key: [*value[key], choice]}
    for name in _absent(_NAMES.get(_key(path), ()), value):
        yield f"with {name}", [*value, name]


def added_use(path: Path, value: Any) -> _Changes:
    """Cover one more indication, or document one more route, just like the first."""
    if _key(path) in _OPEN_MAPPINGS:
        for name in _absent(_NAMES[_OPEN_MAPPINGS[_key(path)]], list(value)):
            yield f"with {name}", {**value, name: next(iter(value.values()))}


def dropped_key(path: Path, value: Any) -> _Changes:
    """Leave out a guard, a condition, a limit, a regimen or an indication."""
    if isinstance(value, dict):
        for key in value:
            if key in _OPTIONAL or _key(path) in _OPEN_MAPPINGS:
                yield f"without {key}", _without(value, key)


def _key(path: Path) -> str:
    return str(path[-1]) if path else ""


def _absent(choices: tuple[str, ...], value: Any) -> list[str]:
    return [one for one in choices if one not in value] if isinstance(value, list) else []


def _without(value: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: below for name, below in value.items() if name != key}


_RULES: tuple[Callable[[Path, Any], _Changes], ...] = (
    number_off_by_one,
    day_off_by_one,
    flipped_answer,
    exchanged_key,
    exchanged_word,
    dropped_entry,
    added_choice,
    added_use,
    dropped_key,
)
KINDS = frozenset(rule.__name__ for rule in _RULES)
