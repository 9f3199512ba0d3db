"""Worklists: many cases of a clinic in one file, CSV from a spreadsheet or JSON Lines.

Reads, determines and writes row by row. Knows nothing of Qt, and opens no file itself.
"""

from app.worklist.answers import (
    CSV_LINE_END,
    JSON_LINE_END,
    Line,
    answered,
    csv_answers,
    csv_heading,
    file_parts,
    json_answers,
)
from app.worklist.listing import Entry
from app.worklist.results import Result
from app.worklist.sheets import Row, Sheet, is_csv, open_sheet, opening
from app.worklist.template import INTRODUCTION, column_rows, template_csv

__all__ = [
    "CSV_LINE_END",
    "INTRODUCTION",
    "JSON_LINE_END",
    "Entry",
    "Line",
    "Result",
    "Row",
    "Sheet",
    "answered",
    "column_rows",
    "csv_answers",
    "csv_heading",
    "file_parts",
    "is_csv",
    "json_answers",
    "open_sheet",
    "opening",
    "template_csv",
]
