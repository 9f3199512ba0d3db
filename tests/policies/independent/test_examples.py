"""Every expected value of the examples is what the second computation says."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.policies.independent.evaluator import determine

FILE = "tests/examples/cases.jsonl"
ABOVE = [place / FILE for place in Path(__file__).absolute().parents]
EXAMPLES = [
    json.loads(line)
    for file in ABOVE[:6]
    if file.is_file()
    for line in file.read_text().splitlines()
]
ABSENT = "(absent)"


def in_error_form(answer: dict[str, Any]) -> dict[str, Any]:
    """A refusal as the contract writes it."""
    if "error" not in answer:
        return answer
    problems = [{"at": key} for key in answer.get("at", ["date_of_service"])]
    return {"error": {"kind": answer["error"], "problems": problems}}


def value_at(answer: Any, path: str) -> Any:
    for step in path.split("."):
        if isinstance(answer, list):
            answer = answer[int(step)] if int(step) < len(answer) else ABSENT
        else:
            answer = answer.get(step, ABSENT) if isinstance(answer, dict) else ABSENT
    return answer


def test_the_examples_are_found() -> None:
    assert EXAMPLES, f"no {FILE} beside or above this file"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["name"]))
def test_the_example_comes_out_as_expected(example: dict[str, Any]) -> None:
    answer = in_error_form(determine(example["case"]))
    got = {path: value_at(answer, path) for path in example["expect"]}
    assert got == example["expect"]
