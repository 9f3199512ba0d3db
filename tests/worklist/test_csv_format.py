"""CSV files as spreadsheets write them, row by row, and as Aldesk writes them back."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.casework.determine import Refusal, determine
from app.files.json_forms import determination_json
from app.library import Library
from app.model.case_fields import CASE_FIELDS
from app.worklist.csv_format import CSV_LINE_END, RESULT_COLUMNS, csv_line
from app.worklist.results import answered, csv_heading
from app.worklist.sheets import CsvSheet, Sheet, open_sheet
from app.worklist.template import column_rows, template_csv
from tests.answers import csv_answers, json_answers
from tests.cases import BIRCH, case
from tests.fixture_cases import EXAMPLES
from tests.properties.plan_cases import plan_cases

MARK = b"\xef\xbb\xbf"
HEADINGS = ("policy", "date_of_service", "indication", "route", "weight_kg", "reference")
ROW = ("alder-aldesleukin", "2026-11-23", "cutaneous_melanoma", "intravenous", "70.5", "one")
LINES = b"".join(json.dumps(one.case).encode() + b"\n" for one in EXAMPLES)


_IN_A_LINE = st.characters(codec="utf-8", exclude_characters="\0\r\n")


def sheet_of(content: bytes, name: str = "list.csv") -> Sheet:
    return open_sheet(io.BytesIO(content), name)


def file_of(*rows: tuple[str, ...], separator: str = ",", end: str = "\r\n") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=end).writerows((HEADINGS, *rows))
    return text.getvalue()


def table(sheet: Sheet, library: Library) -> list[dict[str, str]]:
    """The rows of the output, by their headings."""
    content = csv_file(sheet, library)
    assert content.startswith(MARK)
    lines = content.decode("utf-8-sig").splitlines(keepends=True)
    return list(csv.DictReader(lines, delimiter=sheet.separator))


def csv_file(sheet: Sheet, library: Library) -> bytes:
    answers = (line.text + CSV_LINE_END for line in csv_answers(sheet, library))
    return csv_heading(sheet) + b"".join(answers)


def refused(content: bytes) -> str:
    with pytest.raises(Refusal) as refusal:
        sheet_of(content)
    return " ".join(one.message for one in refusal.value.problems)


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("mark", [b"", MARK])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_kind_of_separator_and_line_end_is_read(
    separator: str, mark: bytes, end: str
) -> None:
    sheet = sheet_of(mark + file_of(ROW, ROW, separator=separator, end=end).encode())
    rows = list(sheet.rows())
    assert [sheet.cells(row) for row in rows] == [ROW, ROW]
    assert [row.number for row in rows] == [2, 3]
    assert (sheet.columns, sheet.separator) == (HEADINGS, separator)


@pytest.mark.parametrize("told", ["sep=;\r\n", '"sep=;"\r\n', "SEP=;\n"])
def test_a_first_line_that_tells_the_separator_is_no_row(told: str) -> None:
    sheet = sheet_of(f"{told}{file_of(ROW, separator=';')}".encode())
    assert [(row.number, sheet.cells(row)) for row in sheet.rows()] == [(3, ROW)]


def test_quotes_and_separators_inside_a_cell_are_kept() -> None:
    odd = (*ROW[:5], 'a "b", c;\td')
    sheet = sheet_of(file_of(odd, ROW).encode())
    assert [(row.number, sheet.cells(row)) for row in sheet.rows()] == [(2, odd), (3, ROW)]


def test_empty_rows_and_columns_and_blanks_around_headings_are_nothing() -> None:
    text = "".join(
        (
            " policy ,date_of_service , indication,route,,\r\n",
            ",,,,,\r\n",
            f"{','.join(ROW[:4])},,\r\n",
            "\r\n",
            f"{','.join(ROW[:4])}\r\n",
            ",,,,,\r\n \r\n",
        )
    )
    sheet = sheet_of(text.encode())
    assert [(row.number, sheet.cells(row)) for row in sheet.rows()] == [(3, ROW[:4]), (5, ROW[:4])]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (file_of(ROW).replace("weight_kg", "größe").encode("cp1252"), "CSV UTF-8"),
        (file_of(ROW).encode("utf-16"), "CSV UTF-8"),
        (file_of(ROW).encode("utf-16-le"), "CSV UTF-8"),
        (b"PK\x03\x04\x14\x00", "The file is a workbook, not a text."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "The file is a workbook, not a text."),
        (b"policy," * 150_000, "more than 1,000,000 bytes"),
        (",".join(f"x{at}" for at in range(150)).encode(), "x99, and 50 more."),
        (b"", "no row of headings"),
        (MARK + b"\r\n,,\r\n", "no row of headings"),
        (file_of(ROW).replace("weight_kg", "weight").encode(), "Not a known column: weight."),
        (
            file_of(ROW).replace("weight_kg", "route").encode(),
            "More than one column is named: route",
        ),
        (file_of(ROW).replace("route", "").encode(), "A required column is missing: route."),
        (b'"policy"x,route\r\n', "The row of headings cannot be read."),
        (b"sep=|\r\n", "commas, semicolons or tabs"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused_in_words(content: bytes, told: str) -> None:
    assert told in refused(content)


def test_bad_rows_in_the_middle_are_told_and_the_others_stay(library: Library) -> None:
    rows = [",".join(one) for one in (HEADINGS, ROW, (*ROW[:4], "70 kg", "two"), ROW, (*ROW, "7"))]
    text = "\r\n".join([*rows, f'"broken"x,{",".join(ROW[1:])}', rows[1], ""])
    found = table(sheet_of(text.encode()), library)
    assert [one["row"] for one in found] == ["2", "3", "4", "5", "6", "7"]
    good = [not one["problems"] for one in found]
    assert good == [True, False, True, False, False, True]
    assert [bool(one["approval_status"]) for one in found] == good
    assert found[1]["problems"].startswith("weight_kg: ")
    assert "more cells" in found[3]["problems"]
    assert "quotation marks" in found[4]["problems"]


def test_a_result_is_that_of_the_same_case_alone(library: Library) -> None:
    sheet = sheet_of(LINES, "list.jsonl")
    found = table(sheet, library)
    for one, example in zip(found, EXAMPLES, strict=True):
        alone = json.loads(
            determination_json(determine(json.dumps(example.case).encode(), library))
        )
        limit = alone["dose_limit"] or {"max_dose_iu": None, "per": None, "missing": []}
        assert one["approval_status"] == alone["approval_status"]
        assert one["summary"] == alone["summary"]
        assert one["max_dose_iu"] == str(limit["max_dose_iu"] or "")
        assert one["per"] == (limit["per"] or "")
        assert one["missing"] == "|".join([*alone["eligibility"]["missing"], *limit["missing"]])
        assert one["request_status"] == alone["request_check"]["status"]
        assert one["approval_end"] == (alone["approval_period"] or {"end": ""})["end"]
        assert one["policy_version"] == alone["policy"]["version"]
        assert one["policy_sha256"] == alone["policy"]["sha256"]


def test_the_dates_of_a_plan_stand_beside_the_result(library: Library) -> None:
    data = case(course={"first_dose_at": "2026-11-23T08:00"})
    [found] = table(sheet_of(json.dumps(data).encode(), "list.jsonl"), library)
    # 10 doses every 12 hours end on Nov 27; then 11 days of rest; Dec 13 and 56 days of rest.
    assert found["second_cycle_earliest"] == "2026-12-09"
    assert found["next_course_earliest"] == "2027-02-08"

    assert (found["second_cycle_begins"], found["second_cycle_provisional"]) == (
        "earliest_permitted",
        "yes",
    )
    assert found["next_course_provisional"] == "yes"


def told_of(library: Library, **changes: Any) -> dict[str, str]:
    content = json.dumps(case(**changes)).encode()
    [found] = table(sheet_of(content, "list.jsonl"), library)
    return found


def test_an_unusual_value_waits_and_has_no_number(library: Library) -> None:
    told = told_of(library, weight_kg="154", height_cm="175", requested={"dose_iu": 61_600_000})
    assert told["unconfirmed"] == "weight_kg"
    assert told["approval_status"] == "information_missing"
    assert "Unusual weight" in told["to_check"]
    # 61,600,000 would be the limit by a weight that may be pounds, and 3 the vials.
    assert [told[key] for key in ("max_dose_iu", "vials_by_content", "excess_percent")] == [""] * 3
    confirmed = told_of(library, weight_kg="154", height_cm="175", confirmed={"weight_kg": "154"})
    assert (confirmed["unconfirmed"], confirmed["max_dose_iu"]) == ("", "61600000")
    assert (confirmed["vials_by_content"], confirmed["vials_by_volume"]) == ("3", "3")


def test_a_cell_confirms_a_value_by_repeating_it(library: Library) -> None:
    headings = (*HEADINGS, "height_cm", "confirmed.weight_kg")
    row = (*ROW[:4], "154", "one", "175")
    lines = [",".join(one) for one in (headings, (*row, "154"), (*row, "155"))]
    found = table(sheet_of("\r\n".join(lines).encode()), library)
    assert [one["max_dose_iu"] for one in found] == ["61600000", ""]
    assert [one["unconfirmed"] for one in found] == ["", "weight_kg"]


def test_the_old_list_of_confirmed_measurements_is_refused_with_what_to_write() -> None:
    content = "\r\n".join((",".join((*HEADINGS, "confirmed")), ",".join((*ROW, "weight_kg"))))
    told = refused(content.encode())
    assert "The column confirmed is gone" in told
    assert "confirmed.weight_kg, confirmed.height_cm, confirmed.bsa_m2" in told
    assert "confirmed.requested.dose_iu" in told
    assert "Not a known column" not in told


def test_dates_follow_what_was_given_where_something_was(library: Library) -> None:
    one = {
        "number": 1,
        "doses_given": 9,
        "doses_held": 1,
        "first_dose_at": "2026-11-23T08:00",
        "last_dose_at": "2026-11-26T08:00",
    }
    told = told_of(library, course={"first_dose_at": "2026-11-23T08:00", "cycles": [one]})
    assert told["second_cycle_earliest"] == "2026-12-08"  # 12 dates after November 26
    assert told["second_cycle_provisional"] == "no"
    # Cycle 2 from Dec 8 takes 5 dates, to Dec 12, and 57 dates later is Feb 7.
    assert (told["next_course_earliest"], told["next_course_provisional"]) == ("2027-02-07", "yes")


ONE = {
    "number": 1,
    "doses_given": 10,
    "first_dose_at": "2026-11-23T08:00",
    "last_dose_at": "2026-11-27T20:00",
}


def test_a_broken_rest_is_told_in_the_row(library: Library) -> None:
    two = {"number": 2, "planned_first_at": "2026-12-05T08:00"}
    told = told_of(library, course={"cycles": [ONE, two]})
    assert told["approval_status"] == "criteria_not_met"
    assert "the policy allows it from Wed, Dec 9, 2026 on" in told["course_findings"]
    names = ("second_cycle_begins", "second_cycle_first_day", "second_cycle_earliest")
    assert [told[name] for name in names] == ["entered", "2026-12-05", ""]


def test_both_readings_after_a_discharge_stand_apart(library: Library) -> None:
    """57 dates after Nov 27 are Jan 23; 49 days after Dec 20 are Feb 7."""
    course = {"cycles": [ONE, {"number": 2, "over": True}], "discharge_date": "2026-12-20"}
    told = told_of(library, course=course)
    assert (told["next_course_earliest"], told["next_course_provisional"]) == ("2027-01-23", "no")
    assert (told["by_discharge"], told["by_discharge_of"]) == ("2027-02-07", "next_course")


def test_the_first_date_of_this_course_stands_in_the_row(library: Library) -> None:
    told = told_of(library, course={"previous_last_dose_on": "2026-10-10"})
    assert told["this_course_earliest"] == "2026-12-06"  # 57 dates later
    assert (told["second_cycle_earliest"], told["second_cycle_provisional"]) == ("", "")


def test_an_excess_stands_beside_the_vials_of_the_maximum(library: Library) -> None:
    """28,300,000 is 0.36 % above 28,200,000, rounded up; the maximum takes 2 vials."""
    told = told_of(library, requested={"dose_iu": 28_300_000})
    assert (told["request_status"], told["excess_percent"]) == ("exceeds_limits", "0.36")
    vials = ("vials_of", "vials_by_content", "vials_by_volume")
    assert [told[one] for one in vials] == ["maximum", "2", "2"]
    within = told_of(library, requested={"dose_iu": 21_600_000})
    assert [within[one] for one in vials] == ["requested", "1", "1"]


def test_an_overdue_review_is_told(library: Library) -> None:
    """Birch of October 16, 2023 was due for review on April 16, 2026."""
    assert (
        "Ask the payer which version applies"
        in told_of(library, policy=BIRCH)["policy_review_overdue"]
    )
    assert told_of(library)["policy_review_overdue"] == ""


def test_an_assumed_start_of_the_approval_is_said_to_be(library: Library) -> None:
    assert told_of(library)["approval_start_assumed"] == "yes"
    granted = {"start": "2026-11-20", "end": "2027-11-19"}
    assert told_of(library, authorization=granted)["approval_start_assumed"] == "no"
    assert told_of(library, age_years=3)["approval_start_assumed"] == ""


def test_a_row_with_a_problem_is_found_by_its_reference(library: Library) -> None:
    wrong = (*ROW[:4], "70,5", "row 5")
    sheet = sheet_of(file_of(wrong, separator=";").encode())
    [row] = sheet.rows()
    result = answered(sheet, row, library)
    assert (result.status, result.reference) == (None, "row 5")


def test_a_file_that_aldesk_wrote_says_the_same_when_it_is_read(library: Library) -> None:
    first = csv_file(sheet_of(LINES, "list.jsonl"), library)
    again = csv_file(sheet_of(first), library)
    assert csv_file(sheet_of(again), library) == again
    straight = [line.text for line in json_answers(sheet_of(LINES, "list.jsonl"), library)]
    assert [line.text for line in json_answers(sheet_of(again), library)] == straight


@settings(max_examples=200)
@given(data=plan_cases())
def test_a_case_of_json_lines_says_the_same_from_its_cells(
    library: Library, data: dict[str, Any]
) -> None:
    """A cycle of which nothing is told has no cells."""
    cycles = [one for one in data["course"].get("cycles", []) if len(one) > 1]
    more = {"weight_measured_on": "2026-11-20", "reference": "row 7"}
    course = {**data["course"], "cycles": cycles}
    content = json.dumps({**data, "course": course, **more}).encode()
    [straight] = json_answers(sheet_of(content, "list.jsonl"), library)
    again = csv_file(sheet_of(content, "list.jsonl"), library)
    assert [line.text for line in json_answers(sheet_of(again), library)] == [straight.text]


@given(st.lists(st.text(_IN_A_LINE), min_size=2, max_size=2))
def test_whatever_stands_in_the_cells_is_repeated_as_it_was(texts: list[str]) -> None:
    cells = (*ROW[:4], *texts)
    content = file_parts_of(cells)
    sheet = sheet_of(content)
    assert [sheet.cells(row) for row in sheet.rows()] == [cells]


def file_parts_of(cells: tuple[str, ...]) -> bytes:
    return b"".join(csv_line(one, ",") + CSV_LINE_END for one in (HEADINGS, cells))


def test_no_cell_of_an_output_is_run_by_a_spreadsheet(library: Library) -> None:
    row = (*ROW[:4], "=1+1", "@SUM(A1)")
    [found] = table(sheet_of(file_of(row).encode()), library)
    assert (found["weight_kg"], found["reference"]) == ("'=1+1", "'@SUM(A1)")


def test_the_template_has_every_column_and_examples_that_hold(library: Library) -> None:
    sheet = sheet_of(template_csv())
    assert sheet.columns == tuple(CASE_FIELDS)
    rows = list(sheet.rows())
    assert 1 <= len(rows) <= 2
    results = [answered(sheet, row, library) for row in rows]
    assert [(one.reference, one.problems) for one in results] == [("example", "")] * len(rows)


def test_every_column_is_described(library: Library) -> None:
    rows = list(column_rows(library))
    assert [key for key, _, _ in rows] == list(CASE_FIELDS)
    assert all(label and said for _, label, said in rows)
    said = {key: text for key, _, text in rows}
    assert said["weight_kg"] == "A number in kg from 0.5 to 650, like 70.5."
    assert said["requested.lesions"] == "A whole number, 1 to 1,000: digits only."
    assert said["confirmed.weight_kg"] == (
        "A number in kg from 0.5 to 650, like 70.5. "
        "The value of weight_kg once somebody has checked it; it counts while both are equal."
    )
    assert said["confirmed.requested.dose_iu"].endswith(
        "The value of requested.dose_iu once somebody has checked it; "
        "it counts while both are equal."
    )
    assert said["route"] == "Required. One of: intravenous, intralesional, subcutaneous."


def test_result_columns_are_no_columns_of_a_case() -> None:
    assert not set(RESULT_COLUMNS) & set(CASE_FIELDS)


class Endless(io.RawIOBase):
    """A file of rows that never ends."""

    def __init__(self) -> None:
        self._left = file_of(ROW).encode()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = min(len(buffer), len(self._left))
        buffer[:count], self._left = self._left[:count], self._left[count:]
        self._left = self._left or f"{','.join(ROW)}\r\n".encode()
        return count


def test_rows_are_answered_one_by_one_as_they_come(library: Library) -> None:
    answers = csv_answers(CsvSheet(io.BufferedReader(Endless())), library)
    assert [next(answers).bad for _ in range(100)] == [False] * 100
