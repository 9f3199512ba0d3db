"""The decision tables of the example policies: what a row expects, and what a determination lacks.

Each table is written by hand from the notes on the payer's document. `like` names the case that a
row changes, `change` says how: what is null there is not known;
`each` makes one row for each answer.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
DAY = "2026-12-01"
Found = dict[str, Any]
SAID_BY_ALDESK = {"not_a_payer_decision", "site_policy", "counts_from_first_seen"}


@dataclass(frozen=True)
class Row:
    """One case with what the document says of it."""

    why: str
    case: Found
    expect: Found


@dataclass(frozen=True, eq=False)
class Table:
    """The rows of one policy file, in their order."""

    name: str
    file: Path
    first_day: date
    notes: Found
    rows: tuple[Row, ...]


def read(path: Path) -> Table:
    """Return a table with the cases of its rows put together."""
    data = yaml.safe_load(path.read_text("utf-8"))
    file = FOLDER / data["file"]
    policy = yaml.safe_load(file.read_text("utf-8"))["id"]
    rows = []
    for row in data["rows"]:
        like = {"policy": policy, "date_of_service": DAY, **data["cases"][row["like"]]}
        case = _as_json(_merged(like, row.get("change", {})))
        expect = _as_json(row["expect"])
        for name, answers in row.get("each", {"": [""]}).items():
            for answer in answers:
                one = _merged(case, {"facts": {name: [answer]}}) if name else case
                rows.append(Row(f"{row['why']} {answer}".strip(), one, expect))
    return Table(path.stem, file, data["first_day"], data["notes"], tuple(rows))


def _merged(before: Mapping[str, Any], change: Mapping[str, Any]) -> Found:
    found = dict(before)
    for key, value in change.items():
        old = found.get(key)
        found[key] = _merged(old, value) if isinstance(value, dict) and old else value
    return found


def _as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_json(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_as_json(below) for below in value]
    return value.isoformat() if isinstance(value, date) else value


def _lengths(found: Found) -> list[list[Any]]:
    return [
        [one["branch"] or "", one["length"], one["applies"]] for one in found["approval_lengths"]
    ]


def _applying(found: Found) -> list[list[Any]]:
    return [one[:2] for one in _lengths(found) if one[2] is True]


def _days(cycles: list[Found]) -> list[list[Any]]:
    return [[one["first_day"], one["last_day"]] for one in cycles]


def _violations(found: Found) -> list[str]:
    check = found["course_check"] or {"findings": []}
    return sorted({one["rule"] for one in check["findings"] if one["kind"] == "violation"})


def _codes(found: Found) -> Found:
    return {one["code"]: one["result"] for one in found["codes"] if one["system"] == "icd_10_cm"}


SEEN: dict[str, Callable[[Found], Any]] = {
    "status": lambda found: found["eligibility"]["status"],
    "missing": lambda found: found["eligibility"]["missing"],
    "approval": lambda found: found["approval_status"],
    "request": lambda found: found["request_check"]["status"],
    "findings": lambda found: {
        one["field"]: one["result"] for one in found["request_check"]["findings"]
    },
    "lengths": _lengths,
    "applying": _applying,
    "period": lambda found: (
        found["approval_period"]
        and [found["approval_period"]["start"], found["approval_period"]["end"]]
    ),
    "dose_limit": lambda found: found["dose_limit"] and found["dose_limit"]["max_dose_iu"],
    "regimens": lambda found: [[one["id"], one["applies"]] for one in found["regimens"]],
    "cycles": lambda found: found["schedule"] and _days(found["schedule"]["cycles"]),
    "blocks": lambda found: [
        day for one in found["schedule"]["cycles"] for day in _days(one["blocks"])
    ],
    "violations": _violations,
    "this_course_earliest": lambda found: (
        found["course_check"] and found["course_check"]["this_course_earliest"]
    ),
    "lengths_alone": lambda found: [one[1] for one in _lengths(found)],
    "uses": lambda found: [
        [one["id"], one["because"], one["see"]] for one in found["eligibility"]["uses"]
    ],
    "gaps": lambda found: sorted({one["what"] for one in found["not_stated"]}),
    "documents": lambda found: [one["text"] for one in found["documents"]],
    "codes": _codes,
    "codes_results": lambda found: sorted(
        {one["result"] for one in found["codes"] if one["system"] == "icd_10_cm"}
    ),
    "listed": lambda found: [
        f"{one['system']} {one['code']}" for one in found["codes"] if one["system"] != "icd_10_cm"
    ],
}


def differences(row: Row, found: Found) -> Iterator[str]:
    """Yield what a determination has that the row does not expect."""
    for key, expected in row.expect.items():
        seen = SEEN[key](found)
        if key == "findings":
            seen = {field: seen.get(field) for field in expected}
        if seen != expected:
            yield f"{row.why}: {key} {seen} instead of {expected}"


def notes_of(table: Table, case: Found, found: Found) -> Iterator[str]:
    """Yield the notes of the policy that a determination has too many or too few."""
    beyond = found["request_check"]["status"] in ("exceeds_limits", "no_regimen")
    beyond = beyond or bool(_violations(found))
    expected = {
        name
        for name, when in table.notes.items()
        if case["indication"] in when.get("indications", [case["indication"]])
        and case["route"] in when.get("routes", [case["route"]])
        and beyond >= when.get("beyond", False)
    }
    seen = {one["id"] for one in found["notes"] if one["kind"] == "caveat"} - SAID_BY_ALDESK
    if seen != expected:
        yield f"notes {sorted(seen ^ expected)}"


TABLES = tuple(read(path) for path in sorted((FOLDER / "tables").glob("*.yaml")))
