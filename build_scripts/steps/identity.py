"""How the packed program identifies itself to the system: icon, version information, properties."""

import sys
from typing import Any

from app import __version__
from build_scripts.steps import icons
from build_scripts.steps.contents import (
    APPLICATION_ID,
    CASE_MEDIA_TYPE,
    CASE_NAME,
    CASE_SUFFIX,
    DESCRIPTION,
    PUBLISHER,
    ROOT,
)

_ENGLISH, _UNICODE = 0x0409, 0x04B0
_MACOS_CASE = f"{APPLICATION_ID}.case"
MACOS_PROPERTIES: dict[str, Any] = {
    "CFBundleName": "Aldesk",
    "CFBundleDisplayName": "Aldesk",
    "CFBundleIdentifier": APPLICATION_ID,
    "CFBundleVersion": __version__,
    "CFBundleShortVersionString": __version__,
    "LSApplicationCategoryType": "public.app-category.medical",
    "LSMinimumSystemVersion": "14.0",  # as PySide6's wheel requires
    "NSHighResolutionCapable": True,
    "NSHumanReadableCopyright": PUBLISHER,
    "CFBundleDocumentTypes": [
        {
            "CFBundleTypeName": CASE_NAME,
            "CFBundleTypeRole": "Editor",
            "LSHandlerRank": "Owner",
            "LSItemContentTypes": [_MACOS_CASE],
        }
    ],
    "UTExportedTypeDeclarations": [
        {
            "UTTypeIdentifier": _MACOS_CASE,
            "UTTypeDescription": CASE_NAME,
            "UTTypeConformsTo": ["public.json"],
            "UTTypeTagSpecification": {
                "public.filename-extension": [CASE_SUFFIX.removeprefix(".")],
                "public.mime-type": [CASE_MEDIA_TYPE],
            },
        }
    ],
}


def program_icon() -> str | None:
    """Draw the icon file for the executable and return its path; None on Linux."""
    folder = ROOT / "build" / "icons"
    folder.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        return str(icons.write_ico(folder / "aldesk.ico"))
    if sys.platform == "darwin":
        return str(icons.write_icns(folder / "aldesk.icns"))
    return None


def windows_version(program: str) -> Any:
    """Return the version information of an executable, which Windows shows in its properties."""
    from PyInstaller.utils.win32 import versioninfo  # noqa: PLC0415  # can be imported on Windows only

    number = tuple(int(part) for part in f"{__version__}.0".split("."))
    texts = {
        "CompanyName": PUBLISHER,
        "FileDescription": DESCRIPTION,
        "FileVersion": __version__,
        "InternalName": program,
        "LegalCopyright": f"{PUBLISHER}, Apache License 2.0",
        "OriginalFilename": f"{program}.exe",
        "ProductName": "Aldesk",
        "ProductVersion": __version__,
    }
    table = versioninfo.StringTable(
        f"{_ENGLISH:04X}{_UNICODE:04X}",
        [versioninfo.StringStruct(key, text) for key, text in texts.items()],
    )
    return versioninfo.VSVersionInfo(
        ffi=versioninfo.FixedFileInfo(filevers=number, prodvers=number, mask=0x3F, OS=0x40004),
        kids=[
            versioninfo.StringFileInfo([table]),
            versioninfo.VarFileInfo([versioninfo.VarStruct("Translation", [_ENGLISH, _UNICODE])]),
        ],
    )
