"""Worked examples: entries of a case, with the result worked out by hand from the policies."""

from pathlib import Path
from typing import Annotated

from app.library.policies import RESOURCES
from app.library.reader import read_model
from app.model.case import Confirmable
from app.model.case_values import Name, YesNo
from app.model.data import Limited, data
from app.model.determination import ApprovalStatus
from app.model.document import Text
from app.model.dosing import Units

ExampleEntry = YesNo | Name | tuple[Name, ...]


@data
class Example:
    """One example; `headline` is the title of its result in the window.

    `max_dose_iu` is None where no dosing is documented, and while it cannot be known, also because
    a value in `unconfirmed` waits.
    """

    title: Text
    entries: dict[str, ExampleEntry]
    approval_status: ApprovalStatus
    headline: Text
    max_dose_iu: Units | None
    unconfirmed: tuple[Confirmable, ...] = ()


@data
class Examples:
    """All worked examples."""

    examples: Annotated[tuple[Example, ...], Limited(entries=1)]


def read_examples(resources: Path = RESOURCES) -> tuple[Example, ...]:
    """Return the worked examples. Raises DataFileError."""
    return read_model(Examples, resources / "examples.yaml").examples
