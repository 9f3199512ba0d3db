"""The ask sheet: the questions still missing, grouped by who can answer them, as plain text.

It never suggests an answer, and contains no answer, measurement or dose. The patient is written on
it by hand.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.casework.outcome import Outcome
from app.model.catalog import Catalog, Input, Question
from app.model.determination import Determination, DoseLimit
from app.model.eligibility import Judged, JudgedComparison, children
from app.output.headline import is_dosing_unchecked, note_of
from app.output.open_questions import contradicted, needs_age
from app.output.phrases import ANSWERED_BY, in_force_text
from app.output.site_policies import whose

ASK_SHEET_TITLE = "Ask sheet: what is still missing"
NOTHING_MISSING = "Nothing is missing: no open answer or measurement can still change the result."
NO_DOSE = "The dosing is not checked: no dose was entered. An ordered dose can change the result."
_CONTRADICTS = "Asked again: the answer contradicts another entry and counts as not known."
_NEEDS_AGE = "Without an age, height and weight are judged as those of an adult."
_UNUSUAL = "This entry is unusual and not used until it is confirmed. Read it again, with its unit."
_MAY_BE_WRONG = (
    "Read it again, with its unit: the body surface area does not fit height and weight."
)
_AUTHORIZATION = (
    "Authorization",
    "As entered, it does not cover every day of the treatment. From which day to which day is it?",
)
_FOOT = (
    "If nobody knows, answer “not known”.\n"
    "Aldesk compares the answers with the written policy. The payer decides."
)
_LINE = "_" * 40
_BOXES = "[  ] Yes    [  ] No    [  ] Not known"
_ORDERED = ("requested.dose_iu",)  # what the prescriber orders; the rest stands in the chart
_WRITTEN = ("number", "codes")  # the questions that are not answered by a tick
_GROUPS = ("prescriber", "chart", "payer")


@dataclass(frozen=True, slots=True)
class _Item:
    """One item of the sheet; `of` says who can answer it, as in `Question.answered_by`."""

    of: str
    lines: tuple[str, ...]


def ask_sheet_text(outcome: Outcome, catalog: Catalog) -> str:
    """Return the whole sheet, with a blank line between its parts."""
    determination = outcome.determination
    parts: list[Iterable[str]] = [_head(outcome, catalog)]
    if determination is None:
        parts.append(_waits(outcome, catalog))
    else:
        items = [*_items(outcome, determination, catalog)]
        parts += _groups(items)
        if _has_no_dose(determination):
            parts.append([NO_DOSE])
        elif not items:
            parts.append([NOTHING_MISSING])
    parts.append([_FOOT])
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _head(outcome: Outcome, catalog: Catalog) -> Iterator[str]:
    yield ASK_SHEET_TITLE
    yield ""
    yield f"Patient (handwritten or label): {_LINE}"
    yield ""
    policy = outcome.policy
    if policy is not None:
        yield f"Policy: {policy.payer}, {policy.title}{whose(policy)}"
        yield f"Version {policy.version}, {in_force_text(policy)}"
        note = outcome.note("policy_review_overdue")
        if note is not None:
            yield note.text
    therapy = [_chosen(key, outcome, catalog) for key in ("indication", "route")]
    yield f"Therapy: aldesleukin (Proleukin), {', '.join(therapy)}"


def _chosen(key: str, outcome: Outcome, catalog: Catalog) -> str:
    entry = catalog.entry(key)
    words = entry.choices.get(str(outcome.draft.value(key)))
    return words.lower() if words else f"{entry.label.lower()} not chosen yet"


def _waits(outcome: Outcome, catalog: Catalog) -> Iterator[str]:
    """Yield which entries must be corrected or filled in before questions can be asked."""
    yield "What to ask depends on other entries in Aldesk."
    for words, keys in (
        ("To be corrected", tuple(outcome.problems)),
        ("To be filled in", outcome.draft.unanswered),
    ):
        if keys:
            yield f"{words}: {', '.join(catalog.label(key) for key in keys)}"


def _items(outcome: Outcome, determination: Determination, catalog: Catalog) -> Iterator[_Item]:
    criteria = determination.eligibility.criteria
    for key in outcome.missing:
        question = catalog.questions[key]
        citations = dict.fromkeys(_citations(criteria, key))
        lines = _asked(question, _CONTRADICTS if key in contradicted(determination) else "")
        yield _Item(question.answered_by, (*lines, _source(citations)))
    if determination.dose_limit is not None:
        yield from _measurements(determination.dose_limit, catalog)
    for key in outcome.unconfirmed:
        of = "prescriber" if key in _ORDERED else "chart"
        yield _Item(of, tuple(_read_again(catalog.entry(key))))
    yield from _besides(outcome, determination, catalog)


def _besides(outcome: Outcome, found: Determination, catalog: Catalog) -> Iterator[_Item]:
    """Yield what else may mend an unusual measurement, and the days of an authorization."""
    if needs_age(outcome):
        yield _Item("chart", tuple(_asked(catalog.questions["age_years"], _NEEDS_AGE)))
    case = outcome.draft.case
    if "bsa_m2" in outcome.unconfirmed and case and case.height_cm and case.weight_kg:
        for key in ("height_cm", "weight_kg"):
            yield _Item("chart", tuple(_read_again(catalog.entry(key), _MAY_BE_WRONG)))
    if note_of(found, "authorization_does_not_cover") is not None:
        yield _Item("payer", (*_AUTHORIZATION, f"Answer: {_LINE}"))


def _has_no_dose(found: Determination) -> bool:
    """Return whether the criteria are met and the dosing has no dose to check."""
    is_asked = any(one.field == "dose_iu" for one in found.request_check.findings)
    return is_dosing_unchecked(found) and found.dose_limit is not None and not is_asked


def _measurements(limit: DoseLimit, catalog: Catalog) -> Iterator[_Item]:
    for key in limit.missing:
        lines = _measured(key, catalog.entry(key), is_for_area="bsa_m2" in limit.missing)
        yield _Item("chart", (*lines, _source([limit.citation])))


def _citations(judged: Judged, question: str) -> Iterator[str]:
    """Yield the citation of each criterion that asks this question."""
    if isinstance(judged, JudgedComparison) and judged.question == question:
        yield judged.citation
    for child in children(judged):
        yield from _citations(child, question)


def _source(citations: Iterable[str]) -> str:
    return f"Source: {'; '.join(citations)}"


def _asked(question: Question, remark: str = "") -> Iterator[str]:
    yield question.label
    if remark:
        yield remark
    if question.help:
        yield question.help
    if question.kind == "yes_no":
        yield _BOXES
    for words in question.choices.values():
        yield f"[  ] {words}"
    if question.kind == "choices":
        yield "[  ] None of these"
    if question.choices:
        yield "[  ] Not known"
    yield f"{'Answer' if question.kind in _WRITTEN else 'Remark'}: {_LINE}"


def _measured(key: str, entry: Input, *, is_for_area: bool) -> Iterator[str]:
    """Yield the lines for a measurement; either the area or height and weight are needed."""
    yield entry.label
    if told := entry.help_on_paper or entry.help:
        yield told
    if is_for_area and key != "bsa_m2":
        yield "Not needed where the body surface area is known."
    yield f"Answer: {_LINE}"


def _read_again(entry: Input, why: str = _UNUSUAL) -> Iterator[str]:
    yield entry.label
    yield why
    yield f"Answer: {_LINE}"


def _groups(items: list[_Item]) -> Iterator[list[str]]:
    """Yield, for each group of people, a heading, the numbered items and a line to sign."""
    number = 0
    for of in _GROUPS:
        asked = [item.lines for item in items if item.of == of]
        if not asked:
            continue
        yield [ANSWERED_BY[of].upper()]
        for lines in asked:
            number += 1
            yield [f"{number}. {lines[0]}", *(f"   {line}" for line in lines[1:])]
        yield [f"Answered by: {'_' * 24}   On: {'_' * 14}"]
