"""Every worked figure of the help page is computed anew, so that the page cannot go stale.

The page tells what the two shipped documents give, of May 1, 2026 and of February 5, 2025.
"""

import re
from datetime import date, datetime
from decimal import ROUND_FLOOR, Decimal
from typing import Any, get_args

import pytest

from app.engine.bsa import PRECISION, body_surface_area_m2
from app.engine.status import approval_status
from app.files.json_forms import case_schema
from app.library import RESOURCES, Library
from app.model.case import BSA, HEIGHT, WEIGHT, BsaFormula
from app.model.determination import EligibilityStatus
from app.model.formatting import (
    bsa_in_words,
    date_in_words,
    decimal_in_words,
    dose_in_words,
    span_in_words,
)
from app.model.formatting import time_in_words as at
from app.model.policy import Policy
from app.model.quantities import POUNDS
from app.model.treatment import CycleSchedule, Preparation
from app.output.phrases import STATUS, limit_rows
from tests.cases import determine
from tests.policies.cases import case
from tests.policies.versions import CIGNA, EXPRESS_SCRIPTS, the_two

PAGE = (RESOURCES / "help" / "how-numbers-are-made.md").read_text("utf-8")
FLOWING = " ".join(PAGE.split())  # wherever its lines are broken
WORKED = re.findall(r"(?m)^- ([0-9,]+ International Units(?:/| to).*)$", PAGE)
GVHD = {"indication": "graft_versus_host_disease", "route": "subcutaneous"}
FORMULAS = {"Gehan-George": "gehan_george", "Du Bois": "du_bois"}


@pytest.fixture(scope="module")
def library() -> Library:
    """The two versions that the page is about."""
    return the_two()


def table(first_heading: str) -> list[list[str]]:
    """The rows of the table whose first column has this heading."""
    lines = PAGE.splitlines()
    [start] = [place for place, line in enumerate(lines) if line.startswith(f"| {first_heading} |")]
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def worked_case(line: str) -> dict[str, Any]:
    """The case that a worked line is about, from the numbers in it."""
    if "lesion" in line:
        return case(route="intralesional")
    if weight := re.search(r"× ([0-9.]+) kg", line):
        return case(weight_kg=weight[1])
    if entered := re.search(r"× ([0-9.]+) m² \(entered\)", line):
        return case(**GVHD, bsa_m2=entered[1])
    found = re.search(r"\((\w+), ([0-9.]+) cm and ([0-9.]+) kg", line)
    assert found is not None, line
    formula, height, weight_kg = found.groups()
    return case(**GVHD, bsa_formula=formula.lower(), height_cm=height, weight_kg=weight_kg)


def test_there_is_a_worked_line_for_each_way_to_a_dose() -> None:
    assert len(WORKED) == 5
    assert {re.sub("[0-9,.]+", "", line)[:24] for line in WORKED} == {
        " International Units/kg ",
        " International Units to ",
        " International Units/m² ",
    }


@pytest.mark.parametrize("line", WORKED)
def test_a_worked_line_is_what_the_engine_says(library: Library, line: str) -> None:
    limit = determine(library, worked_case(line)).dose_limit
    assert limit is not None
    assert limit.basis == line


def test_every_number_of_international_units_is_held_by_a_test() -> None:
    unconfirmed = "\n".join([*WORKED, *(row[2] for row in table("Use and route"))])
    figures = re.findall(r"[0-9][0-9,.]* International Units", PAGE)
    assert figures
    assert all(figure in unconfirmed for figure in figures)


@pytest.mark.parametrize("policy_id", [CIGNA, EXPRESS_SCRIPTS])
def test_the_limits_are_those_of_each_policy_with_their_places(
    library: Library, policy_id: str
) -> None:
    assert table("Use and route") == list(documented(library, library.versions(policy_id)[-1]))


def documented(library: Library, policy: Policy) -> list[list[str]]:
    """Every limit of a policy in the words of the page."""
    rows = []
    for indication, coverage in policy.coverage.items():
        for route, dosing in coverage.dosing.items():
            use = f"{coverage.name}, {route}"
            unit = dosing.dose.per.replace("m2", "m²")
            dose = f"{dose_in_words(dosing.dose.iu)} for each {unit}"
            rows.append([use, "Dose", dose, str(dosing.dose.citation)])
            data = case(policy=policy.id, indication=indication, route=route)
            limit = determine(library, data).dose_limit
            assert limit is not None
            rows += [
                [use, one.label, one.text, one.citation.removeprefix(f"{policy.document}: ")]
                for one in limit_rows(limit)
            ]
    return rows


def formula_of(name: str) -> BsaFormula:
    [found] = [one for one in get_args(BsaFormula) if one == FORMULAS.get(name, name.lower())]
    formula: BsaFormula = found
    return formula


