"""The bundled font, which makes numbers look the same, and equally clear, on every computer.

IBM Plex Sans: every digit is equally wide, and 0 and O, 1 and l and I differ in shape.
"""

from PySide6.QtGui import QFontDatabase

from app.library import RESOURCES

FOLDER = RESOURCES / "fonts"
REGULAR = FOLDER / "IBMPlexSans-Regular.ttf"
SEMI_BOLD = FOLDER / "IBMPlexSans-SemiBold.ttf"


def load() -> str:
    """Make the font known to Qt and return the name of its family.

    If it cannot be read, return the family that the platform uses for its own windows: a result
    in another font is better than none. Needs a running QGuiApplication.
    """
    identifiers = [QFontDatabase.addApplicationFont(str(one)) for one in (REGULAR, SEMI_BOLD)]
    families = QFontDatabase.applicationFontFamilies(identifiers[0])
    if families:
        return families[0]
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
