"""Colors and type: light or dark with the platform, text contrast at least 4.5 to 1.

A widget says what its text is (a role) and how it came out (a tone); one style sheet says how
that looks.
"""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

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
# Foreground on a light and on a dark window.
_COLORS = {
    Tone.GOOD: ("#14632f", "#7ddc9f"),
    Tone.BAD: ("#a01622", "#ff9c9c"),
    Tone.OPEN: ("#7a4b00", "#f3c56b"),
    Tone.REVIEW: ("#1b4d94", "#9cc6ff"),
}
# Window, field, text, button, accent, text on the accent: light and dark.
_PALETTES = (
    ("#f6f7f9", "#ffffff", "#1b1f24", "#e9ecf1", "#1b5fc1", "#ffffff"),
    ("#1b1e23", "#2a2f37", "#e8eaed", "#343a44", "#7db0ff", "#0b1220"),
)
_QUIET = ("#565b63", "#b0b7c1")
_BOLD = (Role.NEXT, Role.HEADING, Role.STATUS, Role.DOSE)
_SCALE = {Role.QUIET: 0.92, Role.PROBLEM: 0.96, Role.HEADING: 1.15, Role.STATUS: 1.5, Role.DOSE: 2}


def follow_platform(application: QApplication) -> None:
    """Show light or dark as the platform says, now and whenever it changes."""
    hints = application.styleHints()
    hints.colorSchemeChanged.connect(
        lambda scheme: apply(application, dark=scheme is Qt.ColorScheme.Dark)
    )
    apply(application, dark=hints.colorScheme() is Qt.ColorScheme.Dark)


def apply(application: QApplication, *, dark: bool) -> None:
    """Give the application Aldesk's light or dark palette."""
    application.setPalette(palette(dark=dark))


def palette(*, dark: bool) -> QPalette:
    """Return the light or the dark palette."""
    window, base, text, button, accent, on_accent = (QColor(one) for one in _PALETTES[dark])
    made = QPalette(button, window)
    for role, color in (
        (QPalette.ColorRole.Base, base),
        (QPalette.ColorRole.AlternateBase, window),
        (QPalette.ColorRole.ToolTipBase, base),
        (QPalette.ColorRole.ToolTipText, text),
        (QPalette.ColorRole.Text, text),
        (QPalette.ColorRole.WindowText, text),
        (QPalette.ColorRole.ButtonText, text),
        (QPalette.ColorRole.Highlight, accent),
        (QPalette.ColorRole.HighlightedText, on_accent),
        (QPalette.ColorRole.Accent, accent),
    ):
        made.setColor(role, color)
    return made


def set_role(widget: QWidget, role: Role, tone: Tone = Tone.NONE) -> None:
    """Give a text the look of its role and tone."""
    if widget.property("role") == role and widget.property("tone") == tone:
        return
    widget.setProperty("role", role)
    widget.setProperty("tone", tone)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def tone_color(tone: Tone, palette: QPalette) -> str:
    """Return the color of a tone on the window of a palette."""
    return _COLORS[tone][_is_dark(palette)]


def quiet_color(palette: QPalette) -> str:
    """Return the color of quiet text on the window of a palette."""
    return _QUIET[_is_dark(palette)]


def style_sheet(palette: QPalette, points: float) -> str:
    """Return the style sheet for a palette and a base text size in points."""
    dark = _is_dark(palette)
    accent = palette.color(QPalette.ColorRole.Highlight).name()
    sizes = (
        f'[role="{role}"] {{ font-size: {points * scale:.1f}pt; }}'
        for role, scale in _SCALE.items()
    )
    tones = (f'[tone="{tone}"] {{ color: {color[dark]}; }}' for tone, color in _COLORS.items())
    return "\n".join(
        (
            *sizes,
            f'[role="{Role.QUIET}"] {{ color: {quiet_color(palette)}; }}',
            f'[role="{Role.PROBLEM}"] {{ color: {_COLORS[Tone.BAD][dark]}; }}',
            f"QScrollArea:focus {{ border: 2px solid {accent}; }}",
            *(f'[role="{role}"] {{ font-weight: 600; }}' for role in _BOLD),
            *tones,
        )
    )


def _is_dark(palette: QPalette) -> bool:
    return palette.color(QPalette.ColorRole.Window).lightness() < 128  # noqa: PLR2004
