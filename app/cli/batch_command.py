"""`aldesk batch`: many cases, one after the other."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import BinaryIO

from app.batch import determine_lines
from app.cli.streams import BAD_LINES, DONE, open_source, open_target, unreadable
from app.library import Library, load

_PROGRESS_EVERY = 1000


def run(options: argparse.Namespace) -> int:
    """Determine every case of IN and write OUT; return the exit status."""
    library = load()
    with ExitStack() as stack:
        source = open_source(options.source, stack)
        target = open_target(options.source, options.target, stack)
        return _stream(_lines(source, options.source), target, library)


def _lines(source: BinaryIO, name: str) -> Iterator[bytes]:
    try:
        yield from source
    except OSError as error:
        raise unreadable(name, error) from None


def _stream(source: Iterator[bytes], target: BinaryIO, library: Library) -> int:
    shows_progress = bool(sys.stderr and sys.stderr.isatty())
    bad = count = 0
    for count, line in enumerate(determine_lines(source, library), start=1):
        target.write(line.text + b"\n")
        bad += line.bad
        if shows_progress and count % _PROGRESS_EVERY == 0:
            sys.stderr.write(f"\r{count:,} cases")
    target.flush()
    if shows_progress:
        sys.stderr.write(f"\r{count:,} cases, {bad:,} with problems\n")
    return BAD_LINES if bad else DONE
