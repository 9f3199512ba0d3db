"""What a trace says was written, and what may stand in the settings: real ones, and bad ones."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from build_scripts.checks.written import FILE, complaints, written

TYPED = ("70.5", "melanoma")
HOME = "/home/one/.config/Aldesk"
SAVED = [
    f'12 mkdir("{HOME}", 0777) = 0',
    f'12 openat(AT_FDCWD, "{HOME}/settings.ini.lock", O_RDWR|O_CREAT|O_EXCL, 0666) = 9',
    f'12 openat(AT_FDCWD, "{HOME}", O_RDWR|O_CLOEXEC|O_TMPFILE, 0600) = 10',
    f'12 linkat(AT_FDCWD, "/proc/self/fd/10", AT_FDCWD, "{HOME}/settings.ini.Ab1", 0x400) = 0',
    f'12 rename("{HOME}/settings.ini.Ab1", "{HOME}/settings.ini") = 0',
    f'12 unlink("{HOME}/settings.ini.lock") = 0',
    '12 openat(AT_FDCWD, "/dev/null", O_RDWR) = 3',
    '12 openat(AT_FDCWD, "/etc/passwd", O_RDONLY|O_CLOEXEC) = 3',
    '12 openat(AT_FDCWD, "/not/there", O_WRONLY|O_CREAT, 0666) = -1 ENOENT (No such file)',
]


# As fontconfig writes for a user, and for root, where the system has no cache of its fonts yet.
FONTS = "/home/one/.cache/fontconfig"
FONT = f"{FONTS}//4c599c202bc5c08e2d34565a40eac3b2-le64.cache-8"
FONT_CACHE = [
    '12 mkdir("/home/one/.cache", 0755) = 0',
    f'12 mkdir("{FONTS}", 0755) = 0',
    f'12 openat(AT_FDCWD, "{FONTS}/CACHEDIR.TAG.TMP-GnJrsa", O_RDWR|O_CREAT|O_EXCL, 0600) = 3',
    f'12 link("{FONT}.TMP-0OqyGM", "{FONT}.LCK") = 0',
    f'12 unlink("{FONT}.TMP-0OqyGM") = 0',
    f'12 rename("{FONT}.NEW", "{FONT}") = 0',
    '12 unlink("/var/cache/fontconfig//7ef2298fde41cc6eeb7af42e48b7d293-le64.cache-8.LCK") = 0',
]


def traced(folder: Path, *lines: str) -> Path:
    trace = folder / "trace"
    trace.write_text("\n".join(lines), "utf-8")
    return trace


def saved(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, "utf-8")
    return folder


def test_saving_settings_is_no_other_file(tmp_path: Path) -> None:
    assert not written(traced(tmp_path, *SAVED), Path(HOME))


def test_without_a_folder_for_settings_every_file_counts(tmp_path: Path) -> None:
    assert written(traced(tmp_path, *SAVED)) == SAVED[:6]


def test_the_cache_of_the_systems_font_library_is_no_other_file(tmp_path: Path) -> None:
    assert not written(traced(tmp_path, *FONT_CACHE), Path(HOME))


@pytest.mark.parametrize(
    "call",
    [
        '12 openat(AT_FDCWD, "/home/one/case.json", O_WRONLY|O_CREAT, 0666) = 9',
        f'12 openat(AT_FDCWD, "{HOME}/../case.json", O_RDWR|O_CREAT, 0666) = 9',
        f'12 openat(AT_FDCWD, "{HOME}s/settings.ini", O_RDWR|O_CREAT, 0666) = 9',
        '12 openat(7, "settings.ini", O_RDWR|O_CREAT, 0666) = 9',
        f'12 rename("{HOME}/settings.ini", "/tmp/settings.ini") = 0',
        f'12 linkat(AT_FDCWD, "{HOME}/settings.ini", AT_FDCWD, "/tmp/case", 0) = 0',
        '12 linkat(AT_FDCWD, "/proc/self/fd/10", AT_FDCWD, "/tmp/case", 0x400) = 0',
        '12 openat(AT_FDCWD, "/tmp/\\"/dev/null\\"", O_WRONLY|O_CREAT, 0666) = 9',
        '12 openat(AT_FDCWD, "/dev/shm/case", O_RDWR|O_CREAT <unfinished ...>',
        '12 mknod("/tmp/pipe", S_IFIFO|0666) = 0',
        f'12 openat(AT_FDCWD, "{FONTS}/case.json", O_RDWR|O_CREAT, 0666) = 9',
        f'12 rename("{FONT}", "/home/one/case.json") = 0',
        '12 openat(AT_FDCWD, "/home/one/.cache/case.json", O_RDWR|O_CREAT, 0666) = 9',
        '12 truncate("/home/one/other.ini", 0) = 0',
    ],
)
def test_any_other_written_file_is_noticed(call: str, tmp_path: Path) -> None:
    assert written(traced(tmp_path, *SAVED, call), Path(HOME)) == [call]


def test_no_settings_are_no_complaint(tmp_path: Path) -> None:
    assert not complaints(tmp_path, TYPED)
    assert not complaints(tmp_path / "nothing", TYPED)


def test_settings_as_qt_writes_them_are_no_complaint(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / FILE), QSettings.Format.IniFormat)
    for key, value in {
        "theme": "high_contrast",
        "text_size": 125,
        "bsa_formula": "du_bois",
    }.items():
        settings.setValue(key, value)
    for key in ("geometry", "state", "splitter"):
        settings.setValue(f"window/{key}", QByteArray(bytes(range(256))))
    settings.sync()
    assert (tmp_path / FILE).stat().st_size > 500
    assert not complaints(tmp_path, TYPED)


@pytest.mark.parametrize(
    "text",
    [
        "[General]\nweight_kg=70\n",
        "[General]\ntheme=dark\nage_years=54\n",
        "[General]\ntheme=somebody's name\n",
        "[General]\ntheme=70.5\n",
        "[case]\ntheme=dark\n",
        "[window]\ngeometry=a text\n",
        "[window]\ngeometry=@ByteArray(x70.5x)\n",
        "[window]\ngeometry=@ByteArray(\\0M\\0e\\0l\\0a\\0n\\0o\\0m\\0a)\n",
        "[Window]\ngeometry=@ByteArray(x)\n",
        "not settings at all",
    ],
)
def test_settings_with_anything_else_are_noticed(text: str, tmp_path: Path) -> None:
    assert complaints(saved(tmp_path, text), TYPED)


@pytest.mark.parametrize("name", ["settings.ini.lock", "case.json", "old/settings.ini"])
def test_another_file_among_the_settings_is_noticed(name: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).touch()
    assert complaints(saved(tmp_path, "[General]\ntheme=dark\n"), TYPED)
