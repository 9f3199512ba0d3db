"""Measures speed and memory: `uv run python -m tests.benchmarks`.

Every figure is a ratio to a floor, which is a minimal program in the same run, or to a frame of the
screen. This is not a test, because a busy machine does not make a program wrong. `--write` puts the
table into README, with the date.
"""

import argparse
import platform
from datetime import datetime
from pathlib import Path

from tests.benchmarks import batch, determination, key_press, start
from tests.benchmarks.table import as_markdown

README = Path(__file__).resolve().parents[2] / "README.md"
BEGIN, END = "<!-- benchmarks: begin -->", "<!-- benchmarks: end -->"
_PARTS = {"start": start, "keys": key_press, "determination": determination, "batch": batch}


def main() -> None:
    """Measure the named parts, or all; print the table, and put it into README if asked to."""
    parser = argparse.ArgumentParser(prog="tests.benchmarks")
    parser.add_argument("parts", nargs="*", help=f"only some of: {', '.join(_PARTS)}")
    parser.add_argument("--write", action="store_true", help="put the table into the README")
    options = parser.parse_args()
    if unknown := set(options.parts) - _PARTS.keys():
        parser.error(f"no such part: {', '.join(unknown)}")
    rows = [row for name in options.parts or _PARTS for row in _PARTS[name].rows()]
    table = as_markdown(rows)
    print(table)  # noqa: T201  # its purpose
    if options.write:
        today = datetime.now().astimezone().date()
        _write(f"Measured on {today}, Python {platform.python_version()}:\n\n{table}")


def _write(text: str) -> None:
    before, _, rest = README.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
