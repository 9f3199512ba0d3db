"""The fields that a case may have under the policies at hand: with their questions and cycles.

A question that a policy brings is a field like every other, under `facts.` and its id.
"""

from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from app.model.case_fields import (
    CASE_FIELDS,
    CYCLES_KEY,
    FACTS,
    OPEN_CHOICES,
    CaseField,
    Choose,
    FieldKind,
    Fields,
    cycle_in,
    fields_of_cycle,
)
from app.model.catalog import KEYS, Catalog, Question, QuestionKind
from app.model.quantities import Measure

_MOST = 1_000_000_000  # of a number whose question states no bound


def fields_of(catalog: Catalog, choose: Choose = lambda *_: {}) -> Fields:
    """Return the fields of a case that a catalog has words for, also those of policies' own."""
    found = dict(CASE_FIELDS)
    for key in OPEN_CHOICES:
        found[key] = replace(found[key], choices=tuple(catalog.inputs[key].choices))
    cycles = {cycle_in(key) for key in catalog.inputs} - {0}
    added = [
        *(one for number in sorted(cycles) for one in fields_of_cycle(CYCLES_KEY, number)),
        *(_own_field(name, one) for name, one in catalog.questions.items() if name not in KEYS),
    ]
    for column in added:
        found.setdefault(column.key, column)
    return Fields(found.values(), choose)


def _own_field(name: str, question: Question) -> CaseField:
    """Return the field for the answer to a question that a policy brings."""
    return CaseField(
        f"{FACTS}.{name}",
        kind=_OWN_KINDS[question.kind],
        is_required=False,
        is_nullable=True,
        choices=tuple(question.choices),
        quantity=_number(question) if question.kind == "number" else None,
        part=FACTS,
    )


_OWN_KINDS: dict[QuestionKind, FieldKind] = {
    "number": "decimal",
    "yes_no": "yes_no",
    "one_of": "choice",
    "choices": "list",
    "codes": "list",
}


def _number(question: Question) -> Measure:
    """Return how an answer is read that is a number with at most so many decimals."""
    low = Decimal(question.from_ or 0)
    high = Decimal(_MOST if question.to is None else question.to)
    decimals = question.decimals or 0
    middle = (low + min(high, low + 10)) / 2
    example = f"{middle.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN)}"
    return Measure(question.unit or "", low, high, example, decimals=decimals)
