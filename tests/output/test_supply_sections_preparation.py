"""The preparation in words: called label data, with a mark where one source alone has it."""

from typing import Any

from app.library import Library
from app.output.phrases import Row
from app.output.supply_sections import CHECK_LABEL, preparation_rows, preparation_title
from tests.cases import case, determine

LABEL = "Proleukin prescribing information (Iovance, SPL f3c516ad, version 7, December 20, 2024)"


def rows(library: Library, dose_iu: int, **changes: Any) -> list[Row]:
    data = case(requested={"dose_iu": dose_iu}, **{"weight_kg": "165", **changes})
    preparation = determine(library, data).preparation
    assert preparation is not None
    return list(preparation_rows(preparation))


def told(library: Library, dose_iu: int) -> dict[str, str]:
    return {row.label: row.text for row in rows(library, dose_iu)}


def test_the_dose_is_told_from_vial_to_bag(library: Library) -> None:
    found = told(library, 42_074_074)
    assert list(found.items())[:5] == [
        ("Dose", "42,074,074 International Units (about 42.074 million)"),
        (
            "Volume",
            "2.33 mL, rounded down; it holds 41,940,000 International Units (41.94 million).",
        ),
        ("Vials", "2 vials."),
        (
            "Left over",
            "0.07 mL by volume; 2,060,000 International Units (2.06 million) by content.",
        ),
        ("Bag", f"50 mL, which makes about 0.0514 mg/mL. {CHECK_LABEL}"),
    ]


def test_both_vial_counts_are_told_where_they_differ(library: Library) -> None:
    assert told(library, 43_500_000)["Vials"] == (
        "3 vials: 2 by content, 3 by volume; plan with the larger."
    )
    assert told(library, 21_600_000)["Vials"] == "1 vial."


def test_every_line_cites_the_label_and_the_title_says_so(library: Library) -> None:
    assert all(row.citation.startswith(LABEL) for row in rows(library, 42_300_000))
    preparation = determine(library, case(requested={"dose_iu": 28_200_000})).preparation
    assert preparation is not None
    assert "label data, no limits" in preparation_title(preparation)
    assert LABEL in preparation_title(preparation)


def test_what_one_source_alone_has_is_marked(library: Library) -> None:
    marked = [row.label for row in rows(library, 42_300_000) if row.text.endswith(CHECK_LABEL)]
    assert marked == ["Bag", "Dilution", "Storage"]


def test_a_warning_comes_first(library: Library) -> None:
    first = rows(library, 60_000_000)[0]
    assert first.label == "Check first"
    assert first.text.startswith("In 50 mL the dose comes to about 0.0733 mg/mL")
    small = rows(library, 1)
    assert [row.label for row in small[:3]] == ["Check first", "Check first", "Dose"]
    assert "cannot be drawn up" in small[0].text
