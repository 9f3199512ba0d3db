"""Every small mistake that could be made in a policy file, each as a file of its own.

Works on the parsed data. A rule looks at one value and yields what could stand there by mistake.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path as File
from typing import Any, get_args

from app.library import Library
from app.library.policies import policy_of
from app.library.reader import read_document
from app.library.strict_yaml import Document
from app.model.case import LesionSite, LesionStatus, Specialty
from app.model.determination import ApprovalStatus, RequestStatus
from app.model.policy import Policy
from tests.policy_words import (
    CATALOG,
    LENGTHS,
    OPEN_MAPPINGS,
    OPTIONAL,
    OTHER_GROUPS,
    OTHER_KEYS,
    WORDS,
)

Path = tuple[str | int, ...]
_Changes = Iterator[tuple[str, Any]]

CHOICES: dict[str, tuple[str, ...]] = {
    "prescriber_specialties": get_args(Specialty),
    "lesion_status": get_args(LesionStatus),
    "lesion_site": get_args(LesionSite),
}
_STATUSES: dict[str, tuple[str, ...]] = {
    "approval_status": get_args(ApprovalStatus),
    "request_status": get_args(RequestStatus),
    "status": get_args(ApprovalStatus),
}


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
    names = names_in(policy)
    for path, value in _places(policy, ()):
        for rule in _RULES:
            for words, changed in rule(path, value):
                name = f"{'.'.join(_names(policy, path))}: {words}"
                yield Mutant(rule.__name__, name, _with(policy, path, changed))
        for words, changed in added_name(path, value, names):
            name = f"{'.'.join(_names(policy, path))}: {words}"
            yield Mutant(added_name.__name__, name, _with(policy, path, changed))


def names_in(policy: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the names that each kind of list could have: the catalog's and the policy's own."""
    questions = {**CATALOG["questions"], **policy.get("questions", {})}
    choices = {name: tuple(one.get("choices") or ()) for name, one in questions.items()}
    choices["route"] = (*CATALOG["inputs"]["route"]["choices"], *policy.get("routes", {}))
    indications = (*CATALOG["inputs"]["indication"]["choices"], *policy.get("indications", {}))
    covered = (*(name for name in indications if name != "other"), "any_indication")
    places = {"routes": choices["route"], "indications": indications, "covered": covered}
    return {**choices, **_STATUSES, **places}


def _names(value: Any, path: Path) -> Iterator[str]:
    """Yield the parts of a path, an entry of a list by its own name."""
    for part in path:
        entries, value = value, value[part]
        yield _entry(entries, part) if isinstance(part, int) else str(part)


def _entry(entries: list[Any], place: int) -> str:
    """Return the name of an entry: its id or branch or value, or else its place in the list."""
    entry = entries[place]
    if not isinstance(entry, dict):
        return str(place)
    return str(entry.get("id") or entry.get("branch") or entry.get("code") or place)


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


def decimal_off_by_one(path: Path, value: Any) -> _Changes:
    """Move a bound with decimals by one in its last place."""
    if isinstance(value, str) and _key(path) in ("at_least", "at_most", "over", "under"):
        try:
            step = Decimal(1).scaleb(int(Decimal(value).as_tuple().exponent))
        except InvalidOperation:
            return
        for near in (Decimal(value) - step, Decimal(value) + step):
            yield f"{value} becomes {near}", str(near)


def day_off_by_one(_path: Path, value: Any) -> _Changes:
    if isinstance(value, date):
        days = (value + timedelta(days=step) for step in (-1, 1))
        yield from ((f"{value} becomes {day}", day) for day in days)


def flipped_answer(_path: Path, value: Any) -> _Changes:
    if isinstance(value, bool):
        yield f"{value} becomes {not value}", not value


def exchanged_key(_path: Path, value: Any) -> _Changes:
    """Take another kind of group, comparison or length."""
    if not isinstance(value, dict):
        return
    if "of" in value and isinstance(value["of"], list):
        for other in ("all", "any", "none"):
            yield f"of becomes {other}", {**_without(value, "of", "at_least"), other: value["of"]}
        return
    others = {**OTHER_GROUPS, **OTHER_KEYS, **LENGTHS}
    for key, other in ((one, other) for one in others if one in value for other in others[one]):
        if other not in value:
            yield f"{key} becomes {other}", {**_without(value, key), other: value[key]}
    for key in [one for one in OTHER_GROUPS if one in value]:
        for least in range(2, len(value[key])):
            counted = {**_without(value, key), "at_least": least, "of": value[key]}
            yield f"{key} becomes at least {least}", counted


def exchanged_word(path: Path, value: Any) -> _Changes:
    """Take another word where one of several stands, by the keys around it."""
    if not isinstance(value, str):
        return
    last = [part for part in path if isinstance(part, str)][-2:]
    for keys in dict.fromkeys((".".join(last), *last[-1:])):
        for word in (*WORDS.get(keys, ()), *_STATUSES.get(keys, ())):
            if word != value:
                yield f"{value} becomes {word}", word


def dropped_entry(_path: Path, value: Any) -> _Changes:
    """Leave out a criterion of a group, a choice of a list, a note, a limit, a length, a use."""
    if isinstance(value, list):
        for place, entry in enumerate(value):
            name = _entry(value, place) if isinstance(entry, dict) else entry
            yield f"without {name}", [*value[:place], *value[place + 1 :]]


def added_name(path: Path, value: Any, names: dict[str, tuple[str, ...]]) -> _Changes:
    """Add a choice that a question has, or a name that a guard or a condition could have.

    Or cover one more indication, or document one more route, just like the first.
    """
    if isinstance(value, dict):
        for key in ("any_of", "none_of"):
            for choice in _absent(names.get(value.get("question", ""), ()), value.get(key)):
                yield f"{key} with {choice}", {**value, key: [*value[key], choice]}
        wanted = names.get(OPEN_MAPPINGS.get(_key(path), ""), ())
        for name in [] if "not_stated" in value else _absent(wanted, list(value)):
            yield f"with {name}", {**value, name: next(iter(value.values()))}
    if _key(path) != "status":
        for name in _absent(names.get(_key(path), ()), value):
            yield f"with {name}", [*value, name]


def dropped_key(path: Path, value: Any) -> _Changes:
    """Leave out a guard, a condition, a limit, a regimen, a rule or an indication."""
    if isinstance(value, dict):
        needed = {"approval"} if "name" in value else set()  # of an indication, not of a renewal
        for key in value:
            if key in OPTIONAL - needed or _key(path) in OPEN_MAPPINGS:
                yield f"without {key}", _without(value, key)


def _key(path: Path) -> str:
    return str(path[-1]) if path else ""


def _absent(choices: tuple[str, ...], value: Any) -> list[str]:
    return [one for one in choices if one not in value] if isinstance(value, list) else []


def _without(value: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {name: below for name, below in value.items() if name not in keys}


_RULES: tuple[Callable[[Path, Any], _Changes], ...] = (
    number_off_by_one,
    decimal_off_by_one,
    day_off_by_one,
    flipped_answer,
    exchanged_key,
    exchanged_word,
    dropped_entry,
    dropped_key,
)
KINDS = frozenset(rule.__name__ for rule in (*_RULES, added_name))
