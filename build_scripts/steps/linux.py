"""Makes the Linux artifacts, `.deb` and `.tar.xz`, from one packed folder."""

import argparse
import lzma
import os
import shutil
import sys
import tarfile
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app import __version__
from build_scripts.steps import deb, integrity, sbom
from build_scripts.steps.contents import ROOT
from build_scripts.steps.elf import make_relocatable
from build_scripts.steps.freeze import BuildError, freeze, source_date

DATA = ROOT / "build_scripts" / "linux"
TOP = f"Aldesk-{__version__}-linux-x64"


def main() -> int:
    """Pack the program, make the artifacts and print their names; return the exit status."""
    parser = argparse.ArgumentParser(description="Make Aldesk's Linux artifacts.")
    parser.add_argument("--frozen", type=Path, help="wrap this folder instead of a new one")
    options = parser.parse_args()
    try:
        frozen = options.frozen or freeze(ROOT / "build" / "linux")
        artifacts = [*wrap(frozen, ROOT / "dist"), sbom.write(frozen, ROOT / "dist")]
        artifacts.append(integrity.write_sums(ROOT / "dist"))
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    for one in artifacts:
        print(f"{one.relative_to(ROOT)}: {one.stat().st_size / 1e6:.1f} MB")
    return 0


def wrap(frozen: Path, out: Path) -> list[Path]:
    """Make the `.deb` and the `.tar.xz` of a packed folder in `out`. Raises BuildError."""
    out.mkdir(parents=True, exist_ok=True)
    work = ROOT / "build"  # on the same disk, so that the last step is a rename and not a copy
    work.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=work) as scratch:
        program = Path(scratch) / "aldesk"
        shutil.copytree(frozen, program, symlinks=True)
        make_relocatable(program)
        set_modes(program)
        depends = deb.dependencies(program, Path(scratch))
        done = Path(scratch) / "done"
        done.mkdir()
        with ThreadPoolExecutor() as both:  # each takes up to a minute to compress
            package = both.submit(deb.make, program, depends, done, Path(scratch))
            archive = both.submit(make_archive, program, depends, done, Path(scratch))
        # Moved when complete: a build that is interrupted leaves no truncated artifact.
        made = [package.result(), archive.result()]
        return [Path(shutil.move(one, out / one.name)) for one in made]


def set_modes(program: Path) -> None:
    """Make everything readable and only the program executable; umask and wheels differ."""
    for path in program.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)
    program.chmod(0o755)
    (program / "aldesk").chmod(0o755)


def make_archive(program: Path, depends: list[str], out: Path, scratch: Path) -> Path:
    """Make the archive that runs from any folder; the same files give the same bytes."""
    target = out / f"{TOP}.tar.xz"
    time = source_date()
    readme = scratch / "README.txt"
    needs = "\n".join(f"  {one}" for one in depends)
    text = (DATA / "README.txt").read_text("utf-8")
    readme.write_text(text.format(version=__version__, needs=needs), "utf-8")
    with lzma.open(target, "wb", preset=6) as packed, tarfile.open(fileobj=packed, mode="w") as tar:
        for source, name in _members(program, readme):
            _add(tar, source, f"{TOP}/{name}", time)
    return target


def _members(program: Path, readme: Path) -> list[tuple[Path, str]]:
    inside = [(one, str(one.relative_to(program))) for one in program.rglob("*")]
    inside += [(source, f"share/{place}") for place, source in deb.DESKTOP_FILES.items()]
    return sorted(
        [*inside, (readme, "README.txt"), (ROOT / "LICENSE", "LICENSE")], key=lambda one: one[1]
    )


def _add(tar: tarfile.TarFile, source: Path, name: str, time: int) -> None:
    """Add a file, a link or a folder without its content, owned by root, with a fixed time."""
    member = tar.gettarinfo(source, name)
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    member.mtime = time
    executable = member.isdir() or os.access(source, os.X_OK)
    member.mode = 0o777 if member.issym() else 0o755 if executable else 0o644
    if not member.isreg():
        tar.addfile(member)
        return
    member.type, member.linkname = tarfile.REGTYPE, ""
    with source.open("rb") as content:
        tar.addfile(member, content)


if __name__ == "__main__":
    sys.exit(main())
