"""Which tests may be skipped: those of `skips.yaml`, and no more of them."""

from collections import Counter
from pathlib import Path

import yaml

from tests.tools import is_for_want_of_a_tool

TABLE = Path(__file__).with_name("skips.yaml")


def listed() -> dict[str, int]:
    """Return how many tests may be skipped for each reason."""
    rows = yaml.safe_load(TABLE.read_text("utf-8"))
    return {str(row["reason"]): int(row["at_most"]) for row in rows}


def complaints(
    reasons: list[str], allowed: dict[str, int], *, all_tools: bool = False
) -> list[str]:
    """Return what is wrong with the skips of a run: not listed, too many, or a tool not there.

    With `all_tools`, every tool was to be there, and no test may be skipped for want of one.
    """
    found = Counter(reasons)
    unlisted = [f"not listed in {TABLE.name}: {one}" for one in found if one not in allowed]
    too_many = [
        f"{found[one]} tests, at most {allowed[one]} are listed: {one}"
        for one in found
        if one in allowed and found[one] > allowed[one]
    ]
    wanted = [one for one in found if all_tools and is_for_want_of_a_tool(one)]
    return [*unlisted, *too_many, *(f"every tool was to be there: {one}" for one in wanted)]
