"""The name of a policy file that a site has taken: policy, first day, day of taking, hash."""

import re
from dataclasses import dataclass
from datetime import date

_DATE = r"\d{4}-\d\d-\d\d"
_FORM = re.compile(rf"([^_]+)_({_DATE})_taken-({_DATE})_([0-9a-f]{{64}})\.yaml")


@dataclass(frozen=True, slots=True)
class TakenName:
    """What the name of a taken file says."""

    policy_id: str
    first_day: date
    taken_on: date
    sha256: str

    def __str__(self) -> str:
        return f"{self.policy_id}_{self.first_day}_taken-{self.taken_on}_{self.sha256}.yaml"


def parse(name: str) -> TakenName | None:
    """Return what a name says, or None where it is not that of a taken file."""
    found = _FORM.fullmatch(name)
    if not found:
        return None
    try:
        return TakenName(
            found[1], date.fromisoformat(found[2]), date.fromisoformat(found[3]), found[4]
        )
    except ValueError:
        return None
