"""A policy whose values leave no determination, or contradict each other, does not load.

Each is the good file of tests/bad_policies with one part replaced; the message must name the key
and, where a number is too large, the limit.
"""

from pathlib import Path

import pytest

from app.library import DataFileError, Library, load
from app.library.policies import read_policies
from tests.library.folders import GOOD, resources_copy

HUGE = "999_999_999_999_999"
REFUSED = {
    "months beyond the calendar": (
        "months: 6",
        f"months: {HUGE}",
        "approval.months: must be at most 1,000",
    ),
    "review beyond the calendar": (
        "every_months: 12",
        f"every_months: {HUGE}",
        "every_months: must be at most 1,000",
    ),
    "rest beyond the calendar": (
        "{value: 10,",
        f"{{value: {HUGE},",
        "min_rest_days.value: must be at most 1,000",
    ),
    "endless cycle": (
        "value: 12",
        f"value: {HUGE}",
        "max_doses_per_cycle.value: must be at most 1,000",
    ),
    "end before begin": (
        "first_day: 2026-01-01",
        "first_day: 2026-01-01\n  last_day: 2025-12-31",
        "in_force",
    ),
    "a citation of blanks": ("{heading: Notes}", '{heading: " "}', "notes.0.citation.heading"),
    "a list for a criterion": ("- id: adult", "- [adult]\n        - id: adult", "criteria.all.0"),
}


@pytest.mark.parametrize(("old", "new", "key"), REFUSED.values(), ids=REFUSED)
def test_such_a_policy_is_refused_with_its_key(
    old: str, new: str, key: str, library: Library, tmp_path: Path
) -> None:
    text = GOOD.read_text("utf-8")
    assert text.count(old) == 1
    file = tmp_path / "bad.yaml"
    file.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(DataFileError, match=rf"bad\.yaml, line \d+, .*{key}"):
        read_policies([file], library.catalog, library.reserved_notes)


@pytest.mark.parametrize("name", ["questions.yaml", "label.yaml", "checks.yaml"])
def test_a_missing_data_file_is_refused_by_its_name(name: str, tmp_path: Path) -> None:
    resources = resources_copy(tmp_path)
    (resources / name).unlink()
    with pytest.raises(DataFileError, match=name):
        load(resources)


@pytest.mark.parametrize("number", ['"wide"', '"NaN"', '"Infinity"', '"1,5"', '""', "yes"])
def test_a_check_that_is_no_plain_number_is_refused_with_its_key(
    number: str, tmp_path: Path
) -> None:
    resources = resources_copy(tmp_path)
    checks = resources / "checks.yaml"
    text = checks.read_text("utf-8")
    old = "adult_bmi: {low: 15,"
    assert text.count(old) == 1
    checks.write_text(text.replace(old, f"adult_bmi: {{low: {number},"), "utf-8")
    with pytest.raises(
        DataFileError, match=r"checks\.yaml, line \d+, plausibility\.adult_bmi\.low"
    ):
        load(resources)
