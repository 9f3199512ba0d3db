"""A run is red when it skips what nobody listed."""

import pytest

from tests import skips
from tests.tools import needs

ALLOWED = {"needs wixl": 2, "no such device": 1}


def test_listed_skips_are_no_complaint() -> None:
    assert not skips.complaints(["needs wixl", "needs wixl", "no such device"], ALLOWED)


@pytest.mark.parametrize(
    ("reasons", "told"),
    [
        (["no screen"], "not listed in skips.yaml: no screen"),
        (["no such device"] * 2, "2 tests, at most 1 are listed: no such device"),
    ],
)
def test_another_reason_and_one_skip_more_are_told(reasons: list[str], told: str) -> None:
    assert skips.complaints(reasons, ALLOWED) == [told]


def test_where_every_tool_is_none_may_be_wanted() -> None:
    told = skips.complaints(["needs wixl", "no such device"], ALLOWED, all_tools=True)
    assert told == ["every tool was to be there: needs wixl"]


def test_the_table_holds_each_reason_once_and_a_number() -> None:
    assert all(number > 0 for number in skips.listed().values())
    assert len(skips.listed()) == skips.TABLE.read_text("utf-8").count("- reason:")


def test_a_test_that_needs_a_tool_skips_only_where_that_is_missing() -> None:
    assert needs("no-such-program").args == (True,)
    assert needs("no-such-program").kwargs == {"reason": "needs no-such-program"}
    assert needs("python3").args == (False,)


def test_a_run_with_a_skip_that_is_not_listed_fails(pytester: pytest.Pytester) -> None:
    pytester.makeconftest("from tests.conftest import pytest_addoption, pytest_sessionfinish")
    pytester.makepyfile("import pytest\ndef test_one(): pytest.skip('no screen')")
    ended = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    ended.stdout.fnmatch_lines("SKIPPED TOO MUCH: not listed in skips.yaml: no screen")
    assert ended.ret == pytest.ExitCode.TESTS_FAILED
