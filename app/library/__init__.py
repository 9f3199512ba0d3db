"""The only reader of Aldesk's own data files: policies, questions, label, checks, examples."""

from app.library.reader import DataFileError
from app.library.shelf import (
    RESOURCES,
    Library,
    NoPolicyInForce,
    UnknownPolicy,
    load,
    read_examples,
)

__all__ = [
    "RESOURCES",
    "DataFileError",
    "Library",
    "NoPolicyInForce",
    "UnknownPolicy",
    "load",
    "read_examples",
]
