"""An empty Qt window: the floor that the size and the start of Aldesk are measured against."""

import sys

from PySide6.QtWidgets import QApplication, QMainWindow

application = QApplication(sys.argv)
window = QMainWindow()
window.setWindowTitle("bare")
window.show()
sys.exit(application.exec())
