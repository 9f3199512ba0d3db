"""The open questions of a determination, in the order of the form, and answers that contradict.

An answer that contradicts another counts as not known: it is asked again, and that is said.
"""

from app.casework.outcome import Outcome
from app.model.catalog import Catalog
from app.model.determination import Determination
from app.output.headline import note_of

CONTRADICTS = "the answer contradicts another entry and counts as not known"
_NOTE = "contradictory_answers"


def open_questions(found: Determination) -> tuple[str, ...]:
    """Return the open questions in the order of the form: first those that can decide alone."""
    eligibility = found.eligibility
    return tuple(one for one in eligibility.questions if one in eligibility.missing)


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
