"""The changes that no test can detect, each with its reason, compared with those of a run."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.mutation.change import Change

FILE = Path(__file__).with_name("equivalent.yaml")


def read_equivalents(file: Path = FILE) -> dict[Change, str]:
    """Return the reason of each listed change. Raises ValueError for a change listed twice."""
    entries: list[dict[str, Any]] = yaml.safe_load(file.read_text("utf-8")) or []
    found: dict[Change, str] = {}
    for entry in entries:
        place = (entry["file"], entry.get("function", ""), entry["before"])
        for after in [entry["after"]] if isinstance(entry["after"], str) else entry["after"]:
            change = Change(*place, after, entry.get("nth", 1))
            if change in found:
                raise ValueError(f"listed twice: {change}")
            found[change] = entry["reason"]
    return found


def differences(survivors: Collection[Change], listed: Collection[Change]) -> Iterator[str]:
    """Yield each survivor that is not listed and each listed change that did not survive."""
    for change in sorted(set(survivors) - set(listed)):
        yield f"survives and is not listed: {change}"
    for change in sorted(set(listed) - set(survivors)):
        yield f"listed and does not survive, or is not made any more: {change}"
