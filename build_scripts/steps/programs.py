"""The Debian programs that steps and checks need, and their packages."""

import shutil

from build_scripts.steps.freeze import BuildError

_PACKAGES = {
    "debootstrap": "debootstrap",
    "msibuild": "msitools",
    "msiinfo": "msitools",
    "osslsigncode": "osslsigncode",
    "strace": "strace",
    "unshare": "util-linux",
    "wixl": "wixl",
    "xdotool": "xdotool",
    "Xvfb": "xvfb",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
}


def require(*programs: str) -> None:
    """Raise BuildError with the command that installs the missing programs, if any."""
    missing = sorted({_PACKAGES[one] for one in programs if not shutil.which(one)})
    if missing:
        raise BuildError(f"System packages are missing: apt-get install {' '.join(missing)}")
