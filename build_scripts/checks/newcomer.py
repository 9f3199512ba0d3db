"""Follows README in minimal Debian systems, as a plain user, with nothing that it does not name.

Installs README's system packages, runs its two commands to their end, and installs the wheel by pip
and by pipx, all from a clone of the last commit. Runs as root on Debian; needs a package mirror and
a package index. Writes a picture of the window, `build/newcomer-<suite>.png`.

`newcomer --possible` says whether this machine can do it; `newcomer --test SUITE` only runs
README's test command.
"""

import argparse
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

from build_scripts.checks import roots, screen
from build_scripts.checks.deb import CASE, MAX_DOSE_IU, POLICIES
from build_scripts.checks.report import Report
from build_scripts.checks.session import answer
from build_scripts.steps.contents import ROOT
from build_scripts.steps.deb import DESKTOP_FILES

HOME = f"/home/{roots.USER}"
PROJECT = f"{HOME}/aldesk"
RUN, TEST = ("python3 build_scripts/dev.py run", "python3 build_scripts/dev.py test")
_ALDESK = "Aldesk: aldesleukin"


def main() -> int:
    """Check the named Debian releases, or all; return the exit status."""
    parser = argparse.ArgumentParser(description="Follow README on fresh Debian systems.")
    parser.add_argument("suites", nargs="*", default=list(roots.SUITES))
    parser.add_argument("--possible", action="store_true", help="only say whether it can be done")
    parser.add_argument("--test", action="store_true", help="only README's test command")
    parser.add_argument("--isolated", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.isolated:
        [suite] = options.suites
        return check(suite, only_test=options.test)
    hindrance = roots.missing_tools() or roots.cannot_isolate()
    if hindrance:
        print(hindrance, file=sys.stderr)
    if options.possible or hindrance:
        return 1 if hindrance else 0
    failed = 0
    for suite in options.suites:
        roots.make(suite)
        only = ["--test"] if options.test else []
        failed |= roots.run_isolated(__spec__.name, suite, "--isolated", *only)
    return failed


def check(suite: str, *, only_test: bool) -> int:
    """Follow README in one Debian release; needs mounts that only this process sees."""
    report = Report(f"newcomer on {suite}")
    try:
        root = roots.open_copy(suite)
        packages = _packages()
        said = roots.inside(root, *_install(packages))
        report.expect(re.search(r"[1-9]\d* newly installed", said), "README's apt line installs")
        clone(root)
        run_tests(root, report)
        if not only_test:
            open_window(root, report, ROOT / "build" / f"newcomer-{suite}.png")
            install_wheel(root, report)
            take_out_packages(suite, root, packages, report)
    except RuntimeError as error:
        report.expect(holds=False, what="every command of the check works", why_not=error)
    return report.status()


def _packages() -> list[str]:
    """Return the system packages that README's apt line installs."""
    readme = (ROOT / "README.md").read_text("utf-8")
    [line] = re.findall(r"^sudo apt install --no-install-recommends (.*)$", readme, re.MULTILINE)
    return shlex.split(line)


def _install(packages: list[str], *options: str) -> list[str]:
    return ["apt-get", "install", "--yes", "--no-install-recommends", *options, *packages]


def clone(root: Path) -> None:
    """Clone the last commit into the user's home."""
    target = root / PROJECT.lstrip("/")
    command = ["git", "-c", f"safe.directory={ROOT}", "clone", "--quiet", "--no-hardlinks"]
    subprocess.run([*command, str(ROOT), str(target)], check=True)
    roots.inside(root, "chown", "-R", f"{roots.USER}:", PROJECT)


def run_tests(root: Path, report: Report) -> None:
    """Run README's test command to its end and print its output."""
    command = roots.online(root, *TEST.split(), folder=PROJECT)
    said = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as running:
        for line in running.stdout or ():
            sys.stdout.buffer.write(line)
            sys.stdout.flush()
            said.append(line.decode(errors="replace"))
    text = "".join(said)
    passed = sum(int(one) for one in re.findall(r"(\d+) passed", text))
    skipped = sum(int(one) for one in re.findall(r"(\d+) skipped", text))
    holds = running.returncode == 0 and passed and "All checks passed." in text
    report.expect(holds, f"`{TEST}` ends well: {passed:,} passed, {skipped} skipped as listed")


def open_window(root: Path, report: Report, target: Path) -> None:
    """Run README's other command on a display of this machine, and close the window."""
    with screen.screen() as shown:
        status, seen = _run(root, shown, target)
    what = f"`{RUN}` opens the window, which closes with Ctrl+Q: look at {target.name}"
    report.expect(seen and status == 0, what, f"window: {seen}, exit status {status}")


def _run(root: Path, shown: screen.Screen, target: Path) -> tuple[int, bool]:
    """Return the exit status of README's run command, and whether its window appeared."""
    roots.show_screen(root, screen.SOCKETS)
    command = roots.online(root, *RUN.split(), folder=PROJECT, DISPLAY=shown.display)
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as program:
        try:
            seen = shown.wait_for_text(program, target)
            if seen:
                answer(_ALDESK, "ctrl+q", {"DISPLAY": shown.display, "PATH": "/usr/bin:/bin"})
            return program.wait(timeout=screen.PATIENCE_SECONDS), seen
        finally:
            program.kill()


def install_wheel(root: Path, report: Report) -> None:
    """Build the wheel, install it by pip in an empty environment and by pipx, and try it."""
    _said(
        root, f"{PROJECT}/.venv/bin/uv", "build", "--quiet", "--wheel", "--out-dir", f"{HOME}/dist"
    )
    [wheel] = (root / HOME.lstrip("/") / "dist").glob("*.whl")
    for name, new in (("elsewhere", f"{HOME}/dist/{wheel.name}"), ("pipx", "pipx")):
        _said(root, "python3", "-m", "venv", f"{HOME}/{name}")
        _said(root, f"{HOME}/{name}/bin/pip", "install", "--quiet", new)
    _said(root, f"{HOME}/pipx/bin/pipx", "install", f"{HOME}/dist/{wheel.name}")
    for by, program in (
        ("pip", f"{HOME}/elsewhere/bin/aldesk"),
        ("pipx", f"{HOME}/.local/bin/aldesk"),
    ):
        _expect_working(root, f"the wheel, installed by {by},", program, report)
    share = root / HOME.lstrip("/") / "elsewhere/share"
    missing = [one for one in DESKTOP_FILES if not (share / one).is_file()]
    report.expect(not missing, "icon and desktop entry lie in the wheel's share", missing)


def _expect_working(root: Path, subject: str, program: str, report: Report) -> None:
    tested = _output(root, program, "--self-test", QT_QPA_PLATFORM="offscreen")
    report.expect("self-test passed" in tested, f"{subject} passes its self-test", tested)
    listed = _output(root, program, "policies")
    report.expect(all(one in listed for one in POLICIES), f"{subject} lists both policies", listed)
    answer = _output(root, program, "check", "-", "--json", stdin=json.dumps(CASE))
    dose = json.loads(answer).get("dose_limit", {}).get("max_dose_iu") if answer[:1] == "{" else 0
    report.expect(dose == MAX_DOSE_IU, f"{subject} gives a case {MAX_DOSE_IU:,} IU", answer)


def _said(root: Path, *command: str) -> None:
    """Run a command with a network. Raises RuntimeError with its output if it fails."""
    roots.call(*roots.online(root, *command, folder=PROJECT))


def _output(root: Path, *command: str, stdin: str = "", **settings: str) -> str:
    """Run a program as the plain user without a network, and return its output."""
    done = subprocess.run(
        roots.as_user(root, *command, **settings),
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )
    return str(done.stdout or done.stderr)


def take_out_packages(suite: str, root: Path, packages: list[str], report: Report) -> None:
    """Check that each package is needed: no other installs it; without it no window appears."""
    with roots.copy(suite, "without") as part:
        all_new = _new(part, packages)
        brought = [one for one in packages if _new(part, _others(packages, one)) == all_new]
    report.expect(not brought, "no package of the line brings another one of it", brought)
    for package in packages:
        with roots.copy(suite, "without") as part:
            roots.inside(part, *_install(_others(packages, package)))
            roots.mount("--bind", root / HOME.lstrip("/"), part / HOME.lstrip("/"))
            with screen.screen() as shown:
                status, seen = _run(part, shown, ROOT / "build" / f"without-{package}.png")
        what = f"control: without {package} no window comes"
        report.expect(status and not seen, what, f"window: {seen}, exit status {status}")


def _others(packages: list[str], package: str) -> list[str]:
    return [one for one in packages if one != package]


def _new(root: Path, packages: list[str]) -> set[str]:
    """Return all packages that installing these would install."""
    return set(
        re.findall(r"^Inst (\S+)", roots.inside(root, *_install(packages, "--simulate")), re.M)
    )


if __name__ == "__main__":
    sys.exit(main())
