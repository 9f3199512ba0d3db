"""Checks what a traced program wrote: only settings, and only in its folder for settings.

Settings may be missing; they must contain nothing of a case. The font cache, which the system's
font library writes for any program with text, is not counted.
"""

import re
from configparser import ConfigParser, Error
from os.path import normpath
from pathlib import Path

FILE = "settings.ini"
ALLOWED = {
    "General": {"theme", "text_size", "bsa_formula"},
    "window": {"geometry", "state", "splitter"},
}
# Top-level settings are words or numbers; those of the window are in Qt's binary format.
_VALUES = {
    "General": re.compile(r"[a-z0-9_]{1,40}"),
    "window": re.compile(r'"?@ByteArray\(.*\)"?'),
}
_CHANGES = "creat|mkdir|mknod|rmdir|rename|unlink|link|symlink|truncate"
_WRITES = re.compile(rf"O_WRONLY|O_RDWR|O_CREAT|^\d+ +({_CHANGES})")
# The user's and the system's font cache, with its temporary files.
_FONT_CACHE = re.compile(
    r".*/\.?cache(/fontconfig"
    r"(/(CACHEDIR\.TAG|[0-9a-f-]{32,36}-\w+\.cache-\w+)(\.LCK|\.NEW|\.TMP-\w+)?)?)?"
)
# The path by which Qt gives a name to a file that it wrote without one.
_OWN_DESCRIPTOR = re.compile(r"/proc/self/fd/\d+")


def written(trace: Path, settings: Path | None = None) -> list[str]:
    """Return the traced calls that make or change a file outside the settings folder.

    Writes to /dev/null do not count. Without a settings folder, all other writes count.
    """
    lines = trace.read_text("utf-8").splitlines()
    calls = [one for one in lines if _WRITES.search(one) and "= -1" not in one]
    return [one for one in calls if not _is_allowed(one, settings)]


def _is_allowed(call: str, settings: Path | None) -> bool:
    paths = [normpath(one) for one in re.findall(r'"((?:[^"\\]|\\.)*)"', call)]
    named = [one for one in paths if not _OWN_DESCRIPTOR.fullmatch(one)]
    return bool(named) and all(
        one == "/dev/null" or _is_in(one, settings) or _FONT_CACHE.fullmatch(one) for one in named
    )


def _is_in(path: str, folder: Path | None) -> bool:
    return folder is not None and Path(path).is_relative_to(folder)


def complaints(settings: Path, typed: tuple[str, ...]) -> list[str]:
    """Return what is wrong in the settings folder; it must not contain the `typed` words."""
    found = sorted(settings.rglob("*"))
    unknown = [f"{one.name} was left there" for one in found if one != settings / FILE]
    file = settings / FILE
    return [*unknown, *(_in_file(file, typed) if file.is_file() else [])]


def _in_file(file: Path, typed: tuple[str, ...]) -> list[str]:
    text = file.read_text("utf-8")
    plain = text.replace("\\0", "").lower()  # so that two-byte letters match, too
    told = [f"{one} was typed and is kept" for one in typed if one.lower() in plain]
    parser = ConfigParser(interpolation=None, default_section="")
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keep upper and lower case in keys
    try:
        parser.read_string(text)
    except Error as error:
        return [*told, str(error)]
    return [*told, *_foreign_settings(parser)]


def _foreign_settings(parser: ConfigParser) -> list[str]:
    return [
        f"{section}/{key} = {value}"
        for section in parser.sections()
        for key, value in parser.items(section)
        if key not in ALLOWED.get(section, set()) or not _VALUES[section].fullmatch(value)
    ]
