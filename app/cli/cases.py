"""The commands about one case: `aldesk check`, `record` and `verify`."""

import argparse
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.atomic_file import save
from app.casework.determine import Refusal, determine_case, read_json_case
from app.cli.streams import (
    DONE,
    NO_POLICY,
    STANDARD,
    print_bytes,
    read_source,
    refusal,
    refuse_same_file,
    unreadable,
)
from app.files.case_file import CaseFileError, read_case_file
from app.files.json_forms import determination_json
from app.files.record import VerificationResult, record_bytes, verify
from app.files.sealed_json import SealedJsonError, is_sealed
from app.library import Library
from app.model.case import Case
from app.model.case_fields import Fields
from app.output.messages import record_too_large
from app.output.plain_text import determination_text
from app.output.record import NO_SIGNATURE, verification_text

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
    case = _case(options.case, library.fields)
    determination = determine_case(case, library)
    if options.json:
        print_bytes(determination_json(determination, indent=2))
    else:
        print_bytes(determination_text(determination, library.catalog, case).encode())
    return DONE


def _record(load: Callable[[], Library], options: argparse.Namespace) -> int:
    library = load()
    case = _case(options.case, library.fields)
    determination = determine_case(case, library)
    try:
        record = record_bytes(case, determination)
    except SealedJsonError:
        raise refusal(record_too_large(determination)) from None
    _write(options.case, options.record, record)
    return DONE


def _verify(load: Callable[[], Library], options: argparse.Namespace) -> int:
    library = load()
    try:
        found = verify(read_source(options.record), library)
    except SealedJsonError as error:
        raise refusal(f"This cannot be read as a record. {error}") from None
    if found.result == "damaged":
        raise Refusal("unreadable", found.problems)
    if options.json:
        print_bytes(json.dumps(found.as_json(), indent=2).encode())
    else:
        print_bytes(verification_text(found).encode())
    return _STATUS[found.result]


def _case(name: str, fields: Fields) -> Case:
    """Return the case of a file, either JSON or a case file. Raises Refusal."""
    data = read_source(name)
    if not is_sealed(data):
        return read_json_case(data, fields)
    try:
        return read_case_file(data, fields)
    except CaseFileError as error:
        raise Refusal(error.kind, error.problems) from None


def _write(source: str, target: str, data: bytes) -> None:
    refuse_same_file(source, target, "CASE and RECORD are the same file; the case would be lost.")
    if target == STANDARD:
        print_bytes(data)
        return
    try:
        save(Path(target), data)
    except OSError as error:
        raise unreadable(target, error) from None
