"""A record of a case with a policy's own questions, with and without that policy."""

import json

from app.casework.determine import determine
from app.files.record import record_bytes, verify
from app.files.sealed_json import add_checksum
from app.library import Library
from app.model.case_json import read_case
from tests.cedar import case, with_cedar


def record(library: Library) -> bytes:
    data = case()
    read = read_case(data, library.fields)
    return record_bytes(read, determine(json.dumps(data).encode(), library))


def test_it_gives_the_same_again(library: Library) -> None:
    cedar = with_cedar(library)
    assert verify(record(cedar), cedar).result == "same"


def test_without_its_policy_it_is_not_damaged(library: Library) -> None:
    assert verify(record(with_cedar(library)), library).result == "policy_not_at_hand"


def test_a_case_that_is_none_is_damaged_all_the_same(library: Library) -> None:
    cedar = with_cedar(library)
    body = json.loads(record(cedar))
    for key in ("format", "version", "sha256"):
        body.pop(key, None)
    body["case"]["facts"]["serum_albumin"] = "11"
    version = json.loads(record(cedar))["version"]
    spoiled = add_checksum("aldesk-record", version, body)
    assert verify(spoiled, cedar).result == "damaged"
