"""Which judged criteria decide, and what settles a question that nobody answered."""

from app.engine.deciding import decisive, settled_by
from app.model.eligibility import JudgedAll, JudgedAny, JudgedComparison, PassedOver


def comparison(question: str, result: str) -> JudgedComparison:
    return JudgedComparison(question, question, result, question, None, {}, "")  # type: ignore[arg-type]


def test_of_several_alternatives_none_decides_alone() -> None:
    both = tuple(comparison(name, "met") for name in ("a", "b"))
    either = JudgedAny("either", "either", "met", None, "", both)
    assert list(decisive(either)) == [either]
    one = JudgedAny("one", "one", "met", None, "", (both[0], comparison("c", "unknown")))
    assert list(decisive(one)) == [both[0]]
    every = JudgedAll("every", "every", "met", None, "", (*both, one))
    assert list(decisive(every)) == [*both, both[0]]


def test_a_criterion_for_another_route_decides_only_where_no_sibling_is_for_this_one() -> None:
    elsewhere = PassedOver("far", "far", "not_met", "route", None, {}, "")
    here = comparison("a", "not_met")
    some = JudgedAny("some", "some", "not_met", None, "", (elsewhere, here))
    assert list(decisive(some)) == [here]
    none = JudgedAny("none", "none", "not_met", None, "", (elsewhere,))
    assert list(decisive(none)) == [none]


def test_an_open_question_is_settled_by_what_decides_around_it() -> None:
    open_, met, not_met = (comparison(name, name) for name in ("unknown", "met", "not_met"))
    any_met = JudgedAny("any", "any", "met", None, "", (open_, met))
    assert settled_by(any_met, "unknown") == met
    all_not_met = JudgedAll("all", "all", "not_met", None, "", (open_, not_met))
    assert settled_by(all_not_met, "unknown") == not_met
    still_open = JudgedAll("open", "open", "unknown", None, "", (met, open_))
    assert settled_by(still_open, "unknown") is None
    deeper = JudgedAll("deep", "deep", "unknown", None, "", (comparison("b", "unknown"), any_met))
    assert settled_by(deeper, "unknown") == met
    assert settled_by(deeper, "nothing like it") is None
