"""Tests of the safety case: it is complete, and its controls have tests that can fail."""
