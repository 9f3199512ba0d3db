"""The only reader of Aldesk's own data files: policies, questions, label, checks."""

from app.library.policies import RESOURCES, Library, load
from app.library.reader import DataFileError
from app.library.versions import NoPolicyInForce, UnknownPolicy

__all__ = [
    "RESOURCES",
    "DataFileError",
    "Library",
    "NoPolicyInForce",
    "UnknownPolicy",
    "load",
]
