"""A file as accidents leave it: cut off, or with bytes set, put in or taken out; by a seed."""

from collections.abc import Iterator
from random import Random


def cut_off(data: bytes) -> Iterator[bytes]:
    """Yield every beginning of a file but the whole of it."""
    return (data[:length] for length in range(len(data)))


def changed(data: bytes, count: int) -> Iterator[bytes]:
    """Yield this many files in which something was changed."""
    dice = Random(1)  # noqa: S311
    found = 0
    while found < count:
        damaged = _changed_once(data, dice)
        if damaged != data:
            found += 1
            yield damaged


def _changed_once(data: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(data))
    match dice.randrange(4):
        case 0:  # any byte
            return data[:at] + dice.randbytes(1) + data[at + 1 :]
        case 1:  # a byte of a kind that is there, so that more of them are still JSON
            return data[:at] + bytes([dice.choice(data)]) + data[at + 1 :]
        case 2:
            return data[:at] + bytes([dice.choice(data)]) + data[at:]
        case _:
            return data[:at] + data[at + dice.randint(1, 3) :]
