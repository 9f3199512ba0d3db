"""Worked examples of the shipped policies, by hand from the documents; keys are dotted."""

from pathlib import Path

from tests.cases import Example, read_examples

__all__ = ["EXAMPLES", "Example"]

EXAMPLES = read_examples(Path(__file__).with_name("cases.jsonl"))
