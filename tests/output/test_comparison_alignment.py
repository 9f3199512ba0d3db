"""Criteria are aligned by what they judge: nesting and wording may differ between payers."""

from typing import Any

from app.model.eligibility import CriterionResult, Judged, JudgedAll, JudgedAny, JudgedComparison
from app.output.comparison import AlignedCriterion, aligned


def one(
    question: str, result: CriterionResult = "unknown", text: str = "", **wanted: Any
) -> Judged:
    wanted = wanted or {"is": True}
    return JudgedComparison("id", text or question, result, question, None, wanted, question)


def all_of(text: str, *below: Judged) -> Judged:
    return JudgedAll("id", text, "unknown", None, text, below)


def any_of(text: str, *below: Judged) -> Judged:
    return JudgedAny("id", text, "unknown", None, text, below)


def told(*trees: Judged) -> list[tuple[str, ...]]:
    """Each row: the words of each side ("" where it has none), and "differs"."""
    return [_told(row) for row in aligned(trees)]


def _told(row: AlignedCriterion) -> tuple[str, ...]:
    words = tuple(place.judged.text if place else "" for place in row.places)
    return (*words, "differs") if row.differs else words


def test_other_words_for_the_same_requirement_are_no_difference() -> None:
    left = all_of("All hold", one("age", text="Aged at least 18 years", at_least=18))
    right = all_of("Each holds", one("age", text="An adult", at_least=18))
    assert told(left, right) == [
        ("All hold", "Each holds"),
        ("Aged at least 18 years", "An adult"),
    ]


def test_another_value_for_the_same_question_stands_in_one_row_and_differs() -> None:
    left = all_of("root", one("age", text="16", at_least=16), one("x"))
    right = all_of("root", one("x"), one("age", text="18", at_least=18))
    assert told(left, right) == [("root", "root"), ("16", "18", "differs"), ("x", "x")]


def test_a_lower_and_an_upper_bound_are_two_criteria() -> None:
    left = all_of("root", one("age", text="least", at_least=18))
    right = all_of("root", one("age", text="most", at_most=80))
    assert told(left, right) == [
        ("root", "root"),
        ("least", "", "differs"),
        ("", "most", "differs"),
    ]


def test_the_same_value_is_preferred_to_the_same_question() -> None:
    left = all_of("root", one("age", text="a16", at_least=16), one("age", text="a18", at_least=18))
    right = all_of("root", one("age", text="b18", at_least=18))
    assert told(left, right) == [("root", "root"), ("a16", "", "differs"), ("a18", "b18")]


def test_the_order_of_choices_is_no_difference() -> None:
    left = all_of("root", one("site", any_of=("nodal", "cutaneous")))
    right = all_of("root", one("site", any_of=("cutaneous", "nodal")))
    assert told(left, right) == [("root", "root"), ("site", "site")]


def test_another_verdict_differs() -> None:
    left = all_of("root", one("x", "met"))
    right = all_of("root", one("x", "not_met"))
    assert told(left, right) == [("root", "root"), ("x", "x", "differs")]


def test_what_one_policy_has_alone_keeps_its_place_in_the_order() -> None:
    left = all_of("root", one("a"), one("c"))
    right = all_of("root", one("a"), one("b"), one("c"))
    assert told(left, right) == [("root", "root"), ("a", "a"), ("", "b", "differs"), ("c", "c")]
    assert told(right, left) == [("root", "root"), ("a", "a"), ("b", "", "differs"), ("c", "c")]


def test_a_group_that_only_bundles_is_no_difference_and_its_criteria_are_found() -> None:
    left = all_of("root", one("a"), one("b"))
    right = all_of("root", all_of("both", one("a"), one("b")))
    assert told(left, right) == [("root", "root"), ("", "both"), ("a", "a"), ("b", "b")]


def test_a_group_of_one_criterion_is_no_difference() -> None:
    left = all_of("root", one("a"), one("b"))
    right = all_of("root", any_of("only", one("a")), one("b"))
    assert told(left, right) == [("root", "root"), ("", "only"), ("a", "a"), ("b", "b")]


