"""The criteria of a determination as rows of a tree, with what each asks for and what was seen."""

from collections.abc import Iterator
from typing import Any

from app.model.catalog import Catalog, Input
from app.model.determination import Determination
from app.model.eligibility import (
    Compared,
    Judged,
    JudgedCount,
    JudgedNone,
    children,
    is_for_another_route,
)
from app.output.open_questions import CONTRADICTS, contradicted
from app.output.phrases import Row, Section, answer_text, asked_of, result_text

_COMPARED = {
    "at_least": "at least",
    "at_most": "at most",
    "over": "over",
    "under": "under",
    "any_of": "any of:",
    "none_of": "none of:",
}


def criteria_section(found: Determination, catalog: Catalog) -> Section:
    """Return all criteria as a tree, each with its result and what was seen."""
    doubtful = contradicted(found)
    rows = _criterion_rows(found.eligibility.criteria, catalog, doubtful)
    return Section("Criteria", tuple(rows))


def _criterion_rows(
    judged: Judged, catalog: Catalog, doubtful: frozenset[str], depth: int = 0
) -> Iterator[Row]:
    yield criterion_row(judged, catalog, doubtful, depth)
    for child in children(judged):
        yield from _criterion_rows(child, catalog, doubtful, depth + 1)


def criterion_row(
    judged: Judged, catalog: Catalog, doubtful: frozenset[str], depth: int = 0
) -> Row:
    """Return a criterion with its result; a group also with what it needs, if not all or any."""
    return Row(
        label=result_text(judged),
        text=judged.text,
        citation=judged.citation,
        detail=_trace(judged, catalog, doubtful)
        if isinstance(judged, Compared)
        else group_text(judged),
        key=judged.id,
        depth=depth,
        result=None if is_for_another_route(judged) else judged.result,
    )


def group_text(judged: Judged) -> str:
    """Return what a group needs where that is neither all nor any of its criteria; or ""."""
    if isinstance(judged, JudgedNone):
        return "none of these"
    if isinstance(judged, JudgedCount):
        met = [one.result for one in judged.of].count("met")
        return f"at least {judged.at_least} of these {len(judged.of)}; met: {met}"
    return ""


def _trace(judged: Compared, catalog: Catalog, doubtful: frozenset[str]) -> str:
    """Return the trace of a comparison, with a remark where its answer contradicts another."""
    told = trace_text(judged, catalog)
    return f"{told}: {CONTRADICTS}" if judged.question in doubtful else told


def wanted_text(how: str, wanted: Any, entry: Input) -> str:
    """Return one comparison in words, such as "at least 18" or "any of: Nodal"."""
    asked = answer_text(wanted, entry)
    if how == "is":
        return asked
    words = "below" if how == "under" and isinstance(wanted, tuple) else _COMPARED[how]
    return f"{words} {asked}"


def trace_text(judged: Compared, catalog: Catalog) -> str:
    """Return what a comparison asks for, beside what was seen."""
    entry = asked_of(judged, catalog)
    asked = " or ".join(wanted_text(how, wanted, entry) for how, wanted in judged.wanted.items())
    return f"{asked}; seen: {answer_text(judged.seen, entry)}"
