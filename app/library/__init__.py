"""The only reader of Aldesk's own data files: policies, question catalog, label, checks."""

from app.library.reader import DataFileError
from app.library.shelf import Library, NoPolicyInForce, UnknownPolicy, load

__all__ = ["DataFileError", "Library", "NoPolicyInForce", "UnknownPolicy", "load"]
