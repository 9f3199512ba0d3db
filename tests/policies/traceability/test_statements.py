"""The list of sentences and Aldesk's own files fit together, in both directions.

The list was written by hand from the documents; nothing here looks into a document.
"""

from typing import Any

import pytest

from app.library import RESOURCES
from app.library.reader import read_document
from tests.policies.traceability import Section, Source, read_sources
from tests.policies.traceability.places import Place, figures, places, value_at
from tests.policies.versions import DOCUMENTED
from tests.policy_mutants import document

SOURCES = read_sources()
# A sentence of such a kind has a place; one of the other kinds has a reason for having none.
USED = {
    "criterion",
    "limit",
    "duration",
    "note",
    "code",
    "date",
    "status",
    "scope",
    "name",
    "label",
}
UNUSED = {"background", "reference", "history"}

every_source = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.file.stem)


def data_of(source: Source) -> dict[str, Any]:
    """The policy file of a document, with the label file below `label`."""
    label = RESOURCES / "label.yaml"
    policy = document(source.file).value
    return {**policy, "label": read_document(label, label.read_bytes()).value}


def places_of(source: Source) -> dict[str, Place]:
    return places(document(source.file).value)


def test_every_policy_file_has_its_list_of_sentences() -> None:
    assert sorted(source.file for source in SOURCES) == [one.file for one in DOCUMENTED]


@every_source
def test_every_sentence_below_a_heading_is_listed(source: Source) -> None:
    differing = {
        section.statements[0].citation: sorted(numbers)
        for section in source.sections
        for numbers in [set(range(1, section.sentences + 1)) ^ _listed(section)]
        if numbers
    }
    assert differing == {}


def _listed(section: Section) -> set[int]:
    return {at for one in section.statements for at in range(one.first, one.last + 1)}


@every_source
def test_a_statement_has_a_place_or_a_reason_as_its_kind_wants(source: Source) -> None:
    for one in source.statements:
        assert bool(one.place) is not bool(one.reason), one
        assert one.kind in (USED if one.place else UNUSED), one
        assert one.states, one


@every_source
def test_every_cited_place_of_a_policy_file_has_a_statement(source: Source) -> None:
    known = {one.place for one in source.statements}
    cited = {name for name, place in places_of(source).items() if place.citation}
    assert sorted(cited - known) == []


@every_source
def test_the_place_of_a_statement_is_there_and_cites_its_heading_and_item(source: Source) -> None:
    found = places_of(source)
    stated = [one for one in source.statements if one.place and not one.value]
    assert sorted({one.place for one in stated} - found.keys()) == []
    differing = [
        f"{one.place}: {found[one.place].citation} instead of {wanted}"
        for one in stated
        for wanted in [source.joint_citations.get(one.place, one.citation)]
        if found[one.place].citation not in ("", wanted)
    ]
    assert differing == []


@every_source
def test_a_value_without_a_citation_of_the_document_is_what_the_document_states(
    source: Source,
) -> None:
    data = data_of(source)
    differing = [
        f"{one.place}: {found} instead of {one.value}"
        for one in source.statements
        if one.value
        for found in [str(value_at(data, one.place))]
        if found != one.value
    ]
    assert differing == []


@every_source
def test_every_figure_at_a_place_is_among_what_the_document_states(source: Source) -> None:
    stated: dict[str, set[str]] = {}
    for one in source.statements:
        stated.setdefault(one.place, set()).update(figures(one.states))
    invented = {
        name: place.figures() - stated[name]
        for name, place in places_of(source).items()
        if name in stated and place.figures() - stated[name]
    }
    assert invented == {}


@every_source
def test_every_joint_citation_is_needed(source: Source) -> None:
    found = places_of(source)
    for name, citation in source.joint_citations.items():
        assert found[name].citation == citation
        headings = {one.heading for one in source.statements if one.place == name}
        assert len(headings) > 1, name
