"""Example cases with what must come out, by hand from the files of `tests/fixture_policies/`."""

from tests.cases import Example, read_examples
from tests.fixture_library import FOLDER

__all__ = ["EXAMPLES", "Example"]

EXAMPLES = read_examples(FOLDER / "cases.jsonl")
