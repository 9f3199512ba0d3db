"""The answers to all rows of a worklist, as `aldesk batch` writes them one by one."""

from collections.abc import Iterator

from app.library import Library
from app.worklist.results import Line, answered, csv_answer, json_answer
from app.worklist.sheets import Sheet


def csv_answers(sheet: Sheet, library: Library) -> Iterator[Line]:
    for row in sheet.rows():
        yield csv_answer(sheet, row, answered(sheet, row, library))


def json_answers(sheet: Sheet, library: Library) -> Iterator[Line]:
    for row in sheet.rows():
        yield json_answer(sheet, row, library)
