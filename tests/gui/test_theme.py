"""Text is readable on both palettes: contrast at least 4.5 to 1 (WCAG 2.2, 1.4.3)."""

from itertools import product

import pytest
from PySide6.QtGui import QColor, QPalette

from app.gui.theme import Tone, palette, quiet_color, tone_color

TEXT_ON = (
    (QPalette.ColorRole.WindowText, QPalette.ColorRole.Window),
    (QPalette.ColorRole.Text, QPalette.ColorRole.Base),
    (QPalette.ColorRole.ButtonText, QPalette.ColorRole.Button),
    (QPalette.ColorRole.HighlightedText, QPalette.ColorRole.Highlight),
    (QPalette.ColorRole.ToolTipText, QPalette.ColorRole.ToolTipBase),
)
BACKGROUNDS = (QPalette.ColorRole.Window, QPalette.ColorRole.Base)


def luminance(color: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = linear(color.redF()), linear(color.greenF()), linear(color.blueF())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_twenty_one() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)


@pytest.mark.parametrize("dark", [False, True])
def test_text_of_every_role_is_readable(dark: bool) -> None:
    colors = palette(dark=dark)
    for text, background in TEXT_ON:
        assert contrast(colors.color(text), colors.color(background)) >= 4.5, (text, background)


@pytest.mark.parametrize("dark", [False, True])
def test_every_tone_is_readable_on_window_and_fields(dark: bool) -> None:
    colors = palette(dark=dark)
    tones = [tone_color(tone, colors) for tone in Tone if tone is not Tone.NONE]
    for color, background in product([*tones, quiet_color(colors)], BACKGROUNDS):
        assert contrast(QColor(color), colors.color(background)) >= 4.5, (color, background)
