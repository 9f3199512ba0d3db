"""What the form says is wrong: all of it, by the reader of policy files, in its own words."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.casework.policy_form_check import FormProblem, check, problem_words
from app.casework.policy_form_draft import PolicyDraft
from app.casework.policy_form_tree import place_words
from app.library import DataFileError, Library
from app.library.policies import read_policy_file
from app.library.reader import read_bytes
from app.library.strict_yaml import YamlProblem
from app.model.policy import Policy, WrittenPolicy
from tests.casework.policy_copyist import WORDS, written_anew
from tests.fixture_library import FILES, ROOT
from tests.library.folders import GOOD

TEMPLATE = ROOT / "resources" / "policy-template.yaml"
SHIPPED = sorted((ROOT / "resources" / "policies").glob("*.yaml"))
PAYERS = [
    file
    for folder in ("policies/payers", "fixture_policies")
    for file in sorted((ROOT / "tests" / folder).glob("*.yaml"))
    if b"\ncoverage:" in file.read_bytes()
]
WHOLE = [*FILES, *SHIPPED, *PAYERS, TEMPLATE, GOOD]
EVERY = sorted(GOOD.parent.glob("*.yaml"))

every_policy = pytest.mark.parametrize("file", WHOLE, ids=lambda one: one.stem)


def draft_of(file: Path) -> PolicyDraft:
    return PolicyDraft.of_file(read_bytes(file))


def said(policy: Policy | None) -> dict[str, Any]:
    assert policy is not None
    return {one.name: getattr(policy, one.name) for one in fields(WrittenPolicy)}


@every_policy
def test_a_policy_that_is_opened_and_saved_says_the_same(file: Path, library: Library) -> None:
    found = check(draft_of(file), library)
    assert found.problems == ()
    assert found.file is not None
    before = read_policy_file(file, library.base_catalog, library.reserved_notes).policy
    assert said(found.file.policy) == said(before)
    assert PolicyDraft.of_file(found.text) == draft_of(file)


@every_policy
def test_a_policy_is_written_anew_by_what_the_form_offers(file: Path, library: Library) -> None:
    anew = written_anew(draft_of(file), library)
    found = check(anew, library)
    assert found.problems == ()
    assert found.file is not None
    before = read_policy_file(file, library.base_catalog, library.reserved_notes).policy
    assert said(found.file.policy) == said(before)


def refused(file: Path, library: Library) -> str:
    try:
        read_policy_file(file, library.base_catalog, library.reserved_notes)
    except DataFileError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("file", EVERY, ids=lambda one: one.stem)
def test_the_form_refuses_and_accepts_what_the_check_of_files_does(
    file: Path, library: Library, tmp_path: Path
) -> None:
    try:
        draft = draft_of(file)
    except YamlProblem:
        assert refused(file, library)
        return
    found = check(draft, library)
    written = tmp_path / file.name
    written.write_bytes(found.text)
    assert bool(found.problems) is bool(refused(written, library))
    assert bool(found.problems) is bool(refused(file, library))


@settings(max_examples=50)
@given(data=st.data())
def test_each_part_that_is_taken_away_is_a_problem_exactly_where_the_file_is_refused(
    data: st.DataObject, library: Library, tmp_path_factory: pytest.TempPathFactory
) -> None:
    draft = draft_of(TEMPLATE)
    for _ in range(data.draw(st.integers(1, 4))):
        paths = list(draft.paths())
        path = data.draw(st.sampled_from(paths))
        wrong: Any = data.draw(st.sampled_from([None, "", "x", 0, -1, True, [], {}]))
        draft = draft.with_value(path, wrong) if path else draft
    found = check(draft, library)
    file = tmp_path_factory.getbasetemp() / "mutant.yaml"
    file.write_bytes(found.text)
    assert bool(found.problems) is bool(refused(file, library))
    assert (found.file is None) is bool(found.problems)


def test_a_new_policy_tells_everything_that_is_still_to_do_at_once(library: Library) -> None:
    told = {one.path: one.message for one in check(PolicyDraft(), library).problems}
    missing = ("id", "version", "payer", "title", "document", "in_force", "review")
    assert told == dict.fromkeys(
        [(key,) for key in (*missing, "not_covered", "beyond_dosing")], "the key is missing"
    )


def test_a_list_is_not_said_to_be_empty_because_of_what_is_wrong_in_it(library: Library) -> None:
    at = ("coverage", "renal_cell_carcinoma", "criteria")
    draft = PolicyDraft().with_value((*at, "all", 0, "text"), "A requirement")
    paths = [one.path for one in check(draft, library).problems]
    assert (*at, "all", 0) in paths
    assert (*at, "all") not in paths


def test_an_empty_list_is_said_to_be_empty(library: Library) -> None:
    at = ("coverage", "renal_cell_carcinoma", "criteria", "all")
    draft = draft_of(GOOD).with_value(at, [])
    assert check(draft, library).problems == (FormProblem(at, "must have at least one entry"),)


@pytest.mark.parametrize(
    ("path", "message", "words"),
    [
        (("id",), "the key is missing", "not filled in yet"),
        (
            (),
            "needs exactly one of: id, payer",
            "needs exactly one of: Short name in Aldesk; Payer",
        ),
        (("nowhere", "at", "all"), "needs exactly one of: a, b", "needs exactly one of: a, b"),
        (("id",), "must have at most 60 characters", "must have at most 60 characters"),
    ],
)
def test_a_problem_is_told_with_the_labels_of_the_form(
    path: tuple[str, ...], message: str, words: str
) -> None:
    assert problem_words(FormProblem(path, message), PolicyDraft(), WORDS) == words


def test_messages_with_other_words_are_those_that_the_reader_writes() -> None:
    source = "".join(
        file.read_text("utf-8")
        for folder in ("library", "model")
        for file in sorted((ROOT / "app" / folder).glob("*.py"))
    )
    spoken = {"needs a question, or one of: all, any, none, of"}  # made of parts
    for message in WORDS.messages.keys() - spoken:
        assert message in source, message


def test_the_place_of_a_problem_is_told_by_titles_and_labels() -> None:
    draft = draft_of(GOOD)
    regimen = ("coverage", "renal_cell_carcinoma", "dosing", "intravenous", 0)
    path = (*regimen, "dose", "citation", "item")
    told = place_words(draft, WORDS, path)
    assert told.startswith("Covered uses › ")
    assert told.endswith(" › Limit per dose › Where it is written › Item below it")
    assert place_words(draft, WORDS, ()) == "The document"
