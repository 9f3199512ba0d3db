"""The command line: arguments in, text or JSON and an exit status out. Never imports Qt."""

import argparse
import errno
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import BinaryIO, TextIO

from app import __version__
from app.batch import Refusal, determine, determine_lines
from app.library import DataFileError, Library, load
from app.model.case_reader import Problem
from app.output.machine import case_schema, determination_json, determination_schema
from app.output.text import determination_text, policies_text, refusal_text

DONE, BAD_LINES, WRONG_INPUT, NO_POLICY = range(4)
_PROGRESS_EVERY = 1000


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except BrokenPipeError:
        _give_up(sys.stdout)  # the reader closed its end, as `head` does
        return DONE
    except OSError as error:
        _give_up(sys.stdout)
        _tell(f"Reading or writing failed: {error.strerror or error}.")
        return WRONG_INPUT
    except KeyboardInterrupt:
        return 130


def _run(options: argparse.Namespace) -> int:
    run: Callable[[argparse.Namespace], int] = options.run
    as_json = getattr(options, "json", False)
    try:
        return run(options)
    except Refusal as refusal:
        return _refuse(refusal, as_json=as_json)
    except DataFileError as error:
        problem = Problem("", f"A data file of Aldesk cannot be used: {error}")
        return _refuse(Refusal("unreadable", (problem,)), as_json=as_json)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aldesk",
        allow_abbrev=False,
        description="Offline dose and eligibility calculator for aldesleukin (Proleukin). "
        "Without arguments the window opens.",
        epilog="aldesk --self-test: whether this installation works, in one line.",
    )
    parser.add_argument("--version", action="version", version=f"Aldesk {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="determine one case")
    check.add_argument("case", metavar="CASE.json", help="the case; - reads standard input")
    check.add_argument("--json", action="store_true", help="print JSON")
    check.set_defaults(run=_check)

    batch = commands.add_parser("batch", help="determine many cases, one JSON object a line")
    batch.add_argument("source", metavar="IN", help="JSON Lines; - reads standard input")
    batch.add_argument("target", metavar="OUT", help="JSON Lines; - writes standard output")
    batch.set_defaults(run=_batch)

    policies = commands.add_parser("policies", help="list the policy versions at hand")
    policies.add_argument("--json", action="store_true", help="print JSON")
    policies.set_defaults(run=_policies)

    schema = commands.add_parser("schema", help="print a JSON Schema")
    schema.add_argument("of", choices=["case", "determination"])
    schema.set_defaults(run=_schema)
    return parser


def _check(options: argparse.Namespace) -> int:
    library = load()
    determination = determine(_read(options.case), library)
    if options.json:
        _print(determination_json(determination, indent=2))
    else:
        _print(determination_text(determination, library.catalog).encode())
    return DONE


def _batch(options: argparse.Namespace) -> int:
    library = load()
    with ExitStack() as stack:
        source = _open_source(options.source, stack)
        target = _open_target(options.source, options.target, stack)
        return _stream(_lines(source, options.source), target, library)


def _lines(source: BinaryIO, name: str) -> Iterator[bytes]:
    try:
        yield from source
    except OSError as error:
        raise _unreadable(name, error) from None


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


def _policies(options: argparse.Namespace) -> int:
    policies = load().policies
    if options.json:
        listed = [
            {
                "id": policy.id,
                "version": policy.version,
                "payer": policy.payer,
                "title": policy.title,
                "in_force_from": policy.in_force.first_day.isoformat(),
                "sha256": policy.sha256,
            }
            for policy in policies
        ]
        _print(json.dumps(listed, indent=2).encode())
    else:
        _print(policies_text(policies).encode())
    return DONE


def _schema(options: argparse.Namespace) -> int:
    schema = case_schema() if options.of == "case" else determination_schema()
    _print(json.dumps(schema, indent=2).encode())
    return DONE


def _read(name: str) -> bytes:
    try:
        return _standard(sys.stdin).read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise _unreadable(name, error) from None


def _open_source(name: str, stack: ExitStack) -> BinaryIO:
    if name == "-":
        return _standard(sys.stdin)
    try:
        return stack.enter_context(Path(name).open("rb"))
    except OSError as error:
        raise _unreadable(name, error) from None


def _status(source: str) -> os.stat_result:
    return Path(source).stat() if source != "-" else os.fstat(_standard(sys.stdin).fileno())


def _open_target(source: str, name: str, stack: ExitStack) -> BinaryIO:
    if name == "-":
        return _standard(sys.stdout)
    path = Path(name)
    if path.exists() and os.path.samestat(path.stat(), _status(source)):
        message = "IN and OUT are the same file; the cases would be lost."
        raise Refusal("unreadable", (Problem("", message),))
    try:
        return stack.enter_context(path.open("wb"))
    except OSError as error:
        raise _unreadable(name, error) from None


def _unreadable(name: str, error: OSError) -> Refusal:
    return Refusal(
        "unreadable",
        (Problem("", f"{name or '(no name)'}: {error.strerror or 'cannot be used'}."),),
    )


def _refuse(refusal: Refusal, *, as_json: bool) -> int:
    if as_json:
        _print(json.dumps(refusal.as_json(), indent=2).encode())
    else:
        _tell(refusal_text(refusal.problems))
    return NO_POLICY if refusal.kind == "no_policy_in_force" else WRONG_INPUT


def _print(text: bytes) -> None:
    """Write UTF-8 whatever the console's own encoding is, so that no sign is lost in a file."""
    stream = _standard(sys.stdout)
    stream.write(text.rstrip(b"\n") + b"\n")
    stream.flush()


def _tell(text: str) -> None:
    """Write to standard error, if there is one that takes it."""
    try:
        if sys.stderr:
            sys.stderr.write(f"{text}\n")
            sys.stderr.flush()
    except OSError:
        _give_up(sys.stderr)


def _standard(stream: TextIO | None) -> BinaryIO:
    """Return the bytes of a standard stream; a program can be started without one."""
    if stream is None:
        raise OSError(errno.EBADF, "a standard stream is closed")
    return stream.buffer


def _give_up(stream: TextIO | None) -> None:
    """Send what is still buffered nowhere, so that the end of the program does not fail again."""
    with suppress(OSError, ValueError):
        if stream:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
