"""Which note stands when: each with its condition on both sides. Notes never change a status.

Unusual values, contradictions, authorizations and the cell therapy have their own files.
"""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from app.library import Library
from app.library.site import load_all
from tests.cases import ALDER, BIRCH, case, determine
from tests.engine.people import GRAFT, LESION, TWO_M2, VEIN_BIRCH, cycle, found, noted
from tests.engine.test_course_plan import FIRST, SLOTS
from tests.library.sites import PROVIDER, offered, site_in, taken

GIVEN = {"cycles": [cycle(1, 3, SLOTS[0], SLOTS[2])]}


def told(library: Library, name: str, **changes: Any) -> bool:
    return bool(noted(library, name, **changes))


@pytest.mark.parametrize(
    ("previous", "weight", "confirmed", "changed"),
    [
        # 10% to 20% of 70 kg, both included.
        ("70", "76.999999", None, False),
        ("70", "77", None, True),
        ("70", "84", None, True),
        ("70", "63.000001", None, False),
        ("70", "63", None, True),
        ("70", "56", None, True),
        # Farther away the weight waits, and is told once it is confirmed.
        ("70", "84.000001", None, False),
        ("70", "84.000001", "84.000001", True),
        ("70", "84.000001", "84", False),
        ("70", "55.999999", None, False),
        ("70", "55.999999", "55.999999", True),
        (None, "77", None, False),
    ],
)
def test_a_weight_that_moved_by_a_tenth_is_told_unless_it_waits(
    library: Library, previous: str | None, weight: str, confirmed: str | None, changed: bool
) -> None:
    size = {"previous_weight_kg": previous, "weight_kg": weight}
    name = "weight_changed"
    assert told(library, name, **size, confirmed={"weight_kg": confirmed}) is changed


def test_a_weight_that_waits_for_another_reason_is_not_said_to_have_changed(
    library: Library,
) -> None:
    """112 kg is 12% above the 100 kg of before, and over 110."""
    size = {"previous_weight_kg": "100", "weight_kg": "112"}
    assert not told(library, "weight_changed", **size)
    assert told(library, "weight_changed", **size, height_cm="180")


@pytest.mark.parametrize("previous", [None, "70"])
def test_without_a_weight_nothing_changed(library: Library, previous: str | None) -> None:
    assert not told(library, "weight_changed", weight_kg=None, previous_weight_kg=previous)


def test_where_no_dose_uses_the_weight_a_far_change_is_told_only_when_confirmed(
    library: Library,
) -> None:
    size = {**LESION, "previous_weight_kg": "70", "weight_kg": "100"}
    assert not told(library, "weight_changed", **size)
    assert told(library, "weight_changed", **size, confirmed={"weight_kg": "100"})


@pytest.mark.parametrize(
    ("dose_iu", "hint"),
    [
        # The limit is 28.2 million; 150% of it are 42.3 million.
        (42_300_000, None),
        (42_300_001, ""),
        (59_219_999, ""),
        (59_220_000, " Was a weight in pounds used?"),  # 2.1 times
        (64_860_000, " Was a weight in pounds used?"),  # 2.3 times
        (64_860_001, ""),
        (81_779_999, ""),
        (81_780_000, " Is it a day's total?"),  # 2.9 times
        (87_420_000, " Is it a day's total?"),  # 3.1 times
        (87_420_001, ""),
        (28_200_001, None),
        (28_200_000, None),
    ],
)
def test_a_dose_far_above_its_limit_is_told_with_what_it_may_be(
    library: Library, dose_iu: int, hint: str | None
) -> None:
    notes = noted(library, "request_far_above", requested={"dose_iu": dose_iu})
    text = (
        "The requested dose is above 150% of the documented limit. Check units and weight before "
        "asking the payer."
    )
    assert [one.text for one in notes] == ([] if hint is None else [f"{text}{hint}"])


