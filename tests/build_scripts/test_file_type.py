"""How each installer tells its system what a saved case is and what opens it."""

import tarfile
from configparser import ConfigParser
from fnmatch import fnmatchcase
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from build_scripts.steps import deb, identity, linux, msi
from build_scripts.steps.contents import APPLICATION_ID, ROOT

LINUX = ROOT / "build_scripts" / "linux"
MEDIA_TYPE = "application/vnd.aldesk.case+json"
WIX = "{http://schemas.microsoft.com/wix/2006/wi}"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    folder = tmp_path / "Aldesk"
    folder.mkdir()
    for name in ("Aldesk.exe", "aldesk-cli.exe", "aldesk"):
        (folder / name).write_text(name)
    return folder


def test_linux_takes_files_of_one_ending_for_cases_and_records_for_none() -> None:
    root = Xml.parse(LINUX / f"{APPLICATION_ID}.mime.xml").getroot()  # noqa: S314  # our own text
    [kind] = root.findall(f"{MIME}mime-type")
    assert kind.attrib == {"type": MEDIA_TYPE}
    [pattern] = [one.attrib["pattern"] for one in kind.findall(f"{MIME}glob")]
    assert fnmatchcase("one.aldesk", pattern)
    assert not fnmatchcase("one.aldesk-record", pattern)


def test_linux_opens_a_case_with_the_program() -> None:
    entry = ConfigParser(interpolation=None)
    entry.read(LINUX / f"{APPLICATION_ID}.desktop", "utf-8")
    desktop = entry["Desktop Entry"]
    assert (desktop["Exec"], desktop["MimeType"]) == ("aldesk %f", f"{MEDIA_TYPE};")
    root = Xml.parse(LINUX / f"{APPLICATION_ID}.metainfo.xml").getroot()  # noqa: S314  # our own text
    assert [one.text for one in root.iter("mediatype")] == [MEDIA_TYPE]


def test_the_archive_for_linux_brings_what_the_package_installs(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    made = linux.make_archive(packed, ["libc6"], tmp_path, tmp_path)
    with tarfile.open(made) as archive:
        names = {one.partition("/")[2] for one in archive.getnames()}
        readme = archive.extractfile(f"{linux.TOP}/README.txt")
        assert readme
        assert "update-mime-database" in readme.read().decode()
    assert {one for one in names if one.startswith("share/")} == {
        f"share/applications/{APPLICATION_ID}.desktop",
        f"share/icons/hicolor/scalable/apps/{APPLICATION_ID}.svg",
        f"share/mime/packages/{APPLICATION_ID}.xml",
    }
    assert all(source.is_file() for source in deb.DESKTOP_FILES.values())


def test_windows_opens_a_case_with_the_program_as_long_as_it_is_installed(packed: Path) -> None:
    root = Xml.fromstring(msi.describe(packed, "1.2.3"))  # noqa: S314  # our own text
    [program] = [
        one
        for one in root.iter(f"{WIX}Component")
        if any(file.attrib["Source"] == "Aldesk/Aldesk.exe" for file in one.iter(f"{WIX}File"))
    ]
    everywhere = [one.attrib for one in root.iter(f"{WIX}RegistryValue")]
    assert everywhere == [one.attrib for one in program.iter(f"{WIX}RegistryValue")]
    assert {one["Root"] for one in everywhere} == {"HKLM"}
    assert {(one["Key"], one.get("Name")): one["Value"] for one in everywhere} == {
        (r"Software\Classes\.aldesk", None): "Aldesk.Case",
        (r"Software\Classes\.aldesk", "Content Type"): MEDIA_TYPE,
        (r"Software\Classes\Aldesk.Case", None): "Aldesk case",
        (r"Software\Classes\Aldesk.Case\DefaultIcon", None): "[INSTALLFOLDER]Aldesk.exe,0",
        (
            r"Software\Classes\Aldesk.Case\shell\open\command",
            None,
        ): '"[INSTALLFOLDER]Aldesk.exe" "%1"',
    }


def test_macos_declares_the_type_that_it_opens() -> None:
    [declared] = identity.MACOS_PROPERTIES["UTExportedTypeDeclarations"]
    [opened] = identity.MACOS_PROPERTIES["CFBundleDocumentTypes"]
    assert opened["LSItemContentTypes"] == [declared["UTTypeIdentifier"]]
    assert declared["UTTypeTagSpecification"] == {
        "public.filename-extension": ["aldesk"],
        "public.mime-type": [MEDIA_TYPE],
    }