def test_every_formula_is_on_the_page() -> None:
    assert {formula_of(row[0]) for row in table("Formula")} == set(get_args(BsaFormula))


@pytest.mark.parametrize("row", table("Formula"), ids=lambda row: row[0])
def test_the_area_of_a_formula_is_the_engines(row: list[str]) -> None:
    assert "For 175 cm and 70.5 kg" in PAGE
    area = body_surface_area_m2(formula_of(row[0]), Decimal(175), Decimal("70.5"))
    assert row[2] == bsa_in_words(area)


@pytest.mark.parametrize("row", table("Formula"), ids=lambda row: row[0])
@pytest.mark.parametrize("height", ["50", "131", "200"])
@pytest.mark.parametrize("weight", ["3.5", "28.4", "180"])
def test_the_formula_as_written_gives_the_engines_area(
    row: list[str], height: str, weight: str
) -> None:
    size = {"H": Decimal(height), "W": Decimal(weight), "G": Decimal(weight) * 1000}
    area = body_surface_area_m2(formula_of(row[0]), size["H"], size["W"])
    assert abs(as_written(row[1], size) - area) < Decimal("1e-20")


def as_written(formula: str, size: dict[str, Decimal]) -> Decimal:
    """The value of a formula in the page's own notation."""
    if root := re.fullmatch(r"square root of \(H × W ÷ ([0-9]+)\)", formula):
        return PRECISION.sqrt(PRECISION.divide(size["H"] * size["W"], Decimal(root[1])))
    result = Decimal(1)
    for part in formula.partition(", with")[0].split(" × ", 2):
        base, _, power = part.partition("^")
        if not power:
            value = Decimal(base)
        elif boyd := re.fullmatch(r"\(([0-9.]+) − ([0-9.]+) × log10 G\)", power):
            exponent = Decimal(boyd[1]) - Decimal(boyd[2]) * PRECISION.log10(size["G"])
            value = PRECISION.power(size[base], exponent)
        else:
            value = PRECISION.power(size[base], Decimal(power))
        result = PRECISION.multiply(result, value)
    return result


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


@pytest.mark.parametrize("row", table("Limit"), ids=lambda row: row[1])
def test_an_excess_is_the_engines(library: Library, row: list[str]) -> None:
    limit, dose, excess = row
    requested = {"dose_iu": int(dose.replace(",", ""))}
    [found] = determine(library, case(requested=requested)).request_check.findings
    assert f"{found.limit:,}" == limit
    assert found.excess_percent is not None
    assert f"{decimal_in_words(Decimal(found.excess_percent))}%" == excess


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
    for words in (
        f"**every {plan.interval_hours} hours**",
        f"**{len(plan.cycles[0].doses)} doses**",
        f"**{plan.rest.days if plan.rest else 0} whole dates**",
        f"**{plan.course_rest.days} whole dates**",
    ):
        assert words in PAGE


def test_the_milligram_figure_is_the_policies(library: Library) -> None:
    limit = determine(library, case()).dose_limit
    assert limit is not None
    assert set(re.findall(r"[0-9.]+ mg/kg", PAGE)) == {limit.also_stated_as}


CRITERIA: dict[str, tuple[EligibilityStatus, ...]] = {
    "not met, or the use is not listed": ("not_met", "not_covered"),
    "met": ("met",),
    "not known yet": ("incomplete",),
}
# Whether something is beyond a limit, and whether something waits.
SITUATIONS = {
    "any": ((False, False), (False, True), (True, False), (True, True)),
    "nothing requested, or all within the limits": ((False, False),),
    "cannot be checked yet, or something waits to be confirmed": ((False, True),),
    "beyond a limit, or no dosing documented": ((True, False), (True, True)),
    "otherwise": ((False, False), (False, True)),
}


def test_the_table_of_statuses_is_complete_and_the_engines(library: Library) -> None:
    told = 0
    for criteria, situation, *statuses in table("Criteria"):
        for policy_id, words in zip((CIGNA, EXPRESS_SCRIPTS), statuses, strict=True):
            policy = library.versions(policy_id)[-1]
            for eligibility in CRITERIA[criteria]:
                for beyond, waiting in SITUATIONS[situation]:
                    status = approval_status(
                        eligibility, policy, is_beyond=beyond, is_waiting=waiting, is_covered=True
                    )
                    assert STATUS[status] == words, (criteria, situation, policy_id)
                    told += 1
    assert told == 4 * 4 * 2


def test_an_authorization_that_covers_not_takes_the_status_that_the_page_says(
    library: Library,
) -> None:
    found = determine(library, case(authorization={"end": "2026-11-22"}))
    words = "gives {} where the status would be {}."
    assert words.format(STATUS[found.approval_status], STATUS["criteria_met"]) in FLOWING


