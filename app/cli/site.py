"""`aldesk policies add` and `remove`: install and remove a site's own policy file.

Before a file is installed, its changes are printed and the user is asked.
"""

import argparse
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.atomic_file import why_not
from app.casework.replay import replay
from app.cli.streams import DONE, open_source, print_text, refusal, tell
from app.library import DataFileError, Library, site, site_folders
from app.library.site import NewPolicy
from app.library.site_folders import SiteError
from app.output.policy_changes import (
    NO_REPLAY,
    NO_TERMINAL,
    NOT_TAKEN,
    TAKE_QUESTION,
    new_policy_text,
    versions_text,
)
from app.output.policy_doubts import doubts_text, not_accepted_text, unknown_doubt_text
from app.output.replay import replay_text
from app.worklist.case_sources import cases_in

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_NOT_TAKEN = 1


def add_site_commands(commands: "Commands", load: Callable[[], Library]) -> None:
    """Add the parsers of the commands; `load` returns the library when a command runs."""
    add = commands.add_parser(
        "add",
        help="take a policy file of this site",
        description="Tells who provides a policy file and what it changes, and takes it where "
        "somebody agrees.",
        epilog="Exit status: 0 taken; 1 not taken; 2 the file cannot be taken.",
    )
    add.add_argument("file", metavar="FILE", type=Path)
    add.add_argument(
        "--cases",
        metavar="FILE",
        action="append",
        default=[],
        help="a case file or worklist, to be judged by the version before and by this one; may be "
        "given several times",
    )
    add.add_argument(
        "--accept",
        metavar="DOUBT_ID",
        action="append",
        default=[],
        help="accept a doubt about the file by its id, as printed; may be given several times",
    )
    add.add_argument("--yes", action="store_true", help="take it without asking")
    add.add_argument(
        "--for-all-users", action="store_true", help="take it for everybody on this computer"
    )
    add.set_defaults(run=partial(_add, load))

    remove = commands.add_parser(
        "remove",
        help="remove a policy file of this site",
        epilog="Exit status: 0 removed; 2 there is no such file of this site.",
    )
    remove.add_argument("id", metavar="ID")
    remove.add_argument("version", metavar="VERSION")
    remove.set_defaults(run=partial(_remove, load))


def _add(load: Callable[[], Library], options: argparse.Namespace) -> int:
    library = load()
    try:
        new = site.read_new(options.file, library)
    except (DataFileError, SiteError) as error:
        raise refusal(str(error)) from None
    unknown = sorted(set(options.accept) - {one.id for one in new.doubts})
    if unknown:
        raise refusal(unknown_doubt_text(unknown))
    print_text(new_policy_text(new.policy, new.before, library.catalog_for(new.policy)))
    print_text(f"\n{doubts_text(new.doubts)}")
    if options.cases:
        print_text(f"\n{_replayed(options.cases, new, library)}")
    rest = [one for one in new.doubts if one.id not in options.accept]
    if rest:
        tell(not_accepted_text(rest))
        return _NOT_TAKEN
    if not options.yes and not _is_agreed():
        return _NOT_TAKEN
    for_all, for_user = site_folders.default_folders().folders
    folder = for_all if options.for_all_users else for_user
    print_text(f"Taken: {_installed(new, folder, options.accept)}")
    return DONE


def _replayed(names: list[str], new: NewPolicy, library: Library) -> str:
    """Return which of the cases get other results from the new version. Raises Refusal."""
    if new.before is None:
        return NO_REPLAY
    with ExitStack() as stack:
        sources = [(open_source(name, stack), name) for name in names]
        cases = (
            found for source, name in sources for found in cases_in(source, name, library.fields)
        )
        return replay_text(replay(cases, new.before, new.policy, library.reference_data))


def _is_agreed() -> bool:
    """Ask on the terminal whether to install the file; False without a terminal."""
    if sys.stdin is None or not sys.stdin.isatty():
        tell(NO_TERMINAL)
        return False
    sys.stderr.write(f"\n{TAKE_QUESTION}")
    sys.stderr.flush()
    if sys.stdin.readline().strip() == "yes":
        return True
    tell(NOT_TAKEN)
    return False


def _installed(new: NewPolicy, folder: Path, accepted: list[str]) -> Path:
    """Install the file and return its path. Raises Refusal."""
    try:
        return site.install(new, folder, datetime.now().astimezone().date(), accepted)
    except OSError as error:
        raise refusal(f"{NOT_TAKEN} {folder}: {why_not(error)}") from None


def _remove(load: Callable[[], Library], options: argparse.Namespace) -> int:
    library = load()
    wanted = (options.id, options.version)
    policy = next(
        (
            one
            for one in (*library.for_records, *library.policies)
            if (one.id, one.version) == wanted
        ),
        None,
    )
    if policy is None:
        raise refusal(f"There is no such version. {versions_text(library.policies)}")
    try:
        removed = site.remove(policy, site_folders.default_folders())
    except SiteError as error:
        raise refusal(str(error)) from None
    except OSError as error:
        raise refusal(f"Nothing was removed: {why_not(error)}") from None
    print_text(f"Removed: {removed}")
    return DONE
