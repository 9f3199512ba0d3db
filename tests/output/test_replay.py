"""For which cases a new version gives something else, in words; no held dose gets out."""

from typing import Any

import pytest

from app.casework.replay import Replay
from app.library import Library
from app.output.replay import MEANING, replay_counts, replay_rows, replay_text
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
        ("Status", "✓ Clinical criteria met; dosing not checked", "× Criteria not met"),
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


def test_no_dose_follows_from_an_unusual_weight(library: Library) -> None:
    [row] = replay_rows(replayed(library, {"only": case(**UNUSUAL)}, **DOSE))
    waits = "International Units/kg × weight, which waits for a confirmation"
    assert (row.before, row.after) == (f"400,000 {waits}", f"500,000 {waits}")


def test_a_regimen_that_is_stated_no_longer_leaves_no_number(library: Library) -> None:
    cases = {"only": case(route="intralesional")}
    parts = {"dosing": {"intravenous": replayed_dosing()}}
    rows = replay_rows(replayed(library, cases, **parts))
    assert [(row.what, row.after) for row in rows] == [
        ("Status", "× No dosing documented for this route"),  # and answers are missing
        ("Documented limit", "no dosing is documented for this route"),
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
