"""What goes into the packed program, and what a failed build says."""

from pathlib import Path

import pytest

from app.help.components import components
from build_scripts.steps import macos, signing
from build_scripts.steps.contents import EXCLUDED_MODULES, ROOT, data_files, is_wanted
from build_scripts.steps.freeze import BuildError, missing_libraries


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6\\plugins\\imageformats\\qsvg.dll",
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "PySide6/Qt6Core.dll",
        "PySide6/Qt/lib/libQt6PrintSupport.so.6",
        "PySide6/Qt6PrintSupport.dll",
        "PySide6/QtPrintSupport.abi3.so",
        "PySide6/QtGui.abi3.so",
        "libxcb-cursor.so.0",
        "libpython3.11.so.1.0",
        "resources/policies/cigna-ip0407-2026-05-01.yaml",
        "resources/fonts/IBMPlexSans-Regular.ttf",
    ],
)
def test_what_the_program_loads_is_packed(path: str) -> None:
    assert is_wanted(path)


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/plugins/sqldrivers/qsqlite.dll",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
        "PySide6/Qt/lib/libQt6Network.so.6",
        "PySide6/Qt6Qml.dll",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/opengl32sw.dll",
        "libstdc++.so.6",
        "libGL.so.1",
        "libcrypto.so.3",
        "pydantic-2.14.3.dist-info/RECORD",
        "pydantic-2.14.3.dist-info/licenses/LICENSE",
    ],
)
def test_what_the_program_never_loads_is_left_out(path: str) -> None:
    assert not is_wanted(path)


def test_no_module_that_opens_a_connection_is_packed() -> None:
    means = {
        *("_socket", "socket", "socketserver", "select", "selectors", "ssl", "_ssl", "_hashlib"),
        *("asyncio", "_asyncio", "http", "urllib.request", "ftplib", "smtplib", "xmlrpc"),
        *("PySide6.QtNetwork", "PySide6.QtDBus", "ctypes", "_ctypes"),
    }
    assert means - set(EXCLUDED_MODULES) == set()


def test_every_resource_is_packed_into_its_folder() -> None:
    packed = {target for _, target in data_files()}
    assert "resources" in packed
    assert "resources/policies" in packed
    for source, target in data_files():
        assert source.startswith(str(ROOT / target))


def test_every_resource_and_printing_library_belongs_to_one_component() -> None:
    names = [f"_internal/{target}/{Path(source).name}" for source, target in data_files()]
    names += [
        f"_internal/PySide6/{one}" for one in ("QtPrintSupport.abi3.so", "QtPrintSupport.pyd")
    ]
    names += ["_internal/PySide6/Qt/lib/libQt6PrintSupport.so.6"]
    names += ["_internal/PySide6/Qt6PrintSupport.dll"]
    owners = {name: [one.name for one in components() if one.accounts_for(name)] for name in names}
    assert {name: found for name, found in owners.items() if len(found) != 1} == {}
    assert owners["_internal/resources/fonts/IBMPlexSans-Regular.ttf"] == ["IBM Plex Sans"]


def test_a_library_that_nobody_has_fails_the_build() -> None:
    log = (
        "12 INFO: Looking for libraries\n"
        "20 WARNING: Library not found: could not resolve 'libxcb-icccm.so.4', dependency of"
        " '/env/PySide6/Qt/plugins/platforms/libqxcb.so'.\n"
        "21 WARNING: Library not found: could not resolve 'libgtk-3.so.0', dependency of"
        " '/env/PySide6/Qt/plugins/platformthemes/libqgtk3.so'.\n"
    )
    [complaint] = missing_libraries(log)
    assert "libxcb-icccm.so.4" in complaint


def test_a_complaint_without_a_file_fails_the_build() -> None:
    assert missing_libraries("WARNING: Library not found: something new")


@pytest.mark.parametrize("name", [macos.IDENTITY, macos.NOTARY_PROFILE])
def test_signing_for_macos_fails_without_what_it_needs(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.setenv(macos.IDENTITY, "Developer ID")
    monkeypatch.setenv(macos.NOTARY_PROFILE, "profile")
    monkeypatch.delenv(name)
    with pytest.raises(BuildError, match=f"Not set: {name}"):
        macos.build(signs=True)


def test_signing_for_windows_fails_without_a_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(signing.CERTIFICATE, raising=False)
    with pytest.raises(BuildError, match="certificate"):
        signing.certificate()
