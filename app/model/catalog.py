"""The catalog: the words for each field of a case, its place in form and report, who can answer it.

Criteria may refer to the `questions` only; the other `inputs` are measured, requested or planned.
Words and places only: kind, bounds and unit are those of `app.model.case_fields`.
"""

import re
from collections.abc import Iterator
from dataclasses import field, replace
from decimal import Decimal
from typing import Annotated, Any, Literal

from app.model.case_values import YesNo
from app.model.data import AsWritten, Checked, Limited, Refusal, data, key_of
from app.model.document import Text


def _letter(text: str) -> str:
    if len(text) != 1 or not (text.isascii() and text.isalpha()):
        raise Refusal("must be a letter from A to Z")
    return text


def _bound(value: object) -> Decimal:
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,10}(\.[0-9]{1,6})?", str(value)):
        raise Refusal("must be a whole number, or a decimal in quotation marks")
    return Decimal(str(value))


Words = Text
Letter = Annotated[str, AsWritten(), Checked(_letter)]
Decimals = Annotated[int, AsWritten(), Limited(above=-1, at_most=6)]
Bound = Annotated[Any, Checked(_bound)]
QuestionKind = Literal["number", "yes_no", "one_of", "choices", "codes"]
# Where a report tells a field: on a line of its own, in its head, with the request, or on the line
# of its cycle.
ReportPlace = Literal["line", "head", "request", "cycle"]
SEPARATOR = "|"  # between several choices in one cell of a worklist
QUESTIONS = "criteria"  # the section of the form with the questions that a policy asks

_COMPARISONS: dict[QuestionKind, tuple[str, ...]] = {
    "number": ("at_least", "at_most", "over", "under"),
    "yes_no": ("is",),
    "one_of": ("any_of", "none_of"),
    "choices": ("any_of", "none_of"),
    "codes": ("any_of", "under"),
}


@data
class Input:
    """The words and places of one field; `choices` maps the contract's values to labels.

    `section` is a section of the form, in which the fields stand in the order of the catalog, each
    in a row of its own unless it is `beside` the one before it. A field without a section is
    outside the form. `phrase` is the part of a report's line about a cycle that tells this field.
    """

    label: Words
    label_in_report: Words | None = None
    label_of_column: Words | None = None
    mnemonic: Letter | None = None
    help: Words | None = None
    help_stays: YesNo = False  # shown beside the field, not only when it is pointed at
    help_on_paper: Words | None = None  # on the ask sheet, in place of `help`
    section: Words | None = None
    beside: YesNo = False
    report: ReportPlace = "line"
    phrase: Words | None = None
    choices: dict[Words, Words] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.mnemonic is not None and self.mnemonic not in self.label:
            raise Refusal("must be a letter of the label", at="mnemonic")


@data
class Question(Input):
    """An input that criteria may refer to, and who can answer it."""

    section: Words = QUESTIONS
    kind: QuestionKind
    answered_by: Literal["chart", "prescriber", "payer"]
    unit: Words | None = None
    decimals: Decimals | None = None
    from_: Bound | None = None
    to: Bound | None = None
    system: Literal["icd_10_cm"] | None = None

    @property
    def comparisons(self) -> tuple[str, ...]:
        """The comparisons that a criterion may apply to the answer, such as "at_least"."""
        return _COMPARISONS[self.kind]

    def __post_init__(self) -> None:
        Input.__post_init__(self)  # super() does not know a class with slots
        if bool(self.choices) != (self.kind in ("choices", "one_of")):
            message = "choices belong to a question of the kind 'choices' or 'one_of'"
            raise Refusal(message, at="choices")
        for choice in self.choices:
            if choice != choice.strip() or SEPARATOR in choice:
                message = f"must have no {SEPARATOR}, and no blank at its ends"
                raise Refusal(message, at=f"choices.{choice}")
        for name, kind in _ONLY_OF.items():
            if getattr(self, name) is not None and self.kind != kind:
                raise Refusal(f"belongs to a question of the kind {kind!r}", at=key_of(name))
        if self.from_ is not None and self.to is not None and self.to <= self.from_:
            raise Refusal("must be more than from", at="to")


