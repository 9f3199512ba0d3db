"""How each artifact is made; `build.py` calls these."""