@pytest.mark.parametrize(
    ("changes", "limit"), [(LESION, 2_500_000), ({**GRAFT, **TWO_M2}, 3_000_000)]
)
def test_it_is_told_of_every_route(library: Library, changes: dict[str, Any], limit: int) -> None:
    for dose_iu, above in ((limit * 3 // 2, False), (limit * 3 // 2 + 1, True)):
        asked = {"requested": {"dose_iu": dose_iu}}
        assert told(library, "request_far_above", **changes, **asked) is above


def test_without_a_known_limit_nothing_is_far_above_or_below(library: Library) -> None:
    for changes in ({"weight_kg": None}, {"weight_kg": "154"}, {"indication": "other"}):
        for dose_iu in (1, 10**12):
            asked = {"requested": {"dose_iu": dose_iu}}
            assert not told(library, "request_far_above", **changes, **asked)
            assert not told(library, "below_label_dose", **changes, **asked)


@pytest.mark.parametrize(
    ("dose_iu", "confirmed", "below"),
    [
        # 90% of 28.2 million are 25.38 million.
        (25_379_999, None, True),
        (25_380_000, None, False),
        (28_200_001, None, False),
        (2_820_001, None, True),
        # A tenth waits first, and is told once it is confirmed.
        (2_820_000, None, False),
        (2_820_000, 2_820_000, True),
    ],
)
def test_a_dose_below_nine_tenths_of_the_limit_by_vein_is_asked_about(
    library: Library, dose_iu: int, confirmed: int | None, below: bool
) -> None:
    asked = {
        "requested": {"dose_iu": dose_iu},
        "confirmed": {"requested.dose_iu": confirmed},
    }
    assert told(library, "below_label_dose", **asked) is below
    assert not told(library, "below_label_dose", **asked, regimen="til")
    area = {**GRAFT, **TWO_M2, "requested": {"dose_iu": 1_000_000}}
    assert not told(library, "below_label_dose", **area)
    assert not told(library, "below_label_dose", **LESION, requested={"dose_iu": 1_000_000})


@pytest.mark.parametrize(
    ("requested", "unusual"),
    [
        ({"dose_iu": 2_000_000, "lesions": 11}, False),  # 22 million
        ({"dose_iu": 2_000_000, "lesions": 12}, True),
        ({"dose_iu": 2_200_000, "lesions": 10}, False),
        ({"dose_iu": 2_200_001, "lesions": 10}, True),
        ({"dose_iu": 11_000_001, "lesions": 2}, True),  # above the limit: as requested
        # Nothing requested, or a dose that waits: the maximum of 2.5 million counts.
        ({"lesions": 8}, False),
        ({"lesions": 9}, True),
        ({"dose_iu": 249_999, "lesions": 8}, False),
        ({"dose_iu": 249_999, "lesions": 9}, True),
        ({"dose_iu": 22_000_001}, False),  # no number of lesions is known
    ],
)
def test_the_total_of_a_session_is_looked_at(
    library: Library, requested: dict[str, int], unusual: bool
) -> None:
    assert told(library, "session_total_unusual", **LESION, requested=requested) is unusual


def test_by_other_routes_no_session_has_a_total(library: Library) -> None:
    asked = {"requested": {"dose_iu": 28_200_000, "lesions": 9}}
    assert not told(library, "session_total_unusual", **asked)
    assert not told(library, "session_total_unusual", **{**GRAFT, **TWO_M2}, **asked)
    assert not told(library, "session_total_unusual", **LESION | {"indication": "other"}, **asked)


@pytest.mark.parametrize(
    ("measured", "course", "text"),
    [
        # Doses were given from November 23 to 24; the date of service is November 30.
        ("2026-11-22", GIVEN, None),
        ("2026-11-23", GIVEN, "during"),
        ("2026-12-31", GIVEN, "during"),
        ("2026-11-26", {**GIVEN, "discharge_date": "2026-11-26"}, "during"),
        ("2026-11-27", {**GIVEN, "discharge_date": "2026-11-26"}, None),
        ("2026-12-01", {**GIVEN, "discharge_date": "2026-11-26"}, "after"),
        ("2026-11-30", None, None),
        ("2026-12-01", None, "after"),
        ("2026-11-30", {"first_dose_at": FIRST}, None),  # nothing was given
        (None, GIVEN, None),
    ],
)
def test_a_weight_of_the_days_of_treatment_or_of_the_future_is_asked_about(
    library: Library, measured: str | None, course: dict[str, Any] | None, text: str | None
) -> None:
    changes = {"date_of_service": "2026-11-30", "weight_measured_on": measured, "course": course}
    notes = noted(library, "weight_during_treatment", **changes)
    assert len(notes) == (text is not None)
    if text == "during":
        assert "during treatment, when a gain of fluid is expected" in notes[0].text
    elif text == "after":
        assert "after the date of service" in notes[0].text


def test_outside_treatment_by_vein_only_a_future_weight_is_asked_about(library: Library) -> None:
    changes = {**LESION, "date_of_service": "2026-11-30", "course": GIVEN}
    assert not told(library, "weight_during_treatment", **changes, weight_measured_on="2026-11-25")
    assert told(library, "weight_during_treatment", **changes, weight_measured_on="2026-12-01")


@pytest.mark.parametrize(
    ("changes", "is_told"),
    [
        (LESION, True),
        ({**LESION, "policy": BIRCH}, True),
        ({**LESION, "facts": {}}, True),
        ({}, False),
        ({"route": "subcutaneous"}, False),
        ({**LESION, "indication": "renal_cell_carcinoma"}, False),
        ({**LESION, "indication": "other"}, False),
    ],
)
def test_lesions_are_judged_together(
    library: Library, changes: dict[str, Any], is_told: bool
) -> None:
    assert told(library, "lesions_judged_together", **changes) is is_told


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
