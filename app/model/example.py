"""Worked examples: entries of a case, and what the policies give for them by hand."""

from typing import Annotated

from pydantic import Field, StrictBool, StrictStr

from app.model.criterion import Data, Text
from app.model.determination import ApprovalStatus
from app.model.policy import Units

Entry = StrictBool | StrictStr | tuple[StrictStr, ...]


class Example(Data):
    """One example; `max_dose_iu` is None where no dosing is documented."""

    title: Text
    entries: dict[str, Entry]
    approval_status: ApprovalStatus
    max_dose_iu: Units | None


class Examples(Data):
    """All worked examples."""

    examples: Annotated[tuple[Example, ...], Field(min_length=1)]
