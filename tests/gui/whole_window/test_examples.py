"""Every example of the fixture's policies, typed key by key, shows what it expects."""

import pytest

from tests.fixture_cases import EXAMPLES, Example
from tests.gui.person import Person
from tests.gui.typed_examples import wrong_on_screen


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_window_shows_what_an_example_expects(person: Person, example: Example) -> None:
    assert wrong_on_screen(person, example) == []
