"""Change whatever decides in library, draft and engine, and see a test fail each time.

`python -m tests.mutation` runs everything; with the names of files, only those. It ends with 0
where exactly the changes of `equivalent.yaml` survive. Works in a throw-away copy of the project.
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
    """Run the work in a copy and return its exit status."""
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
