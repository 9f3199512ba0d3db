"""The window of many cases: a file in, a table on screen, a file out."""
