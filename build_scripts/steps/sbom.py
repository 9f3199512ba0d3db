"""Writes the bill of materials (CycloneDX) of a packed folder, repeatable byte for byte."""

import hashlib
import platform
import subprocess
from collections import defaultdict
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from uuid import UUID, uuid5

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component as Entry
from cyclonedx.model.component import ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL
from packaging.requirements import Requirement

from app import __version__
from app.help.components import Component, System
from build_scripts.steps import crates, inventory
from build_scripts.steps.contents import PUBLISHER
from build_scripts.steps.freeze import source_date
from build_scripts.steps.integrity import sha256

SCHEMA = SchemaVersion.V1_6
OWN = "Aldesk"
_NATIVE = (".so", ".dll", ".pyd", ".dylib", ".exe")
_NAMESPACE = UUID("8c9c5a9c-5f0e-5d0c-9d0b-0f8f5b1d7a11")


def write(frozen: Path, out: Path) -> Path:
    """Write the bill of materials of a packed folder into `out`, and return its path."""
    system = inventory.system_of(frozen)
    bom = bill(frozen, system)
    bom.serial_number = uuid5(_NAMESPACE, hashlib.sha256(_text(bom).encode()).hexdigest())
    file = out / f"{OWN}-{__version__}-{system}.cdx.json"
    out.mkdir(parents=True, exist_ok=True)
    file.write_text(_text(bom) + "\n", "utf-8", newline="\n")
    return file


def _text(bom: Bom) -> str:
    return make_outputter(bom, OutputFormat.JSON, SCHEMA).output_as_string(indent=1)


def bill(frozen: Path, system: System) -> Bom:
    """Return the bill of materials of a packed folder, without its serial number."""
    of_crates = {crate["name"] for crate in crates.crates()}  # added below, with their versions
    listed = tuple(
        one
        for one in inventory.listed(frozen, system)
        if one.inside != crates.HOLDER or one.name not in of_crates
    )
    entries = {one.name: _entry(one, listed, frozen, system) for one in listed}
    bom = Bom(serial_number=UUID(int=0))
    bom.metadata.timestamp = datetime.fromtimestamp(source_date(), UTC)
    bom.metadata.component = entries.pop(OWN)
    bom.components.update(entries.values())
    _add_crates(bom, entries["pydantic-core"], inventory.listed(frozen, system))
    _add_dependencies(bom, listed, {OWN: bom.metadata.component, **entries})
    return bom


def _entry(one: Component, listed: tuple[Component, ...], frozen: Path, system: System) -> Entry:
    natives = [] if one.inside else _natives(one, frozen, system)
    version = inventory.version(one, listed, frozen)
    from_debian = next((each.version for each in natives if each.purl), None)
    return Entry(
        name=one.name,
        type=ComponentType.APPLICATION if one.name == OWN else ComponentType.LIBRARY,
        bom_ref=one.name,
        publisher=PUBLISHER if one.name == OWN else None,
        version=version or from_debian,
        licenses=[LicenseExpression(one.license)],
        copyright="\n".join(one.copyright),
        purl=_purl(one, version),
        components=natives,
        properties=[Property(name="aldesk:inside", value=one.inside)] if one.inside else [],
    )


def _purl(one: Component, version: str | None) -> PackageURL | None:
    if one.name == OWN or version is None:
        return None
    if inventory.is_distribution(one):
        return PackageURL("pypi", name=inventory.canonical(one.name), version=version)
    name = one.name.partition(" (")[0].lower()
    return None if " " in name else PackageURL("generic", name=name, version=version)


def _natives(one: Component, frozen: Path, system: System) -> list[Entry]:
    """Return entries with hashes for the native files of a component."""
    return [
        _native(
            file, frozen, carried=system == "linux" and not (one.version_of or one.version_pattern)
        )
        for file in inventory.files_of(one, frozen)
        if file.parent == frozen or any(f"{end}." in f"{file.name}." for end in _NATIVE)
    ]


def _native(file: Path, frozen: Path, *, carried: bool) -> Entry:
    name = file.relative_to(frozen).as_posix()
    purl = debian_package(file.name) if carried else None
    return Entry(
        name=name,
        type=ComponentType.FILE,
        bom_ref=f"file:{name}",
        version=purl.version if purl else None,
        purl=purl,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=sha256(file))],
    )


def debian_package(library: str) -> PackageURL | None:
    """Return the installed Debian package from which a library was copied, or None."""
    try:
        owner = _dpkg_query("--search", f"*/{library}").partition(": ")[0]
        answer = _dpkg_query("--show", "--showformat=${Package} ${Version} ${Architecture}", owner)
    except (OSError, subprocess.CalledProcessError):
        return None
    name, version, architecture = answer.split()
    distribution = platform.freedesktop_os_release()["ID"]
    return PackageURL("deb", distribution, name, version, {"arch": architecture})


def _dpkg_query(*arguments: str) -> str:
    command = ["dpkg-query", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _add_crates(bom: Bom, core: Entry, listed: tuple[Component, ...]) -> None:
    """Add the Rust crates from pydantic-core's own bill of materials, with their dependencies."""
    entries: dict[str, Entry] = {}
    lines = {one.name: "\n".join(one.copyright) for one in listed if one.inside == crates.HOLDER}
    for crate in crates.crates():
        entries[crate["bom-ref"]] = entry = Entry(
            name=crate["name"],
            version=crate["version"],
            bom_ref=f"crate:{crate['name']}@{crate['version']}",
            licenses=[LicenseExpression(crates.expression(crate))],
            copyright=lines.get(crate["name"]),
            purl=PackageURL.from_string(crate["purl"]),
            properties=[Property(name="aldesk:inside", value=core.name)],
        )
        bom.components.add(entry)
    for edge in crates.bill()["dependencies"]:
        to = [entries[one] for one in edge.get("dependsOn", ()) if one in entries]
        bom.register_dependency(entries.get(edge["ref"], core), to)


def _add_dependencies(bom: Bom, listed: tuple[Component, ...], entries: dict[str, Entry]) -> None:
    edges: defaultdict[str, set[str]] = defaultdict(set)
    by_name = {inventory.canonical(name): name for name in entries}
    for one in listed:
        if one.inside:
            edges[one.inside].add(one.name)
        for needed in _requirements(one):
            if needed in by_name:
                edges[one.name].add(by_name[needed])
    edges["PySide6-Essentials"].add("Qt")
    reached = set().union(*edges.values())
    edges[OWN] |= set(entries) - reached - {OWN}
    for name, to in edges.items():
        bom.register_dependency(entries[name], [entries[each] for each in to])


def _requirements(one: Component) -> set[str]:
    """Return the names of the distributions that a distribution requires on this system."""
    if one.name != OWN and not inventory.is_distribution(one):
        return set()
    try:
        asked = metadata.requires(str(one.version_of)) or []
    except metadata.PackageNotFoundError:
        return set()
    wanted = [Requirement(each) for each in asked]
    return {
        inventory.canonical(each.name)
        for each in wanted
        if each.marker is None or each.marker.evaluate({"extra": ""})
    }
