"""One more answer never takes back what was known.

Strong Kleene logic: a criterion that is met or not met stays so, whatever becomes known; only
"unknown" may become anything. So a settled eligibility stays. What is missing are open answers
below unknown criteria alone: an answer settles criteria and unsettles none, so nothing is missing
after it that was not missing before, and it is never itself. An answer that was not missing has no
unknown criteria above it that it could settle: then status and missing answers stay as they are.
"""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any, get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.engine import evaluate
from app.library import Library
from app.library.policies import read_policies
from app.model.case import Case, Indication, Route
from app.model.case_json import read_case
from app.model.eligibility import Eligibility, Judged, children
from app.model.policy import Policy
from tests.any_case import YES_OR_NO, any_case
from tests.cases import case, eligibility_of
from tests.library.folders import GOOD
from tests.policy_mutants import CHOICES

Answer = bool | int | tuple[str, ...]
# Ages at and beside each limit of the fixture, each choice alone, and none of them.
AGES = (0, 20, 21, 24, 25, 29, 30, 34, 35, 85, 86, 130)
ANSWERS: list[tuple[str, Answer]] = [
    *(("age_years", age) for age in AGES),
    *((question, answer) for question in YES_OR_NO for answer in (False, True)),
    *((question, ()) for question in CHOICES),
    *((question, (choice,)) for question, choices in CHOICES.items() for choice in choices),
]
MEASUREMENTS = {"weight_kg": "70.5", "height_cm": "175", "bsa_m2": "1.73"}


@pytest.fixture(scope="module")
def policies(library: Library) -> tuple[Policy, ...]:
    """Return the fixture's policies and one that is built otherwise."""
    return (*library.policies, *read_policies([GOOD], library.catalog, library.reserved_notes))


def answering(case: Case, question: str, answer: Answer | None) -> Case:
    changed: dict[str, Any] = {question: answer}
    if question == "age_years":
        return replace(case, **changed)
    return replace(case, facts=replace(case.facts, **changed))


def nodes(judged: Judged) -> Iterator[Judged]:
    yield judged
    for child in children(judged):
        yield from nodes(child)


def taken_back(before: Eligibility, after: Eligibility, question: str) -> list[str]:
    """Return what was known, or not needed, before the answer to a question and no longer is."""
    pairs = zip(nodes(before.criteria), nodes(after.criteria), strict=True)
    lost = [
        one.id
        for one, other in pairs
        if one.id != other.id or one.result not in ("unknown", other.result)
    ]
    if before.status not in ("incomplete", after.status):
        lost.append("status")
    allowed = set(before.missing) - {question}
    lost += set(after.missing) - allowed
    if question not in before.missing and (before.status, before.missing) != (
        after.status,
        after.missing,
    ):
        lost.append("an answer without effect")
    return lost


def check(case: Case, policies: tuple[Policy, ...]) -> None:
    for policy in policies:
        judge = eligibility_of(policy)
        for question, answer in ANSWERS:
            if case.is_til and (question, answer) == ("single_agent", True):
                continue  # it contradicts the regimen, and counts as no answer
            without = answering(case, question, None)
            before = judge(without)
            after = judge(answering(case, question, answer))
            assert taken_back(before, after, question) == [], (without, policy.id, question, answer)


@settings(max_examples=40)
@given(one=any_case)
def test_no_answer_takes_back_a_criterion(policies: tuple[Policy, ...], one: Case) -> None:
    check(one, policies)


def likely_cases(seed: int, count: int) -> Iterator[Case]:
    """Yield cases that answer each question by chance with one of its telling answers, or not."""
    dice = Random(seed)  # noqa: S311
    for _ in range(count):
        one = read_case(
            case(
                indication=dice.choice(get_args(Indication)),
                route=dice.choice(get_args(Route)),
            )
        )
        for question in ("age_years", *YES_OR_NO, *CHOICES):
            answers = [answer for asked, answer in ANSWERS if asked == question]
            one = answering(one, question, dice.choice((None, *answers)))
        yield one


def test_no_answer_takes_back_a_criterion_of_a_likely_case(policies: tuple[Policy, ...]) -> None:
    for one in likely_cases(seed=1, count=120):
        check(one, policies)


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(2, 12))
def test_no_answer_takes_back_a_criterion_of_very_many_cases(
    policies: tuple[Policy, ...], seed: int
) -> None:
    for one in likely_cases(seed, count=1_000):
        check(one, policies)


def confirmed(one: Case) -> Case:
    """The case with every value confirmed that it has."""
    sure = replace(
        one.confirmed,
        weight_kg=one.weight_kg,
        height_cm=one.height_cm,
        bsa_m2=one.bsa_m2,
        requested__dose_iu=one.requested.dose_iu,
    )
    return replace(one, confirmed=sure)


@settings(max_examples=100)
@given(one=any_case, known=st.sampled_from(ANSWERS))
@example(one=read_case(case(weight_kg="2")), known=("age_years", 0))
def test_no_answer_takes_back_an_approval_status(
    library: Library, one: Case, known: tuple[str, Answer]
) -> None:
    """Both payers' rules for a request beyond the dosing agree with that.

    Every value is confirmed here: what is usual hangs on the age, so that a known age may let a
    value wait, or count, that was the other way round without one.
    """
    question, answer = known
    one = confirmed(one)
    for policy in library.policies:
        before, after = (
            evaluate(answering(one, question, each), policy, library.reference_data)
            for each in (None, answer)
        )
        assert before.approval_status in ("information_missing", after.approval_status)
        assert before.request_check == after.request_check
        assert before.dose_limit == after.dose_limit


@settings(max_examples=100)
@given(one=any_case, key=st.sampled_from(sorted(MEASUREMENTS)))
def test_no_measurement_takes_back_a_finding(library: Library, one: Case, key: str) -> None:
    """An area that is entered wins over a calculated one, so this holds while there is no limit."""
    measured = read_case(case(**MEASUREMENTS))
    unknown: dict[str, Any] = {key: None}
    known: dict[str, Any] = {key: getattr(measured, key)}
    for policy in library.policies:
        before = evaluate(replace(one, **unknown), policy, library.reference_data)
        after = evaluate(replace(one, **known), policy, library.reference_data)
        assert before.eligibility == after.eligibility
        if before.dose_limit is None or after.dose_limit is None:
            assert before.request_check == after.request_check
            continue
        if before.dose_limit.max_dose_iu is not None:
            continue
        assert set(after.dose_limit.missing) <= set(before.dose_limit.missing) - {key}
        for found, later in zip(
            before.request_check.findings, after.request_check.findings, strict=True
        ):
            assert later == found or found.result == "unknown"
