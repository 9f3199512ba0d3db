"""Which rows differ between the two shipped policies, by hand from the two documents.

Cutaneous melanoma, A: Express Scripts alone lists "used as a single agent" (iv). Melanoma, B, ii:
Cigna wants unresectable or borderline resectable lesions, Express Scripts metastatic, recurrent
or unresectable ones that are cutaneous, subcutaneous or nodal. Criteria 2 and 3, every dosing
paragraph and every duration are the same in both. For doses outside the dosing only Express
Scripts has a case-by-case review by a clinician.
"""

import re
from types import MappingProxyType
from typing import Any

import pytest

from app.casework.comparison import compare
from app.casework.draft import Draft
from app.library import Library
from app.output.comparison import compared_rows
from app.output.comparison_rows import (
    DIFFERS,
    ComparedRow,
    column_heading,
    difference_count_text,
)
from tests.cases import CIGNA
from tests.test_comparison import three_payers

__all__ = ["three_payers"]

VEIN = {
    "facts.metastatic_disease": True,
    "facts.prior_systemic_therapy": True,
    "facts.prescriber_specialties": ("oncologist",),
}
SINGLE_AGENT = "Aldesleukin is used as a single agent"
THERAPIES = "One of the two therapies applies and its criteria hold"
LESION_STATUS = "What is true of the lesions to be injected?"
LESION_SITE = "The injected lesions are cutaneous, subcutaneous or nodal"
MELANOMA = {"indication": "cutaneous_melanoma"}
RENAL = {"indication": "renal_cell_carcinoma"}
GVHD = {"indication": "graft_versus_host_disease"}
ROUTES = ("intravenous", "intralesional", "subcutaneous")


def rows(library: Library, **changes: Any) -> tuple[ComparedRow, ...]:
    entries = {
        "policy": CIGNA,
        "date_of_service": "2026-11-23",
        "indication": "cutaneous_melanoma",
        "route": "intravenous",
        "age_years": "54",
        "weight_kg": "70.5",
        **changes,
    }
    sides = compare(Draft(MappingProxyType(entries)), library).sides
    return compared_rows(sides, library.catalog)


def sentence(library: Library, **changes: Any) -> str:
    entries = {**MELANOMA, "route": "intravenous", "date_of_service": "2026-11-23", **changes}
    sides = compare(Draft(MappingProxyType(entries)), library).sides
    return difference_count_text(sides, compared_rows(sides, library.catalog))


def differing(found: tuple[ComparedRow, ...]) -> list[str]:
    return [row.label for row in found if row.differs]


def texts(found: tuple[ComparedRow, ...], label: str) -> list[str]:
    [row] = [one for one in found if one.label == label]
    return [cell.text for cell in row.cells]


def citations(found: tuple[ComparedRow, ...], label: str) -> list[str]:
    [row] = [one for one in found if one.label == label]
    return [cell.citation for cell in row.cells]


@pytest.mark.parametrize(
    ("indication", "route", "expected"),
    [
        ("cutaneous_melanoma", "intravenous", [SINGLE_AGENT]),
        ("cutaneous_melanoma", "intralesional", [LESION_STATUS, LESION_SITE]),
        ("cutaneous_melanoma", "subcutaneous", []),
        ("renal_cell_carcinoma", "intravenous", []),
        # No dosing for this route: not met at once (Cigna), or first the answers (Express Scripts).
        ("renal_cell_carcinoma", "intralesional", ["Status"]),
        ("renal_cell_carcinoma", "subcutaneous", ["Status"]),
        ("graft_versus_host_disease", "subcutaneous", []),
        ("graft_versus_host_disease", "intravenous", ["Status"]),
        ("graft_versus_host_disease", "intralesional", ["Status"]),
        *(("other", route, []) for route in ROUTES),
    ],
)
def test_before_any_answer_the_policies_differ_as_their_documents_do(
    library: Library, indication: str, route: str, expected: list[str]
) -> None:
    assert differing(rows(library, indication=indication, route=route)) == expected


