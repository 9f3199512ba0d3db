"""The format of case files: one case as JSON with a checksum, to be opened again.

A file contains the known values of the case only: no result, no time, no name of a person. Works on
bytes, not on files.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from app.files.sealed_json import SealedJsonError, add_checksum, checked_body
from app.model.case import Case, stated
from app.model.case_json import InvalidCase, Problem, read_case

CASE_SUFFIX = ".aldesk"

_FORMAT, _VERSION = "aldesk-case", 1


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


def read_case_file(data: bytes) -> Case:
    """Return the case of a file. Raises CaseFileError for any bytes that are not a case file."""
    try:
        body = checked_body(data, _FORMAT, _VERSION)
        if body.keys() != {"case"}:
            raise SealedJsonError("damaged")
        return read_case(body["case"])
    except SealedJsonError as error:
        raise CaseFileError("unreadable", (Problem("", str(error)),)) from None
    except InvalidCase as error:
        raise CaseFileError("invalid_case", error.problems) from None


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
