"""`aldesk policies`: lists the installed versions, compares two versions, checks a file."""

import argparse
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.casework.policy_diff import changes
from app.cli.site import add_site_commands
from app.cli.streams import DONE, print_bytes, print_text, refusal
from app.library import RESOURCES, DataFileError, Library
from app.library.policies import PolicyFile, read_policy_file
from app.library.reader import read_bytes
from app.library.site import doubts_in
from app.model.policy import Policy
from app.output.plain_text import policies_text
from app.output.policy_changes import changes_text, policy_file_text, versions_text
from app.output.policy_doubts import doubts_text
from app.output.policy_questions import questions_text

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

VERSIONS_DIFFER = 1
IN_DOUBT = 1
TEMPLATE = RESOURCES / "policy-template.yaml"
_VERSION_HELP = "a policy file, or a known version as ID@VERSION"


def add_policy_commands(commands: "Commands", load: Callable[[], Library]) -> None:
    """Add the parsers of the commands; `load` returns the library when a command runs."""
    policies = commands.add_parser("policies", help="list the policy versions at hand, and more")
    policies.add_argument("--json", action="store_true", help="print the list as JSON")
    policies.set_defaults(run=partial(_list, load))
    more = policies.add_subparsers(metavar="COMMAND", title="about one policy or two")

    diff = more.add_parser(
        "diff",
        help="what differs between two versions",
        description="Prints everything that differs between two policy versions, in words and with "
        "the place in both documents.",
        epilog="Exit status: 0 both say the same; 1 they differ; 2 one of them cannot be read.",
    )
    diff.add_argument("before", metavar="A", help=_VERSION_HELP)
    diff.add_argument("after", metavar="B", help=_VERSION_HELP)
    diff.set_defaults(run=partial(_diff, load))

    check = more.add_parser(
        "check",
        help="whether a file is a valid policy, and what it holds",
        description="Says in words what a policy file says, which questions its users see, and "
        "what in it is in doubt.",
        epilog="Exit status: 0 the file is valid; 1 it is valid, and something in it is in doubt; "
        "2 it is not valid, and the message names line and key.",
    )
    check.add_argument("file", metavar="FILE", type=Path)
    check.set_defaults(run=partial(_check, load))

    template = more.add_parser("template", help="print a documented policy file to start from")
    template.set_defaults(run=_template)
    add_site_commands(more, load)


def _list(load: Callable[[], Library], options: argparse.Namespace) -> int:
    library = load()
    if options.json:
        listed = [
            {
                "id": policy.id,
                "version": policy.version,
                "payer": policy.payer,
                "title": policy.title,
                "in_force_from": policy.in_force.first_day.isoformat(),
                "sha256": policy.sha256,
                "provided_by": policy.provided_by,
            }
            for policy in library.policies
        ]
        print_text(json.dumps(listed, indent=2))
    else:
        print_text(policies_text(library.policies))
    return DONE


def _diff(load: Callable[[], Library], options: argparse.Namespace) -> int:
    library = load()
    before, after = (_version(one, library) for one in (options.before, options.after))
    print_text(changes_text(before, after, library.catalog_for(after, before)))
    return VERSIONS_DIFFER if changes(before, after) else DONE


def _check(load: Callable[[], Library], options: argparse.Namespace) -> int:
    library = load()
    file = _file(options.file, library)
    doubts, words = doubts_in(file, library), library.catalog_for(file.policy)
    questions = questions_text(file.policy, library.base_catalog)
    print_text(policy_file_text(file.policy, words, questions, _stands(file, library)))
    print_text(f"\n{doubts_text(doubts)}")
    return IN_DOUBT if doubts else DONE


def _stands(file: PolicyFile, library: Library) -> str:
    """Return a sentence about whether a file fits the installed versions."""
    if file.policy.sha256 in (one.sha256 for one in library.policies):
        return "This very file is known already."
    try:
        library.with_policy(file)
    except DataFileError as error:
        return f"It conflicts with the known versions: {error}"
    return "It overlaps none of the known versions."


def _template(_options: argparse.Namespace) -> int:
    print_bytes(read_bytes(TEMPLATE))
    return DONE


def _version(name: str, library: Library) -> Policy:
    """Return the policy of a file, or an installed version (ID@VERSION). Raises Refusal."""
    at_hand = {f"{one.id}@{one.version}": one for one in library.policies}
    if name in at_hand and not Path(name).exists():
        return at_hand[name]
    if not Path(name).exists():
        message = f"{name} is no file and no known version. {versions_text(library.policies)}"
        raise refusal(message)
    return _file(Path(name), library).policy


def _file(path: Path, library: Library) -> PolicyFile:
    """Return a policy file. Raises Refusal with file, line and key."""
    try:
        return read_policy_file(path, library.base_catalog, library.reserved_notes)
    except DataFileError as error:
        raise refusal(str(error)) from None
