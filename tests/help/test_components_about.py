"""What the About page says: the program, its parts, and whose the facts are."""

from app import __version__
from app.help.components import (
    Component,
    component_text,
    copyright_text,
    installed_version,
    program_text,
    provenance,
)
from app.library import Library
from app.model.adapters import adapter


def component(**changes: object) -> Component:
    values = {
        "name": "Drawing library",
        "license": "MIT",
        "copyright": ["2020 One", "2021 Two"],
        "texts": ["MIT"],
        "files": ["lib/"],
    }
    return adapter(Component).validate_python(values | changes)


def test_the_program_says_its_name_version_and_that_the_payer_decides() -> None:
    assert program_text().startswith(f"Aldesk {__version__}: ")
    assert program_text().endswith("the payer decides.")


def test_a_component_is_told_with_its_version_where_that_is_known() -> None:
    assert component_text(component(), "1.2") == "Drawing library 1.2: MIT"
    assert component_text(component(), None) == "Drawing library: MIT"


def test_copyright_is_one_line_for_each_owner() -> None:
    assert copyright_text(component()) == "2020 One\n2021 Two"


def test_a_version_is_that_of_the_installed_distribution() -> None:
    assert installed_version(component()) is None
    assert installed_version(component(version_of="Python"))
    assert installed_version(component(version_of="pydantic"))
    assert installed_version(component(version_of="no-such-distribution")) is None


def test_provenance_names_every_payer_once_and_denies_any_endorsement(library: Library) -> None:
    paragraphs = list(provenance([*library.policies, *library.policies], library.reference_data))
    last = paragraphs[-1]
    assert all(last.count(policy.payer) == 1 for policy in library.policies)
    assert "not affiliated" in last
    assert library.reference_data.label.document in paragraphs[1]
    assert any("SHA-256" in one for one in paragraphs)
