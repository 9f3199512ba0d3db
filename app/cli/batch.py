"""The command `aldesk batch`: many cases, one line or row each, in the order of the input.

OUT is written beside its place and takes it in one step when all cases are done. What a stopped run
has finished stays in a file of its own, and `--resume` goes on from there.
"""

import argparse
import hashlib
import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from functools import partial
from typing import TYPE_CHECKING

from app import __version__
from app.casework.determine import Refusal
from app.cli.partial_file import Done, PartialFile, partial_name
from app.cli.streams import (
    BAD_LINES,
    DONE,
    STANDARD,
    open_source,
    refusal,
    refuse_same_file,
    shown,
    standard,
    tell,
    unreadable,
)
from app.library import Library
from app.model.formatting import count_in_words
from app.worklist.csv_format import CSV_LINE_END
from app.worklist.results import (
    JSON_LINE_END,
    answered,
    csv_answer,
    csv_heading,
    json_answer,
)
from app.worklist.sheets import Kind, Sheet, SheetRow, kind_of, open_sheet

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_PROGRESS_EVERY = 1000
_NAMES = "CSV by a name in .csv, JSON Lines by one in .jsonl, .ndjson or .json"
_REQUESTS_TO_END = ("SIGTERM", "SIGHUP", "SIGBREAK")  # those that the system has
_SAME_FILE = "IN and OUT are the same file; the cases would be lost."


def add_batch_command(commands: "Commands", load: Callable[[], Library]) -> None:
    """Add the parser of the command; `load` returns the library when it runs."""
    batch = commands.add_parser(
        "batch",
        help="determine many cases, one a line or a row",
        description="Determines each line or row of IN and writes one to OUT, in the same order. "
        "OUT appears, or is replaced, when all are done. What a stopped run has finished stays "
        f"beside it as {partial_name('OUT')}.",
        epilog="Exit status: 0 done; 1 done, with bad lines; 2 stopped because a file cannot be "
        "used; 130 stopped by Ctrl+C or the end of a session. A run that stops says after how "
        "many cases.",
    )
    batch.add_argument("source", metavar="IN", help=f"{_NAMES}; - reads JSON Lines")
    batch.add_argument("target", metavar="OUT", help=f"{_NAMES}; - writes JSON Lines")
    batch.add_argument(
        "--resume",
        action="store_true",
        help="go on after the finished lines of a stopped run; first, they are checked to come "
        "from the same rows of IN, the same policies and the same version of Aldesk",
    )
    batch.set_defaults(run=partial(_run, load))


class _StandardOutput:
    """Standard output, to which each line goes at once; a stopped run cannot be resumed."""

    def __init__(self) -> None:
        self.done = Done(0, 0, "")
        self._stream = standard(sys.stdout)

    def write(self, line: bytes, done: Done) -> None:
        self._stream.write(line)
        self.done = done

    def finish(self) -> None:
        self._stream.flush()

    def stop(self) -> str:
        with suppress(OSError):
            self._stream.flush()
        return f"Stopped after {count_in_words(self.done.rows, 'case')}."


_Output = PartialFile | _StandardOutput


def _run(load: Callable[[], Library], options: argparse.Namespace) -> int:
    """Determine every case of IN, write OUT, and return the exit status. Raises Refusal."""
    library = load()
    kinds = [_kind(name) for name in (options.source, options.target)]
    if options.resume and options.target == STANDARD:
        raise refusal("Only a file can be resumed, not standard output.")
    refuse_same_file(options.source, options.target, _SAME_FILE)
    with ExitStack() as stack:
        _heed_requests_to_end(stack)
        source = open_source(options.source, stack)
        try:
            sheet = open_sheet(source, options.source, library.fields)
        except OSError as error:
            raise unreadable(options.source, error) from None
        batch = _Batch(sheet, _rows(sheet, options.source), library, kinds[1])
        output = _output(options, stack)
        if options.resume:
            batch.pass_over(output.done, shown(partial_name(options.target)))
        try:
            return batch.write(output)
        except BrokenPipeError:  # the reader has what it wanted, as `head` has
            raise
        except BaseException:
            _end_progress()
            tell(output.stop())
            raise


