"""How long an approval lasts, and what a renewal needs, as a policy states it.

Data only; the engine decides. A `branch` is the id of a criterion of the same indication.
"""

from typing import Annotated, Any

from app.model.criterion import Criterion
from app.model.data import Limited, Refusal, data, key_of
from app.model.document import Citation, Cited, Identifier, OneOrMore, PositiveInt, Text, Yes

LENGTHS = (
    "months",
    "weeks",
    "days",
    "doses",
    "cycles",
    "once",
    "end_of_plan_year",
    "not_stated",
)
DATED = ("months", "weeks", "days")  # the lengths from which a last day follows


@data
class Approval(Cited):
    """One length of an approval: calendar months, weeks, days, doses, cycles, or in words.

    It is for those who meet the criterion `branch` and the condition `when`, where it has one.
    """

    months: PositiveInt | None = None
    weeks: PositiveInt | None = None
    days: PositiveInt | None = None
    doses: PositiveInt | None = None
    cycles: PositiveInt | None = None
    once: Yes | None = None
    end_of_plan_year: Yes | None = None
    not_stated: Yes | None = None
    branch: Identifier | None = None
    when: Criterion | None = None

    @property
    def length(self) -> dict[str, int | bool]:
        """The length as its key with its value, for instance {"months": 12}."""
        stated: dict[str, Any] = {name: getattr(self, name) for name in LENGTHS}
        return {name: value for name, value in stated.items() if value is not None}

    def __post_init__(self) -> None:
        if len(self.length) != 1:
            raise Refusal(f"needs exactly one of: {', '.join(LENGTHS)}")


Approvals = Annotated[tuple[Approval, ...], OneOrMore()]


@data
class Renewal:
    """What a renewal needs: criteria of its own, some of the first request's (`also`), or both.

    Or the document refuses it, or does not speak of it. Without an approval of its own the one of
    the first request counts.
    """

    criteria: Criterion | None = None
    also: Annotated[tuple[Identifier, ...], Limited(entries=1)] | None = None
    approval: Approvals = ()
    refused: Yes | None = None
    text: Text | None = None
    not_stated: Yes | None = None
    branch: Identifier | None = None
    citation: Citation | None = None

    @property
    def has_criteria(self) -> bool:
        """Whether it says what must be met."""
        return self.criteria is not None or self.also is not None

    def __post_init__(self) -> None:
        if sum((self.has_criteria, bool(self.refused), bool(self.not_stated))) != 1:
            raise Refusal("needs criteria or also, or exactly one of: refused, not_stated")
        if self.criteria is None and self.citation is None:
            raise Refusal("the key is missing", at="citation")
        for name in ("approval", "text"):
            fitting = self.has_criteria if name == "approval" else self.refused
            if getattr(self, name) and not fitting:
                wanted = "criteria or also" if name == "approval" else "refused"
                raise Refusal(f"goes together with {wanted}", at=key_of(name))


Renewals = Annotated[tuple[Renewal, ...], OneOrMore()]
