"""Which rows differ between the two documents, by hand from both of them.

Cigna of May 1, 2026 and Express Scripts of February 5, 2025. Cutaneous melanoma, A: Express Scripts
alone wants a single agent (iv). Melanoma, B, ii: Cigna wants unresectable or borderline
resectable lesions, Express Scripts metastatic, recurrent or unresectable ones that are cutaneous,
subcutaneous or nodal. Criteria 2 and 3, every dosing paragraph and every duration are the same in
both. For doses outside the dosing only Express Scripts has a case-by-case review by a clinician.
"""

from types import MappingProxyType
from typing import Any

import pytest
import yaml

from app.casework.comparison import compare
from app.casework.draft import Draft
from app.casework.policy_diff import changes
from app.library import Library
from app.output.comparison import compared_rows
from app.output.comparison_rows import (
    ComparedRow,
    column_heading,
    difference_count_text,
)
from app.output.policy_changes import change_rows, changes_text
from tests.policies.versions import (
    CIGNA,
    CIGNA_VERSION,
    EXPRESS_SCRIPTS,
    EXPRESS_SCRIPTS_VERSION,
    the_two,
    version_of,
)
from tests.policy_leaves import differing as differing_places
from tests.policy_leaves import disagreements

VEIN = {
    "facts.metastatic_disease": True,
    "facts.prior_systemic_therapy": True,
    "facts.prescriber_specialties": ("oncologist",),
}
SINGLE_AGENT = "Aldesleukin is given as a single agent"
THERAPIES = "One of the two therapies applies and its criteria hold"
LESION_STATUS = "What is true of every lesion to be injected?"
LESION_SITE = "Every lesion to be injected is cutaneous, subcutaneous or nodal"
MELANOMA = {"indication": "cutaneous_melanoma"}
RENAL = {"indication": "renal_cell_carcinoma"}
MET = "! Clinical criteria met; dosing not checked"
THE_TWO = ((CIGNA, CIGNA_VERSION), (EXPRESS_SCRIPTS, EXPRESS_SCRIPTS_VERSION))
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


@pytest.fixture(scope="module")
def library() -> Library:
    return the_two()


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
    assert texts(found, "Status") == [MET, "× Criteria not met"]
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
    said = "Every lesion to be injected is"
    assert cigna.startswith(f"{verdicts[0]}: {said} {wanted[0]}; answer: ")
    assert express_scripts.startswith(f"{verdicts[1]}: {said} {wanted[1]}; answer: ")
    assert LESION_STATUS in differing(found)


def test_the_same_verdict_on_another_requirement_still_differs(library: Library) -> None:
    facts = {"facts.lesion_status": ("unresectable",), "facts.lesion_site": ("nodal",)}
    found = rows(
        library, route="intralesional", **facts, **{"facts.prescriber_specialties": ("oncologist",)}
    )
    assert texts(found, "Status") == [MET, MET]
    assert differing(found) == [LESION_STATUS, LESION_SITE]


def test_beyond_the_dosing_only_the_status_differs_besides_the_single_agent(
    library: Library,
) -> None:
    asked = {"requested.doses_per_day": "4", "facts.single_agent": True}
    found = rows(library, **VEIN, **asked)
    assert differing(found) == ["Status", SINGLE_AGENT]
    limits = "Request beyond the documented limits"
    assert texts(found, "Status") == [f"× {limits}", f"◊ {limits}; clinician review"]
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
        "version 2025-02-05, in force since Wed, Feb 5, 2025, by its review date\n"
        "review overdue: ask for a newer version"
    )
    assert column_heading(cigna).endswith("version 2026-05-01, in force since Fri, May 1, 2026")


def test_what_changes_from_one_to_the_other_comes_under_each_heading_once(library: Library) -> None:
    cigna, express_scripts = library.policies
    found = change_rows(cigna, express_scripts, library.catalog)
    assert list(dict.fromkeys(row.heading for row in found)) == [
        "Versions and dates",
        "Cutaneous melanoma: criteria",
        "Requests beyond the documented dosing",
        "Notes",
        "Other uses",
    ]
    text = changes_text(cigna, express_scripts, library.catalog)
    for heading in {row.heading for row in found}:
        assert text.splitlines().count(heading) == 1


def test_the_two_differ_where_their_files_do(library: Library) -> None:
    before, after = (yaml.safe_load(version_of(*one).file.read_bytes()) for one in THE_TWO)
    places = {one.where for one in changes(*library.policies)}
    assert disagreements(differing_places(before, after), places) == set()
    single_agent = ("criteria", "melanoma_intravenous_single_agent")
    assert ("coverage", "cutaneous_melanoma", *single_agent) in places
