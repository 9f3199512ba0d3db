"""The questions of a use are those of the criteria that apply to it, and stand in their order."""

from typing import Any

from app.engine import clauses_for
from app.engine.questions import questions_for
from app.library import Library
from app.model.criterion import Comparison, Group
from app.model.document import Citation
from tests.cases import ALDER


def test_the_questions_of_a_route_are_those_that_its_criteria_ask_at_any_depth() -> None:
    place = Citation(heading="Criteria")

    def asked(question: str) -> Comparison:
        return Comparison(id=question, text=question, question=question, is_=True, citation=place)

    def group(**parts: Any) -> Group:
        return Group(id="group", text="Group", citation=place, **parts)

    by_route = group(
        any_=(
            group(routes=("intravenous",), all_=(asked("a"),)),
            group(routes=("subcutaneous",), all_=(asked("b"),)),
        )
    )
    every = group(all_=(by_route, asked("c")))
    assert questions_for(every, "intravenous") == ("a", "c")
    assert questions_for(every, "subcutaneous") == ("b", "c")
    assert questions_for(every, "intralesional") == questions_for(every, "") == ("c",)
    # One of two alternatives settles nothing alone, so its questions come last.
    either = group(all_=(group(any_=(asked("d"), asked("e"))), asked("c")))
    assert questions_for(either, "") == ("c", "d", "e")


def test_each_question_has_the_clauses_that_ask_it(library: Library) -> None:
    policy = library.versions(ALDER)[-1]
    clauses = clauses_for(policy, "cutaneous_melanoma", "intravenous")
    criteria = policy.coverage["cutaneous_melanoma"].criteria
    assert tuple(clauses) == questions_for(criteria, "intravenous")
    assert all(one.question == name for name, asked in clauses.items() for one in asked)
    assert all(clauses.values())


def test_a_use_that_is_not_listed_has_no_questions(library: Library) -> None:
    assert clauses_for(library.versions(ALDER)[-1], "other", "intravenous") == {}
