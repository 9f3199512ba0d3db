"""The format of records (a case, its determination, the policy version), and their verification.

A record is recomputed by the version that it names, not by the one in force today. Its checksum
detects accidental damage; it is not a signature. Version 1 of the format is that of Aldesk 0.1.0:
its determinations are compared by `app.files.first_edition_rules`. Works on bytes, not on files.
"""

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from pydantic import ValidationError

from app import __version__
from app.engine import evaluate
from app.files.case_file import case_data
from app.files.differences import Difference, differences, written
from app.files.first_edition import case_of_0_1_0
from app.files.first_edition_rules import Judged, explained
from app.files.sealed_json import SealedJsonError, add_checksum, checked_document
from app.library import Library
from app.model.adapters import adapter
from app.model.case import Case
from app.model.case_fields import Fields
from app.model.case_json import InvalidCase, Problem, read_case
from app.model.case_values import Name
from app.model.data import data
from app.model.determination import Determination
from app.model.earlier_editions import TOLD_OTHERWISE
from app.model.policy import Policy

RECORD_SUFFIX = ".aldesk-record"

_FORMAT, _VERSION = "aldesk-record", 2

# "told_otherwise": every result is the same, and by changed rules some of it is told otherwise.
VerificationResult = Literal[
    "same", "told_otherwise", "differs", "case_refused", "policy_not_at_hand", "damaged"
]


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """The policy version that a record names; `sha256` is the SHA-256 of its file."""

    id: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of verifying a record; if it is damaged, `problems` say why and the rest is empty.

    `recorded` is the determination in the record, `recomputed` the one computed now. `problems` are
    also those of a case that is refused now. `shipped_with` is the earlier version of Aldesk whose
    file of the policy version the record names, and `rules` has the words of the changed rules.
    """

    result: VerificationResult
    problems: tuple[Problem, ...] = ()
    policy: PolicyVersion | None = None
    program_version: str = ""
    recorded: dict[str, Any] | None = None
    recomputed: Determination | None = None
    differences: tuple[Difference, ...] = ()
    shipped_with: str = ""
    rules: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the result for JSON."""
        found: dict[str, Any] = {
            "result": self.result,
            "differences": [one.as_json() for one in self.differences],
            "policy": asdict(self.policy) if self.policy else None,
        }
        if self.problems:
            found["problems"] = [asdict(one) for one in self.problems]
        if self.shipped_with:
            found["policy_file_shipped_with"] = self.shipped_with
        if self.rules:
            found["rules"] = dict(self.rules)
        return found


@data
class _NamedPolicy:
    id: Name
    version: Name
    sha256: Name


@data
class _Record:
    case: Any
    determination: dict[str, Any]
    policy: _NamedPolicy
    program_version: Name


class _Damaged(Exception):
    """The record is not as Aldesk wrote it."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__()
        self.problems = problems


def record_bytes(case: Case, determination: Determination) -> bytes:
    """Return the record of a case and its determination. Raises SealedJsonError if too large."""
    policy = determination.policy
    body = {
        "case": case_data(case),
        "determination": written(determination),
        "policy": {"id": policy.id, "version": policy.version, "sha256": policy.sha256},
        "program_version": __version__,
    }
    return add_checksum(_FORMAT, _VERSION, body)


def verify(data: bytes, library: Library) -> Verification:
    """Check a record for damage and compare it with a new computation.

    Raises SealedJsonError if the file is of another kind, from a newer version or too large.
    """
    try:
        record = _read(data, _fields_of_records(library))
    except _Damaged as damage:
        return Verification("damaged", damage.problems)
    named = PolicyVersion(record.policy.id, record.policy.version, record.policy.sha256)
    about = Verification(
        "policy_not_at_hand",
        policy=named,
        program_version=record.program_version,
        recorded=record.determination,
    )
    policy, shipped_with = _find_policy(named, library)
    if not isinstance(record.case, Case):
        if record.is_of_first_edition:
            return replace(about, result="case_refused", problems=record.case)
        is_of_its_words = policy is None and all(_is_of_a_policy(one) for one in record.case)
        return about if is_of_its_words else Verification("damaged", record.case)
    if policy is None:
        return about
    recomputed = evaluate(record.case, policy, library.reference_data)
    if record.is_of_first_edition or shipped_with:
        judged = Judged(record.case, policy, library.reference_data, recomputed)
        found = explained(record.determination, judged)
    else:
        found = differences(record.determination, written(recomputed))
    rules = {one.rule: library.earlier.rules[one.rule] for one in found if one.rule}
    return replace(
        about,
        result=_result(found),
        recomputed=recomputed,
        differences=found,
        shipped_with=shipped_with,
        rules=tuple(rules.items()),
    )


def _result(found: tuple[Difference, ...]) -> VerificationResult:
    if not found:
        return "same"
    return "told_otherwise" if all(one.rule in TOLD_OTHERWISE for one in found) else "differs"


@dataclass(frozen=True, slots=True)
class _ReadRecord:
    """The parts of a record; problems in place of the case if it is refused now."""

    case: Case | tuple[Problem, ...]
    determination: dict[str, Any]
    policy: _NamedPolicy
    program_version: str
    is_of_first_edition: bool


def _read(data: bytes, fields: Fields) -> _ReadRecord:
    """Return the parts of a record. Raises _Damaged or SealedJsonError.

    A case of the first edition may be refused now. Any other one is as this edition wrote it, but
    for the words of a policy that is not at hand.
    """
    try:
        version, body = checked_document(data, _FORMAT, _VERSION)
        record = adapter(_Record).validate_python(body)
    except SealedJsonError as error:
        if error.fault != "damaged":
            raise
        raise _Damaged(Problem("", str(error))) from None
    except ValidationError:
        raise _Damaged(Problem("", "Its parts are not those of a record.")) from None
    is_first = version == 1
    content = case_of_0_1_0(record.case) if is_first else record.case
    case: Case | tuple[Problem, ...]
    try:
        case = read_case(content, fields)
    except InvalidCase as error:
        case = tuple(_inside(one) for one in error.problems)
    if isinstance(case, Case) and case.policy != record.policy.id:
        raise _Damaged(Problem("policy.id", "Record and case name different policies."))
    return _ReadRecord(case, record.determination, record.policy, record.program_version, is_first)


def _fields_of_records(library: Library) -> Fields:
    """Return the fields of a case, also those of versions that serve for records only."""
    return replace(library, policies=(*library.policies, *library.for_records)).fields


def _is_of_a_policy(problem: Problem) -> bool:
    """Return whether a case is refused for what a policy may bring: a question or a choice."""
    return problem.at.startswith(("case.facts.", "case.indication", "case.route"))


def _inside(problem: Problem) -> Problem:
    return Problem(f"case.{problem.at}" if problem.at else "case", problem.message)


def _find_policy(named: PolicyVersion, library: Library) -> tuple[Policy | None, str]:
    """Return the policy version that a record names, by the very file or else by today's.

    The latter for a file that an earlier version of Aldesk shipped: that one is named as well.
    """
    versions = (*library.policies, *library.for_records)
    of_version = [one for one in versions if (one.id, one.version) == (named.id, named.version)]
    for one in of_version:
        if one.sha256 == named.sha256:
            return one, ""
    earlier = library.earlier.find(named.id, named.version, named.sha256)
    today = next((one for one in of_version if earlier and one.provided_by is None), None)
    return today, earlier.shipped_with if earlier and today else ""