def test_melanoma_by_vein_not_as_a_single_agent_fits_cigna_only(library: Library) -> None:
    found = rows(library, **VEIN, **{"facts.single_agent": False})
    assert differing(found) == [
        "Status",
        "Approval period",
        THERAPIES,
        "Intravenous therapy",
        SINGLE_AGENT,
    ]
    assert texts(found, "Status") == ["✓ Criteria met", "× Criteria not met"]
    assert texts(found, SINGLE_AGENT) == ["Not in this policy", "× Not met; answer: no"]


def test_a_difference_cites_both_documents(library: Library) -> None:
    assert citations(rows(library, **VEIN), SINGLE_AGENT) == [
        "Cigna IP0407: FDA-Approved Indications 1, A",  # where it would stand
        "Express Scripts UM policy: FDA-Approved Indications 1, A, iv",
    ]
    assert citations(rows(library, route="intralesional"), LESION_STATUS) == [
        "Cigna IP0407: FDA-Approved Indications 1, B, ii",
        "Express Scripts UM policy: FDA-Approved Indications 1, B, ii",
    ]


def test_a_moved_place_in_the_document_is_no_difference(library: Library) -> None:
    """The oncologist is item iv of Cigna's list and item v of the other."""
    found = rows(library)
    label = "An oncologist prescribes or is consulted"
    assert citations(found, label) == [
        "Cigna IP0407: FDA-Approved Indications 1, A, iv",
        "Express Scripts UM policy: FDA-Approved Indications 1, A, v",
    ]
    assert label not in differing(found)


@pytest.mark.parametrize(
    ("status", "verdicts"),
    [
        # Not nested: each document has lesions that the other does not have.
        (("borderline_resectable",), ["✓ Met", "× Not met"]),
        (("recurrent", "resectable"), ["× Not met", "✓ Met"]),
        (("unresectable",), ["✓ Met", "✓ Met"]),
    ],
)
def test_the_targets_of_intralesional_therapy_stand_side_by_side(
    library: Library, status: tuple[str, ...], verdicts: list[str]
) -> None:
    found = rows(library, route="intralesional", **{"facts.lesion_status": status})
    cigna, express_scripts = texts(found, LESION_STATUS)
    wanted = ("unresectable or borderline resectable", "metastatic, recurrent or unresectable")
    assert cigna.startswith(f"{verdicts[0]}: The injected lesions are {wanted[0]}; answer: ")
    assert express_scripts.startswith(f"{verdicts[1]}: The injected lesions are {wanted[1]}; ")
    assert LESION_STATUS in differing(found)


def test_the_same_verdict_on_another_requirement_still_differs(library: Library) -> None:
    facts = {"facts.lesion_status": ("unresectable",), "facts.lesion_site": ("nodal",)}
    found = rows(
        library, route="intralesional", **facts, **{"facts.prescriber_specialties": ("oncologist",)}
    )
    assert texts(found, "Status") == ["✓ Criteria met", "✓ Criteria met"]
    assert differing(found) == [LESION_STATUS, LESION_SITE]


def test_beyond_the_dosing_only_the_status_differs_besides_the_single_agent(
    library: Library,
) -> None:
    asked = {"requested.doses_per_day": "4", "facts.single_agent": True}
    found = rows(library, **VEIN, **asked)
    assert differing(found) == ["Status", SINGLE_AGENT]
    assert texts(found, "Status") == ["× Criteria not met", "◊ Clinician review"]
    assert (
        texts(found, "Doses per day: 4 doses")
        == ["Beyond the limit by 1 dose: at most 3 doses."] * 2
    )


