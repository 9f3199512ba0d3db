"""What goes into the packed program, for the PyInstaller spec and for the checks that watch it."""

import re
import sys
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
APPLICATION_ID = "io.github.aldesk.Aldesk"
PUBLISHER = "Aldesk contributors"
DESCRIPTION = "Aldesk: aldesleukin dose and eligibility, offline"
# Other systems' tools would break the signature (macOS) or the file (Windows).
STRIPS = sys.platform == "linux"

# No network, no other window system, no code loaded from outside, no archive format that is unused.
EXCLUDED_MODULES = [
    *("_socket", "socket", "socketserver", "ssl", "_ssl", "_hashlib", "http", "ftplib", "smtplib"),
    *("urllib.request", "xmlrpc", "asyncio", "_asyncio", "selectors", "select"),
    *("PySide6.QtNetwork", "PySide6.QtDBus", "PySide6.QtQml", "PySide6.QtSql"),
    *("ctypes", "_ctypes", "multiprocessing", "_multiprocessing", "concurrent.futures.process"),
    *("tkinter", "_tkinter", "readline", "curses", "_curses", "sqlite3", "_sqlite3"),
    *("bz2", "_bz2", "lzma", "_lzma", "test", "unittest", "doctest", "pydoc", "pdb", "lib2to3"),
    *("distutils", "ensurepip", "venv", "idlelib", "turtle", "mypy", "hypothesis", "pydantic.mypy"),
    *("pydantic.v1", "_posixshmem", "mmap", "resource", "termios", "_testcapi", "_codecs_jp"),
    *("_codecs_cn", "_codecs_hk", "_codecs_kr", "_codecs_tw", "_codecs_iso2022", "_multibytecodec"),
]

_QT_PLUGINS = {
    "platforms": {"qxcb", "qoffscreen", "qwindows", "qcocoa"},
    "platforminputcontexts": {"composeplatforminputcontextplugin"},
    "platformthemes": {"qxdgdesktopportal"},
    "iconengines": {"qsvgicon"},
    "imageformats": {"qsvg"},
    "styles": {"qmacstyle"},
}
_QT_MODULES = {"Core", "Gui", "Widgets", "Svg", "DBus", "XcbQpa"}
# Of the Linux build machine's own libraries only these go along: small, stable, seldom installed.
_CARRIED_LIBRARIES = re.compile(
    r"libpython3|libxcb-(cursor|icccm|image|keysyms|randr|render-util|render|shape|shm|sync|util"
    r"|xfixes|xkb)\.so"
)


def is_wanted(destination: str) -> bool:
    """Return whether a file that PyInstaller found belongs into the packed program."""
    path = PurePosixPath(destination.replace("\\", "/"))
    if "plugins" in path.parts:
        return _plugin(path.name) in _QT_PLUGINS.get(path.parent.name, set())
    if ".dist-info" in destination or "translations" in path.parts:
        return False
    if path.name.startswith(("opengl32sw", "d3dcompiler")):
        return False
    module = re.match(r"(?:lib)?Qt6?([A-Z][A-Za-z]*)", path.name)
    if module:
        return module[1] in _QT_MODULES
    if sys.platform == "linux" and len(path.parts) == 1 and ".so" in path.name:
        return bool(_CARRIED_LIBRARIES.match(path.name))
    return True


def _plugin(name: str) -> str:
    return re.sub(r"^lib|\.(so|dll|dylib)$", "", name)


def data_files() -> list[tuple[str, str]]:
    """Return each data file with the folder it goes to: everything under `resources`."""
    files = sorted(one for one in (ROOT / "resources").rglob("*") if one.is_file())
    return [(str(one), str(one.parent.relative_to(ROOT))) for one in files]
