"""Worked examples of the shipped policies, by hand from the documents; keys are dotted."""

from pathlib import Path

from tests.cases import Example, read_examples

__all__ = ["EXAMPLES", "Example", "is_refused"]

EXAMPLES = read_examples(Path(__file__).with_name("cases.jsonl"))


def is_refused(example: Example) -> bool:
    """Return whether the case of an example is no valid one."""
    return any(key.startswith("error.") for key in example.expect)
