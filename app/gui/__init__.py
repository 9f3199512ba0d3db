"""The window, built with Qt widgets. It edits a draft and shows an outcome; it decides nothing."""
