"""The program, asked as a site asks it: policy files as text, cases and determinations as JSON."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from app.engine import Reasons, clauses_for, evaluate
from app.files.json_forms import determination_json
from app.library import Library
from app.library.policies import read_policy_file
from app.library.reader import build, read_document
from app.model.case_json import read_case
from app.model.determination import Determination
from app.model.policy import Policy, WrittenPolicy

GENERATED = Path("generated.yaml")


def policy_of_data(data: Mapping[str, Any], library: Library) -> Policy:
    """Return the policy that a file with these data would be. Raises DataFileError."""
    text = yaml.dump(dict(data), Dumper=_Dumper, sort_keys=False, allow_unicode=True)
    document = read_document(GENERATED, text.encode())
    return Policy.of(
        build(WrittenPolicy, GENERATED, document, {"catalog": library.catalog}), "0" * 64
    )


class _Dumper(yaml.CSafeDumper):
    """Writes what stands twice two times: a policy file has no aliases."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def policy_of_file(file: Path, library: Library) -> Policy:
    """Return the policy of a file of a site. Raises DataFileError."""
    return read_policy_file(file, library.catalog, library.reserved_notes).policy


def determine(case: Mapping[str, Any], policy: Policy, library: Library) -> Determination:
    """Return the determination of a case by this policy, whatever its day."""
    return evaluate(read_case(dict(case), policy), policy, library.reference_data)


def as_json(determination: Determination) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(determination_json(determination))
    return found


def deciding(determination: Determination, policy: Policy) -> list[tuple[str, str]]:
    """Return the criteria that decide, each with its result."""
    return [(one.id, one.result) for one in Reasons(determination, policy).deciding_criteria]


def questions(policy: Policy, indication: str, route: str) -> list[str]:
    """Return what is asked, in the order in which it is asked."""
    return list(clauses_for(policy, indication, route))
