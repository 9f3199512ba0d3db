"""The program: the window without arguments or with a case file, the command line with others."""

import gc
import linecache
import os
import sys
from importlib.util import find_spec
from pathlib import Path

from app import __version__

# No other package may put itself between Aldesk and its data; looking for one takes its time, too.
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
# Python's own SHA-256 is quick enough for such files, so OpenSSL is not loaded; nor is it packed.
if find_spec("_sha256") or find_spec("_sha2"):  # a Python may be built without them
    sys.modules["_hashlib"] = None  # type: ignore[assignment]  # how an import is refused


def main() -> int:
    """Run Aldesk and return its exit status. Qt is imported for the window only."""
    arguments = sys.argv[1:]
    if arguments == ["--self-test"]:
        return _test_itself()
    case_file = _case_file(arguments)
    if arguments and case_file is None:
        from app import cli  # noqa: PLC0415  # no part of the start

        return cli.run_command(arguments)
    gc.disable()  # what the start makes, stays; the window turns it on again when it is there
    # First all that is without Qt: PySide reads the source of whatever is imported after it.
    from app.casework import outcome  # noqa: F401, PLC0415  # not for the command line
    from app.gui import application  # noqa: PLC0415  # not for the command line

    linecache.clearcache()  # or all that source would stay in memory
    return application.run(case_file)


def _case_file(arguments: list[str]) -> Path | None:
    """Return the case file that the desktop opens Aldesk with."""
    is_one = len(arguments) == 1 and arguments[0].lower().endswith(".aldesk")
    return Path(arguments[0]) if is_one else None


def _test_itself() -> int:
    """Run the self-test; where a part of it is missing or broken, that is told in one line, too."""
    try:
        from app import self_test  # noqa: PLC0415  # no part of the start
    except Exception as error:  # a damaged installation: a library that cannot be loaded
        if sys.stdout:  # a window program on Windows has none
            print(f"Aldesk {__version__} self-test failed: {type(error).__name__}: {error}")  # noqa: T201
        return 1
    return self_test.run()


if __name__ == "__main__":
    sys.exit(main())
