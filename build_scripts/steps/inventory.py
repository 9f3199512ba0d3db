"""Finds out which component each file of a packed folder belongs to, and its version."""

import platform
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from app.help.components import Component, System, components
from build_scripts import dev


def system_of(frozen: Path) -> System:
    """Return the system that a packed folder is for; a Windows folder is recognized anywhere."""
    if (frozen / "Aldesk.exe").exists():
        return "windows"
    return "macos" if sys.platform == "darwin" else "linux"


def resources_of(frozen: Path) -> Path:
    """Return the folder of the packed data files."""
    return frozen / "_internal" / "resources"


def listed(frozen: Path, system: System) -> tuple[Component, ...]:
    """Return the components for a system from the packed list. Raises DataFileError."""
    return tuple(one for one in components(resources_of(frozen)) if system in one.systems)


def packed_files(frozen: Path) -> list[str]:
    """Return the names of all packed files, with / on every system."""
    found = (one for one in frozen.rglob("*") if one.is_file())
    return sorted(one.relative_to(frozen).as_posix() for one in found)


def files_of(component: Component, frozen: Path) -> Iterator[Path]:
    """Return the packed files of a component, without links."""
    for name in packed_files(frozen):
        if component.accounts_for(name) and not (frozen / name).is_symlink():
            yield frozen / name


def holder(component: Component, all_components: tuple[Component, ...]) -> Component:
    """Return the component that contains this one in its files, or this one itself."""
    while component.inside:
        component = next(one for one in all_components if one.name == component.inside)
    return component


def version(component: Component, among: tuple[Component, ...], frozen: Path) -> str | None:
    """Return the version found in the packed files, or the one used for packing, or None."""
    if component.version_pattern:
        files = files_of(holder(component, among), frozen)
        if found := _version_in_files(component.version_pattern.encode(), files):
            return found
    if component.version_of == "Python":
        return platform.python_version()
    if component.version_of:
        return dev.locked_version(canonical(component.version_of))
    return None


def _version_in_files(pattern: bytes, files: Iterator[Path]) -> str | None:
    for file in files:
        if found := re.search(pattern, _content(file)):
            return found[1].decode()
    return None


@cache
def _content(file: Path) -> bytes:
    return file.read_bytes()


def canonical(distribution: str) -> str:
    """Return a distribution's name as the lock file writes it."""
    return re.sub(r"[-_.]+", "-", distribution).lower()


def is_distribution(component: Component) -> bool:
    """Return whether a component is itself a Python distribution, not a part of one."""
    name = canonical(component.name)
    return name == canonical(component.version_of or "") and name not in ("python", "aldesk")
