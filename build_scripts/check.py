"""Checks one property of the installers: `check.py bundle|offline|...`. Standard library only."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from build_scripts import build  # the line above makes it importable from any folder

CHECKS = ("bundle", "offline", "deb", "lint", "reproducible", "wine", "licenses", "newcomer")


def main() -> int:
    """Run one check, which prints each finding, and return the exit status."""
    parser = argparse.ArgumentParser(description="Check Aldesk's installers.")
    parser.add_argument("check", choices=CHECKS)
    options, rest = parser.parse_known_args()
    return build.run(f"build_scripts.checks.{options.check}", *rest)


if __name__ == "__main__":
    sys.exit(main())
