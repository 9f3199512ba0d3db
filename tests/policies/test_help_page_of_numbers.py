"""Every worked figure of the help page is computed anew, so that the page cannot go stale.

The page tells what the two shipped documents give, of May 1, 2026 and of February 5, 2025.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest

from app.engine.bsa import PRECISION, body_surface_area_m2
from app.engine.status import approval_status
from app.files.json_forms import case_schema
from app.library import RESOURCES, Library
from app.model.case import BSA, HEIGHT, WEIGHT, BsaFormula
from app.model.determination import Eligibility, JudgedComparison, RequestCheck
from app.model.formatting import bsa_in_words, date_in_words, dose_in_words, span_in_words
from app.model.formatting import time_in_words as at
from app.model.policy import Policy
from app.model.treatment import CycleSchedule
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
    one, two = plan.cycles
    assert {row[0]: row[column] for row in table("What")} == {
        "first dose": at(one.doses[0]),
        "last dose of cycle 1": at(one.doses[-1]),
        f"rest of {plan.rest.days} days": span_in_words(plan.rest.first_day, plan.rest.last_day),
        "first dose of cycle 2": at(two.doses[0]),
        "last dose of cycle 2": at(two.doses[-1]),
        f"rest of {plan.course_rest.days} days": span_in_words(
            plan.course_rest.first_day, plan.course_rest.last_day
        ),
        "another course, at the earliest": date_in_words(plan.next_course_earliest),
    }


def test_the_permitted_dates_are_the_engines(library: Library) -> None:
    cycles = [
        {"number": number, "doses_given": 9, "first_dose_at": first, "last_dose_at": last}
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
    by_label = date_in_words(check.next_course_by_discharge or date.min)
    assert f"from Mon, Dec 14, 2026 on to {by_label}." in FLOWING


@pytest.mark.parametrize("row", table("Requested"))
def test_a_preparation_is_the_engines(library: Library, row: list[str]) -> None:
    requested = {"dose_iu": int(row[0].replace(",", ""))}
    found = determine(library, case(weight_kg="110", requested=requested)).preparation
    assert found is not None
    assert row == [
        f"{found.dose_iu:,}",
        f"{Decimal(found.volume_ml).normalize():f} mL",
        f"{found.volume_holds_iu:,}",
        str(found.vials_by_content),
        str(found.vials_by_volume),
        f"{found.bag_ml} mL",
    ]


def test_the_forecast_is_the_engines(library: Library) -> None:
    planned = case(course={"first_dose_at": "2026-11-23T08:00"})
    found = determine(library, planned).forecast
    assert found is not None
    told = f"{len(found.courses)} courses can begin: {found.total_doses} doses,"
    assert f"{told} {found.total_vials} vials for 70.5 kg." in FLOWING


def test_interval_doses_and_rests_in_the_text_are_those_of_the_plan(library: Library) -> None:
    plan = schedule(library, "2026-11-23T08:00")
    for words in (
        f"**every {plan.interval_hours} hours**",
        f"**{len(plan.cycles[0].doses)} doses**",
        f"**{plan.rest.days} whole dates**",
        f"**{plan.course_rest.days} whole dates**",
    ):
        assert words in PAGE


def test_the_milligram_figure_is_the_policies(library: Library) -> None:
    limit = determine(library, case()).dose_limit
    assert limit is not None
    assert set(re.findall(r"[0-9.]+ mg/kg", PAGE)) == {limit.also_stated_as}


CRITERIA = {
    "not met, or the use is not listed": ("not_met", "not_covered"),
    "met": ("met",),
    "not known yet": ("incomplete",),
}
REQUEST = {
    "any": ("not_requested", "within_limits", "exceeds_limits", "incomplete", "no_regimen"),
    "nothing requested, or all within the limits": ("not_requested", "within_limits"),
    "cannot be checked yet": ("incomplete",),
    "beyond a limit, or no dosing documented": ("exceeds_limits", "no_regimen"),
    "otherwise": ("not_requested", "within_limits", "incomplete"),
}


def test_the_table_of_statuses_is_complete_and_the_engines(library: Library) -> None:
    judged = JudgedComparison("a", "A", "unknown", "age_years", None, {}, "")
    told = 0
    for criteria, request, *statuses in table("Criteria"):
        for policy_id, words in zip((CIGNA, EXPRESS_SCRIPTS), statuses, strict=True):
            for eligibility in CRITERIA[criteria]:
                for checked in REQUEST[request]:
                    status = approval_status(
                        Eligibility(eligibility, judged, ()),  # type: ignore[arg-type]
                        RequestCheck(checked, ()),  # type: ignore[arg-type]
                        library.versions(policy_id)[-1],
                    )
                    assert STATUS[status] == words, (criteria, request, policy_id)
                    told += 1
    assert told == 4 * 5 * 2


@pytest.mark.parametrize("row", table("First day"), ids=lambda row: row[0])
def test_the_approval_periods_are_the_engines(library: Library, row: list[str]) -> None:
    start = {date_in_words(day): day for day in (date(2026, 11, 23), date(2028, 2, 29))}[row[0]]
    period = determine(library, case(authorization={"start": start.isoformat()})).approval_period
    assert period is not None
    assert row == [date_in_words(period.start), date_in_words(period.end)]
    months = {
        coverage.approval.months
        for policy in library.policies
        for coverage in policy.coverage.values()
    }
    assert months == {int(found) for found in re.findall(r"runs for ([0-9]+) months", PAGE)}


def test_a_review_is_due_after_the_year_that_the_page_says(library: Library) -> None:
    assert "One year after the date of a version, a review is due" in PAGE
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
    ranges = [usual.adult_bmi, usual.adult_weight_kg, usual.child_bmi, usual.bsa_m2]
    rows = table("What is looked at")
    assert [(Decimal(row[1]), Decimal(row[2])) for row in rows] == [
        (one.low, one.high) for one in ranges
    ]
    assert all(str(usual.adult_from_years) in row[0] for row in rows[:3])
    assert f"area more than {usual.bsa_may_differ_percent}% away" in PAGE
    assert f"A weight {usual.weight_changed_percent}% or more away" in FLOWING


def test_the_body_mass_index_of_pounds_is_worked_out_right() -> None:
    found = re.search(r"([0-9.]+) at ([0-9.]+) cm is a body mass index of ([0-9]+\.[0-9])", FLOWING)
    assert found is not None
    weight, height, index = (Decimal(one) for one in found.groups())
    assert round(weight / (height / 100) ** 2, 1) == index


def test_the_page_keeps_to_the_rules_of_display() -> None:
    assert not re.search(r"\bIU\b|\b[0-9.]+ ?M\b|[<>≥≤@™®]|\bTID\b|\bqd\b|\bcc\b", PAGE)
    assert not re.search(r"[^0-9]\.[0-9]|\b[0-9]+\.0\b", PAGE)
