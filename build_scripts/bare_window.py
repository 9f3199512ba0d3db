"""An empty Qt window: the baseline for the size and the start time of Aldesk."""

import sys

from PySide6.QtWidgets import QApplication, QMainWindow

application = QApplication(sys.argv)
window = QMainWindow()
window.setWindowTitle("bare")
window.show()
sys.exit(application.exec())
