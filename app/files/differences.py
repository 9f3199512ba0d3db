"""The differences between a recorded determination and the one computed now, by their place."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from app.files.json_forms import determination_json
from app.model.case_json import parse_json
from app.model.determination import Determination
from app.model.earlier_editions import RuleId

NOT_THERE: Final = object()
# Which Aldesk computed a determination makes no difference.
_NOT_COMPARED = ("engine_version",)
# Parts of a list that have one of these are compared with the part of the same name.
_NAMES = ("id", "rule", "field")


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference at one path of a determination; NOT_THERE on a side that lacks the path.

    `rule` is the one that has changed since the record was written, if that is the reason.
    """

    at: str
    recorded: Any
    recomputed: Any
    rule: RuleId | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the difference for JSON, without the key of a side that lacks the path."""
        sides = {"recorded": self.recorded, "recomputed": self.recomputed}
        known = {key: value for key, value in sides.items() if value is not NOT_THERE}
        return {"at": self.at, **known, **({"rule": self.rule} if self.rule else {})}


class _Named(dict[str, Any]):
    """The parts of a list by their name: one that only one side has is a difference."""


def written(determination: Determination) -> dict[str, Any]:
    """Return a determination as it stands in a record."""
    found: Any = parse_json(determination_json(determination).decode())
    return dict(found)


def differences(recorded: dict[str, Any], recomputed: dict[str, Any]) -> tuple[Difference, ...]:
    """Return every difference."""
    return tuple(_all("", _compared(recorded), _compared(recomputed)))


def differences_in_both(
    recorded: dict[str, Any], recomputed: dict[str, Any]
) -> tuple[Difference, ...]:
    """Return the differences in what both have: a key that only one side has is none.

    The hash of the policy file is told elsewhere. Parts of lists go by their name.
    """
    before, now = _named(_compared(recorded)), _named(_compared(recomputed))
    return tuple(one for one in _in_both("", before, now) if one.at != "policy.sha256")


def _compared(determination: dict[str, Any]) -> dict[str, Any]:
    return {key: one for key, one in determination.items() if key not in _NOT_COMPARED}


def _all(at: str, recorded: Any, recomputed: Any) -> Iterator[Difference]:
    if type(recorded) is type(recomputed) and isinstance(recorded, dict | list):
        before, now = _places(recorded), _places(recomputed)
        for key in dict.fromkeys([*now, *before]):
            inner = f"{at}.{key}" if at else key
            yield from _all(inner, before.get(key, NOT_THERE), now.get(key, NOT_THERE))
    elif type(recorded) is not type(recomputed) or recorded != recomputed:
        yield Difference(at, recorded, recomputed)


def _in_both(at: str, recorded: Any, recomputed: Any) -> Iterator[Difference]:
    before, now = _of_one_kind(recorded, recomputed)
    if before is None or now is None:
        if type(recorded) is not type(recomputed) or recorded != recomputed:
            yield Difference(at, _as_listed(recorded), _as_listed(recomputed))
        return
    is_object = type(recorded) is dict
    for key in dict.fromkeys([*now, *before]):
        if not is_object or (key in before and key in now):
            inner = f"{at}.{key}" if at else key
            yield from _in_both(inner, before.get(key, NOT_THERE), now.get(key, NOT_THERE))


def _of_one_kind(*sides: Any) -> Iterator[dict[str, Any] | None]:
    """Yield the places of two objects, or of two lists: an empty one has no names."""
    kinds = {_Named if isinstance(one, list) and not one else type(one) for one in sides}
    is_same = len(kinds) == 1 and issubclass(kinds.pop(), dict | list)
    for one in sides:
        yield _places(one) if is_same else None


def _as_listed(value: Any) -> Any:
    if isinstance(value, _Named):
        return [_as_listed(one) for one in value.values()]
    if isinstance(value, dict):
        return {key: _as_listed(one) for key, one in value.items()}
    return [_as_listed(one) for one in value] if isinstance(value, list) else value


def _places(value: dict[str, Any] | list[Any]) -> dict[str, Any]:
    return value if isinstance(value, dict) else {str(i): one for i, one in enumerate(value)}


def _named(value: Any) -> Any:
    """Return a value with each list of named parts by name; a second one of a name gets #2."""
    if isinstance(value, dict):
        return {key: _named(one) for key, one in value.items()}
    if not isinstance(value, list):
        return value
    name = next((key for key in _NAMES if _all_have(value, key)), None)
    if name is None:
        return [_named(one) for one in value]
    found = _Named()
    seen: Counter[str] = Counter()
    for one in value:
        seen[one[name]] += 1
        number = seen[one[name]]
        found[one[name] if number == 1 else f"{one[name]}#{number}"] = _named(one)
    return found


def _all_have(value: list[Any], key: str) -> bool:
    return bool(value) and all(
        isinstance(one, dict) and isinstance(one.get(key), str) for one in value
    )
