"""Tests of the window as a whole: what no part of it has alone."""
