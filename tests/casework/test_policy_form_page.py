"""The pages and the tree of a policy that is being written, without a window."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.casework.policy_form_check import check
from app.casework.policy_form_draft import Path, PolicyDraft
from app.casework.policy_form_lines import (
    Addition,
    Alternatives,
    Entry,
    GroupKind,
    Heading,
    Line,
    Table,
    Unknown,
)
from app.casework.policy_form_tree import node_at, tree_of
from app.casework.policy_form_vocabulary import Vocabulary
from app.library import Library
from app.library.reader import read_bytes
from tests.casework.policy_copyist import WORDS, entries, page_of
from tests.fixture_library import ALDER, file_of
from tests.fixture_library import ROOT as PROJECT

USE = ("coverage", "renal_cell_carcinoma")
CRITERIA = (*USE, "criteria")
AT = (*CRITERIA, "all", 0)
TEMPLATE = PolicyDraft.of_file(read_bytes(PROJECT / "resources" / "policy-template.yaml"))
ALDERS = PolicyDraft.of_file(read_bytes(file_of(ALDER)))
OWN_QUESTIONS: dict[str, dict[str, Any]] = {
    "spread": {"label": "Has it spread?", "kind": "yes_no"},
    "albumin": {"label": "Serum albumin", "kind": "number"},
    "line": {"label": "Line of therapy", "kind": "one_of", "choices": {"first": "First line"}},
    "codes": {"label": "Codes", "kind": "codes"},
    "half_done": {"choices": "wrong"},
}


def asking(question: str, **more: Any) -> PolicyDraft:
    """A draft with one criterion that asks a question of its own."""
    one = {"id": "one", "question": question, **more}
    return PolicyDraft(
        {
            "questions": OWN_QUESTIONS,
            "coverage": {USE[1]: {"criteria": {"id": "root", "all": [one]}}},
            "notes": [],
        }
    )


def lines(draft: PolicyDraft, path: Path, library: Library) -> tuple[Line, ...]:
    return page_of(draft, library).lines(path)


def entry(draft: PolicyDraft, path: Path, library: Library) -> Entry:
    """The entry at a path, on the page of the place in which it is."""
    at = node_at(tree_of(draft, WORDS), path).path
    [found] = [one for one in entries(lines(draft, at, library)) if one.path == path]
    return found


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("spread", {"is": "yes_no"}),
        ("albumin", dict.fromkeys(["at_least", "at_most", "over", "under"], "decimal")),
        ("line", {"any_of": "list", "none_of": "list"}),
        ("codes", {"any_of": "list", "under": "list"}),
        ("half_done", {}),
        ("age_years", dict.fromkeys(["at_least", "at_most", "over", "under"], "decimal")),
        ("unknown", {}),
    ],
)
def test_a_question_is_compared_by_what_fits_its_kind(
    question: str, kinds: dict[str, str], library: Library
) -> None:
    found = entries(lines(asking(question), AT, library))
    compared = Vocabulary(PolicyDraft(), library.catalog).comparisons
    shown = {str(one.path[-1]): one.shape.kind for one in found if one.path[-1] in compared}
    assert shown == kinds


def test_a_comparison_that_does_not_fit_stays_in_sight_until_it_is_removed(
    library: Library,
) -> None:
    found = entry(asking("spread", at_least=3), (*AT, "at_least"), library)
    assert found.value == 3


def test_answers_are_chosen_from_those_of_the_question(library: Library) -> None:
    assert entry(asking("line"), (*AT, "any_of"), library).choices == {"first": "First line"}
    assert entry(asking("codes"), (*AT, "any_of"), library).choices == {}


def test_a_question_is_chosen_from_the_catalog_and_the_policys_own(library: Library) -> None:
    found = entry(asking("spread"), (*AT, "question"), library).choices
    assert found["spread"] == "Has it spread?"
    assert found["half_done"] == "Half done"
    assert found["age_years"] == library.catalog.questions["age_years"].label


def test_own_indications_and_routes_are_offered_where_they_may_stand(library: Library) -> None:
    draft = PolicyDraft(
        {
            "indications": {"neuroblastoma": {"label": "Neuroblastoma"}},
            "routes": {"inhaled": {"label": "By inhalation"}},
            "coverage": {USE[1]: {"dosing": {}}},
            "notes": [{}],
        }
    )
    [covered] = lines(draft, ("coverage",), library)
    assert isinstance(covered, Addition)
    assert covered.names["neuroblastoma"] == "Neuroblastoma"
    assert covered.names["any_indication"] == "Any indication"
    assert not {"other", USE[1]} & covered.names.keys()
    assert entry(draft, ("notes", 0, "when", "routes"), library).choices["inhaled"]
    assert "other" in entry(draft, ("notes", 0, "when", "indications"), library).choices


def test_nothing_is_offered_where_every_name_is_taken(library: Library) -> None:
    names = [*library.catalog.inputs["indication"].choices, "any_indication"]
    full = PolicyDraft({"coverage": {one: {} for one in names}})
    assert lines(full, ("coverage",), library) == ()


def test_a_branch_is_chosen_from_the_criteria_of_its_indication_and_of_all(
    library: Library,
) -> None:
    draft = asking("spread", text="It has spread").with_value(("common",), {"id": "c", "all": []})
    draft = draft.with_value((*USE, "approval"), [{}])
    draft = draft.with_value(("coverage", "other", "criteria"), {"id": "x", "question": "spread"})
    draft = draft.with_value(("renewal",), [{}])
    found = entry(draft, (*USE, "approval", 0, "branch"), library).choices
    assert found == {"root": "Root", "one": "It has spread", "c": "C"}
    of_all = entry(draft, ("renewal", 0, "branch"), library).choices
    assert set(of_all) == {"root", "one", "c", "x"}


def test_a_group_asks_how_many_only_where_they_are_counted(library: Library) -> None:
    for kind, is_asked in (("of", True), ("any", False)):
        draft = asking("spread").regrouped(CRITERIA, kind)
        found = lines(draft, CRITERIA, library)
        [group] = [one for one in found if isinstance(one, GroupKind)]
        assert group.chosen == kind
        assert ("at_least" in [one.path[-1] for one in entries(found)]) is is_asked
        additions = [one.path for one in found if isinstance(one, Addition)]
        assert (*CRITERIA, kind) in additions
    odd = asking("spread").with_value((*CRITERIA, "at_least"), 2)
    assert entry(odd, (*CRITERIA, "at_least"), library).value == 2


def test_what_is_like_each_other_stands_in_one_table(library: Library) -> None:
    found = lines(TEMPLATE, ("beyond_dosing",), library)
    [table] = [one for one in found if isinstance(one, Table)]
    assert table.columns == ("It comes to", "Heading in the document", "Item below it")
    assert [label for label, _ in table.rows] == [
        "Where the criteria are met",
        "Where answers are missing",
    ]


def test_entries_of_a_list_with_few_values_stand_in_a_table(library: Library) -> None:
    draft = asking("spread", documents=[{"text": "Pathology report"}, {}])
    [table] = [one for one in lines(draft, AT, library) if isinstance(one, Table)]
    assert table.are_entries
    assert [label for label, _ in table.rows] == ["1", "2"]
    assert [one.value for one in table.rows[0][1] if one] == ["Pathology report", None, None]


def test_answers_of_an_own_question_can_be_written_and_removed(library: Library) -> None:
    found = lines(asking("spread"), ("questions", "line"), library)
    answers = [one for one in found if isinstance(one, Entry) and one.is_removable]
    assert [(one.path[-1], one.value) for one in answers] == [("first", "First line")]
    [addition] = [one for one in found if isinstance(one, Addition)]
    assert (addition.kind, addition.names) == ("named", {})


def test_what_few_policies_need_stands_last_under_a_title(library: Library) -> None:
    found = lines(asking("spread"), AT, library)
    titles = [one.text for one in found if isinstance(one, Heading)]
    assert titles[-1] == WORDS.rare
    assert found[-1] == entry(asking("spread"), (*AT, "id"), library)


def test_a_choice_between_stated_and_not_stated_tells_which_one_is_chosen(
    library: Library,
) -> None:
    for value, chosen in (({}, 0), ({"not_stated": True}, 1)):
        draft = PolicyDraft().with_value(("beyond_dosing",), value)
        [found] = [
            one
            for one in lines(draft, ("beyond_dosing",), library)
            if isinstance(one, Alternatives)
        ]
        assert (found.chosen, len(found.options)) == (chosen, 2)


def test_a_key_that_is_not_known_can_be_removed(library: Library) -> None:
    draft = asking("spread", strange=1)
    assert Unknown((*AT, "strange"), "strange") in lines(draft, AT, library)
    assert lines(draft, (*AT, "strange"), library) == ()


def test_criteria_stand_in_the_tree_as_they_are_nested() -> None:
    inner = {"text": "By vein", "all": [{"text": "It has spread"}]}
    outer = {"text": "All holds", "all": [{"text": "An adult"}, {"any": [inner], "text": "One"}]}
    draft = PolicyDraft().with_value(CRITERIA, outer)
    told = [
        (len(one.path), one.title, one.is_group, one.is_criterion)
        for one in tree_of(draft, WORDS).all()
        if "criteria" in one.path
    ]
    assert told == [
        (3, "All holds (all of these hold)", True, True),
        (5, "An adult", False, True),
        (5, "One (at least one of these holds)", True, True),
        (7, "By vein (all of these hold)", True, True),
        (9, "It has spread", False, True),
    ]


def test_what_has_no_words_yet_is_called_by_what_it_is() -> None:
    value = [{}, {"none": []}, {"of": [], "at_least": 2}, {"text": "Two", "of": [], "at_least": 2}]
    draft = PolicyDraft().with_value(("common",), {"all": value})
    draft = draft.with_value(("codes",), [{}])
    titles = {one.path: one.title for one in tree_of(draft, WORDS).all()}
    assert [titles["common", "all", place] for place in range(4)] == [
        "A question with its answer",
        "None of these holds",
        "At least 2 of these hold",
        "Two (at least 2 of these hold)",
    ]
    assert titles["codes", 0] == "Code or list of codes 1"


@settings(max_examples=25)
@given(data=st.data())
def test_whatever_a_draft_holds_it_has_pages_and_every_problem_leads_to_one(
    data: st.DataObject, library: Library
) -> None:
    draft = data.draw(st.sampled_from([TEMPLATE, ALDERS, asking("line")]))
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from([one for one in draft.paths() if one]))
        wrong: Any = data.draw(st.sampled_from([None, "x", 0, True, [], {}, [3], {"x": []}, ["x"]]))
        draft = draft.with_value(path, wrong)
    tree = tree_of(draft, WORDS)
    for node in tree.all():
        lines(draft, node.path, library)
    for problem in check(draft, library).problems:
        assert (
            node_at(tree, problem.path).path
            == problem.path[: len(node_at(tree, problem.path).path)]
        )
