"""The preparation in words: called label data, with a mark where one source alone has it."""

from datetime import datetime
from typing import Any

from app.casework.draft import Draft
from app.casework.outcome import judge
from app.library import Library
from app.model.case_json import read_case
from app.output.phrases import Row
from app.output.plain_text import determination_text
from app.output.report import report_html, report_of
from app.output.supply_sections import CHECK_LABEL, preparation_rows, preparation_title
from tests.cases import case, determine

LABEL = "Proleukin prescribing information (Iovance"


def heavy(dose_iu: int, **changes: Any) -> dict[str, Any]:
    """165 kg, confirmed: Alder allows 66,000,000 International Units."""
    confirmed = {"weight_kg": "165", "requested.dose_iu": dose_iu}
    return case(weight_kg="165", confirmed=confirmed, requested={"dose_iu": dose_iu}, **changes)


def rows(library: Library, data: dict[str, Any]) -> list[Row]:
    preparation = determine(library, data).preparation
    assert preparation is not None
    return list(preparation_rows(preparation))


def told(library: Library, data: dict[str, Any]) -> dict[str, str]:
    return {row.label: row.text for row in rows(library, data)}


def test_the_dose_is_told_from_vial_to_bag(library: Library) -> None:
    assert list(told(library, heavy(42_074_074)).items())[:6] == [
        ("Dose", "42,074,074 International Units (about 42.074 million)"),
        (
            "Volume",
            (
                "2.33 mL, rounded down to 0.01 mL; it holds 41,940,000 International Units "
                "(41.94 million)."
            ),
        ),
        (
            "Syringe",
            (
                "2.3 mL in a syringe marked in 0.1 mL, which holds 41,400,000 International "
                "Units (41.4 million), 1.61% below the ordered dose."
            ),
        ),
        ("Vials", "2 vials by content, 2 by volume."),
        (
            "Left over",
            (
                "0.07 mL of 2 vials by volume, which holds 1,260,000 International Units "
                "(1.26 million)."
            ),
        ),
        (
            "Bag",
            (
                "50 mL, which makes about 0.0514 mg/mL in the bag's volume alone and about "
                f"0.0491 mg/mL with the drawn volume added. {CHECK_LABEL}"
            ),
        ),
    ]


def test_a_small_volume_is_measured_in_hundredths(library: Library) -> None:
    found = told(library, case(requested={"dose_iu": 18_000_000}))
    assert found["Syringe"] == (
        "1 mL in a syringe marked in 0.01 mL, which holds 18,000,000 International Units "
        "(18 million), exactly the ordered dose."
    )


def test_both_vial_counts_are_told_where_they_differ(library: Library) -> None:
    assert told(library, heavy(43_500_000))["Vials"] == (
        "2 vials by content, 3 by volume; plan with the larger."
    )


def test_every_line_cites_the_label_and_the_title_says_so(library: Library) -> None:
    data = case(requested={"dose_iu": 28_200_000})
    assert all(row.citation.startswith(LABEL) for row in rows(library, data))
    preparation = determine(library, data).preparation
    assert preparation is not None
    assert "label data, no limits" in preparation_title(preparation)
    assert LABEL in preparation_title(preparation)


def test_what_one_source_alone_has_is_marked(library: Library) -> None:
    found = rows(library, heavy(42_300_000))
    marked = [row.label for row in found if row.text.endswith(CHECK_LABEL)]
    assert marked == ["Bag", "Dilution", "Handling", "Storage"]
    assert [row.label for row in found][-1] == "Billing"
    assert "ask your billing office" in found[-1].text


def test_a_warning_comes_first(library: Library) -> None:
    """1.08 mL are 1 mL in a syringe marked in 0.1 mL: 18 of 19.6 million, 8.17% less."""
    first, *others = rows(library, case(requested={"dose_iu": 19_600_000}))
    assert first.label == "Check first"
    assert "Use marks of 0.01 mL" in first.text
    [syringe] = [row.text for row in others if row.label == "Syringe"]
    assert "8.17% below the ordered dose" in syringe
    small = rows(library, heavy(1))
    asked = [row.text.count("current label") for row in small if row.label == "Check first"]
    assert max(asked) == 1  # a text that asks for the current label is not followed by the same
    assert [row.label for row in small[:3]] == ["Check first", "Check first", "Dose"]
    assert "cannot be drawn up" in small[0].text
    assert "less than 0.0001 mg/mL" in next(row.text for row in small if row.label == "Bag")


def test_a_dose_approved_outside_the_policy_is_called_so_in_every_text(library: Library) -> None:
    data = case(requested={"dose_iu": 30_000_000}, authorization={"dose_iu": 30_000_000})
    found = determine(library, data)
    assert found.preparation is not None
    assert "approved outside the policy" in preparation_title(found.preparation)
    first = rows(library, data)[0]
    assert first.label == "Outside the policy"
    assert "above the policy's documented limit" in first.text
    texts = (
        determination_text(found, library.catalog),
        report_html(report_of(judge(Draft.of(read_case(data)), library), datetime(2026, 11, 24))),
    )
    for text in texts:
        assert "Approved outside the policy, as entered: 30,000,000 International" in text
        assert "Preparation of the requested dose, approved outside the policy" in text
    refused = case(requested={"dose_iu": 30_000_000}, authorization={"dose_iu": 29_999_999})
    assert determine(library, refused).preparation is None
