"""For which cases a new version gives something else, in words; what waits gets no number."""

from dataclasses import replace
from typing import Any

import pytest

from app.casework.replay import MOST_NAMED, Replay
from app.library import Library
from app.output.replay import MEANING, ReplayTally, replay_counts, replay_rows, replay_text
from tests.cases import case
from tests.casework.test_replay import replayed

RENAL = {"indication": "renal_cell_carcinoma"}
START = "start assumed to be the date of service"
DOSE = {"dosing__intravenous__dose__iu": 500_000}
UNUSUAL = {"weight_kg": "154", "height_cm": "175"}


def told(library: Library, data: dict[str, Any], **parts: Any) -> list[tuple[str, str, str]]:
    rows = replay_rows(replayed(library, {"only": data}, **parts))
    return [(row.what, row.before, row.after) for row in rows]


@pytest.mark.parametrize(
    ("parts", "row"),
    [
        (
            DOSE,
            (
                "Documented limit",
                "28,200,000 International Units (28.2 million) per dose",
                "35,250,000 International Units (35.25 million) per dose",
            ),
        ),
        (
            {"dosing__intravenous__min_rest_days__value": 12},
            ("Rest before the second cycle", "at least 11 days", "at least 12 days"),
        ),
        (
            {"dosing__intravenous__max_doses_per_week": {"value": 9, "citation": {"heading": "x"}}},
            (
                "Frequency",
                "at most twice daily",
                "at most twice daily; at most 9 times weekly",
            ),
        ),
        (
            {"approval__months": 6},
            (
                "Approval period",
                f"Mon, Nov 23, 2026 to Wed, Sep 22, 2027 ({START})",
                f"Mon, Nov 23, 2026 to Sat, May 22, 2027 ({START})",
            ),
        ),
    ],
)
def test_what_changes_is_told_before_and_now(
    parts: dict[str, Any], row: tuple[str, str, str], library: Library
) -> None:
    assert told(library, case(), **parts) == [row]


def test_a_status_that_changes_is_told_with_its_shape_and_what_follows(library: Library) -> None:
    assert told(library, case(age_years=21), criteria__any__0__all__0__at_least=22) == [
        ("Status", "! Clinical criteria met; dosing not checked", "× Criteria not met"),
        ("Criteria", "met", "not met"),
        (
            "Approval period",
            f"Mon, Nov 23, 2026 to Wed, Sep 22, 2027 ({START})",
            "none with this status",
        ),
    ]


def test_a_dose_that_is_not_known_yet_is_told_by_its_arithmetic(library: Library) -> None:
    [(what, before, after)] = told(library, case(weight_kg=None), **DOSE)
    assert what == "Documented limit"
    assert before == "400,000 International Units/kg × weight, which is not known yet"
    assert after == "500,000 International Units/kg × weight, which is not known yet"


def test_while_a_weight_waits_no_number_follows_from_it(library: Library) -> None:
    """400,000 and 500,000 for each of 154 kg are 61.6 and 77 million."""
    found = replayed(library, {"only": case(**UNUSUAL)}, **DOSE)
    [row] = replay_rows(found)
    assert row.what == "Documented limit"
    assert row.before.startswith("400,000 International Units/kg × weight")
    assert not {"61,600,000", "77,000,000"} & set(replay_text(found).split())


def test_a_request_that_a_new_limit_does_not_hold_any_more_is_told(library: Library) -> None:
    """28.2 million are asked for, the limit of Alder; 300,000 for each of 70.5 kg are 21.15."""
    data = case(requested={"dose_iu": 28_200_000})
    rows = told(library, data, dosing__intravenous__dose__iu=300_000)
    found = {what: (before, after) for what, before, after in rows}
    before, after = found["Request"]
    assert before.startswith("28,200,000 International Units (28.2 million): Within the limit")
    assert "Beyond the limit by 7,050,000 International Units" in after
    assert found["Status"] == ("✓ Criteria met", "× Dose above the documented limit")
    assert found["Vials for one session"] == (
        "2 vials by content, 2 by volume",
        "1 vial by content, 1 by volume",
    )


def test_a_dose_that_only_the_new_limit_makes_unusual_waits(library: Library) -> None:
    """A tenth of 28.2 million is 2.82 million, one of 21.15 million is 2.115 million."""
    data = case(requested={"dose_iu": 2_500_000})
    rows = told(library, data, dosing__intravenous__dose__iu=300_000)
    assert ("Waits for a confirmation", "requested dose", "nothing") in rows


