"""A record above the limit is refused before it is written, with what makes it smaller."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from app import cli
from app.library import Library, load
from app.output.messages import record_too_large
from tests.cases import case, determine
from tests.console import run
from tests.fixture_library import file_of, write_resources

YEARS = {"start": "2026-11-23", "end": "2099-12-31"}
LONG: dict[str, Any] = case(
    course={"first_dose_at": "2026-11-23T08:00", "doses_per_cycle": 1}, authorization=YEARS
)


@pytest.fixture
def short_rests(tmp_path: Path) -> Library:
    """The policies of the fixture, with cycles of one dose and rests of one day for Alder."""
    resources = write_resources(tmp_path)
    file = resources / "policies" / file_of("alder-aldesleukin").name
    text = file.read_text("utf-8")
    short, count = re.subn(
        r"((?:min_\w*rest_days|max_doses_per_cycle):\s+value:) \d+", r"\1 1", text
    )
    assert count == 6  # of two indications
    file.write_text(short, "utf-8")
    return load(resources)


def test_a_record_of_a_forecast_of_decades_is_refused_with_why(
    short_rests: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "load_all", lambda: short_rests)
    target = tmp_path / "one.aldesk-record"
    ended = run("record", "-", target, stdin=json.dumps(LONG).encode())
    assert (ended.status, ended.out, target.exists()) == (2, b"", False)
    assert ended.err.startswith("The record would have more than 1,000,000 bytes")
    assert "It holds a forecast of " in ended.err
    assert ended.err.endswith("Enter an earlier end of the authorization.\n")
    assert run("check", "--json", "-", stdin=json.dumps(LONG).encode()).status == 0
    ends = {**LONG, "authorization": {**YEARS, "end": "2030-12-31"}}
    assert run("record", "-", target, stdin=json.dumps(ends).encode()).status == 0
    assert run("verify", target).status == 0


def test_without_a_forecast_nothing_is_advised(library: Library) -> None:
    told = record_too_large(determine(library, case()))
    assert told == "The record would have more than 1,000,000 bytes and was not written."
