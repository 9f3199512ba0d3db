"""The program and the second computation agree on every combination of answers, use by use.

Which questions a use asks is told by the second computation, not by the program.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

import pytest

from app.library import Library
from tests.policies.independent.basics import (
    CIGNA,
    CRITERIA,
    EXPRESS,
    FIRST_DAY,
    GVHD,
    IL,
    IV,
    MELANOMA,
    RENAL,
    SC,
    Case,
)
from tests.policies.independent.comparing import report
from tests.policies.independent.criteria import contradicted, eligibility
from tests.policies.independent.generator import LESS_HELPFUL, LISTS, YES_OR_NO
from tests.policies.independent.test_agreement import disagreements

Place = tuple[str, ...]  # policy, indication, route
Answers = dict[str, list[Any]]  # to each question, the first the fullest yes, the second a no
PLACES = list(product((CIGNA, EXPRESS), (MELANOMA, RENAL, GVHD, "other"), (IV, IL, SC)))
CHOICES = {name: items + LESS_HELPFUL.get(name, ["other"]) for name, items in LISTS.items()}


def subsets(items: list[str]) -> list[list[str]]:
    return [list(some) for size in range(len(items) + 1) for some in combinations(items, size)]


PLAIN: Answers = {"age_years": [18, 17]} | {name: [True, False] for name in YES_OR_NO}
SOME = PLAIN | {n: [items, [], *([one] for one in items)] for n, items in CHOICES.items()}
EVERY = PLAIN | {n: [items, *subsets(items)[:-1]] for n, items in CHOICES.items()}


def asked_at(place: Place) -> list[str]:
    criteria = CRITERIA.get(place) or CRITERIA.get((place[1],))
    lines = criteria.split("; ") if criteria else []
    return [part.split(": ")[0] for line in lines for part in line.split(" or ")]


def case_at(place: Place, answers: dict[str, Any]) -> Case:
    policy, indication, route = place
    case = {"policy": policy, "indication": indication, "route": route}
    facts = {name: answer for name, answer in answers.items() if name != "age_years"}
    known = {"age_years": answers.get("age_years"), "facts": facts}
    return case | {"date_of_service": str(FIRST_DAY[policy])} | known


def cases_at(place: Place, answers: Answers) -> Iterator[Case]:
    """Each question of the place open or answered; all others together open, yes or no."""
    asked = asked_at(place)
    others = [name for name in answers if name not in asked]
    foreign = [{}, *({name: answers[name][i] for name in others} for i in (0, 1))]
    for rest, filled in product(foreign, product(*([None, *answers[name]] for name in asked))):
        yield case_at(place, rest | dict(zip(asked, filled, strict=True)))


@pytest.mark.parametrize("place", PLACES, ids="-".join)
def test_the_program_agrees_on_every_combination(place: Place, library: Library) -> None:
    found = disagreements(cases_at(place, SOME), library)
    assert not found, report(found)


@pytest.mark.proof
@pytest.mark.parametrize("place", PLACES, ids="-".join)
def test_the_program_agrees_on_every_subset_of_choices(place: Place, library: Library) -> None:
    found = disagreements(cases_at(place, EVERY), library)
    assert not found, report(found)


@pytest.mark.parametrize("place", PLACES, ids="-".join)
def test_missing_is_each_open_answer_that_can_still_change_the_status(place: Place) -> None:
    """The words of the contract, tried out: every way to fill what is open, by place in a list.

    An answer that contradicts itself is as open as none.
    """
    asked = asked_at(place)
    each = [range(len(SOME[name])) for name in asked]
    sound = [
        [i for i in places if not contradicted(case_at(place, {name: SOME[name][i]}))]
        for name, places in zip(asked, each, strict=True)
    ]

    def judged(filled: tuple[int | None, ...]) -> dict[str, Any]:
        given = {n: SOME[n][i] for n, i in zip(asked, filled, strict=True) if i is not None}
        return eligibility(case_at(place, given))

    settled = {filled: judged(filled)["status"] for filled in product(*sound)}
    for partly in product(*([None, *places] for places in each)):
        known = [None if i not in good else i for i, good in zip(partly, sound, strict=True)]
        fillings = product(*(k if i is None else [i] for i, k in zip(known, sound, strict=True)))
        outcomes: dict[Any, set[str]] = defaultdict(set)
        for filled in fillings:
            for at, name in enumerate(asked):
                outcomes[name, filled[:at], filled[at + 1 :]].add(settled[filled])
        missing = sorted({name for (name, *_), found in outcomes.items() if len(found) > 1})
        status = "incomplete" if missing else settled[filled]
        assert judged(partly) == {"status": status, "missing": missing}


def test_the_combinations_are_as_many_as_the_answers_multiply_to() -> None:
    """Both documents by hand: 3 ages, 3 answers to yes or no, 4 or 5 choices each alone, all, none.

    Three times each, for the questions that are not asked there.
    """
    intravenous = {CIGNA: 3 * 3 * 3 * 3 * 7, EXPRESS: 3 * 3 * 3 * 3 * 3 * 7}
    intralesional = {CIGNA: 3 * 8 * 7, EXPRESS: 3 * 8 * 7 * 7}
    for policy in (CIGNA, EXPRESS):
        melanoma = {IV: intravenous[policy], IL: intralesional[policy], SC: 1}
        for route, several in melanoma.items():
            counted = {MELANOMA: several, RENAL: 3 * 3 * 3 * 7, GVHD: 3 * 3 * 3 * 7, "other": 1}
            for use, count in counted.items():
                assert len(list(cases_at((policy, use, route), SOME))) == 3 * count
