"""What the policy documents say, sentence by sentence, and where Aldesk has it.

`sentences.yaml` of each version was written by hand from its document, in our own words. A section
is a heading of a document with the number of its sentences; a list item without a whole sentence, a
row of a table, a reference and a line with a label count as one each. A row is one fact of a
sentence (`at`), with the item that the policy file cites. `place` leads to what holds the fact: a
path in the policy file or, below `label`, in the label file; `path = value` where there is no
citation to compare.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.policies.decision_tables import pipe_rows
from tests.policies.versions import DOCUMENTED, Version

_UNUSED = "not used: "


@dataclass(frozen=True)
class Statement:
    """One fact of the sentences `first` to `last` below a heading."""

    heading: str
    first: int
    last: int
    item: str
    kind: str
    states: str
    place: str  # empty where Aldesk does not use it
    value: str  # what stands at a place without citation
    reason: str  # why it is not used

    @property
    def citation(self) -> str:
        """Heading and item as a policy file cites them."""
        return f"{self.heading} {self.item}".strip()


@dataclass(frozen=True)
class Section:
    """A heading of a document, how many sentences stand below it, and what they state."""

    heading: str
    sentences: int
    under: str  # what the places of its rows have in common
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Source:
    """One document; `joint_citations` are of places that cite two headings at once."""

    document: str
    policy: str
    version: str
    joint_citations: dict[str, str]
    sections: tuple[Section, ...]

    @property
    def file(self) -> Path:
        """The policy file that holds the facts of this document."""
        return Version(f"{self.policy}-{self.version}").file

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All statements in the order of the document."""
        return tuple(one for section in self.sections for one in section.statements)


def read_sources() -> tuple[Source, ...]:
    """Return the documents by the names of their policy files."""
    return tuple(_read(one.read("sentences.yaml")) for one in DOCUMENTED)


def _read(data: dict[str, Any]) -> Source:
    sections = tuple(_section(**section) for section in data.pop("sections"))
    return Source(**data, sections=sections)


def _section(heading: str, sentences: int, rows: str, under: str = "") -> Section:
    statements = tuple(_statement(heading, under, row) for row in pipe_rows(rows))
    return Section(heading, sentences, under, statements)


def _statement(heading: str, under: str, row: dict[str, str]) -> Statement:
    first, _, last = row["at"].partition("-")
    unused = row["place"].startswith(_UNUSED)
    place, _, value = ("", "", "") if unused else row["place"].partition(" = ")
    return Statement(
        heading,
        int(first),
        int(last or first),
        item="" if row["item"] == "-" else row["item"],
        kind=row["kind"],
        states=row["states"],
        place=f"{under}.{place}" if under and place else place,
        value=value,
        reason=row["place"].removeprefix(_UNUSED) if unused else "",
    )
