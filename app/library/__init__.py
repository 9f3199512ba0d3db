"""The only reader of Aldesk's own data files: policies, questions, label, checks."""

from app.library.policies import RESOURCES, Library, NoPolicyInForce, UnknownPolicy, load
from app.library.reader import DataFileError

__all__ = [
    "RESOURCES",
    "DataFileError",
    "Library",
    "NoPolicyInForce",
    "UnknownPolicy",
    "load",
]
