"""Writes the page on traceability: `uv run python -m tests.policies.traceability`."""

from tests.policies.traceability.page import PAGE, page
from tests.policies.versions import shipped_library

PAGE.write_text(page(shipped_library()), encoding="utf-8", newline="\n")
