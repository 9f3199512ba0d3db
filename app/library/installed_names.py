"""The names of installed policy files: policy, first day, day of installation, hash."""

import re
from dataclasses import dataclass
from datetime import date

from app.model.policy import Policy

_DATE = r"\d{4}-\d\d-\d\d"
_NAME_PATTERN = re.compile(rf"([^_]+)_({_DATE})_taken-({_DATE})_([0-9a-f]{{64}})\.yaml")


@dataclass(frozen=True, slots=True)
class InstalledName:
    """The parts of the name of an installed file."""

    policy_id: str
    first_day: date
    installed_on: date
    sha256: str

    def __str__(self) -> str:
        return f"{self.policy_id}_{self.first_day}_taken-{self.installed_on}_{self.sha256}.yaml"


def parse_installed_name(name: str) -> InstalledName | None:
    """Return the parts of a name, or None if it is not the name of an installed file."""
    found = _NAME_PATTERN.fullmatch(name)
    if not found:
        return None
    try:
        return InstalledName(
            found[1], date.fromisoformat(found[2]), date.fromisoformat(found[3]), found[4]
        )
    except ValueError:
        return None


def name_of(policy: Policy, installed_on: date) -> InstalledName:
    """Return the name of a policy's file that is installed on a day."""
    return InstalledName(policy.id, policy.in_force.first_day, installed_on, policy.sha256)
