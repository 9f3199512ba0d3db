"""Groups of three-valued results, each checked against every way in which the unknown may end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import get_args

import pytest

from app.engine import kleene
from app.model.eligibility import CriterionResult

RESULTS: tuple[CriterionResult, ...] = get_args(CriterionResult)
Results = Sequence[CriterionResult]
Known = Sequence[bool]


@dataclass(frozen=True)
class AtLeast:
    """So many of a group, judged by the program, and of results that are all known."""

    needed: int

    def judge(self, results: Results) -> CriterionResult:
        return kleene.at_least(self.needed, results)

    def of_known(self, known: Known) -> bool:
        return sum(known) >= self.needed


GROUPS: dict[str, tuple[Callable[[Results], CriterionResult], Callable[[Known], bool]]] = {
    "all": (kleene.all_of, all),
    "any": (kleene.any_of, any),
    "none": (kleene.none_of, lambda known: not any(known)),
    **{f"at least {n}": (AtLeast(n).judge, AtLeast(n).of_known) for n in (1, 2, 3)},
}


def endings(results: Sequence[CriterionResult]) -> list[Known]:
    """Every way in which the unknown results may turn out."""
    return list(
        product(*[(True, False) if one == "unknown" else (one == "met",) for one in results])
    )


@pytest.mark.parametrize("name", GROUPS)
@pytest.mark.parametrize("results", list(product(RESULTS, repeat=3)))
def test_a_group_is_known_as_soon_as_every_ending_agrees(
    name: str, results: Sequence[CriterionResult]
) -> None:
    judge, of_known = GROUPS[name]
    found = {of_known(known) for known in endings(results)}
    expected = "unknown" if len(found) == 2 else {True: "met", False: "not_met"}[found.pop()]
    assert judge(results) == expected
