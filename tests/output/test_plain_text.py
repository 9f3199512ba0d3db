"""The plain text names what a part is about once, and asks in the order of the form."""

from app.library import Library
from app.output.plain_text import determination_text
from tests.cases import case, determine


def part(text: str, title: str) -> list[str]:
    """The lines of one part, with its title."""
    [found] = [one.splitlines() for one in text.split("\n\n") if one.startswith(title)]
    return found


def test_the_label_of_a_preparation_is_named_in_its_title_alone(library: Library) -> None:
    found = determine(library, case(requested={"dose_iu": 28_200_000}))
    assert found.preparation is not None
    title, *rows = part(determination_text(found, library.catalog), "Preparation")
    assert title.endswith(f"({found.preparation.label})")
    assert rows
    assert not [row for row in rows if found.preparation.label in row]
    assert all(row.endswith("]") for row in rows)  # the place in the label stays
