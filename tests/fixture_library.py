"""A library of two payers that are none, for tests of how Aldesk works.

What a shipped document says belongs to `tests/policies/`; every other test reads the files of
`tests/fixture_policies/`, so that a changed or an added document turns none of them red. Questions,
label and checks are those that ship: they are no payer's.
"""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from app.help.examples import read_examples
from app.library import RESOURCES, load
from app.library.site import load_all

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).with_name("fixture_policies")
FILES = sorted((FOLDER / "policies").glob("*.yaml"))
ALDER, BIRCH = "alder-aldesleukin", "birch-aldesleukin"
ALDER_VERSION, ALDER_VERSION_BEFORE, BIRCH_VERSION = "2026-03-02", "2024-06-03", "2023-10-16"


def file_of(policy_id: str, version: str = ALDER_VERSION) -> Path:
    """Return the file of a version, the newest of Alder unless another one is named."""
    return FOLDER / "policies" / f"{policy_id}-{version}.yaml"


def write_resources(folder: Path, policies: Path = FOLDER / "policies") -> Path:
    """Return a new resources folder inside `folder`: what ships but policies and examples."""
    resources = folder / "resources"
    resources.mkdir()
    for file in RESOURCES.glob("*.yaml"):
        shutil.copy2(file, resources)
    shutil.copy2(FOLDER / "examples.yaml", resources)
    shutil.copytree(policies, resources / "policies")
    return resources


@contextmanager
def in_place_of_what_ships(resources: Path) -> Iterator[None]:
    """Let everything that loads the library without naming a folder read this one."""
    with pytest.MonkeyPatch.context() as patch:
        for function, defaults in (
            (load, (resources,)),
            (read_examples, (resources,)),
            (load_all, (None, resources)),
        ):
            before = function.__defaults__ or ()
            assert len(before) == len(defaults), f"{function.__name__} has other parameters now"
            patch.setattr(function, "__defaults__", defaults)
        yield


@cache
def installation() -> Path:
    """Return a copy of the program with these policies, for processes of their own."""
    folder = Path(tempfile.mkdtemp(prefix="aldesk-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copytree(ROOT / "app", folder / "app")
    resources = write_resources(folder)
    for name in ("fonts", "help", "icons", "licenses"):
        shutil.copytree(RESOURCES / name, resources / name)
    return folder
