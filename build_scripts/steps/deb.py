"""Makes the Debian package: lays out its files, finds its dependencies with dpkg, and packs it."""

import gzip
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from app import __version__
from build_scripts.steps import icons
from build_scripts.steps.contents import APPLICATION_ID, ROOT
from build_scripts.steps.elf import elf_files
from build_scripts.steps.freeze import BuildError, environment, source_date

DATA = ROOT / "build_scripts" / "linux"
INSTALLED = Path("usr/lib/aldesk")
ICON_SIZES = (16, 32, 48, 64, 128, 256)
# The files that register the program and its file type with a desktop, by their path under `share`.
DESKTOP_FILES = {
    f"applications/{APPLICATION_ID}.desktop": DATA / f"{APPLICATION_ID}.desktop",
    f"icons/hicolor/scalable/apps/{APPLICATION_ID}.svg": ROOT / "resources/icons/aldesk.svg",
    f"mime/packages/{APPLICATION_ID}.xml": DATA / f"{APPLICATION_ID}.mime.xml",
}


def make(program: Path, depends: list[str], out: Path, scratch: Path) -> Path:
    """Make the package of a packed folder, and return it; `depends` are the packages it needs."""
    tree = scratch / "deb"
    shutil.copytree(program, tree / INSTALLED, symlinks=True)
    (tree / "usr/bin").mkdir()
    (tree / "usr/bin/aldesk").symlink_to("../lib/aldesk/aldesk")
    _add_desktop_files(tree / "usr/share")
    _add_documents(tree / "usr/share")
    _add_control(tree, depends)
    _set_modes_and_times(tree)
    target = out / f"aldesk_{__version__}_amd64.deb"
    _run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, target], scratch)
    return target


def dependencies(program: Path, scratch: Path) -> list[str]:
    """Return the Debian packages, with their lowest versions, that the packed folder needs.

    `dpkg-shlibdeps` leaves out the libraries that the folder itself contains, but finds them only
    if the folder has the path at which it will be installed.
    """
    package = scratch / "debian/aldesk"
    (package / "DEBIAN").mkdir(parents=True)
    (scratch / "debian/control").write_text(
        "Source: aldesk\n\nPackage: aldesk\nArchitecture: amd64\n"
    )
    shutil.copytree(program, package / INSTALLED, symlinks=True)
    files = elf_files(package / INSTALLED)
    carried = sorted({f"-l/{one.parent.relative_to(package)}" for one in files})
    options = ["-O", "-xaldesk", f"-S{package}", "--ignore-missing-info", *carried]
    answer = _run(["dpkg-shlibdeps", *options, *files], scratch)
    shutil.rmtree(scratch / "debian")
    return sorted(answer.strip().removeprefix("shlibs:Depends=").split(", "))


def _run(command: list[str | Path], folder: Path) -> str:
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment(), capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise BuildError(
            f"{command[0]} is missing. On Debian or Ubuntu: apt install dpkg-dev"
        ) from None
    if done.returncode:
        errors = [one for one in done.stderr.splitlines() if "error" in one]
        raise BuildError("\n".join(errors or [done.stderr]))
    return done.stdout


def _add_desktop_files(share: Path) -> None:
    for place, source in DESKTOP_FILES.items():
        _copy(source, (share / place).parent, Path(place).name)
    _copy(DATA / f"{APPLICATION_ID}.metainfo.xml", share / "metainfo")
    for size in ICON_SIZES:
        picture = share / f"icons/hicolor/{size}x{size}/apps/{APPLICATION_ID}.png"
        picture.parent.mkdir(parents=True)
        icons.write_png(picture, size)


def _add_documents(share: Path) -> None:
    documents = share / "doc/aldesk"
    _copy(DATA / "copyright", documents)
    _compress(ROOT / "CHANGELOG.md", documents / "changelog.gz")
    _compress(DATA / "aldesk.1", share / "man/man1/aldesk.1.gz")
    _copy(DATA / "lintian-overrides", share / "lintian/overrides", "aldesk")
    guide = ROOT / "resources/help/administrators-guide.md"
    if guide.exists():
        _copy(guide, documents)


def _copy(source: Path, folder: Path, name: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / (name or source.name))


def _compress(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(source.read_bytes(), mtime=0))


def _add_control(tree: Path, depends: list[str]) -> None:
    paths = sorted((tree / "usr").rglob("*"))
    files = [one for one in paths if one.is_file() and not one.is_symlink()]
    control = (DATA / "control").read_text("utf-8")
    # As Debian's policy counts: a file rounded up to kibibytes, a folder or link as one kibibyte.
    size = sum(-(-one.stat().st_size // 1024) for one in files) + len(paths) - len(files)
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN/control").write_text(
        control.format(version=__version__, size=size, depends=", ".join(depends)), "utf-8"
    )
    (tree / "DEBIAN/md5sums").write_text("".join(_md5_line(one, tree) for one in files), "utf-8")


def _md5_line(path: Path, tree: Path) -> str:
    """Return the line with which `dpkg --verify` compares an installed file, not for security."""
    digest = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
    return f"{digest}  {path.relative_to(tree)}\n"


def _set_modes_and_times(tree: Path) -> None:
    """Set times and modes, which otherwise depend on this machine's clock and umask."""
    time = source_date()
    program = tree / INSTALLED / "aldesk"
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == program else 0o644)
        os.utime(path, (time, time), follow_symlinks=False)