def test_the_documented_dosing_of_both_is_the_same_with_each_place(library: Library) -> None:
    found = rows(library)
    dose = "42,300,000 International Units (42.3 million)"  # 600,000 for each of 70.5 kg
    assert texts(found, "Maximum per dose that the policy allows") == [dose, dose]
    assert texts(found, "Basis") == [f"600,000 International Units/kg × 70.5 kg = {dose}"] * 2
    place = "FDA-Approved Indications 1, Dosing A,"
    for label, text, item in (
        ("Frequency", "at most three times daily", "i"),
        ("Cycle", "at most 14 doses", "i"),
        ("Rest before the second cycle", "at least 9 days", "ii"),
        ("Rest before another course", "at least 49 days (7 weeks)", "iii"),
    ):
        assert texts(found, label) == [text, text]
        assert citations(found, label) == [
            f"Cigna IP0407: {place} {item}",
            f"Express Scripts UM policy: {place} {item}",
        ]


def test_a_limit_of_unlike_titles_is_the_same_number(library: Library) -> None:
    found = rows(library, **VEIN, **{"facts.single_agent": False})
    cigna, express_scripts = texts(found, "Maximum, or documented limit")
    assert cigna.startswith("Maximum per dose that the policy allows: 42,300,000 ")
    assert express_scripts.startswith("Documented limit per dose: 42,300,000 ")
    assert "Maximum, or documented limit" not in differing(found)


def test_a_request_is_compared_only_where_there_is_one(library: Library) -> None:
    assert "Request" not in {row.section for row in rows(library)}
    found = rows(library, route="subcutaneous", **{"requested.dose_iu": "1000000"})
    label = "Dose (International Units): 1,000,000 International Units (1 million)"
    nothing = "There is no documented limit to check a request against."
    assert texts(found, label) == [nothing, nothing]


def test_a_dose_that_is_held_back_is_told_nowhere(library: Library) -> None:
    unconfirmed = {"weight_kg": "154", "height_cm": "175", "requested.dose_iu": "92400000"}
    found = rows(library, **VEIN, **unconfirmed)
    cells = " ".join(cell.text for row in found for cell in row.cells)
    assert "92,400,000" not in cells  # 600,000 for each of 154 kg
    assert "600,000" not in cells
    assert cells.count("Held back: a measurement is unusual.") == 2
    assert "The dose is held back and not compared." in sentence(library, **unconfirmed)
    confirmed = {**unconfirmed, "confirmed.weight_kg": True, "confirmed.height_cm": True}
    label = "Maximum per dose that the policy allows"
    dose = "92,400,000 International Units (92.4 million)"
    assert texts(rows(library, **VEIN, **confirmed), label) == [dose, dose]
    assert "held back" not in sentence(library, **confirmed)


def test_a_dose_that_is_not_known_yet_says_so(library: Library) -> None:
    found = rows(library, weight_kg="")
    label = "Maximum per dose that the policy allows"
    assert texts(found, label) == ["Not known yet", "Not known yet"]


def test_before_its_first_day_a_policy_says_so_in_every_row(library: Library) -> None:
    found = rows(library, date_of_service="2026-04-30")
    for row in found:
        if row.label != "Reason":
            assert row.cells[0].text == "Not in force"
            assert row.cells[1].text != "Not in force"
    assert "in force from Fri, May 1, 2026" in texts(found, "Reason")[0]
    assert differing(found) == []
    assert sentence(library, date_of_service="2026-04-30") == (
        "Nothing to compare. Not in force on the date of service: Cigna."
    )


def test_before_every_policy_there_are_no_criteria(library: Library) -> None:
    found = rows(library, date_of_service="2025-01-01")
    assert {cell.text for row in found for cell in row.cells if row.label != "Reason"} == {
        "Not in force"
    }
    assert "Criteria" not in {row.section for row in found}