@pytest.mark.parametrize("row", table("First day"), ids=lambda row: row[0])
def test_the_approval_periods_are_the_engines(library: Library, row: list[str]) -> None:
    start = {date_in_words(day): day for day in (date(2026, 11, 23), date(2028, 2, 29))}[row[0]]
    granted = {"date_of_service": f"{start}", "authorization": {"start": f"{start}"}}
    period = determine(library, case(**granted)).approval_period
    assert period is not None
    assert row == [date_in_words(period.start), date_in_words(period.end)]
    months = {
        coverage.approval.months
        for policy in library.policies
        for coverage in policy.coverage.values()
    }
    assert months == {int(found) for found in re.findall(r"runs for ([0-9]+) months", PAGE)}


def test_a_review_is_due_after_the_year_that_the_page_says(library: Library) -> None:
    assert "One year after the date of a version a note beside every result" in PAGE
    assert {policy.review.every_months for policy in library.policies} == {12}


def test_the_bounds_of_the_entries_are_those_of_a_case(library: Library) -> None:
    age = case_schema()["properties"]["age_years"]["anyOf"][0]
    label = library.catalog.label
    assert {name: (Decimal(low), Decimal(high)) for name, low, high in table("Entry")} == {
        label("age_years"): (age["minimum"], age["maximum"]),
        label("weight_kg"): (WEIGHT.low, WEIGHT.high),
        label("height_cm"): (HEIGHT.low, HEIGHT.high),
        label("bsa_m2"): (BSA.low, BSA.high),
    }


def test_the_unusual_measurements_are_those_of_the_checks(library: Library) -> None:
    usual = library.reference_data.checks.plausibility
    ranges = [usual.adult_bmi, usual.adult_weight_kg, *usual.infant_weight_kg, usual.bsa_m2]
    rows = table("What is looked at")
    assert [(Decimal(row[1]), Decimal(row[2])) for row in rows] == [
        (one.low, one.high) for one in ranges
    ]
    assert all(str(usual.adult_from_years) in row[0] for row in rows[:2])
    for words in (
        f"area more than {usual.bsa_may_differ_percent}% away",
        f"height below {usual.adult_height_cm} cm without an age waits",
        f"A weight more than {usual.weight_may_differ_percent}% away",
        f"From {usual.weight_changed_percent}% on a note says so",
    ):
        assert words in FLOWING
    assert usual.small_dose_percent == 10
    assert "A requested dose of at most a tenth of the known limit waits" in FLOWING


@pytest.mark.parametrize("row", table("Age"), ids=lambda row: row[0])
def test_the_bounds_of_a_child_are_those_of_the_checks(library: Library, row: list[str]) -> None:
    usual, age = library.reference_data.checks.plausibility, int(row[0])
    index, weight = usual.child_bmi(age), usual.child_weight_kg(age)
    bounds = [index.low, index.high, weight.low, weight.high]
    assert row[1:] == [decimal_in_words(one) for one in bounds]


def test_every_age_of_a_child_is_on_the_page(library: Library) -> None:
    usual = library.reference_data.checks.plausibility
    ages = range(usual.child_from_years, usual.adult_from_years)
    assert [int(row[0]) for row in table("Age")] == list(ages)
    index, weight = usual.child_bmi_percent, usual.child_weight_percent
    assert (
        f"{index.of_5th}% of the 5th and {index.of_95th}% of the 95th percentile of body mass "
        f"index, or without a height {weight.of_5th}% and {weight.of_95th}% of those of weight"
    ) in FLOWING


def test_what_no_bound_can_tell_is_worked_out_right(library: Library) -> None:
    """Pounds are 2.2046 times the kilograms: of an index of 18.1 they make one of 39.9."""
    usual = library.reference_data.checks.plausibility
    index = re.search(r"true index up to ([0-9.]+)", FLOWING)
    weight = re.search(r"adults of up to ([0-9.]+) kg without a height", FLOWING)
    assert index is not None
    assert weight is not None
    for told, most in ((index[1], usual.adult_bmi.high), (weight[1], usual.adult_weight_kg.high)):
        assert Decimal(told) == (most * POUNDS.factor).quantize(Decimal("0.1"), ROUND_FLOOR)


def test_the_body_mass_index_of_pounds_is_worked_out_right() -> None:
    found = re.search(r"([0-9.]+) at ([0-9.]+) cm is a body mass index of ([0-9]+\.[0-9])", FLOWING)
    assert found is not None
    weight, height, index = (Decimal(one) for one in found.groups())
    assert round(weight / (height / 100) ** 2, 1) == index


def test_the_page_keeps_to_the_rules_of_display() -> None:
    assert not re.search(r"\bIU\b|\b[0-9.]+ ?M\b|[<>≥≤@™®]|\bTID\b|\bqd\b|\bcc\b", PAGE)
    assert not re.search(r"[^0-9]\.[0-9]|\b[0-9]+\.0\b", PAGE)
