"""The contents of the packed Linux program: its files, and the modules inside its executable."""

import zipfile
from pathlib import Path

from PyInstaller.archive.readers import CArchiveReader

from build_scripts.steps.contents import ROOT
from build_scripts.steps.freeze import BuildError

FOLDER = ROOT / "build" / "linux" / "Aldesk"


def files(folder: Path = FOLDER) -> list[str]:
    """Return the relative path of every packed file. Raises BuildError if there is none."""
    found = sorted(
        one.relative_to(folder).as_posix() for one in folder.rglob("*") if not one.is_dir()
    )
    if not found:
        raise BuildError("There is no packed program yet: run build_scripts/build.py linux first.")
    return found


def modules(folder: Path = FOLDER) -> set[str]:
    """Return the names of the Python modules that are packed into archives, not as files."""
    archive = CArchiveReader(str(folder / "aldesk")).open_embedded_archive("PYZ.pyz")
    with zipfile.ZipFile(folder / "_internal" / "base_library.zip") as library:
        first = {name.removesuffix(".pyc").replace("/", ".") for name in library.namelist()}
    return set(archive.toc) | first


def size(folder: Path = FOLDER) -> int:
    """Return the size in bytes of all files in the folder, without links."""
    paths = (folder / name for name in files(folder))
    return sum(one.stat().st_size for one in paths if not one.is_symlink())
