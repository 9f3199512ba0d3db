"""Finds paths of the build machine in packed files, also inside compressed ones.

Such paths would reveal details of that machine, and make two builds differ.
"""

import gzip
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from PyInstaller.archive.readers import CArchiveReader

from build_scripts.steps.contents import ROOT

# Paths that are accepted in files of these names, because this build cannot change them.
EXPLAINED = {
    # The home folder of the container in which the wheel is built upstream.
    "_pydantic_core": rb"/root/\.cargo/registry/",
    # Where this Python was installed; PyInstaller's bootloader sets another folder at start.
    "libpython3": re.escape(sys.base_prefix.encode()),
    # The build settings of this Python; zoneinfo reads a folder of time zones from them.
    "_sysconfigdata_": re.escape(sys.base_prefix.encode()),
}


def traces(tree: Path) -> list[str]:
    """Return each path of this machine that a file contains, after the file's name."""
    found = set()
    for path in sorted(one for one in tree.rglob("*") if one.is_file() and not one.is_symlink()):
        for part, content in parts(path):
            name = f"{path.name}{part}"
            explained = next((EXPLAINED[one] for one in EXPLAINED if one in name), None)
            for text in pattern().findall(content):
                if not (explained and re.match(explained, text)):
                    found.add(f"{path.relative_to(tree)}{part}: {text.decode()}")
    return sorted(found)


def pattern() -> re.Pattern[bytes]:
    """Return the pattern of a path into the project, the home folder or this Python."""
    folders = {str(ROOT), str(Path.home()), sys.prefix}
    if sys.base_prefix != "/usr":  # Debian's own Python is in /usr everywhere
        folders.add(sys.base_prefix)
    names = b"|".join(re.escape(one.encode()) for one in sorted(folders, reverse=True))
    return re.compile(rb"(?<![\w./-])(?:" + names + rb")(?:/[\x21-\x7e]*)?(?![\w.-])")


def parts(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield a file's content and everything that is compressed in it, each with a name."""
    content = path.read_bytes()
    yield "", content
    if path.suffix == ".gz":
        yield "", gzip.decompress(content)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            yield from ((f"/{one}", archive.read(one)) for one in archive.namelist())
    if path.name == "aldesk" and content.startswith(b"\x7fELF"):
        yield from _modules(path)


def _modules(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield what PyInstaller packed into the program: scripts, and modules in an archive."""
    outer = CArchiveReader(str(path))
    for name, entry in outer.toc.items():
        if entry[-1] != "z":
            yield f"/{name}", outer.extract(name)
            continue
        inner = outer.open_embedded_archive(name)
        for module in inner.toc:
            yield f"/{module}", inner.extract(module, raw=True) or b""
