"""A reckoned end of an approval is never called authorized, in whatever output it stands."""

from typing import Any

import pytest

from app.library import Library
from app.model.case_json import read_case
from app.output.calendar import calendar_bytes
from app.output.phrases import period_text
from tests.cases import case, determine
from tests.output.test_comparison import VEIN
from tests.output.test_comparison import rows as compared
from tests.output.test_plan_words import worklist_cells, worklist_lines
from tests.output.test_replay import told as replayed

START = {"start": "2026-11-20"}
END = {"end": "2027-01-31"}
BOTH = {**START, **END}
COURSE = {"first_dose_at": "2026-11-23T08:00"}
ASSUMED = "start assumed to be the date of service"
WORDS = {
    "nothing": (None, ASSUMED),
    "start": (START, "start as authorized, end reckoned by Aldesk"),
    "end": (END, f"{ASSUMED}, end as authorized"),
    "both": (BOTH, "as authorized"),
}


def granting(authorization: dict[str, str] | None) -> dict[str, Any]:
    granted = {"authorization": authorization} if authorization else {}
    return case(course=COURSE, **granted)


def calendar(library: Library, data: dict[str, Any]) -> str:
    written = calendar_bytes(determine(library, data), read_case(data))
    assert written is not None
    return written.decode().replace("\r\n ", "").replace("\\", "")


@pytest.mark.parametrize("granted", WORDS)
def test_every_output_says_what_was_authorized(library: Library, granted: str) -> None:
    authorization, words = WORDS[granted]
    data = granting(authorization)
    period = determine(library, data).approval_period
    assert period is not None
    text = period_text(period, read_case(data).authorization)
    assert text.endswith(f"({words})")
    assert f"Approval period: {text}" in calendar(library, data)
    assert f"Approval period: {text}" in worklist_lines(library, data)


@pytest.mark.parametrize("granted", WORDS)
def test_the_table_tells_which_dates_are_reckoned(library: Library, granted: str) -> None:
    authorization, _ = WORDS[granted]
    cells = worklist_cells(library, granting(authorization))
    told = (cells["approval_start_assumed"], cells["approval_end_reckoned"])
    known = authorization or {}
    assert told == ("no" if "start" in known else "yes", "no" if "end" in known else "yes")


def test_the_calendar_marks_a_reckoned_end_in_title_and_name(library: Library) -> None:
    reckoned = calendar(library, granting(START))
    assert "SUMMARY:Approval period ends (end reckoned)" in reckoned
    [name] = [one for one in reckoned.split("\r\n") if one.startswith("X-WR-CALNAME")]
    assert "end of the approval reckoned" in name
    assert "reckoned" not in calendar(library, granting(BOTH))


def test_a_comparison_and_a_replay_call_no_reckoned_end_authorized(library: Library) -> None:
    changes = {**VEIN, "authorization.start": "2026-11-20"}
    [row] = [one for one in compared(library, **changes) if one.label == "Approval period"]
    assert row.cells[0].text.endswith("(start as authorized, end reckoned by Aldesk)")
    [(_, before, after)] = replayed(library, granting(START), approval__months=6)
    for words in (before, after):
        assert words.endswith("(start as authorized, end reckoned by Aldesk)")


def test_without_the_case_no_end_is_called_authorized(library: Library) -> None:
    period = determine(library, granting(START)).approval_period
    assert period is not None
    assert period_text(period, None).endswith("(start as authorized)")
