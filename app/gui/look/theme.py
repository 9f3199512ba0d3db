"""The visual system: colors and spacing; light, dark and high contrast.

Text contrast is at least 4.5 to 1. A widget says what its text is for (a role) and how something
was judged (a tone); `style_sheet` says how role and tone look.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from app.model.determination import ApprovalStatus
from app.model.eligibility import CriterionResult


class Role(StrEnum):
    """What a text is for."""

    PLAIN = "plain"
    QUIET = "quiet"
    PROBLEM = "problem"
    HEADING = "heading"
    NEXT = "next"
    STATUS = "status"
    DOSE = "dose"


class Tone(StrEnum):
    """How something was judged; always shown with words or a shape, too."""

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


@dataclass(frozen=True, slots=True)
class Colors:
    """One set of colors, each as #rrggbb. A card lies on the window, a field on a card."""

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


# The sets of colors by (dark, high contrast).
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


def apply(application: QApplication, *, dark: bool, high_contrast: bool = False) -> None:
    """Set one of Aldesk's palettes as the application's palette."""
    application.setPalette(palette(dark=dark, high_contrast=high_contrast))


def palette(*, dark: bool, high_contrast: bool = False) -> QPalette:
    """Return one of Aldesk's palettes."""
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
    """Return the set that a palette was made from; for a foreign palette, the nearest one."""
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
    """Apply the style sheet again to a styled widget whose properties have changed."""
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def tone_color(tone: Tone, palette: QPalette) -> str:
    """Return the color of a tone in a palette, as #rrggbb."""
    return color_of(tone, colors_of(palette))


def color_of(tone: Tone, colors: Colors) -> str:
    """Return the color of a tone in a set; without a tone, the color of plain text."""
    return str(getattr(colors, tone)) if tone else colors.text


def quiet_color(palette: QPalette) -> str:
    """Return the color of quiet text in a palette, as #rrggbb."""
    return colors_of(palette).quiet
