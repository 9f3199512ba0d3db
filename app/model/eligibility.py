"""The judged criteria as a tree, and what follows from them: part of a determination.

Key names are a public contract. Decides nothing.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal

from app.model.treatment import result

EligibilityStatus = Literal["met", "not_met", "incomplete", "not_covered", "not_addressed"]
CriterionResult = Literal["met", "not_met", "unknown"]
Because = Literal[
    "experimental",
    "investigational",
    "not_medically_necessary",
    "excluded",
    "addressed_elsewhere",
]
Seen = int | bool | str | Decimal | tuple[str, ...] | None


@result
class JudgedComparison:
    """A judged comparison: `wanted` by the policy, `seen` in the case (null: not known)."""

    id: str
    text: str
    result: CriterionResult
    question: str
    seen: Seen
    wanted: dict[str, Any]
    citation: str


@result
class JudgedAll:
    """A judged group whose criteria must all be met."""

    id: str
    text: str
    result: CriterionResult
    seen: Seen
    citation: str
    all: "tuple[Judged, ...]"


@result
class JudgedAny:
    """A judged group of which at least one criterion must be met."""

    id: str
    text: str
    result: CriterionResult
    seen: Seen
    citation: str
    any: "tuple[Judged, ...]"


@result
class JudgedNone:
    """A judged group of which no criterion may be met."""

    id: str
    text: str
    result: CriterionResult
    seen: Seen
    citation: str
    none: "tuple[Judged, ...]"


@result
class JudgedCount:
    """A judged group of which at least so many criteria must be met."""

    id: str
    text: str
    result: CriterionResult
    seen: Seen
    citation: str
    at_least: int
    of: "tuple[Judged, ...]"


@result
class PassedOver:
    """What stands for a group that does not apply to the route of the case; it is not met."""

    id: str
    text: str
    result: CriterionResult
    question: str
    seen: Seen
    wanted: dict[str, Any]
    citation: str


Compared = JudgedComparison | PassedOver
Judged = Compared | JudgedAll | JudgedAny | JudgedNone | JudgedCount


def is_for_another_route(judged: Judged) -> bool:
    """Return whether this replaces a group that does not apply to the route of the case."""
    return isinstance(judged, PassedOver)


def children(judged: Judged) -> tuple[Judged, ...]:
    """Return the criteria directly below this one."""
    match judged:
        case JudgedAll():
            return judged.all
        case JudgedAny():
            return judged.any
        case JudgedNone():
            return judged.none
        case JudgedCount():
            return judged.of
        case _:
            return ()


def all_below(judged: Judged) -> Iterator[Judged]:
    """Yield a judged criterion and all below it, in the order of the document."""
    yield judged
    for child in children(judged):
        yield from all_below(child)


@result
class MetUse:
    """A use that the policy names and that the case is: refused, or addressed elsewhere (`see`)."""

    id: str
    text: str
    because: Because
    see: str | None
    citation: str


@result
class Eligibility:
    """The judged criteria; `missing` are the unknown inputs that could still change the status.

    `questions` are all that the criteria ask, in the order in which they can settle the case.
    `uses` are those that the policy names as not covered and that the case is.
    """

    status: EligibilityStatus
    criteria: Judged
    missing: tuple[str, ...]
    questions: tuple[str, ...] = ()
    uses: tuple[MetUse, ...] = ()