_ONLY_OF: dict[str, QuestionKind] = {
    "unit": "number",
    "decimals": "number",
    "from_": "number",
    "to": "number",
    "system": "codes",
}

# The questions that are answered by another field of the case than one of the facts.
KEYS = {
    "age_years": "age_years",
    "route": "route",
    "therapy": "regimen",
    "setting": "setting",
    "line_of_business": "line_of_business",
    "request_kind": "request_kind",
    "diagnosis_codes": "diagnosis_codes",
    "course_number": "course.number",
}


def case_key(question: str) -> str:
    """Return the key in a case of the answer to a question.

    >>> case_key("therapy"), case_key("single_agent")
    ('regimen', 'facts.single_agent')
    """
    return KEYS.get(question, f"facts.{question}")


@data
class Catalog:
    """All questions by the id that criteria use, and all other inputs by their key in a case.

    `sections` maps the sections of the form, in their order, to their titles.
    """

    sections: dict[Words, Words]
    questions: dict[Words, Question]
    inputs: dict[Words, Input]

    def __post_init__(self) -> None:
        for part, entries in (("questions", self.questions), ("inputs", self.inputs)):
            for name, entry in entries.items():
                if entry.section is not None and entry.section not in self.sections:
                    known = ", ".join(self.sections)
                    raise Refusal(f"must be one of: {known}", at=f"{part}.{name}.section")

    def rows(self, section: str) -> tuple[tuple[str, ...], ...]:
        """Return the case keys in a section of the form, row by row."""
        rows: list[tuple[str, ...]] = []
        for key, entry in self._entries():
            if entry.section == section and entry.beside and rows:
                rows[-1] += (key,)
            elif entry.section == section:
                rows.append((key,))
        return tuple(rows)

    def _entries(self) -> Iterator[tuple[str, Input]]:
        asked = ((case_key(name), one) for name, one in self.questions.items())
        yield from ((key, one) for key, one in asked if key not in self.inputs)
        yield from self.inputs.items()

    def label(self, key: str) -> str:
        """Return the label of a case key, such as `facts.single_agent`. Raises KeyError."""
        return self.entry(key).label

    def entry(self, key: str) -> Input:
        """Return the catalog entry of a case key. Raises KeyError."""
        if key in self.inputs:
            return self.inputs[key]
        return self.questions[key.removeprefix("facts.")]

    def extended(
        self,
        questions: dict[str, Question],
        choices: dict[str, dict[str, str]],
        cycles: int,
    ) -> "Catalog":
        """Return the catalog with a policy's own questions, and with further choices by key.

        The words for a later cycle are those for the second one, with its number.
        """
        inputs = dict(self.inputs)
        for key, more in choices.items():
            inputs[key] = replace(inputs[key], choices={**inputs[key].choices, **more})
        own = {name: _with_unit(one) for name, one in questions.items()}
        asked = {**own, **self.questions}
        asked["route"] = replace(asked["route"], choices=inputs["route"].choices)
        second = [(key, one) for key, one in self.inputs.items() if key.startswith(_SECOND)]
        for number in range(3, cycles + 1):
            for key, one in second:
                inputs[key.replace(_SECOND, f"course.cycles.{number}.")] = _of_cycle(one, number)
        return replace(self, questions=asked, inputs=inputs)


_SECOND = "course.cycles.2."


def _with_unit(question: Question) -> Question:
    """Return a question whose label ends in the unit of its answer, as labels of the catalog do."""
    if question.unit is None or question.unit in question.label:
        return question
    return replace(question, label=f"{question.label} ({question.unit})")


def _of_cycle(entry: Input, number: int) -> Input:
    words = {
        name: text.replace("ycle 2", f"ycle {number}")
        for name in ("label", "label_of_column")
        if (text := getattr(entry, name)) is not None
    }
    return replace(entry, **words)
