"""What is wrong with a policy that is being written, by the very reader that reads policy files.

So the form accepts exactly what `aldesk policies check` accepts. Writes and installs nothing.
"""

from dataclasses import dataclass
from pathlib import Path

from app.casework.policy_form_draft import Path as DraftPath
from app.casework.policy_form_draft import PolicyDraft
from app.library import DataFileError, Library
from app.library.policies import PolicyFile, read_policy

_NAME = Path("policy.yaml")  # of no file: the text is read as a file of this name would be


@dataclass(frozen=True, slots=True)
class FormProblem:
    """What is wrong, and where: a path in the draft, of a key that may be missing there."""

    path: DraftPath
    message: str


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """What the reader of policy files makes of a draft: the policy, or all problems."""

    text: bytes
    file: PolicyFile | None
    problems: tuple[FormProblem, ...]


def check(draft: PolicyDraft, library: Library) -> CheckedDraft:
    """Return the policy that a draft says, or why it says none."""
    text = draft.written()
    try:
        file = read_policy(_NAME, text, library.catalog, library.reserved_notes)
    except DataFileError as error:
        found = dict.fromkeys(FormProblem(path, message) for path, message in error.problems)
        return CheckedDraft(text, None, tuple(found))
    return CheckedDraft(text, file, ())
