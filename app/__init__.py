"""Aldesk: offline dose and eligibility calculator for aldesleukin (Proleukin)."""

__version__ = "0.2.0"
