"""A component names its files, its license and its texts, or is refused."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.help.components import Component, Components
from app.model.adapters import adapter

LIBRARY = {
    "name": "Library",
    "license": "MIT",
    "copyright": ["Copyright its authors"],
    "texts": ["MIT"],
    "files": ["_internal/library/", "_internal/lib*.so"],
}


def component(**changes: Any) -> Component:
    return adapter(Component).validate_python({**LIBRARY, **changes})


@pytest.mark.parametrize(
    ("path", "is_its"),
    [
        ("_internal/library/one.py", True),
        ("_internal/library/deep/two.py", True),
        ("_internal/libone.so", True),
        ("_internal/other/libone.so", False),
        ("_internal/other.so", False),
        ("library/one.py", False),
    ],
)
def test_a_component_accounts_for_its_files(path: str, is_its: bool) -> None:
    assert component().accounts_for(path) is is_its


def test_a_component_goes_along_everywhere_unless_it_says_where() -> None:
    assert component().systems == ("linux", "windows", "macos")
    assert component(systems=["windows"]).systems == ("windows",)


def test_a_component_without_a_place_is_refused() -> None:
    with pytest.raises(ValidationError, match="needs files, or inside"):
        component(files=[])


@pytest.mark.parametrize("pattern", ["(", "no group", "(two) (groups)"])
def test_a_pattern_has_one_group_for_the_version(pattern: str) -> None:
    with pytest.raises(ValidationError, match="with the version in parentheses"):
        component(version_pattern=pattern)


def test_a_pattern_with_one_group_is_taken() -> None:
    assert component(version_pattern=r"version (\d+)").version_pattern == r"version (\d+)"


def test_a_name_is_given_once() -> None:
    with pytest.raises(ValidationError, match="is there already"):
        adapter(Components).validate_python({"components": [LIBRARY, LIBRARY]})


def test_what_holds_a_component_stands_above_it() -> None:
    inner = {**LIBRARY, "name": "Inner", "inside": "Library"}
    assert (
        len(adapter(Components).validate_python({"components": [LIBRARY, inner]}).components) == 2
    )
    with pytest.raises(ValidationError, match="names no component above"):
        adapter(Components).validate_python({"components": [inner, LIBRARY]})
