"""A fresh Wine prefix, which stands for a Windows machine, with the steps of the Wine check."""

import re
import subprocess
from pathlib import Path

from app import __version__
from build_scripts.checks.report import Report
from build_scripts.steps import msi, wine
from build_scripts.steps.contents import CASE_MEDIA_TYPE, CASE_NAME, CASE_SUFFIX, PUBLISHER, ROOT

VIEW = ROOT / "build_scripts" / "checks" / "windows_view.py"
PROGRAMS = ("Aldesk.exe", "aldesk-cli.exe")
CLASSES = "Software\\\\Classes\\\\"
UNINSTALL = r"Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\"
# Makes Wine draw windows with title bars, as Windows does.
_DESKTOP = (
    ((r"HKCU\Software\Wine\Explorer", "/v", "Desktop"), "Default"),
    ((r"HKCU\Software\Wine\Explorer\Desktops", "/v", "Default"), "1400x1000"),
)
# Opens a program or a file as a double click does, waits for the window, gives it time to draw,
# takes a picture and ends everything.
_SHOW = """
wine start /wait /unix "$1" & wine "$2" "$3" window; found=$?; sleep 3; import -window root "$4"
wineserver -k; exit $found
"""


class Machine:
    """A fresh Wine prefix; each `expect` method reports whether something holds."""

    def __init__(self, report: Report, name: str) -> None:
        self.report = report
        self.prefix = wine.make_prefix(name)
        for key, value in _DESKTOP:
            wine.run(self.prefix, ["wine", "reg", "add", *key, "/d", value, "/f"])
        self.drive = self.prefix / "drive_c"
        self.folder = self.drive / "Program Files" / "Aldesk"

    def install(self, installer: Path) -> int:
        """Install silently, as an administrator does; return the exit status."""
        return self._run("wine", "msiexec", "/i", wine.windows_path(installer), "/qn").returncode

    def uninstall(self, installer: Path) -> None:
        """Uninstall silently, and report whether that worked."""
        status = self._run("wine", "msiexec", "/x", wine.windows_path(installer), "/qn").returncode
        self.report.expect(status == 0, "the program uninstalls silently", f"status {status}")

    def program(self, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of Aldesk's programs on a virtual display."""
        return self._run("xvfb-run", "-a", "wine", wine.inside(self.folder / name), *arguments)

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return wine.attempt(self.prefix, list(command))

    def expect_working(self, subject: str) -> None:
        """Run the self-test of both programs."""
        console = self.program("aldesk-cli.exe", "--self-test")
        told = console.stdout.startswith(f"Aldesk {__version__} self-test passed")
        passed = console.returncode == 0 and told
        self.report.expect(passed, f"{subject} passes its self-test", console.stdout.strip())
        status = self.program("Aldesk.exe", "--self-test").returncode
        self.report.expect(status == 0, f"{subject} passes it as a window, too", f"status {status}")

    def expect_versions(self) -> None:
        """Check the version information that Windows shows in the properties of a file."""
        paths = [wine.windows_path(self.folder / name) for name in PROGRAMS]
        said = self._run("wine", *self._view(), "version", *paths).stdout
        wanted = [f"Aldesk; {__version__}; {PUBLISHER}"] * len(PROGRAMS)
        self.report.expect(
            said.splitlines() == wanted, "both programs name product and version", said
        )

    def expect_window(self, picture: Path) -> None:
        """Open the window with Qt's Windows plugin and take a picture of the screen."""
        shown = self._show(self.folder / "Aldesk.exe", picture)
        real = re.search(r"(?m)^Qt\d+QWindow\w*: Aldesk", shown) and picture.is_file()
        where = picture.relative_to(ROOT)
        self.report.expect(real, f"the window opens; look at {where}", shown or "no window came")

    def expect_opened(self, case: bytes, picture: Path) -> None:
        """Open a saved case as a double click does; check for a window with its name."""
        file = self.drive / f"saved case{CASE_SUFFIX}"
        file.write_bytes(case)
        shown = self._show(file, picture)
        file.unlink()
        opened = re.search(rf"(?m)^Qt\d+QWindow\w*: {re.escape(file.name)}\W+Aldesk", shown)
        where = picture.relative_to(ROOT)
        what = f"a double click on a case opens it; look at {where}"
        self.report.expect(opened, what, shown or "no window came")

    def _show(self, file: Path, picture: Path) -> str:
        """Open a file and return class and title of the windows that appear."""
        picture.unlink(missing_ok=True)
        screen = ["xvfb-run", "-a", "-s", "-screen 0 1400x1000x24", "sh", "-c", _SHOW, "sh"]
        return self._run(*screen, wine.inside(file), *self._view(), wine.inside(picture)).stdout

    def _view(self) -> list[str]:
        return [wine.inside(wine.PYTHON / "python.exe"), wine.windows_path(VIEW)]

    def expect_entry(self, version: str) -> None:
        """Check for exactly one entry under Programs and Features, with its icon."""
        system = (self.prefix / "system.reg").read_text("utf-8").split("\n\n")
        entries = [one for one in system if UNINSTALL in one and '"DisplayName"="Aldesk"' in one]
        code = msi.product_code(version)
        wanted = [f"\\{code}]", f'"DisplayVersion"="{version}"', f'"Publisher"="{PUBLISHER}"']
        wanted += ['"NoModify"=dword:00000001']
        right = len(entries) == 1 and all(one in entries[0] for one in wanted)
        icon = self.drive / "windows" / "Installer" / code / msi.ICON
        what = f"Programs and Features lists Aldesk {version} once, with icon, without Change"
        self.report.expect(right and icon.is_file(), what, f"{len(entries)} entries: {entries}")

    def expect_shortcut(self) -> None:
        """Check for exactly one entry in the start menu (Wine puts it into the user's own)."""
        found = list(self.drive.rglob("Start Menu/Programs/Aldesk.lnk"))
        leads = len(found) == 1 and rb"C:\Program Files\Aldesk\Aldesk.exe" in found[0].read_bytes()
        leads = leads and msi.ICON.encode("utf-16-le") in found[0].read_bytes()
        self.report.expect(leads, "the start menu leads to Aldesk.exe, with its icon", found)

    def expect_file_type(self) -> None:
        """Check the registry for saved cases: file type, icon, and the command that opens one."""
        program = r"C:\\Program Files\\Aldesk\\Aldesk.exe"
        for key, *values in (
            (CASE_SUFFIX, f'@="{msi.CASE_ID}"', f'"Content Type"="{CASE_MEDIA_TYPE}"'),
            (msi.CASE_ID, f'@="{CASE_NAME}"'),
            (rf"{msi.CASE_ID}\\DefaultIcon", f'@="{program},0"'),
            (rf"{msi.CASE_ID}\\shell\\open\\command", rf'@="\"{program}\" \"%1\""'),
        ):
            found = self._registered(key)
            what = f"the registry has {key} under Classes"
            self.report.expect(set(values) <= set(found), what, f"{found}, not {values}")

    def expect_no_file_type(self) -> None:
        """Check that the registry no longer has the file type of saved cases."""
        found = [key for key in (CASE_SUFFIX, msi.CASE_ID) if self._registered(key)]
        self.report.expect(not found, f"the registry has lost {CASE_SUFFIX} under Classes", found)

    def _registered(self, key: str) -> list[str]:
        """Return the lines of a registry key under Classes of the whole machine."""
        blocks = (self.prefix / "system.reg").read_text("utf-8").split("\n\n")
        return [
            line
            for block in blocks
            if block.startswith(f"[{CLASSES}{key}]")
            for line in block.splitlines()
        ]

    def state(self) -> set[str]:
        """Return all files and folders, and every line of the registry that names Aldesk."""
        names = {str(one.relative_to(self.drive)) for one in self.drive.rglob("*")}
        names -= {"windows/Installer"}  # a folder of Windows itself
        codes = ("aldesk", *self._codes())
        for hive in ("system.reg", "user.reg", "userdef.reg"):
            lines = (self.prefix / hive).read_text("utf-8").splitlines()
            names |= {line for line in lines if any(code in line.lower() for code in codes)}
        return names

    def _codes(self) -> tuple[str, str]:
        """Return the upgrade code as written, and with its digits in the registry's order."""
        code = str(msi.UPGRADE_CODE)
        head, tail = code.split("-")[:3], "".join(code.split("-")[3:])
        pairs = [tail[i + 1] + tail[i] for i in range(0, len(tail), 2)]
        return code, "".join([part[::-1] for part in head] + pairs)