def test_nothing_is_said_of_a_draft_with_a_problem(library: Library) -> None:
    assert rows(library, weight_kg="154 lb") == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (RENAL, "No difference in status, limits or criteria."),
        (MELANOMA, "1 difference."),
        ({"route": "intralesional"}, "2 differences."),
    ],
)
def test_the_differences_are_counted_in_a_sentence(
    library: Library, changes: dict[str, str], words: str
) -> None:
    assert sentence(library, **changes) == words


def test_a_head_names_payer_title_version_and_first_day_and_a_review_that_is_overdue(
    library: Library,
) -> None:
    # Express Scripts of February 5, 2025 was due for review on February 5, 2026; Cigna's of
    # May 1, 2026 is due on May 1, 2027.
    entries = {**MELANOMA, "route": "intravenous", "date_of_service": "2026-11-23"}
    cigna, express_scripts = compare(Draft(MappingProxyType(entries)), library).sides
    assert column_heading(express_scripts) == (
        "Express Scripts\n"
        "Utilization Management Medical Policy: Proleukin\n"
        "version 2025-02-05, in force since Wed, Feb 5, 2025\n"
        "review overdue: ask for a newer version"
    )
    assert column_heading(cigna).endswith("version 2026-05-01, in force since Fri, May 1, 2026")


def test_a_third_payers_other_numbers_all_differ(three_payers: Library) -> None:
    """third_payer.yaml: 450,000 per kg, twice daily, 12 doses, rests of 12 and 63 days, age 16."""
    found = rows(three_payers, **RENAL)
    last = {row.label: row.cells[2].text for row in found if row.differs}
    label = "Maximum per dose that the policy allows"
    assert last[label] == "31,725,000 International Units (31.725 million)"
    assert last["Frequency"] == "at most twice daily"
    assert last["Cycle"] == "at most 12 doses"
    assert last["Rest before the second cycle"] == "at least 12 days"
    assert last["Rest before another course"] == "at least 63 days (9 weeks)"
    assert last["Age (years)"] == "✓ Met: Aged at least 16 years; answer: 54"
    assert last[SINGLE_AGENT] == "Not in this policy"


def test_a_criterion_that_is_one_of_two_ways_elsewhere_names_its_group(
    three_payers: Library,
) -> None:
    """Metastatic disease is required by criterion 2, B, and only one of two ways in item 3."""
    found = rows(three_payers, **RENAL, **{"facts.metastatic_disease": True})
    cigna, _, third = texts(found, "The disease is metastatic")
    assert cigna == ("✓ Met; answer: yes; part of “All criteria for renal cell carcinoma hold”")
    assert third == (
        "✓ Met; answer: yes; "
        "part of “The disease is metastatic, or unresectable after another therapy”"
    )
    assert "The disease is metastatic" in differing(found)


def test_a_use_that_one_policy_does_not_list_is_told_in_the_first_row(
    three_payers: Library,
) -> None:
    found = rows(three_payers)
    assert texts(found, THERAPIES)[2] == (
        "× Not met: The policy covers the use; answer: Cutaneous melanoma"
    )
    no_dosing = "No dosing is documented for this use by this route."
    label = "Maximum per dose that the policy allows"
    assert texts(found, label)[2] == no_dosing
    assert texts(found, "Cycle") == ["at most 14 doses", "at most 14 doses", "No limit stated"]
    assert {label, "Basis", "Cycle"} <= set(differing(found))


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("indication", [MELANOMA, RENAL, GVHD, {"indication": "other"}])
def test_no_cell_has_an_error_prone_sign_and_every_criterion_has_its_citation(
    library: Library, indication: dict[str, str], route: str
) -> None:
    found = rows(library, **indication, route=route, **VEIN, height_cm="175")
    for row in found:
        words = " ".join((row.label, *(cell.text for cell in row.cells)))
        assert not re.search(r"[<>≥≤@]|\bIU\b|\.0\b", words)
        if row.section == "Criteria":
            assert all(cell.citation for cell in row.cells)


def test_the_mark_is_a_shape_and_a_word() -> None:
    assert DIFFERS == "≠ Differs"
