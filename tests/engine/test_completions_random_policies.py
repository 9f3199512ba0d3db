"""Random policies are judged as trying all answers judges them: result, missing answers, reasons,
and the order of questions.
"""

from random import Random
from typing import Any

import pytest

from app.engine.composing import composed_for
from app.engine.deciding import decisive
from app.engine.judging import Condition
from app.library import Library
from app.model.eligibility import Judged, all_below, children
from tests.engine.random_policies import (
    POSSIBLE,
    ROUTES,
    Answers,
    ByTrying,
    random_policy,
    read_policy,
)

FEW, MANY = 150, 10_000
MOST_TRIED = 6_000


def frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def check(seed: int, library: Library) -> None:
    random = Random(seed)  # noqa: S311
    data = random_policy(random)
    policy = read_policy(data, library)
    route, is_renewal = random.choice(ROUTES), random.random() < 0.5
    kind = "renewal" if is_renewal else "initial"
    composed = composed_for(policy, "cutaneous_melanoma", kind)
    assert composed is not None
    condition = Condition(composed.root, policy, route)
    asked = [name for name in condition.questions if name != "request_kind"]
    tried = ByTrying(data, route, is_renewal)
    size = 1
    for name in asked:
        size *= len(POSSIBLE[name])
    if size > MOST_TRIED:
        return
    truths = {
        tuple(frozen(one[name]) for name in asked): tried.fits(one)
        for one in tried.completions({}, asked)
    }
    for _ in range(6):
        known = {name: random.choice(POSSIBLE[name]) for name in asked if random.random() < 0.5}
        compare(condition, asked, known, truths, kind)
    compare_order(condition, asked, truths, kind)


def compare(
    condition: Condition, asked: list[str], known: Answers, truths: dict[Any, bool], kind: str
) -> None:
    given = {**known, "request_kind": kind}
    answers = tuple(frozen(given.get(name)) for name in condition.questions)
    found = condition.truth(answers)
    fitting = {
        one: truth
        for one, truth in truths.items()
        if all(one[asked.index(name)] == frozen(value) for name, value in known.items())
    }
    results = set(fitting.values())
    expected = "unknown" if len(results) > 1 else "met" if results == {True} else "not_met"
    assert found.judged.result == expected
    assert set(found.missing) == set(missing(asked, known, fitting))
    compare_reasons(found.judged, set(found.missing))


def missing(asked: list[str], known: Answers, fitting: dict[Any, bool]) -> list[str]:
    """The open questions of which two answers give different results, all else being equal."""
    found = []
    for place, name in enumerate(asked):
        if name in known:
            continue
        by_others: dict[Any, set[bool]] = {}
        for one, truth in fitting.items():
            by_others.setdefault(one[:place] + one[place + 1 :], set()).add(truth)
        if any(len(one) > 1 for one in by_others.values()):
            found.append(name)
    return found


def compare_reasons(judged: Judged, is_missing: set[str]) -> None:
    """What decides is enough for the result; of an unknown one, each holds an open question."""
    reasons = list(decisive(judged, frozenset(is_missing)))
    assert reasons
    if judged.result == "unknown":
        for one in reasons:
            assert one.result == "unknown"
            assert {getattr(leaf, "question", "") for leaf in all_below(one)} & is_missing
    else:
        assert result_by(judged, {one.id for one in reasons}) == judged.result


def result_by(judged: Judged, reasons: set[str]) -> str:
    """The result by Kleene's logic if nothing were known but the reasons."""
    if judged.id in reasons or (
        not children(judged)
        and judged.result == "not_met"
        and type(judged).__name__ == "PassedOver"
    ):
        return judged.result
    below = [result_by(child, reasons) for child in children(judged)]
    met, open_ = below.count("met"), below.count("unknown")
    match type(judged).__name__:
        case "JudgedAll":
            needed = len(below)
        case "JudgedAny":
            needed = 1
        case "JudgedCount":
            needed = judged.at_least  # type: ignore[union-attr]
        case "JudgedNone":
            return "not_met" if met else "unknown" if open_ else "met"
        case _:
            return "unknown"
    return "met" if met >= needed else "unknown" if met + open_ >= needed else "not_met"


def compare_order(
    condition: Condition, asked: list[str], truths: dict[Any, bool], kind: str
) -> None:
    """Questions of which one answer alone decides come first, else the order of the file."""
    alone = {
        name
        for place, name in enumerate(asked)
        for answer in POSSIBLE[name]
        if len({truth for one, truth in truths.items() if one[place] == frozen(answer)}) == 1
    }
    expected = sorted(asked, key=lambda name: name not in alone)
    assert [name for name in condition.ordered(kind) if name != "request_kind"] == expected


@pytest.mark.parametrize("seed", range(FEW))
def test_a_random_policy_is_judged_as_trying_all_answers_judges_it(
    library: Library, seed: int
) -> None:
    check(seed, library)


@pytest.mark.proof
def test_ten_thousand_random_policies_are(library: Library) -> None:
    for seed in range(FEW, FEW + MANY):
        check(seed, library)
