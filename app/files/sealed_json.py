"""A JSON document with the name of its format, a version and a checksum.

The checksum is the SHA-256 of everything but itself, written as JSON with sorted keys, without
blanks and ASCII escapes, in UTF-8. It detects accidental damage, such as a truncated copy or a slip
in an editor. It is not a signature: whoever can change a file can also write a new checksum.

Only the exact bytes that `add_checksum` writes for a content are read again, so no change has to be
judged harmless. Numbers are whole; a decimal is a string. Must not know case or policy.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from app.bounded_file import MAX_BYTES
from app.model.case_json import NotJson, parse_json

_OWN_KEYS = ("format", "version", "sha256")

Fault = Literal["damaged", "other_format", "newer_format", "too_large"]

_WORDS: dict[Fault, str] = {
    "damaged": "The file is damaged: it is not as Aldesk wrote it.",
    "other_format": "This is not the kind of file that is needed here.",
    "newer_format": "The file was written by a newer Aldesk. Open it with that version.",
    "too_large": "A file of more than a million bytes is neither written nor read.",
}


class SealedJsonError(Exception):
    """The bytes are not as `add_checksum` writes: `fault` for programs, the message for people."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(_WORDS[fault])
        self.fault: Fault = fault


def add_checksum(format_name: str, version: int, body: Mapping[str, Any]) -> bytes:
    """Return the document as indented JSON; equal bodies give equal bytes.

    Raises SealedJsonError above 1,000,000 bytes, and TypeError for a number that is not whole.
    """
    data = b"".join(_pieces(format_name, version, body))
    if len(data) > MAX_BYTES:
        raise SealedJsonError("too_large")
    return data


def checked_body(data: bytes, format_name: str, newest_version: int) -> dict[str, Any]:
    """Return the body of a document. Raises SealedJsonError for any other bytes."""
    return checked_document(data, format_name, newest_version)[1]


def checked_document(
    data: bytes, format_name: str, newest_version: int
) -> tuple[int, dict[str, Any]]:
    """Return the version and the body of a document. Raises SealedJsonError for any other bytes."""
    if len(data) > MAX_BYTES:
        raise SealedJsonError("too_large")
    content = _object(data, "utf-8")
    version = content.get("version")
    if content.get("format") != format_name:
        raise SealedJsonError("other_format")
    if type(version) is not int or version < 1:
        raise SealedJsonError("damaged")
    if version > newest_version:
        raise SealedJsonError("newer_format")
    body = {key: value for key, value in content.items() if key not in _OWN_KEYS}
    try:
        is_whole = _consists_of(data, _pieces(format_name, version, body))
    except (TypeError, ValueError, RecursionError):  # parts that `add_checksum` never writes
        is_whole = False
    if not is_whole:
        raise SealedJsonError("damaged")
    return version, body


def is_sealed(data: bytes) -> bool:
    """Return whether this is a JSON object with the key "format", even if it is damaged."""
    try:
        return "format" in _object(data, "utf-8-sig")
    except SealedJsonError:
        return False


def _object(data: bytes, encoding: str) -> dict[str, Any]:
    try:
        content = parse_json(data.decode(encoding))
    except (UnicodeDecodeError, NotJson):
        raise SealedJsonError("damaged") from None
    if not isinstance(content, dict):
        raise SealedJsonError("other_format")
    return content


def _pieces(format_name: str, version: int, body: Mapping[str, Any]) -> Iterator[bytes]:
    """Yield the document in pieces, with the checksum before the body."""
    ordered: Any = parse_json(_canonical(body))
    head = {"format": format_name, "version": version}
    checksum = hashlib.sha256(_canonical({**head, **ordered}).encode()).hexdigest()
    encoder = json.JSONEncoder(ensure_ascii=False, indent=2)
    for piece in encoder.iterencode({**head, "sha256": checksum, **ordered}):
        yield piece.encode()
    yield b"\n"


def _consists_of(data: bytes, pieces: Iterator[bytes]) -> bool:
    """Return whether data equals the joined pieces; stops at the first piece that differs."""
    length = 0
    for piece in pieces:
        if not data.startswith(piece, length):
            return False
        length += len(piece)
    return length == len(data)


def _canonical(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
