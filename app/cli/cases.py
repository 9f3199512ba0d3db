"""The commands about cases: `aldesk check`, `batch`, `record` and `verify`.

A file whose name ends in .csv is read or written as CSV.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from app.atomic_file import save, why_not
from app.casework.determine import Refusal, determine_case, read_json_case
from app.cli.streams import (
    BAD_LINES,
    DONE,
    NO_POLICY,
    open_source,
    open_target,
    print_bytes,
    read_source,
    standard,
    unreadable,
)
from app.files.case_file import CaseFileError, read_case_file
from app.files.json_forms import determination_json
from app.files.record import VerificationResult, record_bytes, verify
from app.files.sealed_json import SealedJsonError, is_sealed
from app.library import Library
from app.model.case import Case
from app.model.case_json import Problem
from app.output.plain_text import determination_text
from app.output.record import NO_SIGNATURE, verification_text
from app.worklist.csv_format import CSV_LINE_END
from app.worklist.results import JSON_LINE_END, Line, csv_answers, csv_heading, json_answers
from app.worklist.sheets import is_csv, open_sheet

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_DIFFERS = 1
_STATUS: dict[VerificationResult, int] = {
    "same": DONE,
    "told_otherwise": DONE,
    "differs": _DIFFERS,
    "case_refused": _DIFFERS,
    "policy_not_at_hand": NO_POLICY,
}
_CASE_HELP = "the case as JSON or a case file; - reads standard input"


def add_case_commands(commands: "Commands", load: Callable[[], Library]) -> None:
    """Add the parsers of the commands; `load` returns the library when a command runs."""
    check = commands.add_parser("check", help="determine one case")
    check.add_argument("case", metavar="CASE.json", help=_CASE_HELP)
    check.add_argument("--json", action="store_true", help="print JSON")
    check.set_defaults(run=partial(_check, load))

    record = commands.add_parser(
        "record",
        help="determine one case and save it as a record",
        description="Writes a record: the case, its determination and the policy version behind "
        f"it, with a checksum. {NO_SIGNATURE}",
    )
    record.add_argument("case", metavar="CASE", help=_CASE_HELP)
    record.add_argument("record", metavar="RECORD", help="the file; - writes standard output")
    record.set_defaults(run=partial(_record, load))

    verification = commands.add_parser(
        "verify",
        help="check a record and compute it again",
        description="Checks a record and computes it again by the policy version that it names. "
        f"{NO_SIGNATURE}",
        epilog="Exit status: 0 the same result; 1 a different result, or its case is refused now; "
        "2 the record is damaged or cannot be read; 3 the policy version is not known.",
    )
    verification.add_argument("record", metavar="RECORD", help="the file; - reads standard input")
    verification.add_argument("--json", action="store_true", help="print JSON")
    verification.set_defaults(run=partial(_verify, load))


def _check(load: Callable[[], Library], options: argparse.Namespace) -> int:
    library = load()
    case = _case(options.case)
    determination = determine_case(case, library)
    if options.json:
        print_bytes(determination_json(determination, indent=2))
    else:
        print_bytes(determination_text(determination, library.catalog, case).encode())
    return DONE


def _record(load: Callable[[], Library], options: argparse.Namespace) -> int:
    library = load()
    case = _case(options.case)
    determination = determine_case(case, library)
    try:
        record = record_bytes(case, determination)
    except SealedJsonError as error:
        raise _refusal(str(error)) from None
    _write(options.case, options.record, record)
    return DONE


def _verify(load: Callable[[], Library], options: argparse.Namespace) -> int:
    library = load()
    try:
        found = verify(read_source(options.record), library)
    except SealedJsonError as error:
        raise _refusal(f"This cannot be read as a record. {error}") from None
    if found.result == "damaged":
        raise Refusal("unreadable", found.problems)
    if options.json:
        print_bytes(json.dumps(found.as_json(), indent=2).encode())
    else:
        print_bytes(verification_text(found).encode())
    return _STATUS[found.result]


def _case(name: str) -> Case:
    """Return the case of a file, either JSON or a case file. Raises Refusal."""
    data = read_source(name)
    if not is_sealed(data):
        return read_json_case(data)
    try:
        return read_case_file(data)
    except CaseFileError as error:
        raise Refusal(error.kind, error.problems) from None


def _write(source: str, target: str, data: bytes) -> None:
    if target == "-":
        print_bytes(data)
        return
    path = Path(target)
    try:
        if path.exists() and os.path.samestat(path.stat(), _status(source)):
            raise _refusal("CASE and RECORD are the same file; the case would be lost.")
        save(path, data)
    except OSError as error:
        raise _refusal(f"{target or '(no name)'}: {why_not(error)}") from None


def _status(source: str) -> os.stat_result:
    return Path(source).stat() if source != "-" else os.fstat(standard(sys.stdin).fileno())


def _refusal(message: str) -> Refusal:
    return Refusal("unreadable", (Problem("", message),))


_PROGRESS_EVERY = 1000


def run_batch(load: Callable[[], Library], options: argparse.Namespace) -> int:
    """Determine every case of IN, write OUT, and return the exit status. Raises Refusal."""
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
