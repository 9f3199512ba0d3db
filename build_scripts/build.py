"""Makes the installers of one system: `build.py linux|windows|macos`. Standard library only.

Makes the environment `build/env` with Aldesk's dependencies and PyInstaller; runs the steps in it.
"""

import argparse
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from build_scripts import dev  # the line above makes it importable from any folder

ENVIRONMENT = dev.ROOT / "build" / "env"


def main() -> int:
    """Build and return the exit status."""
    parser = argparse.ArgumentParser(description="Make Aldesk's installers.")
    parser.add_argument("system", choices=["linux", "windows", "macos"])
    options, rest = parser.parse_known_args()
    return run(f"build_scripts.steps.{options.system}", *rest)


def run(module: str, *arguments: str) -> int:
    """Run a module in the build environment and return its exit status."""
    try:
        dev.install_uv()
        dev.sync("--quiet", "--no-default-groups", "--group=build", environment=ENVIRONMENT)
    except subprocess.CalledProcessError as error:
        return int(error.returncode)  # pip or uv has said what is wrong
    return dev.call(["python", "-m", module, *arguments], ENVIRONMENT / dev.BIN.name)


if __name__ == "__main__":
    sys.exit(main())
