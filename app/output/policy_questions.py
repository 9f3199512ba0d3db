"""Writes which questions a user of a policy sees for each use, in the order of the form."""

from collections.abc import Iterator

from app.engine import clauses_for
from app.model.catalog import Catalog, Question, QuestionKind
from app.model.policy import Policy
from app.output.phrases import ANSWERED_BY

QUESTIONS_TITLE = "The questions that a user sees:"
_NO_QUESTION = "no question"
_KINDS: dict[QuestionKind, str] = {
    "yes_no": "yes or no",
    "number": "a number",
    "one_of": "one of",
    "choices": "one or more of",
    "codes": "codes",
}


def questions_text(policy: Policy, catalog: Catalog) -> str:
    """Return the questions for each covered indication, apart for routes that differ in them."""
    return "\n".join((QUESTIONS_TITLE, *_lines(policy, catalog)))


def _lines(policy: Policy, catalog: Catalog) -> Iterator[str]:
    questions = {**policy.questions, **catalog.questions}
    for indication, coverage in policy.coverage.items():
        for asked, routes in _by_questions(policy, indication, catalog).items():
            yield f"  {coverage.name}, {' or '.join(routes)} route:"
            told = [_question(questions[one]) for one in asked] or [_NO_QUESTION]
            yield from (f"    {one}" for one in told)


def _by_questions(
    policy: Policy, indication: str, catalog: Catalog
) -> dict[tuple[str, ...], list[str]]:
    """Return the labels of the routes by the questions that are asked for them."""
    found: dict[tuple[str, ...], list[str]] = {}
    own = {name: one.label for name, one in policy.routes.items()}
    for route, label in {**catalog.inputs["route"].choices, **own}.items():
        asked = tuple(clauses_for(policy, indication, route))
        found.setdefault(asked, []).append(label.lower())
    return found


def _question(question: Question) -> str:
    """Return a question with its kind, its choices, and who can answer it."""
    choices = f": {'; '.join(question.choices.values())}" if question.choices else ""
    who = ANSWERED_BY[question.answered_by]
    return f"{question.label} ({_KINDS[question.kind]}{choices}). {who}."
