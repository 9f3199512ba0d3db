"""The lengths of approval that apply, by branch and condition; of several none is chosen."""

from datetime import date
from typing import Any

import pytest

from app.library import Library
from tests.engine.small_policies import HERE, asks, judged, kidney, small

SPREAD = {"metastatic_disease": True, "clear_cell_histology": False, "single_agent": False}
BOTH = {"metastatic_disease": True, "clear_cell_histology": True, "single_agent": True}


def length(branch: str | None = None, when: Any = None, **stated: Any) -> dict[str, Any]:
    more = {"branch": branch, "when": when}
    return {"citation": HERE, **stated, **{key: one for key, one in more.items() if one}}


@pytest.mark.parametrize(
    ("stated", "last_day"),
    [
        ({"months": 5}, date(2027, 4, 29)),
        ({"weeks": 3}, date(2026, 12, 20)),
        ({"days": 1}, date(2026, 11, 30)),
        ({"days": 90}, date(2027, 2, 27)),
        ({"doses": 6}, None),
        ({"cycles": 2}, None),
        ({"once": True}, None),
        ({"end_of_plan_year": True}, None),
        ({"not_stated": True}, None),
    ],
)
def test_a_period_follows_from_a_length_of_time(
    library: Library, stated: dict[str, Any], last_day: date | None
) -> None:
    found = judged(
        kidney(approval=length(**stated)), library, SPREAD, requested={"dose_iu": 49_000_000}
    )
    assert found.approval_status == "criteria_met"
    period = found.approval_period
    assert (None if period is None else period.end) == last_day
    [told] = found.approval_lengths
    assert (told.length, told.applies, told.branch, told.citation) == (
        stated, True, None, "Cedar 7: Here"
    )  # fmt: skip


def test_a_granted_end_counts_whatever_the_length(library: Library) -> None:
    granted = {"start": "2026-11-01", "end": "2026-12-24"}
    kinds: list[dict[str, Any]] = [{"doses": 6}, {"months": 5}]
    for stated in kinds:
        found = judged(kidney(approval=length(**stated)), library, SPREAD, authorization=granted)
        period = found.approval_period
        assert period is not None
        assert (period.start, period.end) == (date(2026, 11, 1), date(2026, 12, 24))


TWO = [length("spread", months=6), length("clear", weeks=13)]


@pytest.mark.parametrize(
    ("facts", "applies", "last_day"),
    [
        (SPREAD, [True, False], date(2027, 5, 29)),
        (BOTH | {"metastatic_disease": False}, [False, True], date(2027, 2, 28)),
        (BOTH, [True, True], None),  # the document does not say which
        ({"metastatic_disease": True}, [True, None], None),
    ],
)
def test_of_two_lengths_none_is_chosen(
    library: Library, facts: Any, applies: list[bool | None], last_day: date | None
) -> None:
    found = judged(kidney(approval=TWO), library, facts)
    assert [one.applies for one in found.approval_lengths] == applies
    assert [one.branch for one in found.approval_lengths] == ["spread", "clear"]
    assert (found.approval_period and found.approval_period.end) == last_day


def test_the_same_length_twice_is_one(library: Library) -> None:
    same = [length("spread", months=6), length("clear", months=6)]
    for facts in (BOTH, {"metastatic_disease": True}):
        found = judged(kidney(approval=same), library, facts)
        assert found.approval_period is not None
        assert found.approval_period.end == date(2027, 5, 29)


def test_no_length_is_told_where_the_criteria_are_not_met(library: Library) -> None:
    refused = {"metastatic_disease": False, "single_agent": False}
    assert judged(kidney(approval=TWO), library, refused).approval_lengths == ()


def test_the_possible_lengths_are_told_while_a_branch_is_open(library: Library) -> None:
    found = judged(kidney(approval=TWO), library, {})
    assert [one.applies for one in found.approval_lengths] == [None, None]
    assert found.approval_period is None


def test_a_length_may_have_a_condition(library: Library) -> None:
    medicaid = asks("of_medicaid", "line_of_business", any_of=["medicaid"])
    others = asks("of_others", "line_of_business", none_of=["medicaid"])
    data = kidney(approval=[length(months=3, when=medicaid), length("spread", others, months=9)])
    found = judged(data, library, SPREAD)
    assert [one.applies for one in found.approval_lengths] == [None, None]
    assert found.approval_period is None
    found = judged(data, library, SPREAD, line_of_business="medicaid")
    assert [one.applies for one in found.approval_lengths] == [True, False]
    found = judged(data, library, SPREAD, line_of_business="exchange")
    assert found.approval_period is not None
    assert found.approval_period.end == date(2027, 8, 29)


