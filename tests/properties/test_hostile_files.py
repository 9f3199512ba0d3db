"""Case files and records of anything at all, with a right checksum: the commands say what is wrong.

A checksum tells accidents only. Whoever writes it anew can put everything behind it; then `check`
and `verify` end with a status and words, never with a traceback.
"""

import json
from collections import Counter
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app import cli
from app.files.record import record_bytes
from app.files.sealed_json import SealedJsonError, add_checksum, checked_body
from app.library import Library
from app.model.case_json import read_case
from tests.cases import case, determine
from tests.console import run
from tests.contracts.test_cli_fuzz import key_twice, moved_value, other_key, other_value

FULL = case(
    requested={"dose_iu": 28_200_000, "doses_per_day": 2},
    course={"first_dose_at": "2026-11-23T08:00", "cycles": [{"number": 1, "doses_given": 0}]},
    authorization={"units": 80},
    reference="row 7",
)
MUTATIONS = (other_value, other_value, other_key, moved_value, key_twice)
KINDS = {"check": "aldesk-case", "verify": "aldesk-record"}
ENDINGS = {"check": {0, 2, 3}, "verify": {0, 1, 2, 3}}

DEEP_HUGE_OR_HALF = {
    "brackets": "[" * 10**7,
    "braces": '{"a":' * 10**6,
    "digits": "9" * 10**7,
    "a text without an end": '"' + "x" * 10**7,
    "halves of characters": '"\\ud800" ' * 10**6,
}


def sealed_anew(body: dict[str, Any], kind: str, dice: Random) -> bytes | None:
    """Return a document with something else in it; None where it cannot be sealed."""
    changed = dice.choice(MUTATIONS)(deepcopy(body), dice)
    try:
        return add_checksum(kind, dice.choice((1, 2)), json.loads(changed))
    except (SealedJsonError, TypeError, ValueError, AttributeError):
        return None  # too large, a fraction, half of a character


class Sender:
    """Gives changed files to one command and counts how it ends."""

    def __init__(self, command: str, library: Library, path: Path) -> None:
        self._command = command
        self._path = path
        record = record_bytes(read_case(FULL), determine(library, FULL))
        body = {"case": FULL} if command == "check" else checked_body(record, KINDS[command], 2)
        self._body: dict[str, Any] = body
        self.statuses: Counter[int] = Counter()

    def send(self, seed: int, count: int) -> None:
        dice = Random(seed)  # noqa: S311
        while self.statuses.total() < count:
            data = sealed_anew(self._body, KINDS[self._command], dice)
            if data is None:
                continue
            self._path.write_bytes(data)
            ended = run(self._command, self._path, *dice.choice(([], ["--json"])))
            assert ended.out or ended.err.strip(), data
            assert b"Traceback" not in ended.out + ended.err.encode(), data
            self.statuses[ended.status] += 1
        assert set(self.statuses) <= ENDINGS[self._command]
        assert len(self.statuses) > 1, "every file came to the same end"


@pytest.fixture(params=KINDS)
def sender(
    request: pytest.FixtureRequest,
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Sender:
    monkeypatch.setattr(cli, "load_all", lambda: library)
    return Sender(request.param, library, tmp_path / "file")


def test_a_right_checksum_around_anything_breaks_no_command(sender: Sender) -> None:
    sender.send(seed=1, count=100)


@pytest.mark.proof
def test_a_right_checksum_around_very_many_things_breaks_no_command(sender: Sender) -> None:
    sender.send(seed=2, count=10_000)


@pytest.mark.parametrize("text", DEEP_HUGE_OR_HALF.values(), ids=DEEP_HUGE_OR_HALF)
@pytest.mark.parametrize("command", KINDS)
def test_a_file_of_10_mb_is_refused(command: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(f'{{"format": "{KINDS[command]}", "version": 1, "case": {text}', "utf-8")
    assert run(command, path).status == 2
