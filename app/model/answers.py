"""Stand-in until h21case."""

from collections.abc import Callable
from typing import Any

from app.model.case import Case
from app.model.catalog import Question, case_key


def reader(question_id: str, question: Question) -> Callable[[Case], Any]:
    """Return the reader of an answer."""
    key = question.key or case_key(question_id)

    def read(case: Case) -> Any:
        found: Any = case
        for part in key.split("."):
            found = getattr(found, part, None)
        return found

    return read
