"""Data files for tests of the library: the small good policy, and a copy of what ships."""

import shutil
from pathlib import Path

from app.library.policies import RESOURCES

GOOD = Path(__file__).parents[1] / "bad_policies" / "good.yaml"


def shipped_copy(folder: Path) -> Path:
    """Return a new resources folder inside `folder` with copies of the shipped data files."""
    copy = folder / "resources"
    shutil.copytree(RESOURCES, copy, ignore=shutil.ignore_patterns("*.ttf", "*.png", "*.ico"))
    return copy
