"""What ships about the components: complete, no text too many, versions that run here."""

import platform
import tomllib
from importlib import metadata
from pathlib import Path

import PySide6
import pytest

from app.help.components import Component, components, installed_version, license_text, text_file
from app.library import RESOURCES, DataFileError

ROOT = Path(__file__).parents[2]
BY_NAME = {one.name: one for one in components()}


def test_every_license_text_is_there_and_none_too_many() -> None:
    named = {text for one in BY_NAME.values() for text in one.texts}
    there = {one.stem for one in (RESOURCES / "licenses" / "texts").iterdir()}
    assert named == there
    assert all(license_text(name).strip() for name in named)


def test_a_text_that_is_not_there_is_refused_by_its_name() -> None:
    with pytest.raises(DataFileError, match=r"Nobody's\.txt"):
        license_text("Nobody's")
    assert text_file("MIT").name == "MIT.txt"


def test_a_text_comes_from_the_folder_that_is_named(tmp_path: Path) -> None:
    file = tmp_path / "licenses" / "texts" / "Ours.txt"
    file.parent.mkdir(parents=True)
    file.write_text("Do what you like – für alle.", "utf-8")
    assert license_text("Ours", tmp_path) == "Do what you like – für alle."


def test_every_distribution_that_aldesk_needs_is_a_component() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
    needs = {
        one["name"]: {each["name"] for each in one.get("dependencies", [])}
        for one in lock["package"]
    }
    wanted = {"aldesk"}
    while more := {each for one in wanted for each in needs[one]} - wanted:
        wanted |= more
    listed = {str(one.version_of).lower() for one in BY_NAME.values()}
    left_out = {"tzdata"}  # icalendar asks for it; a calendar of whole dates works without
    assert wanted - left_out <= listed
    assert {"pydantic-core", "pyside6-essentials", "shiboken6", "pyyaml"} <= wanted


def test_versions_are_those_that_run_here() -> None:
    assert installed_version(BY_NAME["Python"]) == platform.python_version()
    assert installed_version(BY_NAME["pydantic"]) == metadata.version("pydantic")
    assert installed_version(BY_NAME["Qt"]) == PySide6.__version__
    assert installed_version(BY_NAME["HarfBuzz"]) is None


def test_a_version_that_nothing_tells_is_none() -> None:
    unknown = Component(
        name="Nothing",
        version_of="no-such-distribution",
        license="MIT",
        copyright=("Nobody",),
        texts=("MIT",),
        files=("x",),
    )
    assert installed_version(unknown) is None


def test_qt_is_used_under_the_lgpl_with_both_texts_and_the_notice() -> None:
    for name in ("Qt", "PySide6-Essentials", "shiboken6"):
        assert BY_NAME[name].license == "LGPL-3.0-only"
        assert {"LGPL-3.0", "GPL-3.0"} <= set(BY_NAME[name].texts)
    notice = (RESOURCES / "licenses" / "NOTICE.md").read_text("utf-8")
    assert "GNU Lesser General Public License" in notice
    assert "https://download.qt.io/official_releases/qt/" in notice
