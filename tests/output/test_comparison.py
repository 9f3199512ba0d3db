"""Which rows differ between the fixture's two payers, by hand from their files.

Skin by vein: Birch alone wants that nothing else is given, and another age. Into the lesions:
Alder wants unresectable or borderline resectable ones, Birch metastatic, recurrent or unresectable
ones at a place that counts. The graft: the same criteria. Every figure of every dosing differs. For
doses beyond it only Birch has a review by a clinician.
"""

import re
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

import pytest

from app.casework.comparison import compare
from app.casework.draft import Draft
from app.library import Library
from app.output.comparison import compared_rows
from app.output.comparison_rows import DIFFERS, ComparedRow, column_heading, difference_count_text
from tests.cases import ALDER, BIRCH
from tests.casework.test_comparison import three_payers

__all__ = ["three_payers"]

VEIN = {
    "facts.metastatic_disease": True,
    "facts.prior_systemic_therapy": True,
    "facts.prescriber_specialties": ("oncologist",),
}
SINGLE_AGENT = "Nothing else is given with it"
THERAPIES = "It is given in one of two ways"
LESION_STATUS = "What is true of every lesion to be injected?"
LESION_SITE = "The lesions lie in or under the skin, or in a node"
AGE = "Age (years)"
MELANOMA = {"indication": "cutaneous_melanoma"}
RENAL = {"indication": "renal_cell_carcinoma"}
GVHD = {"indication": "graft_versus_host_disease"}
ROUTES = ("intravenous", "intralesional", "subcutaneous")
DAY = date(2026, 11, 23)
WAITS = "Unusual, and not used until somebody confirms it"


