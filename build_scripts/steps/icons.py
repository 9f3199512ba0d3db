"""The program's icon in the format of each system, drawn by Qt from one SVG file.

An .ico or .icns file is a table of PNG images. Sizes are in pixels.
"""

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from build_scripts.steps.contents import ROOT

SVG = ROOT / "resources" / "icons" / "aldesk.svg"
_ICO_SIZES = (16, 24, 32, 48, 64, 256)
_ICNS_KINDS = {b"icp4": 16, b"icp5": 32, b"ic07": 128, b"ic08": 256, b"ic09": 512, b"ic10": 1024}


def png(size: int) -> bytes:
    """Return the icon as a PNG image, `size` pixels wide and high."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(SVG)).render(painter)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs ask for bytes, Qt for text
    return bytes(content.data())


def write_png(path: Path, size: int) -> Path:
    """Write the icon as a PNG image, and return its path."""
    path.write_bytes(png(size))
    return path


def write_ico(path: Path) -> Path:
    """Write the icon for Windows (.ico), and return its path."""
    images = [(size, png(size)) for size in _ICO_SIZES]
    place = 6 + 16 * len(images)
    table = struct.pack("<HHH", 0, 1, len(images))
    for size, image in images:
        table += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(image), place)
        place += len(image)
    path.write_bytes(table + b"".join(image for _, image in images))
    return path


def write_icns(path: Path) -> Path:
    """Write the icon for macOS (.icns), and return its path."""
    images = ((kind, png(size)) for kind, size in _ICNS_KINDS.items())
    body = b"".join(kind + struct.pack(">I", 8 + len(image)) + image for kind, image in images)
    path.write_bytes(b"icns" + struct.pack(">I", 8 + len(body)) + body)
    return path
