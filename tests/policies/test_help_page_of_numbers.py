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
from app.library import Library
from app.model.case import BsaFormula
from app.model.dosing import Dose
from app.model.eligibility import EligibilityStatus
from app.model.formatting import (
    bsa_in_words,
    date_in_words,
    decimal_in_words,
    dose_in_words,
)
from app.model.policy import Policy, Review
from app.output.phrases import STATUS, limit_rows
from tests.cases import determine
from tests.policies.cases import case
from tests.policies.help_page import FLOWING, PAGE, table
from tests.policies.versions import CIGNA, EXPRESS_SCRIPTS, the_two

WORKED = re.findall(r"(?m)^- ([0-9,]+ International Units(?:/| to).*)$", PAGE)
GVHD = {"indication": "graft_versus_host_disease", "route": "subcutaneous"}
FORMULAS = {"Gehan-George": "gehan_george", "Du Bois": "du_bois"}


@pytest.fixture(scope="module")
def library() -> Library:
    """The two versions that the page is about."""
    return the_two()


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
        assert isinstance(coverage.dosing, dict)
        for route, (dosing,) in coverage.dosing.items():
            assert isinstance(dosing.dose, Dose)
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


@pytest.mark.parametrize("row", table("Limit"), ids=lambda row: row[1])
def test_an_excess_is_the_engines(library: Library, row: list[str]) -> None:
    limit, dose, excess = row
    requested = {"dose_iu": int(dose.replace(",", ""))}
    [found] = determine(library, case(requested=requested)).request_check.findings
    assert f"{found.limit:,}" == limit
    assert found.excess_percent is not None
    assert f"{decimal_in_words(Decimal(found.excess_percent))}%" == excess


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
        coverage.approval[0].months
        for policy in library.policies
        for coverage in policy.coverage.values()
    }
    assert months == {int(found) for found in re.findall(r"runs for ([0-9]+) months", PAGE)}


def test_a_review_is_due_after_the_year_that_the_page_says(library: Library) -> None:
    assert "One year after the date of a version a note beside every result" in PAGE
    assert {
        policy.review.every_months
        for policy in library.policies
        if isinstance(policy.review, Review)
    } == {12}


def test_the_page_keeps_to_the_rules_of_display() -> None:
    assert not re.search(r"\bIU\b|\b[0-9.]+ ?M\b|[<>≥≤@™®]|\bTID\b|\bqd\b|\bcc\b", PAGE)
    assert not re.search(r"[^0-9]\.[0-9]|\b[0-9]+\.0\b", PAGE)
