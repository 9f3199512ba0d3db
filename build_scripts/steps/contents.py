"""What the packed program contains, for the PyInstaller specification and for the checks."""

import re
import sys
from pathlib import Path, PurePosixPath

from app.help.components import components

ROOT = Path(__file__).resolve().parents[2]
APPLICATION_ID = "io.github.aldesk.Aldesk"
PUBLISHER = "Aldesk contributors"
DESCRIPTION = "Aldesk: aldesleukin dose and eligibility, offline"
# The file type of a saved case, which the installers register with the system. Records, with the
# suffix .aldesk-record, are not registered, because the window does not open them.
CASE_NAME = "Aldesk case"
CASE_SUFFIX = ".aldesk"
CASE_MEDIA_TYPE = "application/vnd.aldesk.case+json"
# Stripping symbols would break the signature on macOS, and the files on Windows.
STRIPS = sys.platform == "linux"

# No network, no other window system, no foreign code loaded at run time, no unused archive format.
EXCLUDED_MODULES = [
    *("_socket", "socket", "socketserver", "ssl", "_ssl", "_hashlib", "http", "ftplib", "smtplib"),
    *("urllib.request", "xmlrpc", "asyncio", "_asyncio", "selectors", "select"),
    *("PySide6.QtNetwork", "PySide6.QtDBus", "PySide6.QtQml", "PySide6.QtSql"),
    *("ctypes", "_ctypes", "multiprocessing", "_multiprocessing", "concurrent.futures.process"),
    *("tkinter", "_tkinter", "readline", "curses", "_curses", "sqlite3", "_sqlite3"),
    *("bz2", "_bz2", "lzma", "_lzma", "test", "unittest", "doctest", "pydoc", "pdb", "lib2to3"),
    *(
        "tzdata",
        "distutils",
        "ensurepip",
        "venv",
        "idlelib",
        "turtle",
        "mypy",
        "hypothesis",
        "pydantic.mypy",
    ),
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
# PrintSupport is packed without its CUPS plugin, which opens a socket: Linux prints to a PDF file.
_QT_MODULES = {"Core", "Gui", "Widgets", "Svg", "PrintSupport", "DBus", "XcbQpa"}
# Only these libraries of the Linux build machine are packed: small, stable, seldom installed.
_CARRIED_LIBRARIES = re.compile(
    r"libpython3|libxcb-(cursor|icccm|image|keysyms|randr|render-util|render|shape|shm|sync|util"
    r"|xfixes|xkb)\.so"
)


def is_wanted(destination: str) -> bool:
    """Return whether a file that PyInstaller found belongs in the packed program."""
    path = PurePosixPath(destination.replace("\\", "/"))
    if "plugins" in path.parts:
        return _plugin(path.name) in _QT_PLUGINS.get(path.parent.name, set())
    module = re.match(r"(?:lib)?Qt6?([A-Z][A-Za-z]*)", path.name)
    return module[1] in _QT_MODULES if module else not _is_left_out(path)


def _is_left_out(path: PurePosixPath) -> bool:
    return bool(
        {"translations", "tzdata"} & set(path.parts)
        or path.name.startswith(("opengl32sw", "d3dcompiler"))
        or (path.parent.suffix == ".dist-info" and path.name != "METADATA")
        or (".dist-info" in str(path.parent.parent))
        or (_is_of_the_system(path) and not _CARRIED_LIBRARIES.match(path.name))
    )


def _is_of_the_system(path: PurePosixPath) -> bool:
    """Return whether a file is a library of the Linux build machine, which are at the top level."""
    return sys.platform == "linux" and len(path.parts) == 1 and ".so" in path.name


def _plugin(name: str) -> str:
    return re.sub(r"^lib|\.(so|dll|dylib)$", "", name)


def data_files() -> list[tuple[str, str]]:
    """Return each file under `resources` with its folder in the packed program."""
    files = sorted(one for one in (ROOT / "resources").rglob("*") if one.is_file())
    return [(str(one), str(one.parent.relative_to(ROOT))) for one in files]


def distributions() -> list[str]:
    """Return the Python distributions whose versions the About page shows."""
    names = {one.version_of for one in components() if one.version_of}
    return sorted(str(name) for name in names - {"Python", "aldesk"})
