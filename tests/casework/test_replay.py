"""Cases judged by two versions of a policy: exactly those are named whose result changes."""

import io
import json
from datetime import date
from typing import Any

import pytest

from app.casework.determine import read_json_case
from app.casework.replay import MOST_NAMED, Replay, replay
from app.files.case_file import case_bytes
from app.library import Library
from app.library.strict_yaml import parse
from app.model.case import Case
from app.model.case_json import read_case
from app.worklist.case_sources import cases_in
from tests.cases import ALDER, BIRCH, case
from tests.casework.test_policy_diff import policy_of
from tests.fixture_library import file_of

RENAL = {"indication": "renal_cell_carcinoma"}
CASES: dict[str, Any] = {
    "by vein": case(),
    "aged 21": case(age_years=21),
    "not known": case(age_years=None, weight_kg=None),
    "into lesions": case(route="intralesional", facts={"lesion_status": ["unresectable"]}),
    "renal": case(**RENAL),
    "under the skin": case(route="subcutaneous"),
    "other use": case(indication="other"),
}


def alder(**parts: Any) -> dict[str, Any]:
    """Return the data of Alder's file with changes at places written with points."""
    data: dict[str, Any] = parse(file_of(ALDER).read_bytes()).value
    for place, value in parts.items():
        *above, last = place.split("__")
        found: Any = data["coverage"]["cutaneous_melanoma"]
        for key in above:
            found = found[int(key) if key.isdigit() else key]
        found[last] = value
    return data


def replayed(library: Library, cases: dict[str, Any] = CASES, **parts: Any) -> Replay:
    before, after = policy_of(alder(), library), policy_of(alder(**parts), library)
    named: list[tuple[str, Case | str]] = [(name, read_case(one)) for name, one in cases.items()]
    return replay(named, before, after, library.reference_data)


def changed(found: Replay) -> set[str]:
    return {one.name for one in found.changed}


@pytest.mark.parametrize(
    ("place", "value", "names"),
    [
        ("dosing__intravenous__min_rest_days__value", 12, {"by vein", "aged 21", "not known"}),
        (
            "dosing__intravenous__min_course_rest_days__value",
            57,
            {"by vein", "aged 21", "not known"},
        ),
        ("dosing__intravenous__max_doses_per_day__value", 3, {"by vein", "aged 21", "not known"}),
        (
            "dosing__intravenous__max_doses_per_cycle__value",
            12,
            {"by vein", "aged 21", "not known"},
        ),
        ("dosing__intravenous__dose__iu", 500_000, {"by vein", "aged 21", "not known"}),
        ("dosing__intralesional__dose__iu", 3_000_000, {"into lesions"}),
        ("dosing__intralesional__max_doses_per_week__value", 3, {"into lesions"}),
        ("criteria__any__0__all__0__at_least", 22, {"aged 21"}),
        ("approval__months", 6, {"by vein", "aged 21"}),
        ("criteria__any__1__routes", ["intralesional", "subcutaneous"], {"under the skin"}),
        ("name", "Melanoma", set()),
        ("criteria__any__0__text", "By vein", set()),
        ("dosing__intravenous__dose__citation", {"heading": "Elsewhere"}, set()),
    ],
)
def test_a_case_changes_where_a_status_a_limit_or_the_approval_does(
    place: str, value: Any, names: set[str], library: Library
) -> None:
    found = replayed(library, **{place: value})
    assert changed(found) == names
    assert (found.judged, found.of_another_policy, found.unreadable) == (len(CASES), 0, ())


def test_a_changed_case_has_both_determinations_by_both_versions(library: Library) -> None:
    """400,000 or 500,000 International Units for each of 70.5 kg."""
    found = replayed(library, {"only": case()}, dosing__intravenous__dose__iu=500_000)
    [one] = found.changed
    assert one.before.dose_limit
    assert one.after.dose_limit
    assert one.before.dose_limit.max_dose_iu == 28_200_000
    assert one.after.dose_limit.max_dose_iu == 35_250_000


def test_the_version_counts_and_not_the_date_of_service(library: Library) -> None:
    early = {"early": case(date_of_service="2026-03-02")}
    data = alder(approval__months=6)
    data["in_force"]["first_day"] = date(2030, 1, 1)
    before, after = policy_of(alder(), library), policy_of(data, library)
    found = replay([("early", read_case(early["early"]))], before, after, library.reference_data)
    assert changed(found) == {"early"}


