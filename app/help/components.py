"""The components of the program and their licenses, and the origin of the policy facts.

It is about the program, not about medicine. The About page shows it, and the build compares the
packed files with the components.
"""

import platform
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from importlib import metadata
from pathlib import Path
from typing import Annotated, Literal

from app import __version__
from app.library.policies import RESOURCES
from app.library.reader import read_bytes, read_model
from app.model.data import Checked, Refusal, data
from app.model.document import Text, Texts
from app.model.policy import Policy
from app.model.reference_data import ReferenceData

System = Literal["linux", "windows", "macos"]
EVERYWHERE: tuple[System, ...] = ("linux", "windows", "macos")


def _version_pattern(text: str) -> str:
    try:
        groups = re.compile(text).groups
    except re.error:
        groups = 0
    if groups != 1:
        raise Refusal("must be a regular expression with the version in parentheses")
    return text


Pattern = Annotated[Text, Checked(_version_pattern)]


@data
class Component:
    """A program or library that is packed; `texts` are the names of its license texts.

    `files` are patterns of its packed files; `inside` is the component that contains it.
    """

    name: Text
    version_of: Text | None = None
    version_pattern: Pattern | None = None
    license: Text
    copyright: Texts
    texts: Texts
    systems: tuple[System, ...] = EVERYWHERE
    inside: Text | None = None
    files: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        if not self.files and not self.inside:
            raise Refusal("needs files, or inside: the component that holds it")

    def accounts_for(self, path: str) -> bool:
        """Return whether a packed file belongs to it (path from the program's folder, with /)."""
        parts = path.split("/")
        return any(_fits(parts, pattern.split("/")) for pattern in self.files)


def _fits(parts: list[str], pattern: list[str]) -> bool:
    """Return whether path parts match a pattern; one that ends in / matches a whole folder."""
    if pattern[-1] == "":
        pattern = pattern[:-1]
        parts = parts[: len(pattern)]
    return len(parts) == len(pattern) and all(map(fnmatchcase, parts, pattern))


@data
class Components:
    """All components, with unique names."""

    components: tuple[Component, ...]

    def __post_init__(self) -> None:
        names = [one.name for one in self.components]
        for place, one in enumerate(self.components):
            if one.name in names[:place]:
                raise Refusal("is there already", at=f"components.{place}.name")
            if one.inside is not None and one.inside not in names[:place]:
                raise Refusal("names no component above", at=f"components.{place}.inside")


def components(resources: Path = RESOURCES) -> tuple[Component, ...]:
    """Return every component of the packed program. Raises DataFileError."""
    return read_model(Components, resources / "licenses" / "components.yaml").components


def installed_version(component: Component) -> str | None:
    """Return the version that is installed here, or None if it is unknown."""
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
    """Return the path of a license text."""
    return resources / "licenses" / "texts" / f"{name}.txt"


def program_text() -> str:
    """Return name, version and purpose of the program."""
    return (
        f"Aldesk {__version__}: offline dose and eligibility calculator for aldesleukin"
        " (Proleukin). It tells whether a request fits a written policy; the payer decides."
    )


def component_text(component: Component, version: str | None) -> str:
    """Return a component in one line: name, version where it is known, license."""
    name = f"{component.name} {version}" if version else component.name
    return f"{name}: {component.license}"


def copyright_text(component: Component) -> str:
    """Return the copyright lines of a component."""
    return "\n".join(component.copyright)


def provenance(policies: Iterable[Policy], reference_data: ReferenceData) -> Iterator[str]:
    """Yield paragraphs about the origin of the facts, and about who does not endorse them."""
    payers = " or ".join(dict.fromkeys(policy.payer for policy in policies))
    yield (
        "Each file holds the facts of one published policy document: its criteria, limits, periods"
        " and caveats. They were taken from the document by hand and are told in Aldesk's own"
        " words; each stands with the heading and item where the document has it. The document"
        " itself does not come with Aldesk: get it from the payer."
    )
    yield (
        f"Facts of the {reference_data.label.document} and Aldesk's own checks of what is entered"
        " lie in files of their own. They are no part of a policy and change no status."
    )
    yield (
        "The SHA-256 value is the fingerprint of the file as it was read. Each result names it, so"
        " it can be told later by which file a case was judged."
    )
    yield (
        f"Aldesk is not affiliated with {payers}, and none of them has reviewed or endorsed it;"
        " neither has the maker of Proleukin. Names of payers and products belong to their owners"
        " and say here only which document is meant."
    )
