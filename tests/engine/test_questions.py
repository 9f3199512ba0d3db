"""The questions of a use are those of the criteria that apply to it, and stand in their order."""

from dataclasses import replace
from functools import partial
from itertools import count
from typing import Any

from app.engine import clauses_for
from app.library import Library
from app.model.catalog import Question
from app.model.criterion import Comparison, Criterion, Group, comparisons
from app.model.document import Citation
from app.model.policy import Policy
from tests.cases import ALDER


def questions_of(policy: Policy, criterion: Criterion, route: str) -> tuple[str, ...]:
    """The questions of a use with this criterion, as a form shows them."""
    coverage = replace(policy.coverage["cutaneous_melanoma"], criteria=criterion)
    known = {one: Question(label=one, kind="yes_no", answered_by="chart") for one in "abcde"}
    changed = replace(policy, coverage={"cutaneous_melanoma": coverage}, known_questions=known)
    return tuple(clauses_for(changed, "cutaneous_melanoma", route))


def test_the_questions_of_a_route_are_those_that_its_criteria_ask_at_any_depth(
    library: Library,
) -> None:
    asked_for = partial(questions_of, library.versions(ALDER)[-1])
    place = Citation(heading="Criteria")

    def asked(question: str) -> Comparison:
        return Comparison(id=question, text=question, question=question, is_=True, citation=place)

    numbers = count()

    def group(**parts: Any) -> Group:
        return Group(id=f"group_{next(numbers)}", text="Group", citation=place, **parts)

    by_route = group(
        any_=(
            group(routes=("intravenous",), all_=(asked("a"),)),
            group(routes=("subcutaneous",), all_=(asked("b"),)),
        )
    )
    every = group(all_=(by_route, asked("c")))
    assert asked_for(every, "intravenous") == ("a", "c")
    assert asked_for(every, "subcutaneous") == ("b", "c")
    assert asked_for(every, "intralesional") == asked_for(every, "") == ("c",)
    # One of two alternatives settles nothing alone, so its questions come last.
    either = group(all_=(group(any_=(asked("d"), asked("e"))), asked("c")))
    assert asked_for(either, "") == ("c", "d", "e")


def test_each_question_has_the_clauses_that_ask_it(library: Library) -> None:
    policy = library.versions(ALDER)[-1]
    clauses = clauses_for(policy, "cutaneous_melanoma", "intravenous")
    criteria = policy.coverage["cutaneous_melanoma"].criteria
    asked = dict.fromkeys(one.question for one in comparisons(criteria, "intravenous"))
    assert set(clauses) == set(asked)
    assert all(one.question == name for name, asked in clauses.items() for one in asked)
    assert all(clauses.values())


def test_a_use_that_is_not_listed_has_no_questions(library: Library) -> None:
    assert clauses_for(library.versions(ALDER)[-1], "other", "intravenous") == {}
