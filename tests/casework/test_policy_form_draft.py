"""A policy that is being written: each edit gives a new draft, and loses nothing else."""

from typing import Any

import pytest

from app.casework.policy_form import COMPARISON, GROUP
from app.casework.policy_form_draft import PolicyDraft, id_from
from app.casework.policy_form_edits import added, added_as, with_alternative, with_id, with_typed
from app.casework.policy_form_lines import Addition
from app.casework.policy_form_vocabulary import Vocabulary
from app.library import Library

USE = ("coverage", "renal_cell_carcinoma")
ROOT = (*USE, "criteria")


def draft(**criteria: Any) -> PolicyDraft:
    """A draft with these criteria of one indication."""
    return PolicyDraft({"coverage": {USE[1]: {"criteria": criteria}}, "notes": []})


def ids(value: PolicyDraft, *path: str | int) -> list[str]:
    return [one["id"] for one in value.at((*ROOT, *path))]


NESTED = draft(
    id="root",
    all=[{"id": "a"}, {"id": "b", "any": [{"id": "b1"}, {"id": "b2"}]}, {"id": "c", "none": []}],
)


def test_a_new_draft_has_only_what_every_policy_has() -> None:
    assert PolicyDraft().values == {"coverage": {}, "notes": []}


def test_an_edit_leaves_the_draft_before_it_as_it_was() -> None:
    before = draft(id="a")
    assert before.with_value((*ROOT, "id"), "b").at((*ROOT, "id")) == "b"
    assert before.at((*ROOT, "id")) == "a"


def test_a_value_brings_the_parts_and_lists_around_it() -> None:
    made = PolicyDraft().with_value(("notes", 0, "citation", "heading"), "Notes")
    assert made.values["notes"] == [{"citation": {"heading": "Notes"}}]
    assert PolicyDraft().with_value(("codes", 0, "code"), "J9015").values["codes"] == [
        {"code": "J9015"}
    ]
    wrong = PolicyDraft({"in_force": "wrong"})
    assert wrong.with_value(("in_force", "citation"), {}).values["in_force"] == {"citation": {}}


def test_a_part_of_which_nothing_is_left_goes_but_an_entry_stays() -> None:
    made = PolicyDraft().with_value(("in_force", "citation", "heading"), "Cover")
    assert made.with_value(("in_force", "citation", "heading"), None) == PolicyDraft()
    note = PolicyDraft().with_value(("notes", 0, "text"), "A note")
    assert note.with_value(("notes", 0, "text"), None).values["notes"] == [{}]
    use = PolicyDraft().with_value((*USE, "name"), "Kidney")
    assert use.with_value((*USE, "name"), None).values["coverage"] == {USE[1]: {}}


def test_nothing_is_at_a_path_that_the_draft_does_not_have() -> None:
    for path in (("id",), ("notes", 0), ("notes", "x"), ("id", "deep"), ("notes", 7, "text")):
        assert PolicyDraft().at(path) is None
        assert PolicyDraft().without(path) == PolicyDraft()


def test_a_path_has_the_shape_of_what_may_stand_there() -> None:
    assert NESTED.shape(ROOT) == GROUP
    assert NESTED.shape((*ROOT, "all", 0)) == COMPARISON
    assert NESTED.shape(("strange",)) is None
    assert NESTED.shape(("strange", "deeper")) is None
    assert NESTED.shape(("strange", "deeper", "still")) is None


def test_an_entry_moves_up_and_down_and_not_beyond_the_ends() -> None:
    for by, order, place in ((1, "bac", 1), (2, "bca", 2), (9, "bca", 2), (-1, "abc", 0)):
        made, now = NESTED.moved((*ROOT, "all", 0), by)
        assert "".join(ids(made, "all")) == order
        assert now == (*ROOT, "all", place)


def test_what_is_no_entry_of_a_list_does_not_move() -> None:
    for path in (ROOT, USE, ("id",)):
        assert NESTED.moved(path, 1) == (NESTED, path)


