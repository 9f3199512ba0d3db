"""Starts Qt and the main window."""

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent, QFont, QIcon
from PySide6.QtWidgets import QApplication

from app.gui import failure, settings
from app.gui.main_window import MainWindow
from app.gui.widgets.dialogs import forget_folders
from app.library import RESOURCES, DataFileError
from app.paper import fonts


def run(case_file: Path | None = None) -> int:
    """Open the window and return the program's exit status when it is closed."""
    application = Application(sys.argv[:1])
    application.setApplicationName("Aldesk")
    application.setDesktopFileName("io.github.aldesk.Aldesk")
    application.setWindowIcon(QIcon(str(RESOURCES / "icons" / "aldesk.svg")))
    application.setStyle("Fusion")  # the only style that follows light and dark on every platform
    application.setFont(QFont(fonts.load(), application.font().pointSize()))
    try:
        window = MainWindow(memory=settings.file())
    except DataFileError as error:
        from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415  # not needed at startup

        QMessageBox.critical(None, "Aldesk", f"A policy or data file cannot be used.\n\n{error}")
        return 2
    failure.install(window.clear_result, window)
    window.show()
    window.tell_refused()
    if case_file is not None:
        window.open_file(case_file)
    application.file_wanted.connect(window.open_file)
    return application.exec()


class Application(QApplication):
    """The application; emits `file_wanted` when the desktop asks it to open a file, as macOS does.

    An event filter would see the request too, but would slow down every other event.
    """

    file_wanted = Signal(object)

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        forget_folders()

    def event(self, event: QEvent) -> bool:
        """Emit `file_wanted` for a request to open a file; leave every other event to Qt."""
        if isinstance(event, QFileOpenEvent):
            self.file_wanted.emit(Path(event.file()))
            return True
        return super().event(event)
