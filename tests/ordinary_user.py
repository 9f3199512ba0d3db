"""An ordinary user for tests: as root, permissions would be refused to nobody."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65_534
_ROOT = 0


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Be no administrator meanwhile."""
    if os.geteuid() != _ROOT:
        yield
        return
    os.setresuid(NOBODY, NOBODY, _ROOT)
    try:
        yield
    finally:
        os.setresuid(_ROOT, _ROOT, _ROOT)


@contextmanager
def folder_of_an_ordinary_user() -> Iterator[Path]:
    """Make a folder that an ordinary user owns and can reach: that of pytest is root's alone."""
    folder = Path(tempfile.mkdtemp())
    try:
        if os.geteuid() == _ROOT:
            os.chown(folder, NOBODY, NOBODY)
        yield folder
    finally:
        for one in folder.rglob("*"):
            if one.is_dir() and not one.is_symlink():
                one.chmod(0o700)
        folder.chmod(0o700)
        shutil.rmtree(folder)
