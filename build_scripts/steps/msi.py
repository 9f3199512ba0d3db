"""Makes the Windows Installer package of a packed program: per machine, silent, upgradable.

The description for `wixl` is generated from the folder, so that every file is installed and
removed.
"""

import hashlib
import re
import subprocess
import uuid
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as Xml

from build_scripts.steps import icons
from build_scripts.steps.contents import (
    CASE_MEDIA_TYPE,
    CASE_NAME,
    CASE_SUFFIX,
    DESCRIPTION,
    PUBLISHER,
)
from build_scripts.steps.freeze import BuildError, environment, source_date

# By this code Windows recognizes all versions of Aldesk as one product: never change it.
UPGRADE_CODE = uuid.UUID("615f363c-6d4f-462f-8dbc-8c6cb4d25082")
ICON = "Aldesk.ico"
CASE_ID = "Aldesk.Case"  # Windows' name (ProgID) for the file type
NEWER_INSTALLED = (
    "A newer version of Aldesk is already installed. To go back to this one, uninstall that first."
)
NEEDS_WINDOWS_10 = "Aldesk needs Windows 10 or newer."
_NAMESPACE = "http://schemas.microsoft.com/wix/2006/wi"
_PROPERTIES = {
    "ARPPRODUCTICON": ICON,
    "ARPNOMODIFY": "1",
    # wixl writes no file versions; without this, Windows may keep a library of the old version.
    "REINSTALLMODE": "amus",
}


def make(folder: Path, version: str, work: Path) -> Path:
    """Make the package that installs all files of the folder, in `work`. Raises BuildError."""
    icons.write_ico(work / ICON)  # wixl reads files below its working folder only
    source, target = work / "aldesk.wxs", work / f"Aldesk-{version}-windows-x64.msi"
    source.write_bytes(describe(folder, version))
    _run("wixl", "--arch=x64", f"--output={target.name}", source.name, cwd=work)
    _make_repeatable(target, _fingerprint(source, folder))
    return target


def describe(folder: Path, version: str) -> bytes:
    """Return the package's description for wixl, which must run beside the folder."""
    root = Xml.Element("Wix", xmlns=_NAMESPACE)
    product = _add(root, "Product", Id=product_code(version), Version=version)
    product.attrib |= {"Name": "Aldesk", "Manufacturer": PUBLISHER, "Language": "1033"}
    product.attrib |= {"UpgradeCode": braced(UPGRADE_CODE)}
    package = _add(product, "Package", InstallerVersion="500", InstallScope="perMachine")
    package.attrib |= {"Compressed": "yes", "Description": DESCRIPTION, "Comments": version}
    _add(product, "Condition", Message=NEEDS_WINDOWS_10).text = "Installed OR VersionNT64 >= 603"
    _add(product, "MajorUpgrade", DowngradeErrorMessage=NEWER_INSTALLED)
    _add(product, "Media", Id="1", Cabinet="aldesk.cab", EmbedCab="yes")
    _add(product, "Icon", Id=ICON, SourceFile=ICON)
    for name, value in _PROPERTIES.items():
        _add(product, "Property", Id=name, Value=value)
    target = _add(product, "Directory", Id="TARGETDIR", Name="SourceDir")
    _add(target, "Directory", Id="ProgramMenuFolder")
    programs = _add(target, "Directory", Id="ProgramFiles64Folder")
    install = _add(programs, "Directory", Id="INSTALLFOLDER", Name="Aldesk")
    feature = _add(product, "Feature", Id="Aldesk", Level="1", Title="Aldesk")
    for component in _add_files(install, folder):
        _add(feature, "ComponentRef", Id=component)
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True))


def product_code(version: str) -> str:
    """Return the product code of a version, which is the same for every build of it."""
    return braced(uuid.uuid5(UPGRADE_CODE, f"product {version}"))


def braced(code: uuid.UUID) -> str:
    """Return a code in the notation of Windows Installer."""
    return f"{{{code}}}".upper()


