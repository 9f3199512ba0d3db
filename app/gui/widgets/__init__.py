"""Widgets and helpers for every part of the window. They know neither a case nor a result."""
