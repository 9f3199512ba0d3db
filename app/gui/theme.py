"""The visual system: colors, type scale and spacing; light, dark and high contrast.

Text contrast is at least 4.5 to 1. A widget says what its text is (a role) and how it came out (a
tone); one style sheet says how that looks.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from app.library import RESOURCES
from app.model.determination import ApprovalStatus, CriterionResult


class Role(StrEnum):
    """What a text is."""

    PLAIN = "plain"
    QUIET = "quiet"
    PROBLEM = "problem"
    HEADING = "heading"
    NEXT = "next"
    STATUS = "status"
    DOSE = "dose"


class Tone(StrEnum):
    """How something came out; always beside words or a shape, never alone."""

    NONE = ""
    GOOD = "good"
    BAD = "bad"
    OPEN = "open"
    REVIEW = "review"


class Space(IntEnum):
    """Distances in pixels that do not depend on the text size."""

    TIGHT = 4
    SMALL = 8
    MEDIUM = 12
    LARGE = 16
    WIDE = 24


STATUS_TONE: dict[ApprovalStatus, Tone] = {
    "criteria_met": Tone.GOOD,
    "criteria_not_met": Tone.BAD,
    "information_missing": Tone.OPEN,
    "clinician_review": Tone.REVIEW,
}
RESULT_TONE: dict[CriterionResult, Tone] = {
    "met": Tone.GOOD,
    "not_met": Tone.BAD,
    "unknown": Tone.OPEN,
}
_BOLD = (Role.NEXT, Role.HEADING, Role.STATUS, Role.DOSE)
_SCALE = {Role.QUIET: 0.92, Role.PROBLEM: 0.96, Role.HEADING: 1.1, Role.STATUS: 1.5, Role.DOSE: 2}


@dataclass(frozen=True, slots=True)
class Colors:
    """One set of colors. A card lies on the window, a field on a card."""

    window: str
    card: str
    field: str
    text: str
    quiet: str
    border: str
    outline: str
    button: str
    accent: str
    on_accent: str
    good: str
    bad: str
    open: str
    review: str


# By (dark, high contrast).
_SETS = {
    (False, False): Colors(
        *("#f2f4f7", "#ffffff", "#ffffff", "#1b1f24", "#565b63", "#cfd5dd", "#7b8592", "#e9ecf1"),
        *("#1b5fc1", "#ffffff", "#14632f", "#a01622", "#7a4b00", "#1b4d94"),
    ),
    (True, False): Colors(
        *("#16181d", "#20242b", "#2a2f37", "#e8eaed", "#b0b7c1", "#3d4450", "#8d97a5", "#343a44"),
        *("#7db0ff", "#0b1220", "#7ddc9f", "#ff9c9c", "#f3c56b", "#9cc6ff"),
    ),
    (False, True): Colors(
        *("#ffffff", "#ffffff", "#ffffff", "#000000", "#000000", "#000000", "#000000", "#ffffff"),
        *("#0037a6", "#ffffff", "#00450f", "#8a0010", "#5c3600", "#002f7a"),
    ),
    (True, True): Colors(
        *("#000000", "#000000", "#000000", "#ffffff", "#ffffff", "#ffffff", "#ffffff", "#000000"),
        *("#ffe14d", "#000000", "#7dff9b", "#ffb0b0", "#ffe14d", "#9fd0ff"),
    ),
}

_TICKS = {
    "#16181d": "tick-on-dark",
    "#000000": "tick-on-black",
}
# What shows the focus by its border, with the padding that keeps its content in place.
_FOCUSED = {
    "QLineEdit": "3px 5px",
    "QComboBox": "3px 5px",
    "QPushButton": "4px 11px",
    "QToolButton": "0 5px",
    "QListWidget": "0",
    "QTreeWidget": "0",
    "QTableWidget": "0",
    "QScrollArea": "0",
    "QPlainTextEdit": "0",
    "QTextBrowser": "0",
}


def apply(application: QApplication, *, dark: bool, high_contrast: bool = False) -> None:
    """Give the application one of Aldesk's palettes."""
    application.setPalette(palette(dark=dark, high_contrast=high_contrast))


