"""The place of every value in its document, written by hand from the document."""

import pytest

from app.library import Library
from app.model.policy import Policy
from tests.policies.versions import DOCUMENTED

ROUTES = ("intravenous", "intralesional", "subcutaneous")
PLACES = [
    (version.name, path, place)
    for version in DOCUMENTED
    for path, place in version.read("citations.yaml")["places"].items()
]


@pytest.mark.parametrize(("version", "path", "place"), PLACES)
def test_a_value_cites_its_place_in_the_document(
    library: Library, version: str, path: str, place: str
) -> None:
    [policy] = [one for one in library.policies if f"{one.id}-{one.version}" == version]
    assert citation(policy, path) == place


def citation(policy: Policy, path: str) -> str:
    """Return the citation of the value at a path; a note is named by its id."""
    value: object = policy
    for part in path.split("."):
        if isinstance(value, dict):
            value = value[part]
        elif isinstance(value, tuple):
            value = next(note for note in value if note.id == part)
        else:
            value = getattr(value, part)
        if isinstance(value, tuple) and len(value) == 1 and not hasattr(value[0], "id"):
            [value] = value  # one length of approval
        if isinstance(value, tuple) and part in ROUTES:
            [value] = value  # one regimen of a route
    return str(getattr(value, "citation", None))
