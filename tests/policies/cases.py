"""A case of a shipped policy, complete and valid, to change one thing in."""

from typing import Any

from tests import cases
from tests.policies.versions import CIGNA


def case(**changes: Any) -> dict[str, Any]:
    """A melanoma case on the intravenous path that meets Cigna's criteria, with changes."""
    return cases.case(**{"policy": CIGNA, **changes})
