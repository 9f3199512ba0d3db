"""The dose of a report: an ordered dose is the large number, the policy's limit a small line."""

from collections.abc import Iterator

from app.model.determination import Determination, Finding
from app.model.formatting import dose_in_words
from app.output.dose_phrases import limit_text
from app.output.html import heading, paragraph
from app.output.phrases import finding_text


def dose_parts(found: Determination, texts: dict[str, str], beside: str) -> Iterator[str]:
    """Yield the HTML of the dose with its working; `beside` stands beside the title of a limit."""
    ordered = _ordered(found)
    if ordered is not None:
        yield heading("Ordered dose")
        yield paragraph(dose_in_words(ordered.requested), "dose")
        yield paragraph(finding_text(ordered))
        yield paragraph(texts["outside_policy"], "hold")
    if found.dose_limit is None:
        yield heading(texts["dose_title"])
        return
    known = limit_text(found)
    if ordered is None:
        yield heading(texts["dose_title"], beside)
        yield paragraph(known, "limit")
    else:
        yield paragraph(f"{texts['dose_title']}: {known}", "small")
    yield paragraph(texts["basis"])
    yield paragraph(texts["weight"], "small")
    yield paragraph(texts["dose_source"], "source")


def _ordered(found: Determination) -> Finding | None:
    """Return the finding about the ordered dose; None without one, or while it waits."""
    if "requested.dose_iu" in found.unconfirmed:
        return None
    return next((one for one in found.request_check.findings if one.field == "dose_iu"), None)
