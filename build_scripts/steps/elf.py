"""Finds the program files of a packed Linux folder, and removes search paths of this machine."""

import subprocess
from pathlib import Path

from build_scripts.steps.freeze import BuildError


def elf_files(folder: Path) -> list[Path]:
    """Return every program and library under a folder, without links, in a fixed order."""
    files = sorted(one for one in folder.rglob("*") if one.is_file() and not one.is_symlink())
    return [one for one in files if _magic(one) == b"\x7fELF"]


def _magic(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)


def search_paths(path: Path) -> list[str]:
    """Return the folders in which a file makes the loader search for libraries."""
    return [one for one in _patchelf("--print-rpath", path).strip().split(":") if one]


def stays_inside(search_path: str) -> bool:
    """Return whether a search path starts from the file's own folder."""
    return search_path == "$ORIGIN" or search_path.startswith("$ORIGIN/")


def make_relocatable(folder: Path) -> None:
    """Replace search paths into the Python that packed the folder (pyenv leaves them).

    A library must not be loaded from a path that another user of the target machine could fill.
    Setting a path overwrites the old text; removing it would leave that text in the file.
    """
    for path in elf_files(folder):
        if not all(stays_inside(one) for one in search_paths(path)):
            _patchelf("--set-rpath", "$ORIGIN", path)


def _patchelf(*arguments: str | Path) -> str:
    try:
        command = ["patchelf", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise BuildError("patchelf is missing. On Debian or Ubuntu: apt install patchelf") from None
    # A static program has no dynamic section, therefore no search path either.
    if done.returncode and "cannot find section" not in done.stderr:
        raise BuildError(done.stderr.strip())
    return done.stdout
