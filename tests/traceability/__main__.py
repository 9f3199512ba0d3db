"""Writes the page on traceability: `uv run python -m tests.traceability`."""

from app.library import load
from tests.traceability.page import PAGE, page

PAGE.write_text(page(load()), encoding="utf-8", newline="\n")
