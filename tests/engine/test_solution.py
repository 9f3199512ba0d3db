"""Volumes and vials in whole International Units: exact at every mark."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.solution import Drawn, Solution, in_ml
from app.library import Library


@pytest.fixture(scope="module")
def solution(library: Library) -> Solution:
    return Solution.of(library.reference_data.label.preparation)


def test_it_is_the_labels(solution: Solution) -> None:
    """A vial contains 22 million; 1.2 mL of 18 million in each mL hold 21.6 million."""
    assert solution == Solution(18_000_000, 22_000_000, 21_600_000)


@pytest.mark.parametrize(
    ("dose_iu", "hundredths", "marked"),
    [
        (0, 0, 0),
        (179_999, 0, 0),
        (180_000, 1, 1),
        (18_000_000, 100, 100),
        (18_179_999, 100, 100),
        (18_180_000, 101, 100),
        (19_799_999, 109, 100),
        (19_800_000, 110, 110),
        (72_074_073, 400, 400),
    ],
)
def test_a_dose_is_drawn_to_the_mark_below(
    solution: Solution, dose_iu: int, hundredths: int, marked: int
) -> None:
    assert solution.drawn(dose_iu) == Drawn(
        hundredths, hundredths * 180_000, marked, marked * 180_000
    )


@pytest.mark.parametrize(
    ("dose_iu", "by_content", "by_volume"),
    [
        (1, 1, 1),
        (21_600_000, 1, 1),
        (21_600_001, 1, 2),
        (22_000_000, 1, 2),
        (22_000_001, 2, 2),
        (43_200_000, 2, 2),
        (43_200_001, 2, 3),
        (44_000_000, 2, 3),
        (44_000_001, 3, 3),
    ],
)
def test_one_unit_more_than_a_vial_takes_another(
    solution: Solution, dose_iu: int, by_content: int, by_volume: int
) -> None:
    assert (solution.by_content(dose_iu), solution.by_volume(dose_iu)) == (by_content, by_volume)


@pytest.mark.parametrize(
    ("hundredths", "written"), [(0, "0.00"), (7, "0.07"), (100, "1.00"), (1_234, "12.34")]
)
def test_a_volume_is_written_with_two_decimals(hundredths: int, written: str) -> None:
    assert in_ml(hundredths) == written


@given(dose_iu=st.integers(1, 10**12))
def test_the_marks_are_never_above_the_dose_and_never_a_whole_mark_below(
    solution: Solution, dose_iu: int
) -> None:
    drawn, exact = solution.drawn(dose_iu), Fraction(dose_iu, 180_000)
    assert drawn.hundredths <= exact < drawn.hundredths + 1
    assert drawn.syringe_hundredths <= drawn.hundredths < drawn.syringe_hundredths + 10
