"""Tests of what the program tells of itself."""
