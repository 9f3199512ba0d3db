"""Data files for tests of the library: the small good policy, and a folder of copies to damage."""

import shutil
from pathlib import Path

from app.library.policies import RESOURCES
from tests.fixture_library import write_resources

GOOD = Path(__file__).parents[1] / "bad_policies" / "good.yaml"


def resources_copy(folder: Path) -> Path:
    """Return a new resources folder inside `folder`: the fixture's policies and all other data."""
    copy = write_resources(folder)
    for name in ("help", "licenses"):
        shutil.copytree(RESOURCES / name, copy / name)
    return copy
