"""What is imported late, and why: an import inside a function names one of these modules.

Tests hold that no other import is late, and that nothing of `AFTER_THE_START` is in memory when the
window waits for its first key. Such an import says `# noqa: PLC0415`.
"""

_BY_MENU = "opened from a menu"
_EXPORT = "written, copied or printed on demand"

AFTER_THE_START: dict[str, str] = {
    "PySide6.QtPrintSupport": _EXPORT,
    "PySide6.QtSvg": "drawn once: the icons are kept as pictures",
    "app.cli": "a window needs no command",
    "app.files.record": _EXPORT,
    "app.gui.comparison": _BY_MENU,
    "app.gui.policies.window": _BY_MENU,
    "app.gui.printing": _EXPORT,
    "app.gui.reading_windows": _BY_MENU,
    "app.gui.result.cards": "shown with the first determination",
    "app.gui.shortcuts": _BY_MENU,
    "app.gui.worklist.window": _BY_MENU,
    "app.help.examples": _BY_MENU,
    "app.output.calendar": _EXPORT,
    "app.output.chart_note": _EXPORT,
    "app.output.report": _EXPORT,
    "app.paper.report": _EXPORT,
    "app.self_test": "a window tests itself on demand only",
}
ELSEWHERE: dict[str, str] = {
    "PySide6.QtWidgets": "PySide makes QMessageBox when it is first named: most starts show none",
    "app.casework.outcome": "a command needs no window; the window needs it before Qt",
    "app.gui.application": "a command needs no Qt",
    "pydantic_core": "the boundary alone needs it, the classes of the model do not",
}
