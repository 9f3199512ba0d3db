"""Which checks read a place of a policy file: those that notice some mistake in it.

Found by making the mistakes, see `tests/policy_mutants.py`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.library import DataFileError, Library
from app.model.policy import Policy
from tests.policies.battery import CHECKS, criteria
from tests.policies.test_citations import PLACES
from tests.policies.traceability.places import places, touched
from tests.policy_mutants import build_policy, document, mutants

LOADER, CITATIONS = "loader", "citations"
NAMES = (*(check.__name__ for check in CHECKS), LOADER, CITATIONS)


def readers(file: Path, library: Library) -> dict[str, list[str]]:
    """Return for each place of a shipped file the names of what notices a mistake there."""
    data = document(file).value
    shipped, before = build_policy(file, data, library), places(data)
    found: dict[str, set[str]] = {name: set() for name in before}
    for version, place, _ in PLACES:
        if version == file.stem and place in found:
            found[place].add(CITATIONS)
    for mutant in mutants(data):
        names = list(touched(before, places(mutant.data)))
        known = set.intersection(*(found[name] for name in names))
        for check in _noticing(file, mutant.data, shipped, library, known):
            for name in names:
                found[name].add(check)
    return {name: sorted(checks, key=NAMES.index) for name, checks in found.items()}


def _noticing(
    file: Path, data: dict[str, Any], shipped: Policy, library: Library, known: set[str]
) -> Iterator[str]:
    """Yield the checks, of those not known yet, that notice that a file holds these data."""
    try:
        policy = build_policy(file, data, library)
    except DataFileError:
        yield LOADER
        return
    for check in CHECKS:
        if check is criteria and _criteria_of(policy) == _criteria_of(shipped):
            continue  # they take long, and look at nothing else
        if check.__name__ not in known and any(check(policy, library)):
            yield check.__name__


def _criteria_of(policy: Policy) -> dict[str, Any]:
    return {indication: one.criteria for indication, one in policy.coverage.items()}
