"""What is said of files and of where a case comes from."""

from app.draft import Draft
from app.model.question import Catalog


def not_opened(name: str, why: str) -> str:
    """Return why a file was not opened; what is in the window stays."""
    return f"{name}: {why}\n\nThe case in the window is as it was."


def not_saved(name: str, why: str) -> str:
    """Return why a file was not saved."""
    return f"{name}: {why}\n\nNothing was changed on the disk. Choose another place or name."


def why_not_savable(draft: Draft, catalog: Catalog) -> str:
    """Return what keeps a draft from being a case that can be saved."""
    wrong = [catalog.label(key) for key in draft.problems]
    if wrong:
        return f"A case is saved whole. First correct: {', '.join(wrong)}."
    missing = [catalog.label(key) for key in draft.unanswered]
    return f"A case file needs these entries first: {', '.join(missing)}."


def leaving_words(file_name: str) -> str:
    """Return what would be lost when Aldesk closes."""
    if file_name:
        return f"What was changed since {file_name} was saved is gone when Aldesk closes."
    return "This case is not saved. Without saving, it is gone when Aldesk closes."


def origin_words(example: str, *, is_changed: bool) -> str:
    """Return the mark of a worked example, which stays one however it is changed."""
    changed = "changed from " if is_changed else ""
    return f"Worked example, no patient: {changed}{example}" if example else ""


def window_title(file_name: str) -> str:
    """Return the title of the window; Qt puts a sign for a changed case where [*] stands."""
    return f"{file_name}[*] – Aldesk" if file_name else "Aldesk: aldesleukin (Proleukin)"
