"""What is proven of an artifact; `check.py` calls these."""
