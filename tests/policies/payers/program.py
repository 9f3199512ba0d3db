"""The program, asked as a site asks it: policy files as text, cases and determinations as JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from app.engine import Reasons, clauses_for, evaluate
from app.files.json_forms import determination_json
from app.library import Library
from app.library.policies import policy_of, read_policy_file
from app.library.reader import read_document
from app.model.case_fields import Fields
from app.model.case_json import read_case
from app.model.determination import Determination
from app.model.policy import Policy

GENERATED = Path("generated.yaml")


class _Dumper(yaml.CSafeDumper):
    """Writes what stands twice two times: a policy file has no aliases."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


@dataclass(frozen=True)
class Rule:
    """One policy, alone in a library with the catalog and the reference data of what ships."""

    policy: Policy
    library: Library

    @classmethod
    def of_data(cls, data: Mapping[str, Any], shipped: Library) -> "Rule":
        """Return the policy that a file with these data would be. Raises DataFileError."""
        text = yaml.dump(dict(data), Dumper=_Dumper, sort_keys=False, allow_unicode=True)
        document = read_document(GENERATED, text.encode())
        return cls._alone(policy_of(document, GENERATED, shipped.catalog, "0" * 64), shipped)

    @classmethod
    def of_file(cls, file: Path, shipped: Library) -> "Rule":
        """Return the policy of a file of a site. Raises DataFileError."""
        read = read_policy_file(file, shipped.catalog, shipped.reserved_notes)
        return cls._alone(read.policy, shipped)

    @classmethod
    def _alone(cls, policy: Policy, shipped: Library) -> "Rule":
        return cls(policy, Library((policy,), shipped.catalog, shipped.reference_data))

    @cached_property
    def _fields(self) -> Fields:
        return self.library.fields

    def determine(self, case: Mapping[str, Any]) -> Determination:
        """Return the determination of a case by this policy, whatever its day."""
        read = read_case(dict(case), self._fields)
        return evaluate(read, self.policy, self.library.reference_data)

    def shown(self, case: Mapping[str, Any]) -> dict[str, Any]:
        """Return the determination as other programs see it."""
        found: dict[str, Any] = json.loads(determination_json(self.determine(case)))
        return found

    def deciding(self, determination: Determination) -> list[tuple[str, str]]:
        """Return the criteria that decide, each with its result."""
        reasons = Reasons(determination, self.policy)
        return [(one.id, one.result) for one in reasons.deciding_criteria]

    def questions(self, indication: str, route: str) -> list[str]:
        """Return what is asked, in the order in which it is asked."""
        return list(clauses_for(self.policy, indication, route))
