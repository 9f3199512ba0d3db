"""What may become of a policy file: lines, bytes, encodings, values and structure, by a seed."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from random import Random
from typing import Any

import yaml

from tests.fixture_library import FILES

ORIGINALS = [one.read_bytes() for one in FILES]
ODD_VALUES: list[Any] = [
    *(None, True, False, 0, -1, 1, 1001, 2**31, 2**64, -(10**300), 10**300, 0.1, 1e308),
    *(float("nan"), float("-inf"), "", " ", "\0", "\n", "\u202e", "\U0010ffff", "x" * 100_000),
    *("yes", "018", "0x1F", "1_0", "9" * 5_000, "600000", "2026-02-30", "0000-00-00", "!x", "&a"),
    *([], {}, [[]], [None], {"": None}, {"all": []}, {"any": [{}]}, {"all": [], "any": []}),
    *("intravenous", "age_years", "criteria_met", {"value": 3}, {"heading": "x", "item": "y"}),
]
OTHER_BYTES = [b"\0", b"\xff", b"\x1b", b"\t", b"\xc3\x28", b"\xed\xa0\x80", b"\r", b"\xc2\x85"]
SIGNS = [b": ", b"- ", b"{", b"]", b'"', b"'", b"|", b"#", b"&a ", b"*a", b"!!int ", b"<<: "]


def mutants(seed: int, count: int) -> Iterator[bytes]:
    dice = Random(seed)  # noqa: S311
    for _ in range(count):
        yield dice.choice(MUTATIONS)(dice.choice(ORIGINALS), dice)


def swapped_lines(text: bytes, dice: Random) -> bytes:
    lines = text.splitlines(keepends=True)
    for _ in range(dice.randint(1, 3)):
        one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def repeated_lines(text: bytes, dice: Random) -> bytes:
    """Put lines in again elsewhere, so that keys and ids come twice, or leave them out."""
    lines = text.splitlines(keepends=True)
    first = dice.randrange(len(lines))
    part = lines[first : first + dice.randint(1, 12)]
    if dice.random() < 0.3:
        lines[first : first + len(part)] = []
    else:
        at = dice.choice((first, dice.randrange(len(lines))))
        lines[at:at] = part
    return b"".join(lines)


def shifted_lines(text: bytes, dice: Random) -> bytes:
    lines = text.splitlines(keepends=True)
    at = dice.randrange(len(lines))
    lines[at] = dice.choice((b"  " + lines[at], lines[at].lstrip(), b"\t" + lines[at]))
    return b"".join(lines)


def other_bytes(text: bytes, dice: Random) -> bytes:
    found = bytearray(text)
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(found))
        found[at : at + dice.choice((0, 1, 1, 40))] = dice.choice(OTHER_BYTES + SIGNS)
    return bytes(found)


def other_encoding(text: bytes, dice: Random) -> bytes:
    words = text.decode() + "# é行🙂\n"
    encoding = dice.choice(("utf-16", "utf-32", "utf-16-le", "utf-7", "utf-8-sig", "cp037"))
    if encoding == "cp037":
        return words.encode(encoding, "replace")
    return words.encode(encoding)[: dice.choice((None, None, dice.randrange(3_000)))]


def other_value(text: bytes, dice: Random) -> bytes:
    return _rewritten(text, dice, lambda part, key: part.__setitem__(key, deepcopy(odd(dice))))


def other_key(text: bytes, dice: Random) -> bytes:
    def rename(part: Any, key: Any) -> None:
        value = part.pop(key)
        if isinstance(part, dict):
            part[dice.choice(["", " ", "x", f"{key} ", "all", "id", "routes", 5, None])] = value

    return _rewritten(text, dice, rename)


def deep(text: bytes, dice: Random) -> bytes:
    def bury(part: Any, key: Any) -> None:
        kind = dice.choice(("all", "any", "list"))
        for _ in range(dice.choice((1, 5, 15, 25))):
            inner = part[key]
            part[key] = [inner] if kind == "list" else {"id": "x", "text": "x", kind: [inner]}

    return _rewritten(text, dice, bury)


def moved_part(text: bytes, dice: Random) -> bytes:
    read = deepcopy(_parsed(text))
    (source, key), (target, other) = dice.choice(places(read)), dice.choice(places(read))
    target[other] = deepcopy(source[key])
    return _written(read)


MUTATIONS: list[Callable[[bytes, Random], bytes]] = [
    *(swapped_lines, repeated_lines, shifted_lines, other_bytes, other_encoding),
    *(other_value, other_value, other_key, deep, moved_part),
]


def odd(dice: Random) -> Any:
    return dice.choice(ODD_VALUES)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return every place of a YAML value as container and key."""
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    found: list[tuple[Any, Any]] = []
    for key, part in parts:
        found.append((value, key))
        if isinstance(part, dict | list):
            found += places(part)
    return found


@cache
def _parsed(text: bytes) -> Any:
    return yaml.load(text, Loader=yaml.CSafeLoader)


def _rewritten(text: bytes, dice: Random, change: Callable[[Any, Any], None]) -> bytes:
    read = deepcopy(_parsed(text))
    for _ in range(dice.randint(1, 2)):
        change(*dice.choice(places(read)))
    return _written(read)


def _written(read: Any) -> bytes:
    return yaml.dump(read, Dumper=_NoAliases, allow_unicode=True, sort_keys=False).encode()


class _NoAliases(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True