@pytest.mark.parametrize(
    ("path", "into", "outer", "inner", "now"),
    [
        (("all", 0), (("all", 1), 1), ["b", "c"], ["b1", "a", "b2"], ("all", 0, "any", 1)),
        (("all", 1, "any", 0), ((), 0), ["b1", "a", "b", "c"], ["b2"], ("all", 0)),
        (("all", 1, "any", 0), ((), 3), ["a", "b", "c", "b1"], ["b2"], ("all", 3)),
        (("all", 0), ((), 2), ["b", "a", "c"], ["b1", "b2"], ("all", 1)),
        (("all", 2), ((), 0), ["c", "a", "b"], ["b1", "b2"], ("all", 0)),
        (
            ("all", 1, "any", 1),
            (("all", 1), 0),
            ["a", "b", "c"],
            ["b2", "b1"],
            ("all", 1, "any", 0),
        ),
    ],
)
def test_a_criterion_moves_into_a_group_before_a_place(
    path: tuple[Any, ...],
    into: tuple[tuple[Any, ...], int],
    outer: list[str],
    inner: list[str],
    now: tuple[Any, ...],
) -> None:
    above, place = into
    made, found = NESTED.moved_into((*ROOT, *path), (*ROOT, *above), place)
    assert ids(made, "all") == outer
    assert ids(made, "all", outer.index("b"), "any") == inner
    assert found == (*ROOT, *now)


def test_nothing_moves_into_itself_or_into_what_is_no_group() -> None:
    group = (*ROOT, "all", 1)
    for path, above in (
        (group, group),
        (group, (*ROOT, "all", 0)),
        (ROOT, group),
        (("notes", 0), group),
    ):
        assert NESTED.moved_into(path, above, 0) == (NESTED, path)


def test_a_note_moves_within_the_notes() -> None:
    made = PolicyDraft({"notes": [{"id": "a"}, {"id": "b"}]})
    moved, now = made.moved_into(("notes", 1), ("notes",), 0)
    assert [one["id"] for one in moved.values["notes"]] == ["b", "a"]
    assert now == ("notes", 0)


def test_a_group_becomes_one_of_another_kind_and_keeps_its_criteria() -> None:
    for kind in ("any", "none", "all"):
        made = NESTED.regrouped(ROOT, kind)
        assert made.group_kind(ROOT) == kind
        assert ids(made, kind) == ["a", "b", "c"]
    counted = NESTED.regrouped(ROOT, "of")
    assert counted.at((*ROOT, "at_least")) == 1
    assert counted.regrouped(ROOT, "any").at((*ROOT, "at_least")) is None
    two = counted.with_value((*ROOT, "at_least"), 2)
    assert two.regrouped(ROOT, "of") == two


def test_a_criterion_is_put_into_a_group_at_its_place() -> None:
    made = NESTED.wrapped((*ROOT, "all", 0), "none")
    assert made.at((*ROOT, "all", 0)) == {"none": [{"id": "a"}]}
    counted = NESTED.wrapped((*ROOT, "all", 0), "of")
    assert counted.at((*ROOT, "all", 0)) == {"of": [{"id": "a"}], "at_least": 1}


def test_only_a_group_has_a_kind() -> None:
    assert NESTED.group_kind((*ROOT, "all", 0)) is None
    assert NESTED.group_kind(("notes",)) is None
    assert NESTED.group_kind(("strange", "x")) is None


def test_an_id_is_made_from_a_text_and_is_no_other_one() -> None:
    assert id_from("18 years or more", set()) == "entry_18_years_or_more"
    assert id_from("…", set()) == "entry"
    assert id_from("A", {"a", "a_2"}) == "a_3"
    assert len(id_from("word " * 30, set())) <= 40
    assert NESTED.ids() >= {"root", "a", "b1", "renal_cell_carcinoma"}


def test_an_id_is_given_once_where_one_is_needed() -> None:
    at = (*ROOT, "all", 0)
    named = draft(all=[{"text": "The disease has spread"}])
    made = with_id(named, (*at, "text"))
    assert made.at((*at, "id")) == "the_disease_has_spread"
    again = made.with_value((*at, "text"), "Another wording")
    assert with_id(again, (*at, "text")) == again


@pytest.mark.parametrize(
    "path", [("title",), (*ROOT, "citation"), (*USE, "name"), ("strange", "text"), (*ROOT, "text")]
)
def test_nothing_else_gets_an_id(path: tuple[str, ...]) -> None:
    made = draft(text="")
    assert with_id(made, path) == made


@pytest.mark.parametrize(
    ("kind", "new"),
    [("comparison", {}), ("any", {"any": []}), ("of", {"at_least": 1, "of": []})],
)
def test_a_criterion_of_each_kind_is_added_to_a_group_and_to_a_key(
    kind: str, new: dict[str, Any]
) -> None:
    made, at = added(NESTED, (*ROOT, "all"), "criterion", kind)
    assert (made.at(at), at) == (new, (*ROOT, "all", 3))
    made, at = added(NESTED, ("common",), "criterion", kind)
    assert (made.at(at), at) == (new, ("common",))


