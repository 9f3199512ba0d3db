"""Input checks and their exact limits; a note never changes a status."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from app.library import Library
from app.library.site import load_all
from app.model.determination import DeterminationNote
from tests.cases import ALDER, BIRCH, case, determine
from tests.library.sites import PROVIDER, offered, site_in, taken


def notes(library: Library, **changes: Any) -> dict[str, DeterminationNote]:
    return {note.id: note for note in determine(library, case(**changes)).notes}


def unusual(library: Library, **changes: Any) -> tuple[str, ...]:
    note = notes(library, **changes).get("implausible_measurement")
    return note.inputs if note else ()


@pytest.mark.parametrize(
    ("measurements", "keys"),
    [
        # Adults without a height: 40 to 120 kg is usual.
        ({"weight_kg": "40"}, ()),
        ({"weight_kg": "39.999999"}, ("weight_kg",)),
        ({"weight_kg": "120"}, ()),
        ({"weight_kg": "120.000001"}, ("weight_kg",)),
        ({"weight_kg": "39", "age_years": None}, ("weight_kg",)),
        # Adults with a height of 200 cm: a body mass index of 15 is 60 kg, of 45 is 180 kg.
        ({"weight_kg": "60", "height_cm": "200"}, ()),
        ({"weight_kg": "59.999999", "height_cm": "200"}, ("weight_kg", "height_cm")),
        ({"weight_kg": "180", "height_cm": "200"}, ()),
        ({"weight_kg": "180.000001", "height_cm": "200"}, ("weight_kg", "height_cm")),
        # 154 pounds taken for kilograms at 175 cm.
        ({"weight_kg": "154", "height_cm": "175"}, ("weight_kg", "height_cm")),
        # Under 18, at 100 cm: 10 to 40 kg; without a height nothing is unusual.
        ({"age_years": 17, "weight_kg": "10", "height_cm": "100"}, ()),
        ({"age_years": 17, "weight_kg": "9.9", "height_cm": "100"}, ("weight_kg", "height_cm")),
        ({"age_years": 17, "weight_kg": "40", "height_cm": "100"}, ()),
        ({"age_years": 17, "weight_kg": "40.1", "height_cm": "100"}, ("weight_kg", "height_cm")),
        ({"age_years": 17, "weight_kg": "5"}, ()),
        ({"age_years": 18, "weight_kg": "5"}, ("weight_kg",)),
        # Entered body surface area: 0.2 to 3 m² at any age.
        ({"bsa_m2": "0.2"}, ()),
        ({"bsa_m2": "0.199999"}, ("bsa_m2",)),
        ({"bsa_m2": "3"}, ()),
        ({"bsa_m2": "3.000001"}, ("bsa_m2",)),
        ({"weight_kg": None, "height_cm": "250"}, ()),
    ],
)
def test_unusual_measurements_are_named(
    library: Library, measurements: dict[str, Any], keys: tuple[str, ...]
) -> None:
    assert unusual(library, **measurements) == keys


def test_a_confirmed_measurement_is_not_unusual_any_more(library: Library) -> None:
    measurements = {"weight_kg": "154", "height_cm": "175"}
    assert unusual(library, **measurements, confirmed=["weight_kg"]) == ("height_cm",)
    assert unusual(library, **measurements, confirmed=["weight_kg", "height_cm"]) == ()
    assert unusual(library, bsa_m2="3.1", confirmed=["weight_kg"]) == ("bsa_m2",)


@pytest.mark.parametrize(
    ("weight", "noted"), [("63", True), ("63.000001", False), ("77", True), ("76.999999", False)]
)
def test_a_weight_that_moved_by_a_tenth_is_noted(
    library: Library, weight: str, noted: bool
) -> None:
    found = notes(library, weight_kg=weight, previous_weight_kg="70")
    assert ("weight_changed" in found) is noted


@pytest.mark.parametrize(
    ("entered", "noted"), [("2.2", False), ("2.200001", True), ("1.8", False), ("1.799999", True)]
)
def test_an_area_more_than_a_tenth_away_is_noted(
    library: Library, entered: str, noted: bool
) -> None:
    """200 cm and 72 kg are exactly 2 m² by Mosteller."""
    found = notes(library, weight_kg="72", height_cm="200", bsa_m2=entered)
    assert ("bsa_differs_from_calculated" in found) is noted


def test_contradictory_answers_are_noted(library: Library) -> None:
    lesions = {"lesion_status": ["resectable", "unresectable"]}
    assert "contradictory_answers" in notes(library, route="intralesional", facts=lesions)
    single = {"single_agent": True}
    assert "contradictory_answers" in notes(library, policy=BIRCH, regimen="til", facts=single)
    other = notes(library, policy=BIRCH, regimen="high_dose", facts=single)
    assert "contradictory_answers" not in other
    only = {"lesion_status": ["resectable", "borderline_resectable"]}
    assert "contradictory_answers" not in notes(library, route="intralesional", facts=only)


def test_an_answer_that_is_not_asked_for_contradicts_nothing(library: Library) -> None:
    """The window drops it, and a file that keeps it is judged as the window judges."""
    single = {"single_agent": True}  # Alder asks for it with renal cell carcinoma only
    assert "contradictory_answers" not in notes(library, regimen="til", facts=single)
    lesions = {"lesion_status": ["resectable", "unresectable"]}
    assert "contradictory_answers" not in notes(library, route="intravenous", facts=lesions)
    other_use = notes(library, indication="other", route="intralesional", facts=lesions)
    assert "contradictory_answers" not in other_use


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
    found = notes(library, policy=policy, date_of_service=day)
    assert ("policy_review_overdue" in found) is overdue


def test_a_result_by_a_policy_of_the_site_says_so_and_names_provider_and_hash(
    tmp_path: Path,
) -> None:
    site = site_in(tmp_path)
    path = taken(site, offered())
    library = load_all(site)
    note = notes(library, policy="third-health", indication="other")["site_policy"]
    assert (note.kind, note.citation) == ("caveat", "Aldesk input checks")
    assert PROVIDER in note.text
    assert hashlib.sha256(path.read_bytes()).hexdigest() in note.text
    assert "site_policy" not in notes(library)
    assert "site_policy" not in notes(library, policy=BIRCH)


def test_every_note_has_words_and_a_citation(library: Library) -> None:
    found = notes(library, weight_kg="154", height_cm="175", regimen="til", course={"number": 2})
    assert all(note.text and note.citation for note in found.values())
    assert {"another_course", "til_regimen_differs"} <= found.keys()


def test_notes_never_change_a_status(library: Library) -> None:
    plain = determine(library, case())
    noted = determine(
        library, case(weight_kg="154", height_cm="175", previous_weight_kg="70", bsa_m2="3.5")
    )
    assert plain.approval_status == noted.approval_status == "criteria_met"