def rows(library: Library, **changes: Any) -> tuple[ComparedRow, ...]:
    entries = {
        "policy": ALDER,
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


LIMITS = [
    "Maximum per dose that the policy allows",
    "Basis",
    "Vials for one session",  # 28.2 million take 2, and 21.15 million 1
    "Frequency",
    "Cycle",
    "Rest before the second cycle",
    "Rest before another course",
]
LESION_LIMITS = ["Maximum per lesion that the policy allows", "Basis", "Frequency"]
# Alder has an oldest age, and two ways of which Birch knows one.
KIDNEY = [
    AGE,
    "Aged at most 85 years",
    "The disease has spread, or cannot be resected after another therapy",
    "The disease has spread",
    "The disease cannot be resected and another therapy came before",
    "The disease cannot be resected",
    "Another systemic therapy came before",
]


@pytest.fixture(scope="module")
def alike(library: Library) -> Library:
    """Birch with the dosing and the approvals of Alder, and each with its own criteria."""
    alder, birch = library.in_force(ALDER, DAY), library.in_force(BIRCH, DAY)
    coverage = {
        use: replace(one, dosing=alder.coverage[use].dosing, approval=alder.coverage[use].approval)
        for use, one in birch.coverage.items()
    }
    return replace(library, policies=(alder, replace(birch, coverage=coverage)))


@pytest.mark.parametrize(
    ("indication", "route", "expected"),
    [
        ("cutaneous_melanoma", "intravenous", [*LIMITS, AGE, SINGLE_AGENT]),
        ("cutaneous_melanoma", "intralesional", [*LESION_LIMITS, AGE, LESION_STATUS, LESION_SITE]),
        ("cutaneous_melanoma", "subcutaneous", []),
        ("renal_cell_carcinoma", "intravenous", [*LIMITS, *KIDNEY]),
        # No dosing for this route: not met at once (Alder), or first the answers (Birch).
        ("renal_cell_carcinoma", "intralesional", ["Status", *KIDNEY]),
        ("renal_cell_carcinoma", "subcutaneous", ["Status", *KIDNEY]),
        # The area is not known yet, and so neither dose is.
        ("graft_versus_host_disease", "subcutaneous", ["Basis", "Frequency"]),
        ("graft_versus_host_disease", "intravenous", ["Status"]),
        ("graft_versus_host_disease", "intralesional", ["Status"]),
        *(("other", route, []) for route in ROUTES),
    ],
)
def test_before_any_answer_the_policies_differ_as_their_files_do(
    library: Library, indication: str, route: str, expected: list[str]
) -> None:
    assert differing(rows(library, indication=indication, route=route)) == expected


def test_skin_by_vein_with_something_else_fits_alder_only(library: Library) -> None:
    found = rows(library, **VEIN, **{"facts.single_agent": False})
    assert differing(found) == [
        "Status",
        "Approval period",
        "Maximum, or documented limit",
        *LIMITS[1:],
        THERAPIES,
        "By vein",
        AGE,
        SINGLE_AGENT,
    ]
    assert texts(found, "Status") == [
        "! Clinical criteria met; dosing not checked",
        "× Criteria not met",
    ]
    assert texts(found, SINGLE_AGENT) == ["Not in this policy", "× Not met; answer: no"]


def test_a_difference_cites_both_documents(library: Library) -> None:
    assert citations(rows(library, **VEIN), SINGLE_AGENT) == [
        "Alder 12: Skin 1",  # where it would stand
        "Birch handbook: Chapter A part 1, iv",
    ]
    assert citations(rows(library, route="intralesional"), LESION_STATUS) == [
        "Alder 12: Skin 2, b",
        "Birch handbook: Chapter A part 2, ii",
    ]


def test_a_moved_place_in_the_document_is_no_difference(library: Library) -> None:
    """The oncologist is item d of Alder's list and item v of Birch's."""
    found = rows(library)
    label = "An oncologist prescribes it"
    assert citations(found, label) == [
        "Alder 12: Skin 1, d",
        "Birch handbook: Chapter A part 1, v",
    ]
    assert label not in differing(found)


@pytest.mark.parametrize(
    ("status", "verdicts"),
    [
        # Not nested: each payer has lesions that the other does not have.
        (("borderline_resectable",), ["✓ Met", "× Not met"]),
        (("recurrent", "resectable"), ["× Not met", "✓ Met"]),
        (("unresectable",), ["✓ Met", "✓ Met"]),
    ],
)
def test_other_wanted_choices_stand_side_by_side(
    library: Library, status: tuple[str, ...], verdicts: list[str]
) -> None:
    found = rows(library, route="intralesional", **{"facts.lesion_status": status})
    alder, birch = texts(found, LESION_STATUS)
    wanted = ("unresectable or nearly so", "metastatic, recurrent or unresectable")
    assert alder.startswith(f"{verdicts[0]}: The lesions are {wanted[0]}; answer: ")
    assert birch.startswith(f"{verdicts[1]}: The lesions are {wanted[1]}; answer: ")
    assert LESION_STATUS in differing(found)


def test_the_same_verdict_on_another_requirement_still_differs(alike: Library) -> None:
    facts = {"facts.lesion_status": ("unresectable",), "facts.lesion_site": ("nodal",)}
    found = rows(
        alike, route="intralesional", **facts, **{"facts.prescriber_specialties": ("oncologist",)}
    )
    assert texts(found, "Status") == ["! Clinical criteria met; dosing not checked"] * 2
    assert differing(found) == [AGE, LESION_STATUS, LESION_SITE]


def test_beyond_a_dosing_that_both_have_only_the_status_differs_besides_the_criteria(
    alike: Library,
) -> None:
    asked = {"requested.doses_per_day": "3", "facts.single_agent": True}
    found = rows(alike, **VEIN, **asked)
    assert differing(found) == ["Status", AGE, SINGLE_AGENT]
    assert texts(found, "Status") == [
        "× Request beyond the documented limits",
        "◊ Request beyond the documented limits; clinician review",
    ]
    assert (
        texts(found, "Doses per day: 3 doses")
        == ["Beyond the limit by 1 dose: at most 2 doses."] * 2
    )


def test_a_request_is_held_against_the_limit_of_each_payer(library: Library) -> None:
    found = rows(library, **VEIN, **{"requested.doses_per_day": "3"})
    label = "Doses per day: 3 doses"
    assert texts(found, label) == [
        "Beyond the limit by 1 dose: at most 2 doses.",
        "Within the limit: at most 3 doses.",
    ]
    assert label in differing(found)


def test_the_documented_dosing_of_each_stands_with_its_place(library: Library) -> None:
    found = rows(library)
    doses = [
        "28,200,000 International Units (28.2 million)",  # 400,000 for each of 70.5 kg
        "21,150,000 International Units (21.15 million)",  # 300,000 for each of 70.5 kg
    ]
    assert texts(found, "Maximum per dose that the policy allows") == doses
    assert texts(found, "Basis") == [
        f"400,000 International Units/kg × 70.5 kg = {doses[0]}",
        f"300,000 International Units/kg × 70.5 kg = {doses[1]}",
    ]
    for label, of_alder, of_birch, items in (
        ("Frequency", "at most twice daily", "at most three times daily", ("2", "ii")),
        ("Cycle", "at most 10 doses", "at most 12 doses", ("3", "iii")),
        ("Rest before the second cycle", "at least 11 days", "at least 8 days", ("4", "iv")),
        (
            "Rest before another course",
            "at least 56 days (8 weeks)",
            "at least 42 days (6 weeks)",
            ("5", "v"),
        ),
    ):
        assert texts(found, label) == [of_alder, of_birch]
        assert citations(found, label) == [
            f"Alder 12: Skin doses {items[0]}",
            f"Birch handbook: Chapter A doses {items[1]}",
        ]


def test_a_limit_of_unlike_titles_is_the_same_number(alike: Library) -> None:
    found = rows(alike, **VEIN, **{"facts.single_agent": False})
    alder, birch = texts(found, "Maximum, or documented limit")
    assert alder.startswith("Maximum per dose that the policy allows: 28,200,000 ")
    assert birch.startswith("Documented limit per dose: 28,200,000 ")
    assert "Maximum, or documented limit" not in differing(found)


def test_a_request_is_compared_only_where_there_is_one(library: Library) -> None:
    assert "Request" not in {row.section for row in rows(library)}
    found = rows(library, route="subcutaneous", **{"requested.dose_iu": "1000000"})
    label = "Dose (International Units): 1,000,000 International Units (1 million)"
    nothing = "No dosing is documented for this route."
    assert texts(found, label) == [nothing, nothing]


def test_nothing_is_green_whose_dosing_was_not_checked(library: Library) -> None:
    def looks(**changes: Any) -> list[str | None]:
        [row] = [one for one in rows(library, **VEIN, **changes) if one.label == "Status"]
        return [cell.status for cell in row.cells]

    assert looks() == ["information_missing", "information_missing"]
    assert looks(**{"requested.dose_iu": "21150000", "facts.single_agent": True}) == [
        "criteria_met",
        "criteria_met",
    ]


def test_a_dose_above_the_limit_is_told_with_its_percentage(library: Library) -> None:
    """28,200,000 and 21,150,000 are the limits: 0.36 % and 33.81 % are the excess, rounded up."""
    label = "Dose (International Units): 28,300,000 International Units (28.3 million)"
    alder, birch = texts(rows(library, **VEIN, **{"requested.dose_iu": "28300000"}), label)
    assert "(0.36%, the size of a rounding; the policy gives no tolerance)" in alder
    assert "(33.81%)" in birch


def test_the_vials_of_one_session_stand_beside_the_limits(library: Library) -> None:
    """28.2 million are 1.28 vials by content; 21.15 million are less than one of either kind."""
    alder, birch = texts(rows(library, **VEIN), "Vials for one session")
    assert alder == (
        "For the maximum, 28,200,000 International Units (28.2 million) in all: "
        "2 vials by content, 2 by volume"
    )
    assert birch == (
        "For the maximum, 21,150,000 International Units (21.15 million) in all: "
        "1 vial by content, 1 by volume"
    )


def test_two_counts_of_vials_stand_side_by_side(library: Library) -> None:
    """400,000 for each of 54.5 kg are 21,800,000: 1 by 22 million, 2 by 21.6 million."""
    found = rows(library, **VEIN, weight_kg="54.5")
    assert texts(found, "Vials for one session")[0].endswith(
        ": 1 vial by content, 2 by volume; plan with the larger"
    )


def test_the_vials_of_lesions_name_their_number(library: Library) -> None:
    changes = {"route": "intralesional", "requested.lesions": "3", "requested.dose_iu": "1000000"}
    found = rows(library, **changes)
    assert texts(found, "Vials for one session")[0].startswith(
        "For the requested dose for each of 3 lesions, "
        "3,000,000 International Units (3 million) in all: 1 vial by content; "
    )
    assert not [row for row in found if row.label.startswith("Lesions")]


def test_what_is_not_confirmed_waits_and_no_number_follows_from_it(library: Library) -> None:
    waiting = {"weight_kg": "154", "height_cm": "175", "requested.dose_iu": "61600001"}
    found = rows(library, **VEIN, **waiting)
    cells = " ".join(cell.text for row in found for cell in row.cells)
    for number in ("61,600,000", "46,200,000"):  # 400,000 and 300,000 for each of 154 kg
        assert number not in cells
    told = texts(found, "Waits for a confirmation")
    assert [one.startswith(f"{WAITS}: weight. ") for one in told] == [True, True]
    assert texts(found, "Status")[0] == "? Weight to be confirmed"
    assert f"{WAITS}: weight. " in sentence(library, **waiting)
    confirmed = {**waiting, "confirmed.weight_kg": "154"}
    label = "Maximum per dose that the policy allows"
    assert texts(rows(library, **VEIN, **confirmed), label) == [
        "61,600,000 International Units (61.6 million)",
        "46,200,000 International Units (46.2 million)",
    ]
    assert WAITS not in sentence(library, **confirmed)


def test_a_dose_that_only_one_limit_makes_unusual_waits_there_alone(library: Library) -> None:
    """A tenth of the limits are 2,820,000 and 2,115,000."""
    found = rows(library, **VEIN, **{"requested.dose_iu": "2500000"})
    label = "Waits for a confirmation"
    alder, birch = texts(found, label)
    assert alder.startswith(f"{WAITS}: requested dose. ")
    assert birch == "Nothing"
    assert label in differing(found)


def test_notes_for_the_case_stand_last_without_those_of_every_case(library: Library) -> None:
    found = rows(library, **VEIN, **{"requested.dose_iu": "99000000"})
    alder, _ = texts(found, "For this case")
    assert "Check units and weight" in alder
    assert found[-1].label == "For this case"
    assert not found[-1].differs
    assert "makes no coverage decision" not in alder


def test_a_dose_that_is_not_known_yet_says_so(library: Library) -> None:
    found = rows(library, weight_kg="")
    label = "Maximum per dose that the policy allows"
    assert texts(found, label) == ["Not known yet", "Not known yet"]


def test_before_its_first_day_a_policy_says_so_in_every_row(library: Library) -> None:
    found = rows(library, date_of_service="2024-06-02")
    for row in found:
        if row.label != "Reason":
            assert row.cells[0].text == "Not in force"
            assert row.cells[1].text != "Not in force"
    assert "in force from Mon, Jun 3, 2024" in texts(found, "Reason")[0]
    assert differing(found) == []
    assert sentence(library, date_of_service="2024-06-02") == (
        "Nothing to compare. Not in force on the date of service: Alder Health."
    )


def test_before_every_policy_there_are_no_criteria(library: Library) -> None:
    found = rows(library, date_of_service="2023-10-15")
    assert {cell.text for row in found for cell in row.cells if row.label != "Reason"} == {
        "Not in force"
    }
    assert "Criteria" not in {row.section for row in found}


def test_nothing_is_said_of_a_draft_with_a_problem(library: Library) -> None:
    assert rows(library, weight_kg="154 lb") == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({**GVHD, "route": "subcutaneous"}, "No difference in status, limits or criteria."),
        (GVHD, "1 difference."),  # the status, for there is no dosing by vein
        (MELANOMA, "2 differences."),
        ({"route": "intralesional"}, "3 differences."),
    ],
)
def test_the_differences_are_counted_in_a_sentence(
    alike: Library, changes: dict[str, str], words: str
) -> None:
    assert sentence(alike, **changes) == words


