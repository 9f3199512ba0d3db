"""The open questions of a determination, in the order of the form, and answers that contradict.

An answer that contradicts another counts as not known: it is asked again, and that is said.
"""

from collections.abc import Iterator

from app.casework.outcome import Outcome
from app.model.catalog import Catalog
from app.model.determination import Determination
from app.model.eligibility import (
    Judged,
    JudgedAny,
    JudgedComparison,
    children,
    is_for_another_route,
)
from app.output.headline import note_of

CONTRADICTS = "the answer contradicts another entry and counts as not known"
_NOTE = "contradictory_answers"


def open_questions(found: Determination) -> tuple[str, ...]:
    """Return the open questions in the order of the form: first those that can decide alone."""
    criteria = found.eligibility.criteria
    asked = dict.fromkeys(one.question for one in _comparisons(criteria))
    alone = set(_settling_alone(criteria))
    ordered = sorted(asked, key=lambda question: question not in alone)
    return tuple(one for one in ordered if one in found.eligibility.missing)


def needs_age(outcome: Outcome) -> bool:
    """Return whether a height or weight waits that an age may make usual, and no question asks."""
    waits = not {"height_cm", "weight_kg"}.isdisjoint(outcome.unconfirmed)
    is_known = outcome.draft.value("age_years") is not None
    return waits and not is_known and "age_years" not in outcome.missing


def contradicted(found: Determination) -> frozenset[str]:
    """Return the questions whose answers contradict another entry."""
    note = note_of(found, _NOTE)
    return frozenset(one.removeprefix("facts.") for one in note.inputs) if note else frozenset()


def contradiction_text(found: Determination) -> str:
    """Return which answers contradict each other; "" if none do."""
    note = note_of(found, _NOTE)
    return note.text if note else ""


def question_text(question: str, found: Determination, catalog: Catalog) -> str:
    """Return an open question, with a remark where its answer contradicts another entry."""
    label = catalog.questions[question].label
    return f"{label} ({CONTRADICTS})" if question in contradicted(found) else label


def _comparisons(judged: Judged) -> Iterator[JudgedComparison]:
    if isinstance(judged, JudgedComparison):
        yield judged
    for child in _applicable(judged):
        yield from _comparisons(child)


def _applicable(judged: Judged) -> tuple[Judged, ...]:
    return tuple(one for one in children(judged) if not is_for_another_route(one))


def _settling_alone(judged: Judged, above: str = "") -> Iterator[str]:
    """Yield the questions of which a single answer can decide the result, as the form does."""
    if isinstance(judged, JudgedComparison):
        yield judged.question
        return
    parts = _applicable(judged)
    own = "any" if isinstance(judged, JudgedAny) else "all"
    kind = own if len(parts) > 1 else above
    if above in ("", kind):
        for part in parts:
            yield from _settling_alone(part, kind)
