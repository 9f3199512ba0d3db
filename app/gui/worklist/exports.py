"""What the worklist window saves: the finished rows with their results, and the template."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.atomic_file import save, why_not
from app.casework.determine import Refusal
from app.files.standing import ChangedMeanwhile, Standing
from app.gui.saving import Save
from app.gui.widgets.dialogs import file_to_save
from app.gui.widgets.jobs import Job
from app.gui.worklist.saving import saving
from app.gui.worklist.view import WorklistView
from app.library import Library
from app.model.case_fields import Fields
from app.output.messages import changed_meanwhile, saving_words
from app.output.plain_text import refusal_text
from app.worklist.held import HeldRow, made_again
from app.worklist.results import file_parts
from app.worklist.sheets import Kind, Sheet, kind_of, name_as
from app.worklist.template import template_csv
from app.worklist.text import SAME_FILE, not_saved_words, saved_words

_KINDS: dict[Kind, tuple[str, str]] = {
    "csv": ("CSV (*.csv)", "csv"),
    "json_lines": ("JSON Lines (*.jsonl)", "jsonl"),
}
StartSaving = Callable[[Job, Callable[[float], str]], None]


@dataclass(frozen=True, slots=True)
class FinishedRows:
    """The rows that are done, with all that their file is made from; `source` is their worklist."""

    sheet: Sheet
    library: Library
    source: Path
    entries: Sequence[HeldRow]
    is_part: bool


class WorklistExports:
    """Saves through `start`, which runs a job; `told` is what came of the last one."""

    def __init__(
        self,
        window: QWidget,
        view: WorklistView,
        fields: Callable[[], Fields],
        rows: Callable[[], FinishedRows | None],
        start: StartSaving,
    ) -> None:
        self._window = window
        self._view = view
        self._fields = fields
        self._rows = rows
        self._start = start
        self.told = ""

    def choose(self, kind: Kind) -> None:
        """Let the person choose a file of this kind, and save the rows."""
        filters, suffix = _KINDS[kind]
        name = f"Worklist with results.{suffix}"
        path = file_to_save(self._window, "Save the results", filters, "", name)
        if path is None:
            return
        try:
            name = name_as(path.name, kind)
        except Refusal as refused:
            self._refuse(path, refusal_text(refused.problems))
        else:
            self.export(path.with_name(name))

    def export(self, path: Path) -> None:
        """Save all rows that are done, with their results, as CSV or JSON Lines by the file name.

        Refuses to overwrite the file that the rows come from, and asks before any other goes.
        """
        rows = self._rows()
        if rows is None:
            return
        if _is_same(path, rows.source):
            self._refuse(path, SAME_FILE)
            return
        try:
            kind = kind_of(path.name)
        except Refusal as refused:
            self._refuse(path, refusal_text(refused.problems))
        else:
            self._save(path, partial(self._begin, rows, path), partial(self.choose, kind))

    def choose_template(self) -> None:
        """Let the person choose where to save the template."""
        filters, suffix = _KINDS["csv"]
        name = "Worklist template.csv"
        path = file_to_save(self._window, "Save a template", filters, suffix, name)
        if path is not None:
            self._save(path, partial(self._write_template, path), self.choose_template)

    def _save(
        self, path: Path, write: Callable[[Standing], None], elsewhere: Callable[[], None]
    ) -> None:
        def fail(error: OSError) -> None:
            self._refuse(path, why_not(error))

        Save(self._window, path, write, elsewhere, fail).begin()

    def _begin(self, rows: FinishedRows, path: Path, now: Standing) -> None:
        self._start(self._writing(rows, path, now), partial(saving_words, path.name))

    def _writing(self, rows: FinishedRows, path: Path, now: Standing) -> Job:
        self.told = ""
        parts = file_parts(rows.sheet, map(made_again, rows.entries), rows.library, path.name)
        settle = partial(self._view.cancel.setEnabled, False)
        try:
            yield from saving(path, parts, len(rows.entries), now, settle)
        except (ChangedMeanwhile, FileExistsError):
            self.told = changed_meanwhile(path.name)
        except OSError as error:
            self.told = not_saved_words(path.name, why_not(error))
        else:
            self.told = saved_words(path.name, len(rows.entries), is_part=rows.is_part)

    def _write_template(self, path: Path, now: Standing) -> None:
        save(path, template_csv(self._fields()), now)
        self._view.tell(f"Saved as {path.name}.")

    def _refuse(self, path: Path, why: str) -> None:
        self._view.tell(not_saved_words(path.name, why))


def _is_same(path: Path, source: Path) -> bool:
    try:
        return path.samefile(source)
    except OSError:  # one of the two files does not exist
        return False
