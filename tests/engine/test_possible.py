"""What the possible answers to a question can make of its comparisons, listed by hand."""

from typing import Any

import pytest

from app.engine import possible
from app.model.adapters import adapter
from app.model.catalog import Question
from app.model.criterion import Comparison

CHOICES = {"a": "A", "b": "B", "c": "C"}


def question(kind: str, **more: Any) -> Question:
    data = {"label": "?", "kind": kind, "answered_by": "chart", **more}
    return adapter(Question).validate_python(data)


def compared(**wanted: Any) -> Comparison:
    here = {"heading": "Here"}
    return adapter(Comparison).validate_python(
        {"id": "one", "text": "One", "question": "asked", "citation": here, **wanted}
    )


@pytest.mark.parametrize(
    ("asked", "wanted", "expected"),
    [
        (question("yes_no"), [{"is": True}, {"is": False}], {(True, False), (False, True)}),
        (
            question("number", **{"from": 0, "to": 130}),
            [{"at_least": 18}, {"under": 18}],
            {(True, False), (False, True)},
        ),
        (
            question("number", **{"from": 0, "to": 20}),
            [{"over": 3}, {"at_most": 10}],
            {(False, True), (True, True), (True, False)},
        ),
        (question("number", **{"from": 1, "to": 9}), [{"at_least": 1}], {(True,)}),
        (
            question("one_of", choices=CHOICES),
            [{"any_of": ["a"]}, {"any_of": ["b"]}],
            {(True, False), (False, True), (False, False)},
        ),
        (
            question("choices", choices=CHOICES),
            [{"any_of": ["a"]}, {"none_of": ["b"]}],
            {(True, True), (True, False), (False, True), (False, False)},
        ),
    ],
)
def test_each_truth_that_an_answer_can_give_is_there_once(
    asked: Question, wanted: list[dict[str, Any]], expected: set[tuple[bool, ...]]
) -> None:
    found = possible.possible_truths(asked, [compared(**one) for one in wanted])
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_a_code_hits_what_it_is_or_what_it_stands_below() -> None:
    codes = question("codes", system="icd_10_cm")
    hits = possible.test_of(compared(any_of=["C64.1"], under=["C92"]), codes)
    assert [hits([one]) for one in ("c641", "C92.0", "C92", "C64.2", "C9")] == [
        *(True, True, True),
        *(False, False),
    ]
    assert not hits([])
