"""A course of one cycle has no second one: its columns stay empty."""

from datetime import date

from app.engine import evaluate
from app.library import Library
from app.model.case_json import read_case
from app.worklist.csv_format import RESULT_COLUMNS
from app.worklist.result import result_cells, result_of
from tests.casework.test_policy_diff import good, policy_of


def test_a_second_cycle_is_not_told_where_a_course_has_one(library: Library) -> None:
    data = good()
    dosing = data["coverage"]["renal_cell_carcinoma"]["dosing"]["intravenous"]
    place = {"heading": "Dosing", "item": "4"}
    dosing["limits"] = [{"at_most": 1, "of": "cycles", "per": "course", "citation": place}]
    case = read_case(
        {
            "policy": data["id"],
            "date_of_service": "2026-11-23",
            "indication": "renal_cell_carcinoma",
            "route": "intravenous",
            "course": {"first_dose_at": "2026-11-23T08:00"},
        }
    )
    found = evaluate(case, policy_of(data, library), library.reference_data)
    cells = dict(zip(RESULT_COLUMNS, result_cells(1, result_of(found, case)), strict=True))
    told = {name: cell for name, cell in cells.items() if name.startswith("second_cycle")}
    assert len(told) == 4
    assert set(told.values()) == {""}
    assert date.fromisoformat(cells["next_course_earliest"]) > date(2026, 12, 1)
