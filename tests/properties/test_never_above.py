"""No dose that leaves the program is above the policy's limit, whatever comes in.

The limit is computed a second time by `caps.py`. What leaves are the doses of a determination and
the numbers in the texts for people; there, only facts of the label, a rate and a requested dose
that is told to exceed may be larger.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from html import unescape
from typing import Any

import pytest

from app.casework.draft import Draft
from app.casework.outcome import Outcome, judge
from app.engine import evaluate
from app.library import Library
from app.model.case import Case
from app.model.case_json import read_case
from app.model.determination import Determination
from app.output.chart_note import chart_note
from app.output.plain_text import determination_text
from app.output.report import report_html, report_of
from app.output.result_texts import announcement
from tests.properties.caps import GRAFT, KIDNEY, LESION, RATES, SKIN
from tests.properties.dose_cases import VERSIONS, dose_cases

IU_OF_A_ML, MG_OF_A_ML = 18_000_000, Fraction("1.1")  # the label: after reconstitution
VIAL_IU, VIAL_BY_VOLUME_IU = 22_000_000, 21_600_000
LABEL_IU = {VIAL_IU, IU_OF_A_ML, 25_400_000, 60_000_000}  # the last two: the bags
UNIT_OF = {SKIN: "/kg", KIDNEY: "/kg", GRAFT: "/m²", LESION: " to each lesion"}
ALLOWED_RATES = {
    (UNIT_OF[use], rate) for version in VERSIONS.values() for use, rate in RATES[version].items()
}
NUMBER = re.compile(
    r"([0-9][0-9,]*) International Units?(/kg|/m²| to each lesion)?"
    r"(?: \((?:about )?([0-9,]+(?:\.[0-9]+)?) million\))?"
)
KINDS = {
    *("limit", "limit of the request", "within", "prepared", "drawn", "volume", "bag", "vials"),
    *("syringe", "counted", "measurable"),
}
ORDINARY, ORDINARY_SEEDS = 500, range(1, 5)
LONG, LONG_SEEDS = 25_000, range(101, 141)  # 1,000,000 in all
A_TEXT_EVERY = 20


def doses(found: Determination) -> Iterator[tuple[str, Fraction | int]]:
    """Yield every dose of a determination in International Units, exactly as it is told."""
    limit, prepared = found.dose_limit, found.preparation
    if limit is not None and limit.max_dose_iu is not None:
        yield "limit", limit.max_dose_iu
    for finding in found.request_check.findings:
        if finding.field == "dose_iu" and finding.limit is not None:
            yield "limit of the request", finding.limit
            if finding.result == "within":
                yield "within", finding.requested
    if prepared is not None:
        yield "prepared", prepared.dose_iu
        yield "drawn", prepared.volume_holds_iu
        yield "volume", Fraction(prepared.volume_ml) * IU_OF_A_ML
        mg = Fraction(prepared.concentration_mg_per_ml) * prepared.bag_ml
        yield "bag", mg / MG_OF_A_ML * IU_OF_A_ML
        yield "syringe", prepared.syringe_holds_iu
    if found.units is not None:
        yield "counted", found.units.dose_iu
        if found.units.measurable is not None:
            yield "measurable", found.units.measurable.holds_iu
            yield "syringe", found.units.measurable.syringe_holds_iu
        if found.units.whole_vials_within_limit is not None:
            yield "whole vials", found.units.whole_vials_within_limit.holds_iu
    if found.forecast is not None and found.forecast.dose_iu is not None:
        yield "vials", found.forecast.dose_iu


def too_large(found: Determination, cap: int | None, seen: Counter[str]) -> list[str]:
    """Return the doses that are above the limit; without a limit, every dose is."""
    wrong = []
    for kind, dose in doses(found):
        seen[kind] += 1
        if cap is None or dose > cap or (kind.startswith("limit") and dose != cap):
            wrong.append(f"{kind}: {dose}")
    return wrong


def texts(outcome: Outcome, found: Determination, library: Library) -> Iterator[str]:
    yield determination_text(found, library.catalog, outcome.draft.case)
    yield unescape(report_html(report_of(outcome, datetime(2026, 11, 24))))
    yield chart_note(outcome)
    yield announcement(outcome)


def told(text: str) -> Iterator[int]:
    """Yield the doses in a text; a figure in millions must not be above the number beside it."""
    for number, rate, millions in NUMBER.findall(text):
        units = int(number.replace(",", ""))
        if millions and Fraction(millions.replace(",", "")) * 1_000_000 > units:
            yield -1
        if (rate, units) not in ALLOWED_RATES:
            yield units


def told_too_large(one: Case, library: Library, cap: int | None) -> set[int]:
    outcome = judge(Draft.of(one), library)
    assert outcome.determination is not None
    allowed = LABEL_IU | _left_over(outcome.determination)
    asked = one.requested.dose_iu
    if asked is not None and (cap is None or asked > cap):
        allowed = allowed | {asked}
    every = {dose for text in texts(outcome, outcome.determination, library) for dose in told(text)}
    return {dose for dose in every - allowed if dose < 0 or cap is None or dose > cap}


def _left_over(found: Determination) -> set[int]:
    """Return what stays in the vials, which is no dose."""
    if found.preparation is None:
        return set()
    drawn = int(Fraction(found.preparation.volume_ml) * IU_OF_A_ML)
    return {found.preparation.vials_by_volume * VIAL_BY_VOLUME_IU - drawn}


def above(seed: int, count: int, library: Library) -> tuple[list[Any], Counter[str]]:
    policies = {policy.id: policy for policy in library.policies}
    wrong: list[Any] = []
    seen: Counter[str] = Counter()
    for place, (data, cap) in enumerate(dose_cases(seed, count)):
        one = read_case(data)
        found = evaluate(one, policies[one.policy], library.reference_data)
        if lines := too_large(found, cap, seen):
            wrong.append((data, cap, lines))
        if place % A_TEXT_EVERY == 0 and (numbers := told_too_large(one, library, cap)):
            wrong.append((data, cap, numbers))
    return wrong, seen


@pytest.mark.parametrize("seed", ORDINARY_SEEDS)
def test_no_dose_is_above_the_limit(seed: int, library: Library) -> None:
    wrong, seen = above(seed, ORDINARY, library)
    assert wrong == []
    assert {kind for kind in KINDS if seen[kind] >= ORDINARY / 20} == KINDS, seen


@pytest.mark.proof
@pytest.mark.parametrize("seed", LONG_SEEDS)
def test_no_dose_is_above_the_limit_for_very_many_inputs(seed: int, library: Library) -> None:
    wrong, _ = above(seed, LONG, library)
    assert wrong[:3] == []


def test_a_dose_that_is_told_one_unit_too_high_is_found() -> None:
    text = (
        "Maximum: 28,200,001 International Units (28.201 million), 400,000 International Units/kg"
    )
    assert list(told(text)) == [-1, 28_200_001]
    assert list(told("400,000 International Units/m²")) == [400_000]
