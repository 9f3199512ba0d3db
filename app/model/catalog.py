"""The catalog: labels and help texts of all inputs of a case, and who can answer each question.

Criteria may refer to the `questions` only; the other `inputs` are measured, requested or planned.
Texts only: types and bounds are defined in `app.model.case`.
"""

from dataclasses import field
from typing import Annotated, Literal

from app.model.data import AsWritten, Limited, Refusal, data

Words = Annotated[str, AsWritten(), Limited(entries=1)]
QuestionKind = Literal["number", "yes_no", "choices"]

_COMPARISONS: dict[QuestionKind, tuple[str, ...]] = {
    "number": ("at_least", "at_most"),
    "yes_no": ("is",),
    "choices": ("any_of", "none_of"),
}


@data
class Input:
    """The texts of one input; `choices` maps the contract's values to labels."""

    label: Words
    help: Words | None = None
    choices: dict[Words, Words] = field(default_factory=dict)


@data
class Question(Input):
    """An input that criteria may refer to, and who can answer it."""

    kind: QuestionKind
    answered_by: Literal["chart", "prescriber", "payer"]

    @property
    def comparisons(self) -> tuple[str, ...]:
        """The comparisons that a criterion may apply to the answer, such as "at_least"."""
        return _COMPARISONS[self.kind]

    def __post_init__(self) -> None:
        if bool(self.choices) != (self.kind == "choices"):
            raise Refusal("choices belong to a question of the kind 'choices'", at="choices")


def case_key(question: str) -> str:
    """Return the key in a case of the answer to a question.

    >>> case_key("age_years"), case_key("single_agent")
    ('age_years', 'facts.single_agent')
    """
    return question if question == "age_years" else f"facts.{question}"


@data
class Catalog:
    """All questions by the id that criteria use, and all other inputs by their key in a case."""

    questions: dict[Words, Question]
    inputs: dict[Words, Input]

    def label(self, key: str) -> str:
        """Return the label of a case key, such as `facts.single_agent`. Raises KeyError."""
        return self.entry(key).label

    def entry(self, key: str) -> Input:
        """Return the catalog entry of a case key. Raises KeyError."""
        bare = key.removeprefix("facts.")
        return self.questions[bare] if bare in self.questions else self.inputs[key]
