"""Makes the Windows installer and the portable zip from a packed program.

Packing needs Windows. On Linux it is done under Wine, for tests only; a release is packed on
Windows, and `--frozen` names its folder.
"""

import argparse
import os
import shutil
import sys
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from app import __version__
from build_scripts.steps import contents, integrity, msi, sbom, signing, wine
from build_scripts.steps.freeze import BuildError, freeze, source_date
from build_scripts.steps.programs import require

DIST = contents.ROOT / "dist"
BUILD = contents.ROOT / "build"


def main() -> int:
    """Build as the command line says and return the exit status."""
    parser = argparse.ArgumentParser(prog="build.py windows", description="Build for Windows.")
    parser.add_argument("--frozen", type=Path, help="wrap this folder, packed on Windows")
    parser.add_argument("--sign", action="store_true", help="sign; fails without a certificate")
    options = parser.parse_args()
    try:
        if sys.platform == "win32":
            print(freeze(wine.PACKED))
            return 0
        made = build(options.frozen, sign=options.sign)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    for one in made:
        print(f"{one.relative_to(contents.ROOT)}: {one.stat().st_size / 1e6:.1f} MB")
    return 0


def build(frozen: Path | None, *, sign: bool) -> list[Path]:
    """Make the artifacts in `dist`, from a folder packed on Windows or else under Wine."""
    for old in DIST.glob("Aldesk-*-windows-x64.*"):
        old.unlink()  # so that no older artifact looks like the result of a failed build
    certificate = signing.certificate() if sign else None  # fails before the long part
    packed = frozen or wine.freeze()
    made = [*wrap(packed, DIST, certificate), sbom.write(packed, DIST)]
    return [*made, integrity.write_sums(DIST)]


def wrap(
    frozen: Path,
    out: Path,
    certificate: signing.Certificate | None = None,
    version: str = __version__,
) -> list[Path]:
    """Return the installer and the zip, signed if a certificate is given. Raises BuildError.

    Works on a copy and writes to `out` only at the end: no unfinished artifact gets there.
    """
    _require_windows_programs(frozen)
    require("wixl", "msibuild", "msiinfo", *(["osslsigncode"] if certificate else []))
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD) as work:
        folder = Path(work) / "Aldesk"
        shutil.copytree(frozen, folder)
        if certificate:
            signing.sign(signing.unsigned_programs(folder), certificate)
        _set_times(folder)
        installer = msi.make(folder, version, Path(work))
        if certificate:
            signing.sign([installer], certificate)
        archive = pack(folder, installer.with_suffix(".zip"))
        out.mkdir(parents=True, exist_ok=True)
        return [Path(shutil.move(one, out / one.name)) for one in (installer, archive)]


def _require_windows_programs(frozen: Path) -> None:
    for name in ("Aldesk.exe", "aldesk-cli.exe"):
        if not (frozen / name).is_file():
            raise BuildError(f"{frozen} holds no {name}: it is not Aldesk packed for Windows.")


def _set_times(folder: Path) -> None:
    for one in folder.rglob("*"):
        os.utime(one, (source_date(), source_date()))


def pack(folder: Path, archive: Path) -> Path:
    """Write a zip of the folder; the same files give the same bytes."""
    time = datetime.fromtimestamp(source_date(), UTC).timetuple()[:6]
    with zipfile.ZipFile(archive, "w") as target:
        for file in sorted(one for one in folder.rglob("*") if one.is_file()):
            entry = zipfile.ZipInfo(file.relative_to(folder.parent).as_posix(), time)
            entry.external_attr = 0o100644 << 16
            target.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED, 9)
    return archive


if __name__ == "__main__":
    sys.exit(main())