def test_a_head_names_payer_title_version_and_first_day_and_a_review_that_is_overdue(
    library: Library,
) -> None:
    # Birch of October 16, 2023 was due for review on April 16, 2026; Alder's of March 2, 2026 is
    # due on June 2, 2027.
    entries = {**MELANOMA, "route": "intravenous", "date_of_service": "2026-11-23"}
    alder, birch = compare(Draft(MappingProxyType(entries)), library).sides
    assert column_heading(birch) == (
        "Birch Mutual\n"
        "Aldesleukin under the medical benefit\n"
        "version 2023-10-16, in force since Mon, Oct 16, 2023\n"
        "review overdue: ask for a newer version"
    )
    assert column_heading(alder).endswith("version 2026-03-02, in force since Mon, Mar 2, 2026")


def test_a_third_payers_other_numbers_all_differ(three_payers: Library) -> None:
    """third_payer.yaml: 450,000 per kg, twice daily, 12 doses, rests of 15 and 63 days, age 16."""
    found = rows(three_payers, **RENAL)
    last = {row.label: row.cells[2].text for row in found if row.differs}
    label = "Maximum per dose that the policy allows"
    assert last[label] == "31,725,000 International Units (31.725 million)"
    assert last["Frequency"] == "at most twice daily"
    assert last["Cycle"] == "at most 12 doses"
    assert last["Rest before the second cycle"] == "at least 15 days"
    assert last["Rest before another course"] == "at least 63 days (9 weeks)"
    assert [row.cells[2].text for row in found if row.label == AGE] == [
        "✓ Met: Aged at least 16 years; answer: 54",
        "✓ Met: Aged at most 80 years; answer: 54",
    ]
    assert last[SINGLE_AGENT] == "Not in this policy"


def test_a_criterion_that_is_one_of_two_ways_elsewhere_names_its_group(
    three_payers: Library,
) -> None:
    """Metastatic disease is required by Birch, and only one of two ways in item 3 of the others."""
    found = rows(three_payers, **RENAL, **{"facts.metastatic_disease": True})
    label = "Is the disease metastatic?"
    _, birch, third = texts(found, label)
    assert birch == (
        "✓ Met: The disease has spread; answer: yes; part of “Each of these holds for the kidney”"
    )
    assert third == (
        "✓ Met: The disease is metastatic; answer: yes; "
        "part of “The disease is metastatic, or unresectable after another therapy”"
    )
    assert label in differing(found)


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
    assert texts(found, "Cycle") == ["at most 10 doses", "at most 12 doses", "No limit stated"]
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
