"""Reads cases one by one from files of any kind: case files, JSON, JSON Lines and CSV.

A row that is not a valid case yields the reason instead. Each case is named by its file and row,
never by a person's name.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from app.casework.determine import Refusal, read_json_case
from app.files.case_file import CaseFileError, read_case_file
from app.files.sealed_json import is_sealed
from app.model.case import Case
from app.output.plain_text import refusal_text
from app.worklist.sheets import is_csv, open_sheet

LINES_SUFFIX = ".jsonl"


def cases_in(source: BinaryIO, name: str) -> Iterator[tuple[str, Case | str]]:
    """Yield the cases of an open file, each with file name and row, or the reason in its place.

    A file whose name ends in .csv or .jsonl is a worklist; any other file has one case.
    """
    if is_csv(name) or Path(name).suffix.lower() == LINES_SUFFIX:
        yield from _rows(source, name)
    else:
        yield name, _one_case(source.read())


def _rows(source: BinaryIO, name: str) -> Iterator[tuple[str, Case | str]]:
    try:
        sheet = open_sheet(source, name)
    except Refusal as refusal:
        yield name, refusal_text(refusal.problems)
        return
    for row in sheet.rows():
        try:
            yield f"{name}, row {row.number:,}", sheet.case(row)
        except Refusal as refusal:
            yield f"{name}, row {row.number:,}", refusal_text(refusal.problems)


def _one_case(data: bytes) -> Case | str:
    try:
        return read_case_file(data) if is_sealed(data) else read_json_case(data)
    except (CaseFileError, Refusal) as error:
        return refusal_text(error.problems)
