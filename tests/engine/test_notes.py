"""Which note of a policy, of the label or of Aldesk itself stands when: each on both sides."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from app.library import Library
from app.library.site import load_all
from tests.cases import ALDER, BIRCH, case, determine
from tests.engine.people import GRAFT, LESION, VEIN_BIRCH, found, noted
from tests.library.sites import PROVIDER, offered, site_in, taken


def told(library: Library, name: str, **changes: Any) -> bool:
    return bool(noted(library, name, **changes))


@pytest.mark.parametrize(
    ("policy", "day", "overdue"),
    [
        (ALDER, "2027-06-02", False),  # 15 months after March 2, 2026
        (ALDER, "2027-06-03", True),
        (ALDER, "2026-02-03", False),  # the version before: 20 months after June 3, 2024
        (ALDER, "2026-02-04", True),
        (BIRCH, "2026-04-16", False),  # 30 months after October 16, 2023
        (BIRCH, "2026-04-17", True),
    ],
)
def test_a_version_is_overdue_on_the_day_after_its_review_date(
    library: Library, policy: str, day: str, overdue: bool
) -> None:
    assert told(library, "policy_review_overdue", policy=policy, date_of_service=day) is overdue


@pytest.mark.parametrize("policy", [ALDER, BIRCH])
@pytest.mark.parametrize("changes", [{}, {"indication": "other"}, {"age_years": 17}, LESION])
def test_aldesk_itself_says_under_every_policy_that_it_decides_nothing(
    library: Library, policy: str, changes: dict[str, Any]
) -> None:
    [note] = noted(library, "not_a_payer_decision", **{**changes, "policy": policy})
    assert (note.kind, note.scope, note.citation) == ("caveat", "policy", "Aldesk input checks")


def test_a_result_by_a_policy_of_the_site_says_so_and_names_provider_and_hash(
    tmp_path: Path, library: Library
) -> None:
    site = site_in(tmp_path)
    path = taken(site, offered())
    own = determine(load_all(site), case(policy="third-health", indication="other"))
    [note] = [one for one in own.notes if one.id == "site_policy"]
    assert (note.kind, note.scope, note.citation) == ("caveat", "policy", "Aldesk input checks")
    assert PROVIDER in note.text
    assert hashlib.sha256(path.read_bytes()).hexdigest() in note.text
    assert not told(library, "site_policy")
    assert not told(library, "site_policy", policy=BIRCH)


@pytest.mark.parametrize(
    ("course", "second", "third"),
    [
        (None, False, False),
        ({"number": 1}, False, False),
        ({"number": 2}, True, False),
        ({"number": 3}, True, True),
        # A course after another one is the second at least.
        ({"previous_last_dose_on": "2026-01-05"}, True, False),
        ({"number": 1, "previous_last_dose_on": "2026-01-05"}, True, False),
        ({"number": 3, "previous_last_dose_on": "2026-01-05"}, True, True),
    ],
)
def test_a_note_may_want_a_course_of_some_number(
    library: Library, course: dict[str, Any] | None, second: bool, third: bool
) -> None:
    """Alder's own and the label's from the second course on, Birch's from the third."""
    assert told(library, "another_course", course=course) is second
    assert told(library, "another_course", **VEIN_BIRCH, course=course) is third
    assert told(library, "response_evaluation", course=course) is second


@pytest.mark.parametrize(
    ("name", "changes", "is_told"),
    [
        ("director_may_differ", {}, False),
        ("director_may_differ", {"age_years": 17}, True),
        ("director_may_differ", {"requested": {"doses_per_day": 3}}, True),
        ("director_may_differ", {"age_years": None}, False),
        ("skin_guideline", {}, True),
        ("skin_guideline", LESION, False),
        ("lesion_guideline", LESION, True),
        ("kidney_guideline", {"indication": "renal_cell_carcinoma"}, True),
        ("kidney_guideline", {}, False),
        ("considered_singly", {**VEIN_BIRCH, "requested": {"dose_iu": 21_150_001}}, True),
        ("considered_singly", {**VEIN_BIRCH, "requested": {"dose_iu": 21_150_000}}, False),
        ("considered_singly", {**VEIN_BIRCH, "route": "subcutaneous"}, True),
        ("considered_singly", VEIN_BIRCH, False),
    ],
)
def test_a_policys_own_notes_stand_under_their_conditions(
    library: Library, name: str, changes: dict[str, Any], is_told: bool
) -> None:
    assert told(library, name, **changes) is is_told


LABEL_BY_VEIN = (
    "inpatient_with_intensive_care",
    "boxed_warning",
    "before_treatment",
    "withhold_never_reduce",
)


@pytest.mark.parametrize("name", LABEL_BY_VEIN)
def test_the_label_speaks_of_infusions_where_their_dosing_is_documented(
    library: Library, name: str
) -> None:
    for changes in ({}, VEIN_BIRCH, {"age_years": 17}, {"regimen": "til"}):
        [note] = noted(library, name, **changes)
        assert (note.kind, note.scope) == ("label", "case")
    assert not told(library, name, indication="graft_versus_host_disease")
    assert not told(library, name, indication="other")
    assert not told(library, name, **LESION)


@pytest.mark.parametrize(
    ("changes", "is_outside"),
    [
        (LESION, True),
        (GRAFT, True),
        ({"route": "subcutaneous"}, True),
        ({"indication": "other", "route": "intralesional"}, True),
        ({}, False),
        ({"indication": "graft_versus_host_disease"}, False),
    ],
)
def test_other_routes_are_outside_the_label(
    library: Library, changes: dict[str, Any], is_outside: bool
) -> None:
    assert told(library, "route_outside_label", **changes) is is_outside


def test_notes_never_change_a_status(library: Library) -> None:
    """A changed weight, a future one, a small dose, cell therapy and an overdue version."""
    plain = found(library)
    changes = {
        "weight_kg": "77",
        "previous_weight_kg": "70",
        "weight_measured_on": "2028-01-01",
        "date_of_service": "2027-06-03",
        "requested": {"dose_iu": 20_000_000, "doses_per_cycle": 7},
        "regimen": "til",
    }
    one = found(library, **changes)
    assert {note.id for note in one.notes} >= {
        *("weight_changed", "weight_during_treatment", "policy_review_overdue"),
        "til_regimen_differs",
    }
    assert plain.approval_status == one.approval_status == "criteria_met"
