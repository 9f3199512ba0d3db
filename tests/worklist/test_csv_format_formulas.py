"""What a spreadsheet would run becomes text, comes back as it was, and numbers stay numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.worklist.csv_format import guarded, unguarded

STARTS = "=+-@\t\r"
CELLS = st.text(st.sampled_from("=+-@\t\r\n\"' |,;a1.") | st.characters(codec="utf-8"))


@given(CELLS)
def test_a_cell_comes_back_as_it_was(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell


@given(CELLS)
def test_no_cell_starts_with_what_a_spreadsheet_runs(cell: str) -> None:
    written = guarded(cell)
    assert not written.startswith(tuple("=+@\t\r"))
    assert not written.startswith("-") or written[1:].replace(".", "", 1).isdecimal()


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("before", ["", " ", '"', "'", ' "', "\u00a0"])
def test_a_formula_after_quotes_or_blanks_is_guarded_too(before: str, start: str) -> None:
    assert guarded(f"{before}{start}cmd|' /C calc'!A0").startswith("'")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3) | st.integers())
def test_numbers_are_not_harmed(number: object) -> None:
    text = f"{number:f}" if not isinstance(number, int) else str(number)
    assert guarded(text) == text


def test_an_apostrophe_that_is_no_guard_stays() -> None:
    assert unguarded("'twas") == "'twas"
    assert guarded("'twas") == "'twas"
