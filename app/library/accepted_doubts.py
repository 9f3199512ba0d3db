"""Keeps which doubts somebody accepted when a policy file was taken, in a folder beside the file.

The name of such a list holds the SHA-256 of the policy file and that of the list itself, so that a
list belongs to one content and any change of it is detected. It is written before the policy file:
one rename installs that, and a list without its policy file has no effect.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from app.atomic_file import save
from app.bounded_file import read_file
from app.library.examined import Doubt

FOLDER = "accepted-doubts"
_HEAD = "# Doubts about the policy file {sha256}, accepted on {on}: the id, a tab, the sentence."


def keep(policies: Path, sha256: str, doubts: Iterable[Doubt], on: date) -> None:
    """Keep these doubts as accepted. Raises OSError and then keeps none."""
    lines = (_HEAD.format(sha256=sha256, on=on), *(f"{one.id}\t{one.sentence}" for one in doubts))
    text = "".join(f"{line}\n" for line in lines).encode()
    folder = policies / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    save(folder / f"{sha256}_{hashlib.sha256(text).hexdigest()}.txt", text)


def accepted(policies: Path, sha256: str) -> dict[str, str]:
    """Return the sentence of each accepted doubt by its id; a list that was changed has none."""
    return {key: sentence for path in _lists(policies, sha256) for key, sentence in _read(path)}


def forget(policies: Path, sha256: str) -> None:
    """Delete the lists of a policy file, as far as they can be deleted: alone they say nothing."""
    with suppress(OSError):
        for path in _lists(policies, sha256):
            path.unlink()


def _lists(policies: Path, sha256: str) -> list[Path]:
    return sorted((policies / FOLDER).glob(f"{sha256}_*.txt"))


def _read(path: Path) -> Iterator[tuple[str, str]]:
    try:
        text = read_file(path)
        is_whole = path.stem.endswith(f"_{hashlib.sha256(text).hexdigest()}")
        lines = text.decode().split("\n") if is_whole else []
    except (OSError, UnicodeDecodeError):
        return
    for line in lines[1:-1]:
        key, _, sentence = line.partition("\t")
        yield key, sentence
