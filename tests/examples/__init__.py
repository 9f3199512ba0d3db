"""Example cases with what must come out, by hand from the policies; keys are dotted."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("cases.jsonl")


@dataclass(frozen=True)
class Example:
    """One case and the expected values of its determination by dotted key."""

    name: str
    case: dict[str, Any]
    expect: dict[str, Any]

    def differs(self, determination: dict[str, Any]) -> dict[str, Any]:
        """Return what a determination has instead of what was expected."""
        found = {key: look_up(determination, key) for key in self.expect}
        return {key: value for key, value in found.items() if value != self.expect[key]}


def look_up(value: Any, key: str) -> Any:
    """Return the value at a dotted key; a number is a place in a list."""
    for part in key.split("."):
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


EXAMPLES = [Example(**json.loads(line)) for line in FILE.read_text("utf-8").splitlines()]
