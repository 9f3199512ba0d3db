"""What a policy states beside criteria and dosing, in words: lengths of approval, documents, codes,
and what the document does not say. A section is there only where it tells something.
"""

from collections.abc import Iterator
from typing import Any

from app.model.catalog import Catalog
from app.model.determination import Determination
from app.model.eligibility import all_below
from app.model.formatting import count_in_words
from app.model.stated import ApprovalLength, CodeFound
from app.output.phrases import Row, Section

_APPLIES = {True: "✓ Applies", None: "? Not known yet", False: "– Does not apply"}
UNDATED = {
    "once": "once",
    "end_of_plan_year": "until the end of the plan year",
    "not_stated": "no length stated",
}
_SEVERAL = "Several lengths apply, and the document does not say which counts: no period follows."
_OPEN = "Which length applies is not known yet: no period follows."
SYSTEMS = {
    "hcpcs": "HCPCS",
    "cpt": "CPT",
    "ndc": "NDC",
    "icd_9_cm": "ICD-9-CM",
    "icd_10_cm": "ICD-10-CM",
}
_CODES = {
    "stated": "in the document",
    "supported": "in the document's list: it supports the use and does not decide",
    "not_listed": "not in the document's list: that refuses nothing by itself",
    "unknown": "no diagnosis code entered",
}


def length_words(length: dict[str, Any]) -> str:
    """Return a length of approval in words.

    >>> length_words({"months": 12}), length_words({"once": True})
    ('12 months', 'once')
    """
    [(unit, count)] = length.items()
    return UNDATED.get(unit) or count_in_words(count, unit.removesuffix("s"))


def lengths_section(found: Determination, _: Catalog | None = None) -> Section | None:
    """Return the stated lengths of approval, unless a period tells the only one, once it may be."""
    lengths = found.approval_lengths
    is_plain = len(lengths) == 1 and lengths[0].applies is True
    is_dated = all(one.length.keys() <= {"months", "weeks", "days"} for one in lengths)
    if not lengths or (is_plain and is_dated):
        return None
    rows = tuple(_length_row(one, found) for one in lengths)
    return Section("Length of approval", rows, _meaning(lengths))


def _length_row(one: ApprovalLength, found: Determination) -> Row:
    texts = {each.id: each.text for each in all_below(found.eligibility.criteria)}
    whom = f" for “{texts.get(one.branch, one.branch)}”" if one.branch else ""
    return Row(_APPLIES[one.applies], f"{length_words(one.length)}{whom}", one.citation)


def _meaning(lengths: tuple[ApprovalLength, ...]) -> str:
    possible = [one for one in lengths if one.applies is not False]
    if all(one.length == possible[0].length for one in possible):
        return ""
    return _OPEN if any(one.applies is None for one in possible) else _SEVERAL


def documents_section(found: Determination, _: Catalog) -> Section | None:
    """Return the documents that the payer asks for, as far as their criteria count."""
    rows = tuple(Row("", one.text, one.citation) for one in found.documents)
    return Section("Documents asked for", rows) if rows else None


def codes_section(found: Determination, _: Catalog) -> Section | None:
    """Return the codes of the document, and those of the case held against its lists."""
    rows = tuple(_code_row(one) for one in found.codes)
    return Section("Codes", rows) if rows else None


def _code_row(one: CodeFound) -> Row:
    named = " ".join(filter(None, (SYSTEMS[one.system], one.code)))
    return Row(named, ": ".join(filter(None, (one.text, _CODES[one.result]))), one.citation or "")


def gaps_section(found: Determination, _: Catalog | None = None) -> Section | None:
    """Return what the document does not say."""
    rows = tuple(Row("", one.text, one.citation or "") for one in found.not_stated)
    return Section("What the document does not say", rows) if rows else None


def uses_section(found: Determination, _: Catalog) -> Section | None:
    """Return the uses that the document names as not covered and that the case is."""
    rows = tuple(
        Row(_BECAUSE[one.because], _see(one.text, one.see), one.citation)
        for one in found.eligibility.uses
    )
    return Section("Named as not covered", rows) if rows else None


def _see(text: str, see: str | None) -> str:
    return f"{text} (see {see})" if see else text


_BECAUSE = {
    "experimental": "Experimental",
    "investigational": "Investigational",
    "not_medically_necessary": "Not medically necessary",
    "excluded": "Excluded",
    "addressed_elsewhere": "Addressed elsewhere",
}


def stated_lines(found: Determination, catalog: Catalog) -> Iterator[str]:
    """Yield each of these sections in one line, for a note."""
    for build in (uses_section, lengths_section, documents_section, codes_section, gaps_section):
        section = build(found, catalog)
        if section is not None:
            rows = (f"{row.label}: {row.text}" if row.label else row.text for row in section.rows)
            told = "; ".join(one.rstrip(".") for one in rows)
            yield f"{section.title}: {told}.{f' {section.meaning}' if section.meaning else ''}"
