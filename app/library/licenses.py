"""What the packed program is made of, with versions and license texts, for the About page."""

import platform
from importlib import metadata
from pathlib import Path

from app.library.reader import read, read_bytes
from app.library.shelf import RESOURCES
from app.model.component import Component, Components


def components(resources: Path = RESOURCES) -> tuple[Component, ...]:
    """Return every component of the packed program. Raises DataFileError."""
    return read(Components, resources / "licenses" / "components.yaml").components


def installed_version(component: Component) -> str | None:
    """Return the version that runs here, or None where nothing tells it."""
    if component.version_of is None:
        return None
    if component.version_of == "Python":
        return platform.python_version()
    try:
        return metadata.version(component.version_of)
    except metadata.PackageNotFoundError:
        return None


def license_text(name: str, resources: Path = RESOURCES) -> str:
    """Return a license text by the name that components give it. Raises DataFileError."""
    return read_bytes(text_file(name, resources)).decode("utf-8")


def text_file(name: str, resources: Path = RESOURCES) -> Path:
    """Return where a license text is."""
    return resources / "licenses" / "texts" / f"{name}.txt"