def test_a_cycle_that_a_longer_rest_forbids_is_told(library: Library) -> None:
    """Cycle 2 is booked after exactly 11 dates; 12 are one more."""
    one = {
        "number": 1,
        "doses_given": 10,
        "first_dose_at": "2026-11-23T08:00",
        "last_dose_at": "2026-11-27T20:00",
    }
    two = {"number": 2, "planned_first_at": "2026-12-09T08:00"}
    rows = told(
        library, case(course={"cycles": [one, two]}), dosing__intravenous__min_rest_days__value=12
    )
    [course] = [row for row in rows if row[0] == "Course"]
    assert course[1] == "nothing against it"
    assert "the policy allows it from Thu, Dec 10, 2026 on" in course[2]


def test_two_counts_of_vials_stand_side_by_side(library: Library) -> None:
    """21.8 million: 1 vial by 22 million and 2 by 21.6 million; 500,000 per kg are 27.25."""
    rows = told(library, case(weight_kg="54.5"), **DOSE)
    assert rows[-1] == (
        "Vials for one session",
        "1 vial by content, 2 by volume; plan with the larger",
        "2 vials by content, 2 by volume",
    )


def test_a_regimen_that_is_stated_no_longer_leaves_no_number(library: Library) -> None:
    cases = {"only": case(route="intralesional")}
    parts = {"dosing": {"intravenous": replayed_dosing()}}
    rows = replay_rows(replayed(library, cases, **parts))
    assert [(row.what, row.after) for row in rows] == [
        ("Status", "× No dosing documented for this route"),  # and answers are missing
        ("Documented limit", "no dosing is documented for this route"),
        ("Vials for one session", "none"),
        ("Frequency", "no limit stated"),
    ]


def replayed_dosing() -> dict[str, Any]:
    citation = {"heading": "x"}
    return {"name": "x", "dose": {"iu": 1, "per": "kg", "citation": citation}}


def test_the_text_counts_all_and_names_each_case_with_its_reference(library: Library) -> None:
    cases = {"a.json": case(reference="row 7"), "b.json": case(**RENAL)}
    found = replayed(library, cases, dosing__intravenous__min_rest_days__value=12)
    assert replay_text(found).splitlines() == [
        MEANING,
        "Judged by both versions: 2 cases.",
        "The result differs for: 1 case.",
        "",
        "a.json, row 7",
        "  Rest before the second cycle: at least 11 days → at least 12 days",
    ]


def test_what_was_not_judged_is_counted_apart_and_told_with_its_reason() -> None:
    found = Replay(0, 2, (("a.jsonl, row 3", "This is not JSON."),), ())
    assert replay_counts(found) == (
        "Judged by both versions: 0 cases.",
        "The result differs for: 0 cases.",
        "Of another policy, not judged: 2 cases.",
        "Not readable, not judged: 1 row.",
    )
    assert replay_text(found).splitlines()[-2:] == [
        "Not readable",
        "  a.jsonl, row 3: This is not JSON.",
    ]


def test_what_is_counted_and_not_named_is_told(library: Library) -> None:
    one = replayed(library, {"a.json": case()}, approval__months=6)
    found = replace(one, unreadable=(("b, row 3", "Bad."),), more_changed=4_000, more_unreadable=1)
    lines = replay_text(found).splitlines()
    assert lines[2] == "The result differs for: 4,001 cases."
    assert lines[3] == "Not readable, not judged: 2 rows."
    assert lines[4:6] == ["", "a.json"]
    assert lines[-6:] == [
        "",
        "The result differs for 4,000 more cases.",
        "",
        "Not readable",
        "  b, row 3: Bad.",
        "  1 more row.",
    ]


def test_a_tally_lists_the_first_cases_and_counts_all(library: Library) -> None:
    changing = replayed(library, {"a.json": case()}, approval__months=6)
    unreadable = Replay(0, 0, (("b, row 3", "Bad."),), ())
    for part, told in (
        (changing, "the result differs for 1,002 cases, of which 1,000 are listed"),
        (unreadable, "1,002 rows not readable, of which 1,000 are listed"),
    ):
        tally = ReplayTally()
        listed = [row for _ in range(MOST_NAMED + 2) for row in tally.add(part)]
        assert len(listed) == MOST_NAMED == 1_000
        assert told in tally.text()
