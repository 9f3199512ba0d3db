"""The icons that go along: single-color drawings, painted in a color of the theme.

The files are black; the color is laid over what was drawn, so that no file is changed or written.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from app.library import RESOURCES

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

FOLDER = RESOURCES / "icons"
_MOST = 256  # more than all icons in all colors of the themes


def pixmap(name: str, color: QColor, size_px: int, device_pixel_ratio: float) -> QPixmap:
    """Return an icon as a picture for a label, drawn for exactly this size.

    `size_px` counts the window's pixels, of which one is `device_pixel_ratio` pixels of the
    screen. Raises FileNotFoundError.
    """
    return _pixmap(name, color.rgba(), size_px, device_pixel_ratio)


@lru_cache(_MOST)
def _pixmap(name: str, rgba: int, size_px: int, device_pixel_ratio: float) -> QPixmap:
    size = round(size_px * device_pixel_ratio)
    painted = _painted(_drawing(name), QColor.fromRgba(rgba), size)
    painted.setDevicePixelRatio(device_pixel_ratio)
    return painted


def _painted(drawing: "QSvgRenderer", color: QColor, size: int) -> QPixmap:
    """Paint a drawing into a square of `size` pixels of the screen."""
    painted = QPixmap(size, size)
    painted.fill(Qt.GlobalColor.transparent)
    painter = QPainter(painted)
    drawing.render(painter, QRectF(painted.rect()))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(painted.rect(), color)
    painter.end()
    return painted


def _drawing(name: str) -> "QSvgRenderer":
    """Return the drawing of an icon; Qt would take a file that is not there for an empty one."""
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415  # no part of the start without icons

    file = FOLDER / f"{name}.svg"
    if not file.is_file():
        raise FileNotFoundError(file)
    return QSvgRenderer(str(file))
