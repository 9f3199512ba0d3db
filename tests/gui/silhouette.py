"""How alike two shapes are, whatever their color."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath

_HALF = 128
Silhouette = frozenset[int]


def of_image(image: QImage) -> Silhouette:
    """Return the places of the pixels that are at least half covered."""
    alpha = image.convertToFormat(QImage.Format.Format_Alpha8)
    width, line = alpha.width(), alpha.bytesPerLine()
    return frozenset(
        at
        for at, value in enumerate(bytes(alpha.constBits()))
        if value >= _HALF and at % line < width
    )


def of_path(path: QPainterPath, size: int = 128) -> Silhouette:
    """Return the silhouette of a path around its own middle, not stretched."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    middle = path.boundingRect().center()
    painter.translate(size / 2 - middle.x(), size / 2 - middle.y())
    painter.fillPath(path, Qt.GlobalColor.black)
    painter.end()
    return of_image(image)


def likeness(one: Silhouette, other: Silhouette) -> float:
    """Return the common part of two shapes: 1 for the same shape, 0 for shapes apart."""
    return len(one & other) / len(one | other)
