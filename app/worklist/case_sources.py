"""Reads cases one by one from files of any kind: case files, JSON, JSON Lines and CSV.

A row that is not a valid case yields the reason instead. Each case is named by its file and row,
never by a person's name.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from app.atomic_file import why_not
from app.bounded_file import TooLarge, read_stream
from app.casework.determine import Refusal, read_json_case
from app.files.case_file import CaseFileError, read_case_file
from app.files.sealed_json import is_sealed
from app.model.case import Case
from app.model.case_fields import CASE_FIELDS, Fields
from app.output.plain_text import refusal_text
from app.worklist.sheets import open_sheet

_WORKLISTS = (".csv", ".jsonl", ".ndjson")


def cases_in(
    source: BinaryIO, name: str, fields: Fields = CASE_FIELDS
) -> Iterator[tuple[str, Case | str]]:
    """Yield the cases of an open file, each with file name and row, or the reason in its place.

    `fields` are those that a case may have.

    A file whose name ends in .csv, .jsonl or .ndjson is a worklist; any other file has one case.
    """
    if Path(name).suffix.lower() not in _WORKLISTS:
        yield name, _one_case(source, fields)
        return
    try:
        yield from _rows(source, name, fields)
    except Refusal as refusal:
        yield name, refusal_text(refusal.problems)


def _rows(source: BinaryIO, name: str, fields: Fields) -> Iterator[tuple[str, Case | str]]:
    sheet = open_sheet(source, name, fields)
    for row in sheet.rows():
        try:
            yield f"{name}, row {row.number:,}", sheet.case(row)
        except Refusal as refusal:
            yield f"{name}, row {row.number:,}", refusal_text(refusal.problems)


def _one_case(source: BinaryIO, fields: Fields) -> Case | str:
    try:
        data = read_stream(source)
        is_file = is_sealed(data)
        return read_case_file(data, fields) if is_file else read_json_case(data, fields)
    except TooLarge as error:
        return why_not(error)
    except (CaseFileError, Refusal) as error:
        return refusal_text(error.problems)
