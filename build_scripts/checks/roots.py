"""Clean Debian systems to try the program in: each is made once, and always used as a copy.

A copy is in memory, under a mount that only this process sees and that ends with it. The systems
are kept outside the project, so that a fresh clone does not make them again.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from build_scripts.steps.contents import ROOT

ROOTS = Path("/var/cache/aldesk/roots")
SUITES = ("bookworm", "trixie")  # Debian 12 and 13
USER = "pharmacist"
PACKAGES = "debootstrap util-linux xvfb"
# The records of apt and dpkg; what is empty at each start of a computer; and the cache of the
# system's font library, which any program with text creates for its user.
NOT_COMPARED = (
    *(
        "root/aldesk.deb",
        "var/lib/apt",
        "var/lib/dpkg",
        "var/cache/apt",
        "var/cache/debconf",
        "var/log",
    ),
    *("proc", "dev", "sys", "run", "tmp", f"home/{USER}/.cache/fontconfig"),
)
_ISOLATE = ("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc")
# The environment variables for a package index; without them a computer uses the public one.
_ROUTE = re.compile(
    r"(PIP|UV)_(DEFAULT_)?(EXTRA_)?INDEX(_URL)?|PIP_CERT|SSL_CERT_FILE|(HTTPS?|NO)_PROXY", re.I
)


def missing_tools() -> str:
    """Return why these systems cannot be used here; an empty text if they can."""
    if os.geteuid() != 0:
        return "This check mounts and installs: run it as root."
    missing = [one for one in ("debootstrap", "unshare", "Xvfb") if shutil.which(one) is None]
    return (
        f"Missing: {', '.join(missing)}. On Debian or Ubuntu: apt install {PACKAGES}"
        if missing
        else ""
    )


def make(suite: str) -> None:
    """Make the minimal system of a Debian release, unless it exists."""
    root = ROOTS / suite
    if root.exists():
        return
    print(f"Making {root} by debootstrap, some minutes", flush=True)
    unfinished = ROOTS / f"{suite}.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    command = ["debootstrap", "--variant=minbase", suite, str(unfinished)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    unfinished.rename(root)


def cannot_isolate() -> str:
    """Return why this process can make no private mounts; an empty text if it can."""
    done = subprocess.run(
        [*_ISOLATE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr.strip()


def run_isolated(module: str, *arguments: str) -> int:
    """Run a module with private mounts and processes, which end with it; return its exit status."""
    command = [*_ISOLATE, sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def open_copy(suite: str, name: str = "copy") -> Path:
    """Return a temporary copy of a system with apt and a user. Only under `run_isolated`."""
    copy = ROOTS / name
    copy.mkdir(exist_ok=True)
    mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", copy)
    call("cp", "-a", f"{ROOTS / suite}/.", copy)
    mount("-t", "proc", "proc", copy / "proc")
    shutil.copy("/etc/resolv.conf", copy / "etc/resolv.conf")
    (copy / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")  # start no services
    (copy / "usr/sbin/policy-rc.d").chmod(0o755)
    inside(copy, "useradd", "--create-home", USER)
    inside(copy, "install", "--directory", f"--owner={USER}", f"/home/{USER}/.cache")
    inside(copy, "apt-get", "-qq", "update")
    return copy


@contextmanager
def copy(suite: str, name: str) -> Iterator[Path]:
    """Yield a temporary copy of a system beside another one, and unmount it afterwards."""
    yield open_copy(suite, name)
    call("umount", "--recursive", ROOTS / name)


def show_screen(root: Path, sockets: Path) -> None:
    """Mount the sockets of this machine's displays where programs in the root look for them."""
    inner = root / sockets.relative_to("/")
    inner.mkdir(exist_ok=True)
    mount("--bind", sockets, inner)


def mount(*arguments: str | Path) -> None:
    """Run `mount`; only this process sees the mount. Raises RuntimeError."""
    call("mount", *arguments)


def inside(root: Path, *command: str) -> str:
    """Run a command in a root, as its root user and with a network. Raises RuntimeError."""
    return call("chroot", root, "env", "DEBIAN_FRONTEND=noninteractive", *command)


def as_user(root: Path, *command: str, folder: str = "/", **settings: str) -> list[str]:
    """Return the command that runs another one in a root, as the plain user without a network."""
    return ["unshare", "--net", *_as_user(root, command, folder, settings)]


def online(root: Path, *command: str, folder: str = "/", **settings: str) -> list[str]:
    """Return the same command with a network, for commands that install something.

    It gets this machine's settings for the package index, and the certificates to trust there.
    """
    return _as_user(root, command, folder, _package_index(root) | settings)


def _as_user(
    root: Path, command: tuple[str, ...], folder: str, settings: dict[str, str]
) -> list[str]:
    values = {"HOME": f"/home/{USER}", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **settings}
    return [
        *("chroot", f"--userspec={USER}:{USER}", str(root), "env", "-i", f"--chdir={folder}"),
        *(f"{name}={value}" for name, value in values.items()),
        *command,
    ]


def _package_index(root: Path) -> dict[str, str]:
    route = {name: value for name, value in os.environ.items() if _ROUTE.fullmatch(name)}
    for certificates in {value for value in route.values() if Path(value).is_file()}:
        inner = root / certificates.lstrip("/")
        inner.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(certificates, inner)
    return route


def files(root: Path) -> set[str]:
    """Return every path in a root except NOT_COMPARED."""
    found = set()
    for folder, folders, names in os.walk(root):
        inner = Path(folder).relative_to(root)
        folders[:] = [one for one in folders if str(inner / one) not in NOT_COMPARED]
        found |= {str(inner / one) for one in [*folders, *names]}
    return found


def call(*command: str | Path) -> str:
    """Run a command and return its output. Raises RuntimeError with the end of its messages."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()[-15:]
        raise RuntimeError(f"{' '.join(map(str, command))} failed:\n" + "\n".join(said))
    return done.stdout
