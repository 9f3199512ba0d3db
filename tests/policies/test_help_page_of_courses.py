"""Every figure of the help page about courses, preparation and forecast is computed anew.

They are those of the two shipped documents, of May 1, 2026 and of February 5, 2025.
"""

from datetime import date, datetime
from decimal import ROUND_FLOOR, Decimal
from typing import Any

import pytest

from app.library import Library
from app.model.formatting import (
    date_in_words,
    span_in_words,
)
from app.model.formatting import time_in_words as at
from app.model.supply import Preparation
from app.model.treatment import CycleSchedule
from tests.cases import determine
from tests.policies.cases import case
from tests.policies.help_page import FLOWING, PAGE, table
from tests.policies.versions import the_two


@pytest.fixture(scope="module")
def library() -> Library:
    """The two versions that the page is about."""
    return the_two()


def schedule(library: Library, first_dose_at: str) -> CycleSchedule:
    found = determine(library, case(course={"first_dose_at": first_dose_at})).schedule
    assert isinstance(found, CycleSchedule)
    return found


@pytest.mark.parametrize(("column", "clock"), [(1, "08:00"), (2, "20:00")])
def test_the_dates_of_the_schedule_are_the_engines(
    library: Library, column: int, clock: str
) -> None:
    plan = schedule(library, f"2026-11-23T{clock}")
    (one, two), rest = plan.cycles, plan.rest
    assert rest is not None
    assert plan.course_rest is not None
    assert plan.next_course_earliest is not None
    assert {row[0]: row[column] for row in table("What")} == {
        "first dose": at(one.doses[0]),
        "last dose of cycle 1": at(one.doses[-1]),
        f"rest of {rest.days} days": span_in_words(rest.first_day, rest.last_day),
        "first dose of cycle 2": at(two.doses[0]),
        "last dose of cycle 2": at(two.doses[-1]),
        f"rest of {plan.course_rest.days} days": span_in_words(
            plan.course_rest.first_day, plan.course_rest.last_day
        ),
        "another course, at the earliest": date_in_words(plan.next_course_earliest),
    }


def test_the_permitted_dates_are_the_engines(library: Library) -> None:
    cycles = [
        {
            "number": number,
            "doses_given": 9,
            "first_dose_at": first,
            "last_dose_at": last,
            "over": True,
        }
        for number, first, last in (
            (1, "2026-11-23T08:00", "2026-11-27T16:00"),
            (2, "2026-12-07T08:00", "2026-12-11T16:00"),
        )
    ]
    course = {
        "cycles": cycles,
        "previous_last_dose_on": "2026-10-01",
        "discharge_date": "2026-12-14",
    }
    check = determine(library, case(course=course)).course_check
    assert check is not None
    assert [(row[1], row[4]) for row in table("Last dose of")] == [
        ("Fri, Nov 27, 2026", date_in_words(check.second_cycle_earliest or date.min)),
        ("Fri, Dec 11, 2026", date_in_words(check.next_course_earliest or date.min)),
        ("Thu, Oct 1, 2026", date_in_words(check.this_course_earliest or date.min)),
    ]
    by_label = date_in_words(check.by_discharge or date.min)
    assert f"from Mon, Dec 14, 2026 on to {by_label}." in FLOWING
    hours = library.reference_data.label.dose_interval.hours
    allowance = library.reference_data.checks.plausibility.charted_time_hours
    assert f"than the label's {hours} hours, by more than {allowance} hour in all" in FLOWING