def _kind(name: str) -> Kind:
    try:
        return kind_of(name)
    except Refusal as refused:
        raise refusal(f"{shown(name)}: {refused.problems[0].message}") from None


def _output(options: argparse.Namespace, stack: ExitStack) -> _Output:
    """Return where to write, to be closed with the stack. Raises Refusal."""
    if options.target == STANDARD:
        return _StandardOutput()
    refuse_same_file(options.source, partial_name(options.target), _SAME_FILE)
    output = PartialFile(options.target, resume=options.resume)
    stack.callback(output.close)
    return output


def _rows(sheet: Sheet, name: str) -> Iterator[SheetRow]:
    """Yield the rows. Raises Refusal if they cannot be read."""
    try:
        yield from sheet.rows()
    except OSError as error:
        raise unreadable(name, error) from None


def _heed_requests_to_end(stack: ExitStack) -> None:
    """Let the end of a session or of a terminal stop a run as Ctrl+C does."""
    for name in _REQUESTS_TO_END:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)
            stack.callback(signal.signal, number, signal.SIG_DFL)


class _Batch:
    """The rows of IN, and the line of output for each.

    `made_from` is a hash of all that the lines so far are made from: version, policies, rows.
    """

    def __init__(
        self, sheet: Sheet, rows: Iterator[SheetRow], library: Library, kind: Kind
    ) -> None:
        self._sheet, self._rows, self._library = sheet, rows, library
        self._is_csv = kind == "csv"
        self._made_from = hashlib.sha256()
        policies = [policy.sha256 for policy in library.policies]
        self._note(json.dumps([__version__, kind, sheet.columns, sheet.separator, policies]))

    def pass_over(self, done: Done, name: str) -> None:
        """Read the rows that are finished. Raises Refusal if they or the rest are not the same."""
        for place, row in enumerate(self._rows, start=1):
            self._note_row(row)
            if place == done.rows:
                break
        if self._made_from.hexdigest() != done.made_from:
            raise refusal(
                f"The finished lines in {name} are of other rows, other policies or another "
                "version of Aldesk. Delete it and start anew."
            )

    def write(self, output: _Output) -> int:
        """Write the line of each row that is left, and return the exit status."""
        count, bad = output.done.rows, output.done.bad
        if isinstance(output, PartialFile):
            output.go_on()
        if self._is_csv and not count:
            output.write(csv_heading(self._sheet), output.done)
        for row in self._rows:
            self._note_row(row)
            line, is_bad = self._line(row)
            count, bad = count + 1, bad + is_bad
            output.write(line, Done(count, bad, self._made_from.hexdigest()))
            if count % _PROGRESS_EVERY == 0:
                _progress(f"{count:,} cases")
        output.finish()
        blank = self._sheet.blank_rows
        passed_over = f", {count_in_words(blank, 'blank row')} passed over" if blank else ""
        _progress(f"{count:,} cases, {bad:,} with problems{passed_over}")
        _end_progress()
        return BAD_LINES if bad else DONE

    def _line(self, row: SheetRow) -> tuple[bytes, bool]:
        if self._is_csv:
            line = csv_answer(self._sheet, row, answered(self._sheet, row, self._library))
            return line.text + CSV_LINE_END, line.bad
        line = json_answer(self._sheet, row, self._library)
        return line.text + JSON_LINE_END, line.bad

    def _note(self, text: str) -> None:
        self._made_from.update(text.encode())

    def _note_row(self, row: SheetRow) -> None:
        self._note(f"\n{row.number} {len(row.content)} {row.problem} ")
        self._made_from.update(row.content)


def _progress(words: str) -> None:
    if _shows_progress():
        sys.stderr.write(f"\r{words}")


def _end_progress() -> None:
    if _shows_progress():
        sys.stderr.write("\n")


def _shows_progress() -> bool:
    return bool(sys.stderr and sys.stderr.isatty())