def test_a_regimen_that_is_gone_changes_every_case_of_its_route(library: Library) -> None:
    data = alder()
    del data["coverage"]["cutaneous_melanoma"]["dosing"]["intralesional"]
    named = [(name, read_case(one)) for name, one in CASES.items()]
    found = replay(
        named, policy_of(alder(), library), policy_of(data, library), library.reference_data
    )
    assert changed(found) == {"into lesions"}


def test_every_case_that_was_handed_in_is_counted_once(library: Library) -> None:
    policy = policy_of(alder(), library)
    cases: list[tuple[str, Case | str]] = [
        ("ours", read_case(case())),
        ("theirs", read_case(case(policy=BIRCH))),
        ("nobody's", read_case(case(policy="unknown"))),
        ("broken", "age_years: Must be 0 to 130."),
    ]
    found = replay(iter(cases), policy, policy, library.reference_data)
    assert (found.judged, found.of_another_policy) == (1, 2)
    assert found.unreadable == (("broken", "age_years: Must be 0 to 130."),)
    assert found.changed == ()


def test_of_very_many_cases_the_first_are_named_and_all_are_counted(library: Library) -> None:
    """So that memory does not grow with the number of rows."""
    before, after = (policy_of(alder(**one), library) for one in ({}, {"approval__months": 6}))
    given = read_case(case())
    cases: list[tuple[str, Case | str]] = [(f"good {at}", given) for at in range(MOST_NAMED + 7)]
    cases += [(f"bad {at}", "This is not JSON.") for at in range(MOST_NAMED + 3)]
    found = replay(iter(cases), before, after, library.reference_data)
    assert (found.judged, found.more_changed, found.more_unreadable) == (MOST_NAMED + 7, 7, 3)
    assert [one.name for one in found.changed] == [f"good {at}" for at in range(MOST_NAMED)]
    assert [name for name, _ in found.unreadable] == [f"bad {at}" for at in range(MOST_NAMED)]


def sources(data: bytes, name: str) -> list[tuple[str, Case | str]]:
    return list(cases_in(io.BytesIO(data), name))


def test_case_files_and_plain_json_are_one_case_each() -> None:
    one = read_json_case(json.dumps(case()).encode())
    assert sources(json.dumps(case()).encode(), "x.json") == [("x.json", one)]
    assert sources(case_bytes(one), "x.aldesk") == [("x.aldesk", one)]


def test_each_row_of_a_worklist_is_a_case_or_has_its_reason() -> None:
    one = read_case(case())
    lines = f"{json.dumps(case())}\n\n{json.dumps(case(age_years=131))}\n".encode()
    first, blank, bad = sources(lines, "list.jsonl")
    assert first == ("list.jsonl, row 1", one)
    assert blank == ("list.jsonl, row 2", "This is not JSON: it is empty.")
    assert bad == ("list.jsonl, row 3", "age_years: Must be 0 to 130.")
    table = f"policy,date_of_service,indication,route\n{ALDER},2026-11-23,other,intravenous\nx,\n"
    good, short = sources(table.encode(), "list.CSV")
    assert good[0] == "list.CSV, row 2"
    assert isinstance(good[1], Case)
    assert isinstance(short[1], str)
    assert short[1].startswith("date_of_service: Required.")


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"{", "x.json", "This is not JSON: "),
        (b"{}", "x.aldesk", "policy: Required."),
        (case_bytes(read_case(case())).replace(b"54", b"55"), "x.aldesk", "The file is damaged: "),
        (b"\xff", "x.csv", "The row of headings cannot be read. This row is not UTF-8 text."),
        (b"x" * 1_000_001, "x.json", "It has more than 1,000,000 bytes"),
        (b"PK\x03\x04", "x.jsonl", "The file is a workbook"),
        (b"name\nx\n", "x.csv", "Not a known column: name."),
        (b"", "x.csv", "The file has no row of headings."),
    ],
)
def test_a_file_that_cannot_be_read_has_its_reason_and_no_traceback(
    data: bytes, name: str, reason: str
) -> None:
    [(place, problem)] = sources(data, name)
    assert place == name
    assert isinstance(problem, str)
    assert problem.startswith(reason)
