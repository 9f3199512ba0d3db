"""What the packed program is made of: each component with its license, version and files.

About the program itself, not about medicine: the About page shows it, and the build holds the
packed files against it.
"""

import platform
import re
from fnmatch import fnmatchcase
from importlib import metadata
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, model_validator

from app.library.policies import RESOURCES
from app.library.reader import read_bytes, read_model
from app.model.document import Data, Text, Texts
from app.model.quantities import refusal

System = Literal["linux", "windows", "macos"]
EVERYWHERE: tuple[System, ...] = ("linux", "windows", "macos")


def _version_pattern(text: str) -> str:
    try:
        groups = re.compile(text).groups
    except re.error:
        groups = 0
    if groups != 1:
        raise refusal("must be a regular expression with the version in parentheses")
    return text


Pattern = Annotated[Text, AfterValidator(_version_pattern)]


class Component(Data):
    """A program or library that goes along; `texts` are the names of its license texts."""

    name: Text
    version_of: Text | None = None
    version_pattern: Pattern | None = None
    license: Text
    copyright: Texts
    texts: Texts
    systems: tuple[System, ...] = EVERYWHERE
    inside: Text | None = None
    files: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _has_a_place(self) -> Self:
        if not self.files and not self.inside:
            raise refusal("needs files, or inside: the component that holds it")
        return self

    def accounts_for(self, path: str) -> bool:
        """Return whether a packed file, named with / from the program's folder, belongs to it."""
        parts = path.split("/")
        return any(_fits(parts, pattern.split("/")) for pattern in self.files)


def _fits(parts: list[str], pattern: list[str]) -> bool:
    """Return whether names fit a pattern; one that ends in / stands for all below the folder."""
    if pattern[-1] == "":
        pattern = pattern[:-1]
        parts = parts[: len(pattern)]
    return len(parts) == len(pattern) and all(map(fnmatchcase, parts, pattern))


class Components(Data):
    """All components, each named once."""

    components: tuple[Component, ...]

    @model_validator(mode="after")
    def _names_are_known_and_given_once(self) -> Self:
        names = [one.name for one in self.components]
        for place, one in enumerate(self.components):
            if one.name in names[:place]:
                raise refusal("is there already", at=f"components.{place}.name")
            if one.inside is not None and one.inside not in names[:place]:
                raise refusal("names no component above", at=f"components.{place}.inside")
        return self


def components(resources: Path = RESOURCES) -> tuple[Component, ...]:
    """Return every component of the packed program. Raises DataFileError."""
    return read_model(Components, resources / "licenses" / "components.yaml").components


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
