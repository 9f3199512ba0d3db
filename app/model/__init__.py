"""Typed values: what is known (case), what is written (policy), what follows (determination)."""
