"""Makes the macOS artifact, a `.dmg`; runs on macOS only and has not been run yet.

PyInstaller signs every binary and the application while it packs them, if an identity is given
(hardened runtime, entitlements.plist).
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from app import __version__
from build_scripts.steps import integrity, sbom
from build_scripts.steps.contents import ROOT
from build_scripts.steps.freeze import BuildError, freeze

IDENTITY = "ALDESK_CODESIGN_IDENTITY"  # aldesk.spec reads it, too
NOTARY_PROFILE = "ALDESK_NOTARY_PROFILE"


def main() -> int:
    """Build as the command line says and return the exit status."""
    parser = argparse.ArgumentParser(prog="build.py macos", description="Build for macOS.")
    parser.add_argument("--sign", action="store_true", help="sign and notarize, or fail")
    options = parser.parse_args()
    try:
        print(build(signs=options.sign))
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def build(*, signs: bool) -> Path:
    """Return the disk image, signed and notarized if asked for. Raises BuildError."""
    if sys.platform != "darwin":
        raise BuildError("Aldesk for macOS is built on macOS.")
    if signs:
        _require(IDENTITY, NOTARY_PROFILE)
    elif os.environ.get(IDENTITY):
        raise BuildError(f"{IDENTITY} is set: say --sign, or unset it.")
    program = freeze(ROOT / "build" / "macos").with_suffix(".app")
    image = _disk_image(program)
    if signs:
        _sign(image)
    sbom.write(program.with_suffix(""), image.parent)
    integrity.write_sums(image.parent)
    return image


def _require(*names: str) -> None:
    missing = [name for name in names if not os.environ.get(name)]
    if missing:
        raise BuildError(f"Nothing is built unsigned with --sign. Not set: {', '.join(missing)}.")


def _disk_image(program: Path) -> Path:
    image = ROOT / "dist" / f"Aldesk-{__version__}-macos.dmg"
    image.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        _run("ditto", program, Path(folder) / program.name)
        (Path(folder) / "Applications").symlink_to("/Applications")
        make = ("hdiutil", "create", "-volname", f"Aldesk {__version__}", "-srcfolder", folder)
        _run(*make, "-format", "UDZO", "-ov", image)
    return image


def _sign(image: Path) -> None:
    """Sign the image, have Apple notarize it, and attach Apple's ticket."""
    profile = os.environ[NOTARY_PROFILE]
    _run("codesign", "--sign", os.environ[IDENTITY], "--timestamp", image)
    _run("xcrun", "notarytool", "submit", image, "--keychain-profile", profile, "--wait")
    _run("xcrun", "stapler", "staple", image)
    _run("spctl", "--assess", "--type", "open", "--context", "context:primary-signature", image)


def _run(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"{command[0]} failed: {done.stdout}{done.stderr}")


if __name__ == "__main__":
    sys.exit(main())
