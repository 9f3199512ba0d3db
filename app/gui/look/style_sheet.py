"""How roles, tones, cards, controls and icons look: one style sheet from one set of colors.

Icons are black SVG drawings, which are colored in memory: no file is changed or written.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPixmap

from app.gui.look.theme import Colors, Role, Tone, color_of, colors_of
from app.library import RESOURCES

_BOLD = (Role.NEXT, Role.HEADING, Role.STATUS, Role.DOSE)
_SCALE = {Role.QUIET: 0.92, Role.PROBLEM: 0.96, Role.HEADING: 1.1, Role.STATUS: 1.5, Role.DOSE: 2}
_TICKS = {
    "#16181d": "tick-on-dark",
    "#000000": "tick-on-black",
}
# Widgets with a wider border when focused, and the padding that keeps their content in place.
_FOCUSED = {
    "QLineEdit": "3px 5px",
    "QComboBox": "3px 5px",
    "QPushButton": "4px 11px",
    "QToolButton": "0 5px",
    "QListWidget": "0",
    "QTreeWidget": "0",
    "QTableView": "0",
    "QScrollArea": "0",
    "QPlainTextEdit": "0",
    "QTextBrowser": "0",
}


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
            *(f'[tone="{tone}"] {{ color: {color_of(tone, colors)}; }}' for tone in tones),
            *_surfaces(colors),
            *_controls(colors, points),
            *_lists(colors),
            *(
                f'QFrame[part="status"][verdict="{tone}"] {{'
                f" border-left: 6px solid {color_of(tone, colors)}; }}"
                for tone in tones
            ),
        )
    )


def _surfaces(colors: Colors) -> tuple[str, ...]:
    """Return the rules for cards and for the status bar."""
    return (
        f"QFrame[part] {{ background: {colors.card}; border: 1px solid {colors.border}; }}",
        'QFrame[part="bar"] { border-width: 0 0 1px 0; }',
        f"QStatusBar {{ border-top: 1px solid {colors.border}; padding: 0 9px; }}",
        "QStatusBar::item { border: none; }",
    )


def _controls(colors: Colors, points: float) -> tuple[str, ...]:
    """Return the rules for fields and buttons: their outline, and how the focus is shown."""
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
        f"QListWidget, QTreeWidget, QTableView {{ border: 1px solid {colors.border}; }}",
        f"{boxes} {{ {outline} width: {box}px; height: {box}px; background: {colors.field}; }}",
        f"QCheckBox::indicator:checked, QListWidget::indicator:checked {{ image: {tick}; }}",
        *(
            f"{one}:focus {{ border: 2px solid {colors.accent}; padding: {padding}; }}"
            for one, padding in _FOCUSED.items()
        ),
    )


def _lists(colors: Colors) -> tuple[str, ...]:
    """Return the rules for scroll bars, lists, tables and menus: flat, with visible edges."""
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


if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

FOLDER = RESOURCES / "icons"
_MOST = 256  # cached pixmaps: more than all icons in all colors of the themes


def pixmap(name: str, color: QColor, size_px: int, device_pixel_ratio: float) -> QPixmap:
    """Return an icon as a pixmap, drawn for exactly this size.

    `size_px` is in device-independent pixels, each `device_pixel_ratio` pixels of the screen wide.
    Raises FileNotFoundError for an unknown icon.
    """
    return _pixmap(name, color.rgba(), size_px, device_pixel_ratio)


@lru_cache(_MOST)
def _pixmap(name: str, rgba: int, size_px: int, device_pixel_ratio: float) -> QPixmap:
    size = round(size_px * device_pixel_ratio)
    painted = _painted(_drawing(name), QColor.fromRgba(rgba), size)
    painted.setDevicePixelRatio(device_pixel_ratio)
    return painted


def _painted(drawing: "QSvgRenderer", color: QColor, size: int) -> QPixmap:
    """Return a drawing in this color, as a square of `size` pixels of the screen."""
    painted = QPixmap(size, size)
    painted.fill(Qt.GlobalColor.transparent)
    painter = QPainter(painted)
    drawing.render(painter, QRectF(painted.rect()))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(painted.rect(), color)
    painter.end()
    return painted


def _drawing(name: str) -> "QSvgRenderer":
    """Return the drawing of an icon. Raises FileNotFoundError, where Qt would draw nothing."""
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415  # not needed at startup

    file = FOLDER / f"{name}.svg"
    if not file.is_file():
        raise FileNotFoundError(file)
    return QSvgRenderer(str(file))
