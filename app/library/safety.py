"""The safety case that goes along, for Help and for the tests that hold it."""

from pathlib import Path

from app.library.reader import read
from app.library.shelf import RESOURCES
from app.model.safety import SafetyCase


def safety_case(resources: Path = RESOURCES) -> SafetyCase:
    """Return the safety case. Raises DataFileError."""
    return read(SafetyCase, resources / "safety.yaml")