@pytest.mark.parametrize("row", table("Given"), ids=lambda row: f"{row[0]} and {row[2]}")
def test_what_is_still_planned_is_the_engines(library: Library, row: list[str]) -> None:
    given, last, held, left, first, until = row
    assert "From a first dose on Mon, Nov 23, 2026, 08:00" in FLOWING
    told: dict[str, Any] = {"number": 1, "doses_given": int(given), "doses_held": int(held)}
    if last:
        at_last = datetime.strptime(last, "%a, %b %d, %Y, %H:%M")  # noqa: DTZ007
        times = ("2026-11-23T08:00", f"{at_last:%Y-%m-%dT%H:%M}")
        told |= dict(zip(("first_dose_at", "last_dose_at"), times, strict=True))
    course = {"first_dose_at": "2026-11-23T08:00", "cycles": [told]}
    plan = determine(library, case(course=course)).schedule
    assert isinstance(plan, CycleSchedule)
    doses = plan.cycles[0].doses
    assert [left, first, until] == [str(len(doses)), at(doses[0]), at(doses[-1])]


def test_seven_weeks_to_the_day_is_no_violation(library: Library) -> None:
    course = {"previous_last_dose_on": "2026-10-01", "first_dose_at": "2026-11-19T08:00"}
    check = determine(library, case(course=course)).course_check
    assert check is not None
    assert [one.kind for one in check.findings] == ["advisory"]


def prepared(library: Library, dose: str) -> Preparation:
    """The preparation of a dose, for 110 kg."""
    requested = {"dose_iu": int(dose.replace(",", ""))}
    found = determine(library, case(weight_kg="110", requested=requested)).preparation
    assert found is not None
    return found


def in_ml(volume_ml: str) -> str:
    return f"{Decimal(volume_ml).normalize():f} mL"


@pytest.mark.parametrize("row", table("Requested | Volume"), ids=lambda row: row[0])
def test_a_preparation_is_the_engines(library: Library, row: list[str]) -> None:
    found = prepared(library, row[0])
    assert row == [
        f"{found.dose_iu:,}",
        in_ml(found.volume_ml),
        f"{found.volume_holds_iu:,}",
        in_ml(found.syringe_volume_ml),
        str(found.vials_by_content),
        str(found.vials_by_volume),
        in_ml(found.left_over_ml),
        f"{found.bag_ml} mL",
    ]


@pytest.mark.parametrize("row", table("Requested | Milligrams"), ids=lambda row: row[0])
def test_a_concentration_is_the_engines(library: Library, row: list[str]) -> None:
    found = prepared(library, row[0])
    milligrams = Decimal(found.dose_iu) * Decimal("1.1") / 18_000_000
    assert row == [
        f"{found.dose_iu:,}",
        f"{milligrams.quantize(Decimal('0.0001'), ROUND_FLOOR)}",
        f"{found.concentration_mg_per_ml} mg/mL",
        f"{found.concentration_with_drug_mg_per_ml} mg/mL",
        "yes" if found.concentration_outside_label else "no",
    ]
    usual = library.reference_data.label.preparation.dilution.mg_per_ml
    assert f"outside {usual.low} mg/mL to {usual.high} mg/mL" in FLOWING


def test_the_share_of_whole_vials_is_that_of_the_checks(library: Library) -> None:
    percent = library.reference_data.checks.plausibility.whole_vials_percent
    assert f"where they hold at least {percent}% of it" in FLOWING


def test_the_forecast_is_the_engines(library: Library) -> None:
    planned = case(course={"first_dose_at": "2026-11-23T08:00"})
    found = determine(library, planned).forecast
    assert found is not None
    first, *others = found.courses
    assert (
        f"this course has {first.doses} doses and {first.vials} vials for 70.5 kg, and "
        f"{len(others)} more can begin: {found.total_doses} doses and {found.total_vials} vials in "
        "all."
    ) in FLOWING


def test_interval_doses_and_rests_in_the_text_are_those_of_the_plan(library: Library) -> None:
    plan = schedule(library, "2026-11-23T08:00")
    assert plan.course_rest is not None
    for words in (
        f"**every {plan.interval_hours} hours**",
        f"**{len(plan.cycles[0].doses)} doses**",
        f"**{plan.rest.days if plan.rest else 0} whole dates**",
        f"**{plan.course_rest.days} whole dates**",
    ):
        assert words in PAGE
