"""What is wrong with a policy that is being written, by the very reader that reads policy files.

So the form accepts exactly what `aldesk policies check` accepts. Writes and installs nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.casework.policy_form_draft import Path as DraftPath
from app.casework.policy_form_draft import PolicyDraft
from app.casework.policy_form_words import FormWords
from app.library import DataFileError, Library
from app.library.policies import PolicyFile, read_policy

_ONE_OF = "needs exactly one of: "
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
        file = read_policy(_NAME, text, library.base_catalog, library.reserved_notes)
    except DataFileError as error:
        found = dict.fromkeys(FormProblem(path, message) for path, message in error.problems)
        return CheckedDraft(text, None, tuple(_innermost(found, draft)))
    return CheckedDraft(text, file, ())


def _innermost(found: Iterable[FormProblem], draft: PolicyDraft) -> Iterator[FormProblem]:
    """Yield the problems, but of a list or part that has entries only those of its entries.

    The reader counts an entry with a problem as none.
    """
    paths = [one.path for one in found]
    for one in found:
        below = (other for other in paths if other != one.path)
        if not (draft.at(one.path) and any(other[: len(one.path)] == one.path for other in below)):
            yield one


def problem_words(problem: FormProblem, draft: PolicyDraft, words: FormWords) -> str:
    """Return what is wrong as the form says it, with the labels of keys in their place."""
    known = words.messages.get(problem.message)
    if known is not None:
        return known
    shape = draft.shape(problem.path)
    if shape is None or not problem.message.startswith(_ONE_OF):
        return problem.message
    keys = problem.message.removeprefix(_ONE_OF).split(", ")
    return _ONE_OF + "; ".join(words.of_key(shape, key).label for key in keys)
