"""Somebody who writes a policy anew by what the form offers, place by place and value by value."""

from collections.abc import Iterator
from typing import Any

from app.casework.policy_form import GROUP_KINDS
from app.casework.policy_form_draft import PolicyDraft
from app.casework.policy_form_edits import added, with_alternative
from app.casework.policy_form_lines import Addition, Alternatives, Entry, Line, Table
from app.casework.policy_form_page import Page
from app.casework.policy_form_tree import tree_of
from app.casework.policy_form_vocabulary import Vocabulary
from app.casework.policy_form_words import form_words
from app.library import Library

WORDS = form_words()


def page_of(draft: PolicyDraft, library: Library) -> Page:
    return Page(draft, Vocabulary(draft, library.catalog), WORDS)


def written_anew(target: PolicyDraft, library: Library) -> PolicyDraft:
    """Return the draft that says what the target says, made by the form's own lines alone."""
    draft, before = PolicyDraft(), None
    while draft != before:
        before = draft
        for node in list(tree_of(draft, WORDS).all()):
            for line in page_of(draft, library).lines(node.path):
                draft = _followed(draft, line, target)
    return draft


def entries(lines: tuple[Line, ...]) -> Iterator[Entry]:
    for line in lines:
        if isinstance(line, Entry):
            yield line
        elif isinstance(line, Table):
            yield from (one for _, row in line.rows for one in row if one)


def _followed(draft: PolicyDraft, line: Line, target: PolicyDraft) -> PolicyDraft:
    if isinstance(line, Alternatives):
        return _chosen(draft, line, target)
    if isinstance(line, Addition):
        return _with_addition(draft, line, target.at(line.path))
    for one in entries((line,)):
        value = target.at(one.path)
        if value is not None and (not one.choices or _is_offered(one, value)):
            draft = draft.with_value(one.path, value)  # what is not offered yet, on a later page
    return draft


def _is_offered(entry: Entry, value: Any) -> bool:
    return set(value if isinstance(value, list) else [value]) <= set(entry.choices)


def _chosen(draft: PolicyDraft, line: Alternatives, target: PolicyDraft) -> PolicyDraft:
    is_stated = "not_stated" not in (target.at(line.path) or {})
    wanted = 0 if is_stated else 1
    return draft if line.chosen == wanted else with_alternative(draft, line.path, wanted)


def _with_addition(draft: PolicyDraft, line: Addition, value: Any) -> PolicyDraft:
    there = draft.at(line.path)
    if value is None or (not isinstance(value, list | dict)):
        return draft
    if line.kind == "named":
        for name in value:
            if name not in (there or {}):
                assert not line.names or name in line.names, (line, name)
                draft, _ = added(draft, line.path, line.kind, name)
        return draft
    wanted = value if isinstance(value, list) else [value]
    for one in wanted[len(there or ()) :]:
        kinds = [kind for kind in GROUP_KINDS if kind in one]
        draft, _ = added(draft, line.path, line.kind, (kinds or ["comparison"])[0])
    return draft
