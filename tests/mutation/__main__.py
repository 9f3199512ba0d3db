"""Mutation testing of library, entries, draft and engine: a test must fail for each change.

`python -m tests.mutation` runs everything; file names restrict it to those files. The exit status
is 0 if exactly the changes in `equivalent.yaml` survive. Works in a temporary copy of the project.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_NEEDED = ("app", "build_scripts", "resources", "tests", "LICENSE", "pyproject.toml", "uv.lock")


def main() -> int:
    """Run `tests.mutation.work` in a copy of the project and return its exit status."""
    with tempfile.TemporaryDirectory() as folder:
        copy, temporary = Path(folder, "project"), Path(folder, "temporary")
        temporary.mkdir()
        copy.mkdir()
        for name in _NEEDED:
            _copy(_ROOT / name, copy / name)
        command = [sys.executable, "-m", "tests.mutation.work", *sys.argv[1:]]
        environment = {
            **os.environ,
            "TMPDIR": str(temporary),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        }
        return subprocess.run(command, cwd=copy, env=environment, check=False).returncode  # noqa: S603


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


if __name__ == "__main__":
    sys.exit(main())
