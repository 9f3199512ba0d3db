"""What a policy says about uses that it does not cover: all others, and those that it names."""

from datetime import date
from typing import Annotated, Literal

from app.model.criterion import Criterion
from app.model.data import AsWritten, Checked, Limited, Refusal, data
from app.model.document import Cited, Identifier, Text, Yes
from app.model.vocabulary import IndicationId

Because = Literal[
    "experimental",
    "investigational",
    "not_medically_necessary",
    "excluded",
    "addressed_elsewhere",
]
ELSEWHERE: Because = "addressed_elsewhere"
CodeSystem = Literal["hcpcs", "cpt", "ndc", "icd_9_cm", "icd_10_cm"]


@data
class NamedUse(Cited):
    """A use that the policy refuses by name, or that another document addresses (`see`)."""

    id: Identifier
    text: Text
    because: Because
    see: Text | None = None
    when: Criterion

    @property
    def is_elsewhere(self) -> bool:
        """Whether another document judges it, so that this one neither covers nor refuses it."""
        return self.because == ELSEWHERE

    def __post_init__(self) -> None:
        if self.see is not None and not self.is_elsewhere:
            raise Refusal(f"goes together with because: {ELSEWHERE}", at="see")


@data
class NotCovered(Cited):
    """The policy's statement about every use that it does not list; `uses` are named ones.

    With `not_stated` the document says nothing about uses that it does not list.
    """

    text: Text | None = None
    not_stated: Yes | None = None
    uses: tuple[NamedUse, ...] = ()

    def __post_init__(self) -> None:
        if (self.text is None) == (self.not_stated is None):
            raise Refusal("needs exactly one of: text, not_stated")


def _code(text: str) -> str:
    if not text.isascii() or not text.replace(".", "").replace("-", "").isalnum():
        raise Refusal("must be a code: letters, digits, points and hyphens")
    return text


Code = Annotated[Text, Checked(_code)]
Codes = Annotated[tuple[Code, ...], Limited(entries=1)]


@data
class CodeList(Cited):
    """Codes of a system: one with its text, or those that support a use.

    A code below one in `under` counts as well. They support a use and never decide one. A list with
    `valid_from` or `valid_to` holds for dates of service between them.
    """

    system: CodeSystem
    code: Code | None = None
    text: Text | None = None
    any_of: Codes | None = None
    under: Codes | None = None
    indications: Annotated[tuple[IndicationId, ...], Limited(entries=1)] | None = None
    valid_from: Annotated[date, AsWritten()] | None = None
    valid_to: Annotated[date, AsWritten()] | None = None

    def __post_init__(self) -> None:
        if (self.code is None) == (self.any_of is None and self.under is None):
            raise Refusal("needs either code, or any_of and under or one of them")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise Refusal("lies before valid_from", at="valid_to")
