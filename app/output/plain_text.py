"""Writes a determination, a list of policies or a list of problems as plain text for people."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from app.model.case import Case
from app.model.case_json import Problem
from app.model.catalog import Catalog
from app.model.determination import Determination
from app.model.policy import Policy
from app.output.dose_phrases import limit_text, stated_as_text, weight_text
from app.output.headline import headline, headline_shape
from app.output.open_questions import contradiction_text
from app.output.phrases import (
    NO_DOSING_BY_ROUTE,
    Row,
    dose_title,
    limit_rows,
    policy_text,
    without_limit,
)
from app.output.result_texts import beside_status, hold_text, outside_policy
from app.output.sections import sections
from app.output.site_policies import in_force_words, whose


def determination_text(
    determination: Determination, catalog: Catalog, case: Case | None = None
) -> str:
    """Return the whole determination, with the status and the dose first.

    With the case it belongs to, also the weight behind it and what was granted.
    """
    return "\n".join(_lines(determination, catalog, case))


def policies_text(policies: Iterable[Policy]) -> str:
    """Return one paragraph for each policy version."""
    return "\n".join(
        f"{policy.id}  version {policy.version}\n"
        f"  {policy.payer}: {policy.title}{whose(policy)}\n"
        f"  in force {in_force_words(policy)}\n"
        f"  SHA-256 {policy.sha256}"
        for policy in policies
    )


def refusal_text(problems: Iterable[Problem]) -> str:
    """Return one line for each problem, with the key of the entry."""
    return "\n".join(f"{one.at}: {one.message}" if one.at else one.message for one in problems)


def _lines(determination: Determination, catalog: Catalog, case: Case | None) -> Iterator[str]:
    policy = determination.policy
    yield f"{headline_shape(determination)} {headline(determination)}"
    yield determination.summary
    beside = (hold_text, contradiction_text, beside_status, outside_policy)
    yield from filter(None, (text(determination) for text in beside))
    yield ""
    yield policy_text(determination)
    if determination.reference is not None:
        yield f"Reference: {determination.reference}"
    yield from _section("Dose limit", _dose_lines(determination, case))
    for kind, section in sections(determination, catalog, case).items():
        line = _LINES.get(kind, _cited)
        meaning = [section.meaning] if section.meaning else []
        rows = map(_without(determination), section.rows) if kind == _LABEL else section.rows
        yield from _section(section.title, (*meaning, *map(line, rows)))
    yield ""
    yield f"Aldesk {determination.engine_version}, policy file SHA-256 {policy.sha256}"


def _without(determination: Determination) -> Callable[[Row], Row]:
    """Return what takes the label's name out of a citation, because the title has it."""
    preparation = determination.preparation
    name = f"{preparation.label}: " if preparation else ""
    return lambda row: replace(row, citation=row.citation.removeprefix(name))


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield ""
    yield title
    yield from (f"  {line}" for line in lines)


def _cited(row: Row) -> str:
    label = f"{row.label}: " if row.label else ""
    return f"{label}{row.text}{f' [{row.citation}]' if row.citation else ''}"


def _criterion(row: Row) -> str:
    trace = f" ({row.detail})" if row.detail else ""
    return f"{'  ' * row.depth}{row.label}: {row.text}{trace} [{row.citation}]"


def _requested(row: Row) -> str:
    value = f"{row.text}. " if row.text else ""
    return f"{row.label}: {value}{row.detail}"


_LABEL = "preparation"  # the section whose title names the label
# How a row is written in the sections that have more than label, text and citation.
_LINES: dict[str, Callable[[Row], str]] = {
    "request": _requested,
    "schedule": lambda row: f"{row.label}: {row.text}: {row.detail}",
    "criteria": _criterion,
    "notes": lambda row: f"{row.label}: {row.text} [{row.citation}]",
}


def _dose_lines(determination: Determination, case: Case | None) -> Iterator[str]:
    limit = determination.dose_limit
    if limit is None:
        yield without_limit(determination, NO_DOSING_BY_ROUTE)
        return
    yield f"{dose_title(determination)}: {limit_text(determination)}"
    yield f"{limit.basis} [{limit.citation}]"
    told = (weight_text(case) if case else "", stated_as_text(limit))
    yield from filter(None, told)
    yield from map(_cited, limit_rows(limit))
