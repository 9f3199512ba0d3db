"""The format of case files: one case as JSON with a checksum, to be opened again.

A file contains the known values of the case only: no result, no time, no name of a person. Works on
bytes, not on files. Version 1 of the format is that of Aldesk 0.1.0.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from app.files.first_edition import case_of_0_1_0
from app.files.sealed_json import SealedJsonError, add_checksum, checked_document
from app.model.case import Case, stated
from app.model.case_fields import CASE_FIELDS, Fields
from app.model.case_json import InvalidCase, Problem, read_case

CASE_SUFFIX = ".aldesk"

_FORMAT, _VERSION = "aldesk-case", 2


class CaseFileError(Exception):
    """A case file cannot be used; `problems` is never empty, and the message has one per line."""

    def __init__(
        self, kind: Literal["unreadable", "invalid_case"], problems: tuple[Problem, ...]
    ) -> None:
        super().__init__(
            "\n".join(f"{one.at}: {one.message}" if one.at else one.message for one in problems)
        )
        self.kind: Literal["unreadable", "invalid_case"] = kind
        self.problems = problems


def case_bytes(case: Case) -> bytes:
    """Return the file of a case, the same bytes for the same case.

    Raises SealedJsonError above 1,000,000 bytes.
    """
    return add_checksum(_FORMAT, _VERSION, {"case": case_data(case)})


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """What a case file holds, in the form of JSON, and the case; None where `problems` say why."""

    content: Any
    case: Case | None
    problems: tuple[Problem, ...] = ()


def open_case_file(data: bytes, fields: Fields = CASE_FIELDS) -> OpenedCase:
    """Return what a case file holds, also where the case is refused by this edition.

    `fields` are those that the case may have.
    Raises CaseFileError for any bytes that are not a case file.
    """
    try:
        version, body = checked_document(data, _FORMAT, _VERSION)
        if body.keys() != {"case"}:
            raise SealedJsonError("damaged")
    except SealedJsonError as error:
        raise CaseFileError("unreadable", (Problem("", str(error)),)) from None
    content = case_of_0_1_0(body["case"]) if version == 1 else body["case"]
    try:
        return OpenedCase(content, read_case(content, fields))
    except InvalidCase as error:
        return OpenedCase(content, None, error.problems)


def read_case_file(data: bytes, fields: Fields = CASE_FIELDS) -> Case:
    """Return the case of a file. Raises CaseFileError for any bytes that are not a case file."""
    opened = open_case_file(data, fields)
    if opened.case is None:
        raise CaseFileError("invalid_case", opened.problems)
    return opened.case


def case_data(case: Case) -> dict[str, Any]:
    """Return the known values of a case for JSON; a decimal becomes a string, as it was written."""
    return {key: _plain(value) for key, value in stated(case).items()}


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else value
