"""Writes the doubts about a policy file in words, for the command line and for the window."""

from collections.abc import Iterable, Sequence

from app.library.examined import Doubt, Severity
from app.model.formatting import count_in_words

_SEVERITY: dict[Severity, str] = {
    "high": "A limit or a criterion may be wrong",
    "low": "A name or a sentence may be wrong",
}
NO_DOUBTS = "Nothing in it is in doubt."
DOUBTS_TITLE = "What is in doubt"
DOUBTS_TO_TICK = (
    "Compare each of these with the document, and tick it only if the file is right. Every result "
    "under the policy says what was in doubt."
)


def doubts_text(doubts: Sequence[Doubt]) -> str:
    """Return all doubts with their lines and ids, and how they are accepted."""
    if not doubts:
        return NO_DOUBTS
    found = (f"  {doubt_words(one)}\n    id of the doubt: {one.id}" for one in doubts)
    count = count_in_words(len(doubts), "doubt")
    todo = "Compare with the document; whoever takes the file accepts each by its id (--accept ID):"
    return "\n".join((f"{count} about this file. {todo}", *found))


def doubt_words(doubt: Doubt) -> str:
    """Return a doubt in a line: how much hangs on it, its line in the file, its sentence."""
    return f"{_SEVERITY[doubt.severity]}; line {doubt.line}: {doubt.sentence}"


def to_tick_text(count: int) -> str:
    """Return how many doubts must be ticked before a file can be taken; "" if none."""
    if not count:
        return ""
    waits = "waits" if count == 1 else "wait"
    return f"The file cannot be taken yet: {count_in_words(count, 'doubt')} {waits} for a tick."


def not_accepted_text(doubts: Iterable[Doubt]) -> str:
    """Return which options would accept these doubts."""
    options = " ".join(f"--accept {one.id}" for one in doubts)
    return f"Nothing was taken: each doubt must be accepted by its id. Still missing: {options}"


def unknown_doubt_text(ids: Iterable[str]) -> str:
    """Return the message that a file has no such doubts."""
    return f"Nothing was taken: there is no such doubt about this file: {', '.join(ids)}."


def kept_doubts_rows(
    accepted: Sequence[str], not_acknowledged: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """Return the doubts about an installed file as rows: those that nobody acknowledged first."""
    rows = (
        ("In doubt, acknowledged by nobody", not_acknowledged),
        ("In doubt, accepted when it was taken", accepted),
    )
    return tuple((label, " ".join(told)) for label, told in rows if told)