SHRANK = asks("tumor_shrinkage")


def test_a_renewal_has_its_own_length_or_the_first_one(library: Library) -> None:
    first, again = length(months=6), length(months=12)
    facts = SPREAD | {"tumor_shrinkage": True}
    for renewal, months in (
        ({"criteria": SHRANK, "approval": again}, 12),
        ({"criteria": SHRANK}, 6),
        ({"not_stated": True, "citation": HERE}, 6),
    ):
        data = kidney(approval=first, renewal=renewal)
        [told] = judged(data, library, facts, request_kind="renewal").approval_lengths
        assert told.length == {"months": months}
        [told] = judged(data, library, facts, request_kind="initial").approval_lengths
        assert told.length == {"months": 6}


def test_the_length_of_a_renewal_follows_its_branch(library: Library) -> None:
    renewal = {"criteria": SHRANK, "branch": "spread", "approval": length(months=12)}
    data = kidney(approval=length(months=6), renewal=renewal)
    both = BOTH | {"tumor_shrinkage": True}
    for facts, applies in (
        (SPREAD | {"tumor_shrinkage": True}, [True, False]),
        (both | {"metastatic_disease": False}, [False, True]),
    ):
        found = judged(data, library, facts, request_kind="renewal").approval_lengths
        assert [one.length for one in found] == [{"months": 12}, {"months": 6}]
        assert [one.applies for one in found] == applies


@pytest.mark.parametrize(
    ("approval", "day", "covered"),
    [
        (TWO, "2027-05-29", True),  # within the longer of the two
        (TWO, "2027-05-30", False),
        ([length("spread", months=6), length("clear", doses=6)], "2030-01-01", True),
        (length(doses=6), "2026-11-29", False),  # before its beginning
    ],
)
def test_an_end_that_was_not_granted_is_reckoned_by_what_can_apply(
    library: Library,
    approval: Any,
    day: str,
    covered: bool,  # a parameter
) -> None:
    start = {"start": "2026-11-30"}
    data = kidney(approval=approval)
    found = judged(data, library, BOTH, date_of_service=day, authorization=start)
    told = [note.text for note in found.notes if note.id == "authorization_does_not_cover"]
    assert bool(told) is not covered
    assert (found.approval_status == "information_missing") is not covered
    if not covered and day < "2026-11-30":
        assert told == [
            "The authorization (from Mon, Nov 30, 2026) does not cover Sun, Nov 29, 2026."
        ]


def test_for_a_use_that_is_not_listed_the_longest_length_counts(library: Library) -> None:
    start = {"start": "2026-01-10"}
    data = kidney(approval=TWO)
    found = judged(
        data, library, indication="other", date_of_service="2026-07-09", authorization=start
    )
    assert not [note for note in found.notes if note.id == "authorization_does_not_cover"]
    found = judged(
        data, library, indication="other", date_of_service="2026-07-10", authorization=start
    )
    assert [note for note in found.notes if note.id == "authorization_does_not_cover"]


@pytest.mark.parametrize(
    ("stated", "given", "words"),
    [
        ({"doses": 6}, {"doses": 6}, "An approval covers 6 doses; 6 doses so far, as entered."),
        ({"cycles": 2}, {"cycles": 1}, "An approval covers 2 cycles; 1 cycle so far, as entered."),
        ({"once": True}, {"lifetime_doses": 3},
         "The document approves this once; 3 doses in the patient's lifetime so far, as entered."),
        ({"doses": 6}, {}, None),
        ({"months": 6}, {"doses": 6}, None),
    ],
)  # fmt: skip
def test_what_was_given_so_far_is_told_beside_a_counted_approval(
    library: Library, stated: Any, given: Any, words: str | None
) -> None:
    data = kidney(approval=[length("spread", **stated), length("clear", days=9)])
    found = judged(data, library, SPREAD, given_before=given)
    told = [note.text for note in found.notes if note.id == "approval_given_so_far"]
    assert len(told) == (words is not None)
    assert all(one.startswith(str(words)) for one in told)
    assert found.approval_status == "criteria_met"


def test_no_review_is_due_where_no_interval_is_stated(library: Library) -> None:
    data = small(review={"not_stated": True})
    found = judged(data, library, SPREAD, date_of_service="2060-01-01")
    assert "policy_review_overdue" not in [note.id for note in found.notes]