def _add(parent: Xml.Element, name: str, **attributes: str) -> Xml.Element:
    return Xml.SubElement(parent, name, attributes)


def _add_files(install: Xml.Element, folder: Path) -> list[str]:
    """Describe every file as a component of its own; return the ids of the components."""
    directories = {PurePosixPath(): install}
    components = []
    for file in sorted(folder.rglob("*")):
        path = PurePosixPath(file.relative_to(folder))
        above = directories[path.parent]
        if file.is_dir():
            directories[path] = _add(above, "Directory", Id=_name("d", path), Name=path.name)
        else:
            components.append(_add_file(above, path, PurePosixPath(folder.name) / path))
    return components


def _add_file(directory: Xml.Element, path: PurePosixPath, source: PurePosixPath) -> str:
    # A file keeps its code in every version: Windows counts the programs that use it by that code.
    code = braced(uuid.uuid5(UPGRADE_CODE, f"file {path}".lower()))
    component = _add(directory, "Component", Id=_name("c", path), Guid=code, Win64="yes")
    _add(component, "File", Id=_name("f", path), Source=str(source), KeyPath="yes")
    if path == PurePosixPath("Aldesk.exe"):
        shortcut = _add(component, "Shortcut", Id="Shortcut", Name="Aldesk", Advertise="no")
        shortcut.attrib |= {"Directory": "ProgramMenuFolder", "Target": "[INSTALLFOLDER]Aldesk.exe"}
        shortcut.attrib |= {"WorkingDirectory": "INSTALLFOLDER", "Description": DESCRIPTION}
        shortcut.attrib |= {"Icon": ICON, "IconIndex": "0"}
        _associate(component)
    return component.attrib["Id"]


def _associate(component: Xml.Element) -> None:
    """Let Windows open saved cases with Aldesk, as long as Aldesk is installed."""
    program = "[INSTALLFOLDER]Aldesk.exe"
    for key, name, value in (
        (CASE_SUFFIX, "", CASE_ID),
        (CASE_SUFFIX, "Content Type", CASE_MEDIA_TYPE),
        (CASE_ID, "", CASE_NAME),
        (rf"{CASE_ID}\DefaultIcon", "", f"{program},0"),
        (rf"{CASE_ID}\shell\open\command", "", f'"{program}" "%1"'),
    ):
        entry = _add(component, "RegistryValue", Root="HKLM", Key=rf"Software\Classes\{key}")
        entry.attrib |= {"Type": "string", "Value": value} | ({"Name": name} if name else {})


def _name(kind: str, path: PurePosixPath) -> str:
    return kind + hashlib.sha256(str(path).encode()).hexdigest()[:16]


def _fingerprint(source: Path, folder: Path) -> str:
    """Return a package code that changes with any content of the package."""
    digest = hashlib.sha256(source.read_bytes())
    for file in sorted(one for one in folder.rglob("*") if one.is_file()):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return braced(uuid.uuid5(UPGRADE_CODE, f"package {digest.hexdigest()}"))


def _make_repeatable(package: Path, code: str) -> None:
    """Replace the random code and the time of day that wixl writes into the summary."""
    time = datetime.fromtimestamp(source_date(), UTC).strftime("%Y/%m/%d %H:%M:%S")
    summary = _run("msiinfo", "export", package.name, "_SummaryInformation", cwd=package.parent)
    for number, value in (("9", code), ("12", time), ("13", time)):
        summary = re.sub(rf"(?m)^{number}\t[^\r\n]*", f"{number}\t{value}", summary)
    table = package.with_name("summary.idt")
    table.write_bytes(summary.encode())
    _run("msibuild", package.name, "-i", table.name, cwd=package.parent)


def _run(*command: str, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, env=environment(), capture_output=True, check=False)
    if done.returncode:
        raise BuildError(f"{command[0]} failed:\n{done.stderr.decode(errors='replace').strip()}")
    return done.stdout.decode()