def palette(*, dark: bool, high_contrast: bool = False) -> QPalette:
    """Return one of the palettes."""
    colors = _SETS[dark, high_contrast]
    made = QPalette(QColor(colors.button), QColor(colors.window))
    for role, color in (
        (QPalette.ColorRole.Base, colors.field),
        (QPalette.ColorRole.AlternateBase, colors.card),
        (QPalette.ColorRole.Mid, colors.border),
        (QPalette.ColorRole.ToolTipBase, colors.field),
        (QPalette.ColorRole.ToolTipText, colors.text),
        (QPalette.ColorRole.PlaceholderText, colors.quiet),
        (QPalette.ColorRole.Text, colors.text),
        (QPalette.ColorRole.WindowText, colors.text),
        (QPalette.ColorRole.ButtonText, colors.text),
        (QPalette.ColorRole.Link, colors.accent),
        (QPalette.ColorRole.LinkVisited, colors.accent),
        (QPalette.ColorRole.Highlight, colors.accent),
        (QPalette.ColorRole.HighlightedText, colors.on_accent),
        (QPalette.ColorRole.Accent, colors.accent),
    ):
        made.setColor(role, QColor(color))
    for role in (
        QPalette.ColorRole.Text,
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.ButtonText,
    ):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colors.quiet))
    return made


def colors_of(palette: QPalette) -> Colors:
    """Return the set that a palette was made of; of a foreign palette, the nearest."""
    window = palette.color(QPalette.ColorRole.Window)
    text = palette.color(QPalette.ColorRole.WindowText)
    for colors in _SETS.values():
        if (colors.window, colors.text) == (window.name(), text.name()):
            return colors
    return _SETS[window.lightness() < 128, False]  # noqa: PLR2004


def set_role(widget: QWidget, role: Role, tone: Tone = Tone.NONE) -> None:
    """Give a text the look of its role and tone."""
    if widget.property("role") == role and widget.property("tone") == tone:
        return
    widget.setProperty("role", role)
    widget.setProperty("tone", tone)
    restyle(widget)


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again at the properties of a widget."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def tone_color(tone: Tone, palette: QPalette) -> str:
    """Return the color of a tone on the cards of a palette."""
    return _of_tone(tone, colors_of(palette))


def _of_tone(tone: Tone, colors: Colors) -> str:
    return str(getattr(colors, tone)) if tone else colors.text


def quiet_color(palette: QPalette) -> str:
    """Return the color of quiet text."""
    return colors_of(palette).quiet


def style_sheet(palette: QPalette, points: float) -> str:
    """Return the style sheet for a palette and a base text size in points."""
    colors = colors_of(palette)
    tones = [tone for tone in Tone if tone is not Tone.NONE]
    return "\n".join(
        (
            *(
                f'[role="{role}"] {{ font-size: {points * scale:.1f}pt; }}'
                for role, scale in _SCALE.items()
            ),
            f'[role="{Role.QUIET}"] {{ color: {colors.quiet}; }}',
            f'[role="{Role.PROBLEM}"] {{ color: {colors.bad}; }}',
            *(f'[role="{role}"] {{ font-weight: 600; }}' for role in _BOLD),
            *(f'[tone="{tone}"] {{ color: {_of_tone(tone, colors)}; }}' for tone in tones),
            *_surfaces(colors),
            *_controls(colors, points),
            *_lists(colors),
            *(
                f'QFrame[part="status"][verdict="{tone}"] {{'
                f" border-left: 6px solid {_of_tone(tone, colors)}; }}"
                for tone in tones
            ),
        )
    )


