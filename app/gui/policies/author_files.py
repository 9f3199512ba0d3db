"""The file of a policy that is being written: opened, saved, and asked about before it is left."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog

from app.atomic_file import save, why_not
from app.casework.policy_form_draft import PolicyDraft
from app.files.standing import Standing, mark_of
from app.gui.leaving import UnsavedWork
from app.gui.saving import Save
from app.gui.widgets.dialogs import (
    Choice,
    file_to_open,
    file_to_save,
    question,
    show_problem,
)
from app.library.reader import DataFileError, read_bytes
from app.library.strict_yaml import YamlProblem
from app.output.policy_author import (
    LEAVING_TITLE,
    REMARKS_LOST,
    leaving_policy,
    policy_not_opened,
    policy_not_saved,
)

_KIND = "Policy (*.yaml)"
_NEW = "policy.yaml"


class AuthorFiles:
    """Knows which draft is saved, and where."""

    def __init__(
        self,
        window: QDialog,
        show: Callable[[PolicyDraft], None],
        tell: Callable[[str], None],
        draft: Callable[[], PolicyDraft],
    ) -> None:
        self._window = window
        self._show = show
        self._tell = tell
        self._draft = draft
        self._path: Path | None = None
        self._mark: str | None = None
        self._kept = PolicyDraft()
        UnsavedWork(window, lambda: window.isHidden() or self.is_kept(), self._leave_and_close)

    def is_kept(self) -> bool:
        """Return whether the draft is as it was saved or opened."""
        return self._draft() == self._kept

    def choose(self) -> None:
        """Let the person choose a policy file to open; ask first about what is not saved."""
        self.leave(self._choose)

    def open(self, path: Path) -> None:
        """Show the policy of a file, or say why it cannot be opened."""
        try:
            text = read_bytes(path)
            draft = PolicyDraft.of_file(text)
        except DataFileError as error:
            self._refuse("The policy was not opened", str(error))
        except YamlProblem as error:
            why = policy_not_opened(path.name, f"line {error.line}: {error.message}")
            self._refuse("The policy was not opened", why)
        else:
            self._path, self._mark, self._kept = path, mark_of(text), draft
            self._show(draft)
            self._tell(REMARKS_LOST)

    def save(self, then: Callable[[Path], object] | None = None) -> None:
        """Save the policy into its file, or a chosen one; `then` gets the path."""
        self._write(self._path or self._chosen(), then)

    def save_as(self) -> None:
        """Save the policy into a file that the person chooses."""
        self._write(self._chosen(), None)

    def saved_for(self, then: Callable[[Path], object]) -> None:
        """Call `then` with the path of the saved policy; save it first where it is not."""
        if self._path is not None and self.is_kept():
            then(self._path)
        else:
            self.save(then)

    def leave(self, go: Callable[[], object]) -> None:
        """Call `go` if nothing is lost; otherwise ask first."""
        if self.is_kept():
            go()
            return
        question(
            self._window,
            "save_policy",
            LEAVING_TITLE,
            leaving_policy(self._path.name if self._path else ""),
            Choice("&Save…", lambda: self.save(lambda _path: go())),
            Choice("Go on &without saving", go),
            Choice("&Cancel"),
        ).open()

    def _leave_and_close(self, then: Callable[[], object]) -> None:
        def close() -> None:
            self._window.done(0)
            then()

        self.leave(close)

    def _choose(self) -> None:
        path = file_to_open(self._window, "Open a policy", _KIND)
        if path is not None:
            self.open(path)

    def _chosen(self) -> Path | None:
        draft = self._draft()
        said = [str(draft.at((key,)) or "") for key in ("id", "version")]
        name = f"{'-'.join(said)}.yaml" if all(said) else _NEW
        name = self._path.name if self._path else name.replace("/", "-")
        return file_to_save(self._window, "Save the policy", _KIND, "yaml", name)

    def _write(self, path: Path | None, then: Callable[[Path], object] | None) -> None:
        if path is None:
            return
        draft = self._draft()
        data = draft.written()

        def write(standing: Standing) -> None:
            save(path, data, standing)
            self._path, self._mark, self._kept = path, mark_of(data), draft
            self._tell(f"Saved as {path.name}.")
            if then is not None:
                then(path)

        def fail(error: OSError) -> None:
            self._refuse("The policy was not saved", policy_not_saved(path.name, why_not(error)))

        def elsewhere() -> None:
            self._write(self._chosen(), then)

        known = self._mark if path == self._path else None
        Save(self._window, path, write, elsewhere, fail, known, mark_of(data)).begin()

    def _refuse(self, title: str, words: str) -> None:
        show_problem(self._window, title, words)
