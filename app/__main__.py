"""Entry point: opens the window without arguments or for a case file, else runs a command."""

import os
import sys
from pathlib import Path

from app import __version__

# Pydantic plugins of other packages must not touch Aldesk's data; the search also takes time.
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"


def main() -> int:
    """Run Aldesk and return its exit status. Qt is imported for the window only."""
    arguments = sys.argv[1:]
    if arguments == ["--self-test"]:
        return _run_self_test()
    case_file = _case_file(arguments)
    if arguments and case_file is None:
        from app import cli  # noqa: PLC0415  # not needed by the window

        return cli.run_command(arguments)
    # What is without Qt first: PySide reads the source of each module that is imported after it,
    # which takes 2 MiB more.
    from app.casework import outcome  # noqa: F401, PLC0415  # not needed by commands
    from app.gui import application  # noqa: PLC0415  # not needed by commands

    return application.run(case_file)


def _case_file(arguments: list[str]) -> Path | None:
    """Return the case file that is the only argument (as the desktop passes it), or None."""
    is_one = len(arguments) == 1 and arguments[0].lower().endswith(".aldesk")
    return Path(arguments[0]) if is_one else None


def _run_self_test() -> int:
    """Run the self-test and return its exit status; a failed import also prints one line."""
    try:
        from app import self_test  # noqa: PLC0415  # not needed by the window
    except Exception as error:  # a damaged installation: a library cannot be loaded
        if sys.stdout:  # None in a windowed program on Windows
            print(f"Aldesk {__version__} self-test failed: {type(error).__name__}: {error}")  # noqa: T201
        return 1
    return self_test.run()


if __name__ == "__main__":
    sys.exit(main())
