"""The checks of finished artifacts; `check.py` runs them."""
