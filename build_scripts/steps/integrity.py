"""Writes SHA256SUMS over the finished artifacts, for `sha256sum -c`."""

import hashlib
from pathlib import Path

SUMS = "SHA256SUMS"


def write_sums(out: Path) -> Path:
    """Write SHA256SUMS over every file in the folder and return it."""
    lines = [f"{sha256(one)}  {one.name}\n" for one in artifacts(out)]
    (out / SUMS).write_text("".join(lines), "utf-8", newline="\n")
    return out / SUMS


def artifacts(out: Path) -> list[Path]:
    """Return the files of the folder in the order of their names, without the sums themselves."""
    return sorted(one for one in out.iterdir() if one.is_file() and one.name != SUMS)


def sha256(file: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
