"""The command line: parses the arguments, prints text or JSON. Must not import Qt."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from app import __version__
from app.casework.determine import Refusal
from app.cli.batch import add_batch_command
from app.cli.cases import add_case_commands
from app.cli.policies import add_policy_commands
from app.cli.streams import (
    DONE,
    INTERRUPTED,
    NO_POLICY,
    WRONG_INPUT,
    give_up,
    print_bytes,
    print_text,
    refusal,
    tell,
)
from app.files.json_forms import (
    case_schema,
    case_schema_for,
    determination_schema,
    policy_schema,
)
from app.library import DataFileError, Library, UnknownPolicy
from app.library.site import load_all
from app.model.case_json import Problem
from app.output.plain_text import refusal_text


def run_command(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status."""
    try:
        options = _parser().parse_args(arguments)
    except _WrongArguments as wrong:
        if "--json" in arguments:
            return _refuse(refusal(wrong.message), as_json=True)
        tell(f"{wrong.usage}{wrong.message}")
        return WRONG_INPUT
    try:
        return _run(options)
    except BrokenPipeError:
        give_up(sys.stdout)  # the reader closed its end, as `head` does
        return DONE
    except OSError as error:
        give_up(sys.stdout)
        tell(f"Reading or writing failed: {error.strerror or error}.")
        return WRONG_INPUT
    except KeyboardInterrupt as stop:
        for note in getattr(stop, "__notes__", ()):  # what could not be cleaned up
            tell(note)
        return INTERRUPTED


class _WrongArguments(Exception):
    """The arguments are none of a command; with the lines that say how it is used."""

    def __init__(self, usage: str, message: str) -> None:
        super().__init__(message)
        self.usage, self.message = usage, message


class _Parser(argparse.ArgumentParser):
    """Leaves it to the command line how wrong arguments are told."""

    def error(self, message: str) -> NoReturn:
        raise _WrongArguments(self.format_usage(), f"{self.prog}: {message}.")


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
    parser: argparse.ArgumentParser = _Parser(
        prog="aldesk",
        allow_abbrev=False,
        description="Offline dose and eligibility calculator for aldesleukin (Proleukin). "
        "Without arguments the window opens.",
        epilog="aldesk --self-test: whether this installation works, in one line.",
    )
    parser.add_argument("--version", action="version", version=f"Aldesk {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    add_case_commands(commands, _load)

    add_batch_command(commands, _load)

    add_policy_commands(commands, _load)

    schema = commands.add_parser("schema", help="print a JSON Schema")
    schema.add_argument("of", choices=["case", "determination", "policy"])
    schema.add_argument(
        "--policy", metavar="ID", help="of a case: with the questions of this policy as well"
    )
    schema.set_defaults(run=_schema)
    return parser


def _load() -> Library:
    """Return the library with the site's policies; print which of its files are not used."""
    library = load_all()
    for why in library.refused:
        tell(why)
    return library


def _schema(options: argparse.Namespace) -> int:
    if options.policy is not None:
        schema = _case_schema_for(options)
    elif options.of == "policy":
        library = _load()
        schema = policy_schema(library.base_catalog, library.reserved_notes)
    else:
        schema = case_schema() if options.of == "case" else determination_schema()
    print_bytes(json.dumps(schema, indent=2).encode())
    return DONE


def _case_schema_for(options: argparse.Namespace) -> dict[str, Any]:
    """Return the schema of a case that names a policy, by its newest version. Raises Refusal."""
    if options.of != "case":
        raise refusal("--policy belongs to the schema of a case.")
    library = _load()
    try:
        policy = library.versions(options.policy)[-1]
    except UnknownPolicy as error:
        raise refusal(str(error)) from None
    return case_schema_for(policy, library)


def _refuse(refusal: Refusal, *, as_json: bool) -> int:
    if as_json:
        print_text(json.dumps(refusal.as_json(), indent=2, ensure_ascii=False))
    else:
        tell(refusal_text(refusal.problems))
    return NO_POLICY if refusal.kind == "no_policy_in_force" else WRONG_INPUT
