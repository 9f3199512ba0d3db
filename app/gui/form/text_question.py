"""A question that is answered by a typed text: a number, or codes."""

from app.casework.typed_text import Entry
from app.gui.form.fields import EntryLine
from app.gui.form.questions import QuestionField


class TextQuestion(QuestionField):
    """A question with one line of text; an empty line is "not known"."""

    def __init__(self, key: str, label: str, help_text: str = "") -> None:
        self._line = EntryLine()
        super().__init__(key, label, self._line, help_text)
        self._line.textChanged.connect(self._tell)
        self._line.returnPressed.connect(self.finished)

    def entry(self) -> Entry:
        """Return the text as typed."""
        return self._line.entry()

    def set_entry(self, entry: Entry) -> None:
        """Show a text, or codes as a text."""
        self._line.show_entry(entry)
