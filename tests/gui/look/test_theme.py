"""Text is readable on both palettes: contrast at least 4.5 to 1 (WCAG 2.2, 1.4.3)."""

from itertools import product

import pytest
from PySide6.QtGui import QColor, QPalette

from app.gui.look.theme import Colors, Tone, colors_of, palette, quiet_color, tone_color

LOOKS = pytest.mark.parametrize(("dark", "high"), list(product((False, True), repeat=2)), ids=str)

TEXT_ON = (
    (QPalette.ColorRole.WindowText, QPalette.ColorRole.Window),
    (QPalette.ColorRole.Text, QPalette.ColorRole.Base),
    (QPalette.ColorRole.ButtonText, QPalette.ColorRole.Button),
    (QPalette.ColorRole.HighlightedText, QPalette.ColorRole.Highlight),
    (QPalette.ColorRole.ToolTipText, QPalette.ColorRole.ToolTipBase),
)


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


@LOOKS
def test_text_of_every_role_is_readable(dark: bool, high: bool) -> None:
    colors = palette(dark=dark, high_contrast=high)
    groups = (
        QPalette.ColorGroup.Active,
        QPalette.ColorGroup.Inactive,
        QPalette.ColorGroup.Disabled,
    )
    for group, (text, background) in product(groups, TEXT_ON):
        found = contrast(colors.color(group, text), colors.color(group, background))
        assert found >= 4.5, (group, text, background)


@LOOKS
def test_every_tone_is_readable_on_window_cards_and_fields(dark: bool, high: bool) -> None:
    made = palette(dark=dark, high_contrast=high)
    colors = colors_of(made)
    tones = [tone_color(tone, made) for tone in Tone if tone is not Tone.NONE]
    texts = [*tones, quiet_color(made), colors.text, colors.accent]
    for text, background in product(texts, (colors.window, colors.card, colors.field)):
        assert contrast(QColor(text), QColor(background)) >= 4.5, (text, background)


@LOOKS
def test_what_can_be_filled_in_and_what_has_the_focus_stands_out(dark: bool, high: bool) -> None:
    # WCAG 2.2, 1.4.11: parts of controls at least 3 to 1.
    colors = colors_of(palette(dark=dark, high_contrast=high))
    for line, background in product((colors.outline, colors.accent), surfaces(colors)):
        assert contrast(QColor(line), QColor(background)) >= 3, (line, background)


@pytest.mark.parametrize("dark", [False, True])
def test_high_contrast_has_at_least_seven_to_one(dark: bool) -> None:
    colors = colors_of(palette(dark=dark, high_contrast=True))
    texts = (colors.text, colors.quiet, colors.good, colors.bad, colors.open, colors.review)
    assert min(contrast(QColor(one), QColor(colors.window)) for one in texts) >= 7


def surfaces(colors: Colors) -> tuple[str, str, str]:
    return colors.window, colors.card, colors.field


def test_a_palette_of_the_platform_gets_the_nearest_colors() -> None:
    foreign = QPalette(QColor("#202124"))
    assert colors_of(foreign) == colors_of(palette(dark=True))
    assert colors_of(QPalette(QColor("#eeeeee"))) == colors_of(palette(dark=False))
