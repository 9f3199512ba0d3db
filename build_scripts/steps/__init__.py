"""The steps that make each artifact; `build.py` runs them."""
