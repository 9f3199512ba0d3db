"""Starts Qt and the main window."""

import sys

from PySide6.QtGui import QFont, QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from app.gui import failure, fonts, settings
from app.gui.main_window import MainWindow
from app.library import RESOURCES, DataFileError


def run() -> int:
    """Open the window and return the program's exit status when it is closed."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Aldesk")
    application.setDesktopFileName("io.github.aldesk.Aldesk")
    application.setWindowIcon(QIcon(str(RESOURCES / "icons" / "aldesk.svg")))
    application.setStyle("Fusion")  # the one style that follows light and dark everywhere
    application.setFont(QFont(fonts.load(), application.font().pointSize()))
    try:
        window = MainWindow(memory=settings.file())
    except DataFileError as error:
        QMessageBox.critical(None, "Aldesk", f"A policy or data file cannot be used.\n\n{error}")
        return 2
    failure.install(window.clear_result, window)
    window.show()
    return application.exec()
