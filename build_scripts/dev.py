"""The command for everyday work: `run`, `test`, `tools` and `proof`; it needs only Python.

Makes `.venv`, installs the locked uv into it, and lets uv install everything else from its lock
file. Standard library only: it runs before anything is installed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
UV = BIN / ("uv.exe" if os.name == "nt" else "uv")

PROVEN = (
    "app/model/*,app/engine/*,app/library/*,app/atomic_file.py,"
    "app/bounded_file.py,app/casework/*,app/files/*,"
    "app/help/components.py,app/help/hazard_log.py,app/help/examples.py,app/worklist/*"
)
# Counting covered lines doubles the time of tests: those that it does not need run without it.
NOT_COUNTED = [
    "tests/gui",
    "tests/build_scripts",
    "tests/contracts/test_cli_fuzz.py",
    "tests/contracts/test_cli_process.py",
    "tests/examples",
    "tests/library/test_reader_hostile_policies.py",
    "tests/mutation",
    "tests/output",
    "tests/paper",
    "tests/policies",
    "tests/properties",
    "tests/safety/test_controls.py",
    "tests/test_new_policies.py",
]
# Of the window only the worklist's, which proves what is not Qt of it.
COUNTED_WINDOW = ROOT / "tests" / "gui" / "worklist"
OTHER_WINDOWS = [one for one in COUNTED_WINDOW.parent.iterdir() if one != COUNTED_WINDOW]
COUNTED = [f"--ignore={one}" for one in (*NOT_COUNTED[1:], *OTHER_WINDOWS)]
CHECKS = (
    ("format", ["ruff", "format", "--check"]),
    ("lint", ["ruff", "check"]),
    ("types", ["mypy"]),
    ("imports", ["lint-imports"]),
    ("tests", ["pytest", "-n", "2", "--cov", "--cov-report=", *COUNTED]),
    (
        "tests of the window, and of very many cases",
        ["pytest", "-n", "2", *NOT_COUNTED, f"--ignore={COUNTED_WINDOW}"],
    ),
    ("coverage", ["coverage", "report", f"--include={PROVEN}", "--fail-under=100"]),
)
# Where every packaging tool is installed, no test may be skipped because a tool is missing.
TOOLS = (("tests that want a tool of packaging", ["pytest", "tests/build_scripts", "--all-tools"]),)
PROOF = (
    ("long tests", ["pytest", "-n", "2", "--dist", "worksteal", "-m", "proof"]),
    ("mutation testing", ["python", "-m", "tests.mutation"]),
)


def main() -> int:
    """Run the chosen command and return its exit status."""
    parser = argparse.ArgumentParser(description="Run, test or prove Aldesk.")
    parser.add_argument("command", choices=["run", "test", "tools", "proof"])
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="passed on to Aldesk by run")
    options = parser.parse_args()
    try:
        install()
    except subprocess.CalledProcessError as error:
        return int(error.returncode)  # pip or uv has said what is wrong
    if options.command == "run":
        return call(["python", "-m", "app", *options.arguments])
    return check_all({"test": CHECKS, "tools": TOOLS, "proof": PROOF}[options.command])


def install() -> None:
    """Make the environment `.venv` as the lock file describes it."""
    install_uv()
    sync("--quiet")


def install_uv() -> None:
    """Install the locked uv into `.venv`; uv then installs everything else."""
    if not PYTHON.exists():
        make_venv()
    if not UV.exists():
        uv = f"uv=={locked_version('uv')}"
        subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", uv], check=True)


def sync(*options: str, environment: Path = VENV) -> None:
    """Install the locked packages into an environment. Raises CalledProcessError."""
    subprocess.run(
        [UV, "sync", "--locked", "--python", PYTHON, *options],
        cwd=ROOT,
        env={**os.environ, "UV_PROJECT_ENVIRONMENT": str(environment)},
        check=True,
    )


def make_venv() -> None:
    """Make an empty environment with pip, or exit and say which system package is missing."""
    try:
        venv.create(VENV, with_pip=True)
    except subprocess.CalledProcessError:
        shutil.rmtree(VENV)
        sys.exit(
            "Python's venv module is incomplete. On Debian or Ubuntu: apt install python3-venv"
        )


def locked_version(name: str) -> str:
    """Return the version of a package in the lock file."""
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
    return next(str(one["version"]) for one in lock["package"] if one["name"] == name)


def check_all(checks: tuple[tuple[str, list[str]], ...]) -> int:
    """Run every check, also after a failure; print which failed and return the exit status."""
    failed = []
    for name, command in checks:
        print(f"== {name}: {' '.join(command)}", flush=True)
        if call(command) != 0:
            failed.append(name)
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


def call(command: list[str], programs: Path = BIN) -> int:
    """Run a program from the folder `programs` in the project's folder; return its exit status."""
    program = programs / command[0]
    path = f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"
    environment = {**os.environ, "PATH": path}
    return subprocess.run(
        [program, *command[1:]], cwd=ROOT, env=environment, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