def _surfaces(colors: Colors) -> tuple[str, ...]:
    """Return the rules for cards and for the question that comes next."""
    return (
        f"QFrame[part] {{ background: {colors.card}; border: 1px solid {colors.border}; }}",
        'QFrame[part="bar"] { border-width: 0 0 1px 0; }',
        "QFrame[next] { border-left: 4px solid transparent; padding-left: 5px; }",
        f'QFrame[next="true"] {{ border-left-color: {colors.accent}; }}',
        f"QStatusBar {{ border-top: 1px solid {colors.border}; padding: 0 9px; }}",
        "QStatusBar::item { border: none; }",
    )


def _controls(colors: Colors, points: float) -> tuple[str, ...]:
    """Return the rules for what is filled in and pressed: an outline, and the focus in it."""
    is_dark = QColor(colors.field).lightness() < 128  # noqa: PLR2004
    arrow = _image(f"arrow-on-{'dark' if is_dark else 'light'}")
    tick = _image(_TICKS.get(colors.window, "tick-on-light"))
    box = round(points * 1.25)
    boxes = "QCheckBox::indicator, QListWidget::indicator"
    outline = f"border: 1px solid {colors.outline}; border-radius: 4px;"
    return (
        f"QLineEdit, QComboBox {{ {outline} padding: 4px 6px; background: {colors.field}; }}",
        f"QComboBox::drop-down {{ border: none; width: {box + 8}px; }}",
        f"QComboBox::down-arrow {{ image: {arrow}; width: {box}px; height: {box}px; }}",
        f"QPushButton {{ {outline} padding: 5px 12px; background: {colors.button}; }}",
        f"QToolButton {{ {outline} padding: 1px 6px; color: {colors.accent}; }}",
        "QToolButton { background: transparent; border-color: transparent; }",
        f"QToolButton:hover, QToolButton:checked {{ border-color: {colors.outline}; }}",
        f"QListWidget, QTreeWidget, QTableWidget {{ border: 1px solid {colors.border}; }}",
        f"{boxes} {{ {outline} width: {box}px; height: {box}px; background: {colors.field}; }}",
        f"QCheckBox::indicator:checked, QListWidget::indicator:checked {{ image: {tick}; }}",
        *(
            f"{one}:focus {{ border: 2px solid {colors.accent}; padding: {padding}; }}"
            for one, padding in _FOCUSED.items()
        ),
    )


def _lists(colors: Colors) -> tuple[str, ...]:
    """Return the rules for what scrolls, lists and opens: flat, with edges that can be seen."""
    chosen = f"selection-background-color: {colors.accent}; selection-color: {colors.on_accent};"
    current = f"background: {colors.accent}; color: {colors.on_accent};"
    edge = f"border: 1px solid {colors.outline};"
    below = f"border: none; border-bottom: 1px solid {colors.border};"
    return (
        "QComboBox { combobox-popup: 0; }",
        f"QComboBox QAbstractItemView {{ background: {colors.field}; {edge} {chosen} }}",
        "QComboBox QAbstractItemView::item { padding: 4px 6px; }",
        f"QMenu {{ background: {colors.card}; {edge} }}",
        f"QMenu::item:selected, QMenuBar::item:selected {{ {current} }}",
        f"QHeaderView::section {{ background: {colors.button}; padding: 3px 5px; {below} }}",
        f"QTableView {{ gridline-color: {colors.border}; {chosen} }}",
        f"QScrollBar {{ background: {colors.window}; border: none; width: 14px; height: 14px; }}",
        f"QScrollBar::handle {{ background: {colors.outline}; border-radius: 4px; margin: 3px; }}",
        "QScrollBar::handle:vertical { min-height: 30px; }",
        "QScrollBar::handle:horizontal { min-width: 30px; }",
        "QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }",
    )


def _image(name: str) -> str:
    return f'url("{(RESOURCES / "icons" / name).as_posix()}.svg")'
