"""Worked examples: entries of a case, with the result worked out by hand from the policies."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, StrictBool, StrictStr

from app.library.policies import RESOURCES
from app.library.reader import read_model
from app.model.determination import ApprovalStatus
from app.model.document import Data, Text
from app.model.policy import Units

ExampleEntry = StrictBool | StrictStr | tuple[StrictStr, ...]


class Example(Data):
    """One example; `max_dose_iu` is None where no dosing is documented."""

    title: Text
    entries: dict[str, ExampleEntry]
    approval_status: ApprovalStatus
    max_dose_iu: Units | None


class Examples(Data):
    """All worked examples."""

    examples: Annotated[tuple[Example, ...], Field(min_length=1)]


def read_examples(resources: Path = RESOURCES) -> tuple[Example, ...]:
    """Return the worked examples. Raises DataFileError."""
    return read_model(Examples, resources / "examples.yaml").examples
