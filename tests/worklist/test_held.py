"""A row that a window holds is the same again when it is shown or saved."""

import io
import json

from app.library import Library
from app.worklist.held import held, kind_of, made_again, number_of
from app.worklist.results import answered
from app.worklist.sheets import open_sheet
from tests.random_cases import cases


def as_it_is(name: str, one: object) -> object:  # noqa: ARG001  # the form of the parameter
    return one


def test_a_row_is_made_again_as_it_was(library: Library) -> None:
    """Random cases have every kind of result; every third line is bad, and one far too long."""
    lines = [json.dumps(one) for one in cases(20261201, 300)]
    lines[::3] = [one[:-1] for one in lines[::3]]
    source = "\n".join([*lines, "x" * 1_000_001]).encode()
    sheet = open_sheet(io.BytesIO(source), "a.jsonl")
    kinds = set()
    for row in sheet.rows():
        result = answered(sheet, row, library)
        packed = held(row, result, as_it_is)
        again = made_again(packed)
        assert (again.row, again.result) == (row, result)
        assert type(again.result.units) is type(result.units)
        assert (number_of(packed), kind_of(packed)) == (row.number, again.kind)
        kinds.add(again.kind)
    assert len(kinds) >= 4
