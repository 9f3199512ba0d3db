"""Sealed documents: what `add_checksum` writes is read again, and nothing else is."""

import hashlib
import json
import re
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.bounded_file import MAX_BYTES
from app.files.sealed_json import (
    Fault,
    SealedJsonError,
    add_checksum,
    checked_body,
    is_sealed,
)

NAME, VERSION = "aldesk-test", 3
BODY: dict[str, Any] = {"nested": {"b": True, "a": None}, "name": "Fälle", "list": []}
# By sha256sum, over the same content on one line: keys sorted, no blanks, no line break.
HASH = "f6ddf17f437fe00fe0fb46bb8b9311529dc983c43fcc411561ddf5afb4fa4e98"
WRITTEN = """{
  "format": "aldesk-test",
  "version": 3,
  "sha256": "HASH",
  "list": [],
  "name": "Fälle",
  "nested": {
    "a": null,
    "b": true
  }
}
""".replace("HASH", HASH)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
OWN_KEYS = ("format", "version", "sha256")
bodies = st.dictionaries(st.text().filter(lambda key: key not in OWN_KEYS), values, max_size=4)


def by_hand(content: dict[str, Any], **form: Any) -> bytes:
    """A document with a right checksum, whatever is in it."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    checksum = hashlib.sha256(text.encode()).hexdigest()
    look = {"ensure_ascii": False, "indent": 2, **form}
    head = {key: content[key] for key in ("format", "version") if key in content}
    return json.dumps({**head, "sha256": checksum, **content}, **look).encode() + b"\n"


def fault(data: bytes) -> Fault:
    with pytest.raises(SealedJsonError) as refused:
        checked_body(data, NAME, VERSION)
    assert str(refused.value).endswith(".")
    return refused.value.fault


def test_a_document_is_readable_and_its_checksum_that_of_another_program() -> None:
    assert add_checksum(NAME, VERSION, BODY).decode() == WRITTEN


@settings(max_examples=50)
@given(bodies)
def test_what_is_sealed_is_unsealed_and_has_the_checksum_of_the_documented_bytes(
    body: dict[str, Any],
) -> None:
    sealed = add_checksum(NAME, VERSION, body)
    assert checked_body(sealed, NAME, VERSION) == body
    ordered = json.loads(json.dumps(body, sort_keys=True))
    assert sealed == by_hand({"format": NAME, "version": VERSION, **ordered})


def test_the_order_of_a_body_changes_no_byte() -> None:
    turned = dict(reversed(BODY.items()))
    assert list(turned) != list(BODY)
    assert add_checksum(NAME, VERSION, turned) == add_checksum(NAME, VERSION, BODY)


@pytest.mark.parametrize(
    "other",
    [
        WRITTEN.replace("\n", "\r\n"),
        f"\ufeff{WRITTEN}",
        WRITTEN.rstrip("\n"),
        f"{WRITTEN}\n",
        f" {WRITTEN}",
        WRITTEN.replace("ä", "\\u00e4"),
        WRITTEN.replace("ä", "a\u0308"),
        WRITTEN.replace(": []", ":[]"),
        WRITTEN.replace('"a": null,\n    "b": true', '"b": true,\n    "a": null'),
        WRITTEN.replace('  "list": [],\n', "").replace("  }\n", '  },\n  "list": []\n'),
        WRITTEN.replace('"list": []', '"list": [], "list": []'),
        WRITTEN.replace('"version": 3', '"version": 3, "version": 3'),
        WRITTEN.replace('"version": 3', '"version": 2'),
        WRITTEN.replace('  "list": [],\n', ""),
        WRITTEN.replace('"list": []', '"list": [], "more": 1'),
        WRITTEN.replace("true", "1"),
        WRITTEN.replace(f'  "sha256": "{HASH}",\n', ""),
        WRITTEN.replace(HASH, ""),
        WRITTEN.replace(f'"{HASH}"', "null"),
        WRITTEN.replace(HASH, HASH.upper()),
    ],
)
def test_any_other_form_of_the_same_document_is_damaged(other: str) -> None:
    assert other != WRITTEN
    assert fault(other.encode()) == "damaged"


@pytest.mark.parametrize(
    "content",
    [
        {"format": NAME, "version": VERSION, "x": 1.5},
        {"format": NAME, "version": VERSION, "x": float("nan")},
        {"format": NAME, "version": VERSION, "x": float("inf")},
        {"format": NAME, "version": VERSION, "x": 10**1500},
        {"format": NAME},
        {"format": NAME, "version": None},
        {"format": NAME, "version": True},
        {"format": NAME, "version": 0},
        {"format": NAME, "version": -1},
        {"format": NAME, "version": "3"},
        {"format": NAME, "version": 3.0},
        {"format": NAME, "version": [3]},
        {"format": NAME, "version": VERSION, "b": 1, "a": 2},
    ],
)
def test_a_right_checksum_makes_no_document_of_what_is_never_written(
    content: dict[str, Any],
) -> None:
    assert fault(by_hand(content)) == "damaged"


def test_a_crafted_document_takes_no_longer_than_another() -> None:
    items = "1," * 100_000
    content = {"format": NAME, "version": VERSION, "x": "DEEP"}
    for depth in (10, 900):
        deep = f"{'[' * depth}{items}1{']' * depth}"
        text = f'{{"format":"{NAME}","version":{VERSION},"x":{deep}}}'
        checksum = hashlib.sha256(text.encode()).hexdigest()
        indented = re.sub(r'"sha256": "\w+"', f'"sha256": "{checksum}"', by_hand(content).decode())
        start = process_time()
        assert fault(indented.replace('"DEEP"', deep).encode()) == "damaged"
        assert process_time() - start < 2


def test_half_a_character_is_damaged() -> None:
    content = {"format": NAME, "version": VERSION, "x": "HALF"}
    for half in (b"\\ud800", b"x\\udfff", b"\xed\xa0\x80", b"\xff"):
        assert fault(by_hand(content).replace(b"HALF", half)) == "damaged"


@pytest.mark.parametrize("depth", [100, 900, 990, 5_000, 100_000, 400_000])
@pytest.mark.parametrize(("left", "right"), [("[", "]"), ('{"":', "}")])
def test_deep_nesting_is_refused_without_a_crash(depth: int, left: str, right: str) -> None:
    deep = f'{{"format": "{NAME}", "version": 3, "x": {left * depth}1{right * depth}}}'
    assert fault(deep.encode()) in ("damaged", "too_large")
    assert fault(b"[" * 100_000) == "damaged"


@pytest.mark.parametrize(
    "text", ["", " ", "{", "[]", "null", "5", "NaN", '"x"', "{}", '{"format": 5}', '{"version": 3}']
)
def test_what_is_no_document_is_refused(text: str) -> None:
    assert fault(text.encode()) in ("damaged", "other_format")
    assert not is_sealed(text.encode()) or "format" in text


def test_numbers_of_any_length_are_refused_at_once() -> None:
    for number in ("9" * 500_000, f"1e{'9' * 500_000}", f"0.{'9' * 500_000}"):
        text = f'{{"format": "{NAME}", "version": {number}}}'
        assert fault(text.encode()) == "damaged"


@pytest.mark.parametrize("name", ["aldesk-other", "ALDESK-TEST", "", None, 5, [NAME], {NAME: 1}])
def test_another_format_is_told_as_such(name: Any) -> None:
    assert fault(by_hand({"format": name, "version": VERSION})) == "other_format"


@pytest.mark.parametrize("version", [4, 1_000, 10**300])
def test_a_newer_format_is_told_as_such_though_nothing_else_of_it_is_known(version: int) -> None:
    text = json.dumps({"format": NAME, "version": version, "seal": {"other": 1.5}})
    assert fault(text.encode()) == "newer_format"
    with pytest.raises(SealedJsonError, match="newer Aldesk"):
        checked_body(text.encode(), NAME, VERSION)


def test_an_older_format_is_read() -> None:
    assert checked_body(add_checksum(NAME, 1, BODY), NAME, VERSION) == BODY


def test_what_is_too_large_is_neither_written_nor_read() -> None:
    room = MAX_BYTES - len(add_checksum(NAME, VERSION, {"x": ""}))
    largest = add_checksum(NAME, VERSION, {"x": "." * room})
    assert len(largest) == MAX_BYTES
    assert checked_body(largest, NAME, VERSION) == {"x": "." * room}
    assert fault(largest + b"\n") == "too_large"
    with pytest.raises(SealedJsonError) as refused:
        add_checksum(NAME, VERSION, {"x": "." * (room + 1)})
    assert refused.value.fault == "too_large"


@pytest.mark.parametrize("number", [1.5, float("nan")])
def test_a_fraction_is_never_sealed(number: float) -> None:
    with pytest.raises(TypeError):
        add_checksum(NAME, VERSION, {"x": number})


def test_an_object_that_names_a_format_is_known_as_sealed_whatever_its_state() -> None:
    whole = add_checksum(NAME, VERSION, BODY)
    assert is_sealed(whole)
    assert is_sealed(b"\xef\xbb\xbf" + whole.replace(b"true", b"null"))
    assert not is_sealed(whole[:-3])
    assert not is_sealed(b'{"policy": "format"}')
    assert not is_sealed(b'["format"]')
    assert not is_sealed(b"\xff")
