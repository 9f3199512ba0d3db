"""The words of the window in which a policy is written."""

from collections.abc import Iterator
from itertools import groupby

from app.model.catalog import Catalog
from app.model.formatting import count_in_words
from app.model.policy import Policy
from app.output.html import facts, heading, paragraph
from app.output.policy_changes import change_rows
from app.output.policy_pages import version_heading

TITLE = "Write a policy"
REMARKS_LOST = "Opened. Remarks of the file, after #, are not kept when it is saved."
LEAVING_TITLE = "Save this policy?"
NEEDED = "not filled in yet"
NAME_QUESTION = "What is it called?"
ALL_IS_DONE = "Nothing is missing: Aldesk can read the policy. Compare it with the document."
_NOTHING_SAID = "The policy is told in words once nothing is still to do."
_WITHOUT = "What you have written since the last save would be lost."


def leaving_policy(name: str) -> str:
    """Return the question before a policy that is not saved is left."""
    return f"{name} has changes that are not saved. {_WITHOUT}" if name else _WITHOUT


def to_do_title(count: int) -> str:
    """Return the title of the list of what is still wrong.

    >>> to_do_title(0), to_do_title(3)
    ('Still to do: nothing', 'Still to do: 3')
    """
    return f"Still to do: {count or 'nothing'}"


def to_do_told(count: int) -> str:
    """Return how much is still to do, for a screen reader."""
    return f"{count_in_words(count, 'thing')} still to do" if count else ALL_IS_DONE


def policy_not_saved(name: str, why: str) -> str:
    """Return the message that a policy was not saved, with the reason."""
    return f"{name}: {why}\n\nWhat was saved before is as it was. Choose another place or name."


def policy_not_opened(name: str, why: str) -> str:
    """Return the message that a policy file was not opened, with the reason."""
    return f"{name}: {why}\n\nThe policy in the window is as it was."


def said_html(policy: Policy | None, catalog: Catalog) -> str:
    """Return what a policy says, entry by entry with its citation; without one, why not."""
    return "".join(_said(policy, catalog)) if policy else paragraph(_NOTHING_SAID)


def _said(policy: Policy, catalog: Catalog) -> Iterator[str]:
    yield heading(version_heading(policy), level=2)
    for title, rows in groupby(change_rows(None, policy, catalog), key=lambda row: row.heading):
        yield heading(title)
        yield facts((row.what, _with_place(row.after, row.citation_after)) for row in rows)


def _with_place(text: str, citation: str) -> str:
    return f"{text} ({citation})" if citation else text
