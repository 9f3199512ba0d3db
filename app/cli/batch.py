"""`aldesk batch`: many cases, one after the other; a name that ends in .csv means CSV."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import BinaryIO

from app.cli.streams import BAD_LINES, DONE, open_source, open_target, unreadable
from app.library import Library
from app.worklist.csv_format import CSV_LINE_END
from app.worklist.results import JSON_LINE_END, Line, csv_answers, csv_heading, json_answers
from app.worklist.sheets import is_csv, open_sheet

_PROGRESS_EVERY = 1000


def run_batch(load: Callable[[], Library], options: argparse.Namespace) -> int:
    """Determine every case of IN and write OUT; return the exit status."""
    library = load()
    with ExitStack() as stack:
        sheet = open_sheet(open_source(options.source, stack), options.source)
        target = open_target(options.source, options.target, stack)
        if is_csv(options.target):
            target.write(csv_heading(sheet))
            lines, end = csv_answers(sheet, library), CSV_LINE_END
        else:
            lines, end = json_answers(sheet, library), JSON_LINE_END
        return _stream(_read(lines, options.source), target, end)


def _read(lines: Iterator[Line], name: str) -> Iterator[Line]:
    try:
        yield from lines
    except OSError as error:
        raise unreadable(name, error) from None


def _stream(lines: Iterator[Line], target: BinaryIO, end: bytes) -> int:
    shows_progress = bool(sys.stderr and sys.stderr.isatty())
    bad = count = 0
    for count, line in enumerate(lines, start=1):
        target.write(line.text + end)
        bad += line.bad
        if shows_progress and count % _PROGRESS_EVERY == 0:
            sys.stderr.write(f"\r{count:,} cases")
    target.flush()
    if shows_progress:
        sys.stderr.write(f"\r{count:,} cases, {bad:,} with problems\n")
    return BAD_LINES if bad else DONE