def test_all_of_two_is_another_requirement_than_any_of_two() -> None:
    left = all_of("root", all_of("group", one("a"), one("b")), one("c"))
    right = all_of("root", any_of("group", one("a"), one("b")), one("c"))
    found = told(left, right)
    assert found[1] == ("group", "group", "differs")
    assert told(all_of("r", one("a"), one("b")), any_of("r", one("a"), one("b")))[0] == (
        "r",
        "r",
        "differs",
    )


def test_a_criterion_in_another_alternative_differs_and_says_so() -> None:
    left = all_of("root", one("x"), any_of("group", one("y"), one("z")))
    right = all_of("root", any_of("group", one("x"), one("y")), one("z"))
    rows = {row.near[0].judged.text: row for row in aligned([left, right])}
    assert (rows["x"].is_moved, rows["y"].is_moved, rows["z"].is_moved) == (True, False, True)
    assert (rows["x"].differs, rows["y"].differs, rows["z"].differs) == (True, False, True)


def test_groups_with_most_questions_in_common_are_aligned_whatever_their_order() -> None:
    vein = all_of("vein", one("age"), one("extent"), one("therapy"))
    lesion = all_of("lesion", one("age"), one("target"))
    found = told(any_of("root", vein, lesion), any_of("root", lesion, vein))
    assert ("vein", "vein") in found
    assert ("lesion", "lesion") in found
    assert not [row for row in found if "differs" in row]


def test_the_same_criterion_in_two_groups_stays_with_its_group() -> None:
    tree = any_of("root", all_of("one", one("age"), one("a")), all_of("two", one("age"), one("b")))
    rows = aligned([tree, tree])
    assert [place.judged.text for row in rows if (place := row.places[0])] == [
        *("root", "one", "age", "a", "two", "age", "b")
    ]
    assert not any(row.differs for row in rows)


def test_a_use_that_one_policy_lists_and_the_other_does_not_differs_as_a_whole() -> None:
    left = all_of("root", one("a"))
    right = one("indication", "not_met", "not listed", any_of=("renal",))
    assert told(left, right) == [("root", "not listed", "differs"), ("a", "", "differs")]


def test_which_other_uses_a_policy_lists_is_no_requirement_of_this_one() -> None:
    left = one("indication", "not_met", any_of=("renal",))
    right = one("indication", "not_met", any_of=("renal", "melanoma"))
    assert told(left, right) == [("indication", "indication")]


def test_what_is_absent_is_near_the_closest_group_that_the_policy_has() -> None:
    left = all_of("root", all_of("group", one("a"), one("b")))
    right = all_of(
        "root", all_of("group", one("a"), one("b"), any_of("c or d", one("c"), one("d")))
    )
    near = {row.near[1].judged.text: row.near[0].judged.text for row in aligned([left, right])}
    assert (near["c or d"], near["c"], near["d"]) == ("group", "group", "group")


def test_the_order_of_each_policy_is_kept_where_they_nest_differently() -> None:
    left = all_of("root", all_of("both", one("a"), one("b")), one("last"))
    right = all_of("root", one("a"), one("x"), one("b"), one("last"))
    assert [row.near[1].judged.text for row in aligned([left, right])] == [
        *("root", "root", "a", "x", "b", "last")
    ]


def test_nested_criteria_stay_below_their_group() -> None:
    left = all_of("root", any_of("group", one("a"), one("b")), one("last"))
    right = all_of("root", any_of("group", one("a"), one("x")), one("new"), one("last"))
    assert [(*_told(row)[:2], row.depth) for row in aligned([left, right])] == [
        ("root", "root", 0),
        ("group", "group", 1),
        ("a", "a", 2),
        ("b", "", 2),
        ("", "x", 2),
        ("", "new", 1),
        ("last", "last", 1),
    ]


def test_three_policies_stand_in_three_columns() -> None:
    trees = [all_of("root", one("a"), one(name)) for name in ("b", "c", "b")]
    assert told(*trees) == [
        ("root", "root", "root"),
        ("a", "a", "a"),
        ("b", "", "b", "differs"),
        ("", "c", "", "differs"),
    ]


def test_one_policy_alone_differs_from_nothing() -> None:
    assert told(all_of("root", one("a"))) == [("root",), ("a",)]
    assert told() == []
