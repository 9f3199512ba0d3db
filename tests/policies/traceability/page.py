"""The page on traceability in the program's help, made from the statements and from the tests."""

from app.library import RESOURCES, Library
from tests.policies.traceability import Section, Source, Statement, read_sources
from tests.policies.traceability.readers import readers

PAGE = RESOURCES / "help" / "traceability.md"
STATEMENTS = "statements"
INTRODUCTION = """\
# From the documents to the tests

Every sentence of the policy documents, where Aldesk has it, and which tests notice a mistake
there. The sentences are told in our own words; what counts is the document.

- **Sentence**: its number below the heading, and the item that Aldesk cites. A list item without a
  whole sentence, a row of a table, a reference and a line with a label count as one each.
- **Place**: where the policy file has it. `label` is the file with the facts of the prescribing
  information; it is listed where the document states the same. For a sentence that Aldesk does not
  use, the reason stands instead.
- **Tests**: found by making every small mistake at that place (a number off by one, one choice more
  or less, a criterion left out, and the like) and noting who notices.

| Test | What it compares with the documents | By |
|---|---|---|
| criteria | which answers meet the criteria, over every combination | its `decision_tables` |
| dates | version, first day, and when the next review is due | its `facts.yaml` |
| limits and approvals | limits with their citations, length of an approval | the same |
| statuses | the status of every eligibility with every request | the same |
| notes | which notes stand beside a determination in which situation | the same |
| loader | nothing: Aldesk refuses such a file | `app/library` |
| citations | heading and item of a value | its `citations.yaml` |
| statements | a value without a citation of the document | its `sentences.yaml` |

Tables, facts, citations and this list were written by hand from the documents; they lie in
`tests/policies`, in a folder for each version. Heading and item of
every cited place are compared with this list as well, and each figure at a place must be in what is
stated here. Files and list are complete in both directions: no sentence is without a place or a
reason, no cited place without a sentence and a test.

This page is made by `python -m tests.policies.traceability`; a test fails where it is not up to
date.
"""
_HEAD = "| Sentence | What it states | Place | Tests |\n|---|---|---|---|"


def page(library: Library) -> str:
    """Return the whole page."""
    parts = (part(source, readers(source.file, library)) for source in read_sources())
    return "\n".join((INTRODUCTION, *parts))


def part(source: Source, checks: dict[str, list[str]]) -> str:
    """Return the part about one document; `checks` are those that read each place."""
    lines = [f"## {source.document}", "", f"Policy file: `{source.file.name}`", ""]
    for section in source.sections:
        lines += [f"### {_title(section, source)}", ""]
        lines += [f"Places below `{section.under}`:", ""] if section.under else []
        lines += [_HEAD, *(_row(one, section, checks) for one in section.statements), ""]
    return "\n".join(lines)


def _title(section: Section, source: Source) -> str:
    """Return the heading, with its item where several sections share it."""
    sharing = [one for one in source.sections if one.heading == section.heading]
    return section.statements[0].citation if len(sharing) > 1 else section.heading


def _row(statement: Statement, section: Section, checks: dict[str, list[str]]) -> str:
    sentence = str(statement.first)
    if statement.last > statement.first:
        sentence += f" to {statement.last}"
    if statement.item:
        sentence += f" (item {statement.item})"
    place, tests = f"not used: {statement.reason}", "–"
    if statement.place:
        place = f"`{statement.place.removeprefix(f'{section.under}.')}`"
        tests = ", ".join(checks.get(statement.place, [STATEMENTS])).replace("_", " ")
    return f"| {sentence} | {statement.states} | {place} | {tests} |"
