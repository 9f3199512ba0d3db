"""Worklists: many cases of a clinic in one file, CSV from a spreadsheet or JSON Lines.

Reads, determines and writes row by row. Must not use Qt, and opens no file itself.
"""