def test_an_entry_is_added_to_a_list_that_is_not_there_yet() -> None:
    made, at = added(PolicyDraft(), ("codes",), "item", "")
    assert (made.at(at), at) == ({}, ("codes", 0))


def test_a_named_entry_is_added_under_its_name() -> None:
    made, at = added(PolicyDraft(), ("coverage",), "named", "renal_cell_carcinoma")
    assert (made.at(at), at) == ({}, USE)


def test_a_route_with_a_dosing_has_its_first_regimen_at_once() -> None:
    made, at = added(PolicyDraft(), (*USE, "dosing"), "named", "intravenous")
    assert (made.at(at), at) == ({}, (*USE, "dosing", "intravenous", 0))


def test_a_named_entry_gets_its_name_from_what_it_is_called() -> None:
    made, at = added_as(PolicyDraft(), Addition(("routes",), "", "named", {}), "By inhalation")
    assert at == ("routes", "by_inhalation")
    assert made.at(at) == {"label": "By inhalation"}
    choices = Addition(("questions", "q", "choices"), "", "named", {})
    made, at = added_as(PolicyDraft(), choices, "First line")
    assert made.at(at) == "First line"
    assert at[-1] == "first_line"


def test_what_the_document_does_not_state_keeps_its_citation() -> None:
    stated = PolicyDraft().with_value(
        ("review",), {"every_months": 6, "citation": {"heading": "A"}}
    )
    not_stated = with_alternative(stated, ("review",), 1)
    assert not_stated.at(("review",)) == {"not_stated": True, "citation": {"heading": "A"}}
    again = with_alternative(not_stated, ("review",), 0)
    assert again.at(("review",)) == {"citation": {"heading": "A"}}
    assert with_alternative(PolicyDraft(), ("review",), 1).at(("review",)) == {"not_stated": True}
    assert with_alternative(PolicyDraft(), ("strange", "x"), 1) == PolicyDraft()


@pytest.mark.parametrize(
    ("question", "before", "kept"),
    [
        ("metastatic_disease", {"at_least": 18}, {}),
        ("metastatic_disease", {"is": False}, {"is": False}),
        ("lesion_status", {"any_of": ["metastatic"]}, {"any_of": ["metastatic"]}),
        ("lesion_site", {"any_of": ["metastatic"]}, {}),
        ("age_years", {"any_of": ["metastatic"], "over": 3}, {"over": 3}),
        ("diagnosis_codes", {"any_of": ["C64"], "under": ["C92"]}, None),
        ("unknown", {"is": True}, {}),
        (None, {"is": True}, {}),
    ],
)
def test_another_question_takes_away_what_cannot_be_compared_with_its_answer(
    question: str | None, before: dict[str, Any], kept: dict[str, Any] | None, library: Library
) -> None:
    at = (*ROOT, "all", 0)
    one = draft(all=[{"id": "a", "text": "A", **before}])
    made = with_typed(one, Vocabulary(one, library.catalog), (*at, "question"), question)
    asked = {} if question is None else {"question": question}
    wanted = before if kept is None else kept
    assert made.at(at) == {"id": "a", "text": "A", **asked, **wanted}


def test_any_other_field_takes_nothing_away(library: Library) -> None:
    at = (*ROOT, "all", 0)
    one = draft(all=[{"id": "a", "is": True}])
    made = with_typed(one, Vocabulary(one, library.catalog), (*at, "text"), "A")
    assert made.at(at) == {"id": "a", "is": True, "text": "A"}
    assert with_typed(one, Vocabulary(one, library.catalog), ("payer",), "P").at(("payer",)) == "P"


def test_a_list_that_need_not_be_there_goes_with_its_last_entry() -> None:
    at = (*ROOT, "all", 0)
    two = draft(id="root", all=[{"id": "a", "documents": [{"text": "1"}, {"text": "2"}]}])
    one = two.without((*at, "documents", 0))
    assert one.at((*at, "documents")) == [{"text": "2"}]
    assert one.without((*at, "documents", 0)).at(at) == {"id": "a"}
    assert two.without(at).at(ROOT) == {"id": "root", "all": []}
    assert PolicyDraft({"notes": [{}], "routes": {"x": {}}}).without(("notes", 0)).values == {
        "notes": [],
        "routes": {"x": {}},
    }
    assert PolicyDraft({"routes": {"x": {}}}).without(("routes", "x")).values == {}
    assert PolicyDraft({"coverage": {"x": {}}}).without(("coverage", "x")).values == {
        "coverage": {}
    }
