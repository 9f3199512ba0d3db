"""A row of a worklist tells what stands beside its status, and numbers as people write them."""

import io
import json
from dataclasses import replace

from app.library import Library
from app.model.case_json import read_case
from app.model.determination import DeterminationNote
from app.output.calendar import calendar_bytes
from app.worklist.result import result_cells, result_of
from app.worklist.results import AnsweredRow
from app.worklist.sheets import open_sheet
from app.worklist.text import details
from tests.cases import case, determine
from tests.output.test_comparison import VEIN
from tests.output.test_comparison import rows as compared
from tests.output.test_plan_words import worklist_cells, worklist_lines

ABOVE = case(requested={"dose_iu": 33_840_000})  # 120 % of 28,200,000
APPROVED = {**ABOVE, "authorization": {"dose_iu": 40_000_000}}
OUTSIDE = "Approved outside the policy, as entered: "
FIRST = {"first_dose_at": "2026-11-23T08:00"}


def name(library: Library, data: dict[str, object]) -> str:
    data = {**data, "course": FIRST}
    written = calendar_bytes(determine(library, data), read_case(data))
    assert written is not None
    lines = written.decode().replace("\r\n ", "").split("\r\n")
    return next(one for one in lines if one.startswith("X-WR-CALNAME"))


def test_a_percentage_has_no_trailing_zero(library: Library) -> None:
    assert "The requested dose is 20% above the limit." in worklist_lines(library, ABOVE)


def test_a_dose_approved_outside_the_policy_is_told(library: Library) -> None:
    lines = worklist_lines(library, APPROVED)
    assert [one for one in lines if one.startswith(OUTSIDE)]
    assert worklist_cells(library, APPROVED)["to_check"].startswith(OUTSIDE)
    assert not [one for one in worklist_lines(library, ABOVE) if one.startswith(OUTSIDE)]
    entered = {**VEIN, "requested.dose_iu": "33840000", "authorization.dose_iu": "40000000"}
    cells = [cell.text for row in compared(library, **entered) for cell in row.cells]
    assert [one for one in cells if OUTSIDE in one]


def test_the_name_of_the_calendar_tells_what_is_against_the_plan(library: Library) -> None:
    assert "the dose is above the limit" in name(library, ABOVE)
    assert "the dose is approved outside the policy" in name(library, APPROVED)
    assert "criteria not met" in name(library, case(age_years=10))
    unusual = case(weight_kg="154", height_cm="175")
    assert "an unusual value is not confirmed" in name(library, unusual)
    assert "criteria" not in name(library, case())


def test_a_note_beside_the_status_stands_in_the_row(library: Library) -> None:
    text = "The guideline no longer recommends it."
    note = DeterminationNote("nccn_no_longer_recommends_rcc", "caveat", "case", text, "Alder 1")
    data = case(indication="renal_cell_carcinoma")
    found = determine(library, data)
    result = result_of(replace(found, notes=(note, *found.notes)), read_case(data))
    [row] = open_sheet(io.BytesIO(json.dumps(data).encode()), "list.jsonl").rows()
    assert text in list(details(AnsweredRow(row, result), library.catalog))
    assert [cell for cell in result_cells(1, result) if cell.startswith(text)]
