"""The format of records (a case, its determination, the policy version), and their verification.

A record is recomputed by the version that it names, not by the one in force today. Its checksum
detects accidental damage; it is not a signature. Works on bytes, not on files.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from pydantic import ValidationError

from app import __version__
from app.engine import evaluate
from app.files.case_file import case_data
from app.files.json_forms import determination_json
from app.files.sealed_json import SealedJsonError, add_checksum, checked_body
from app.library import Library
from app.model.adapters import adapter
from app.model.case import Case, Name
from app.model.case_json import InvalidCase, Problem, parse_json, read_case
from app.model.data import data
from app.model.determination import Determination
from app.model.policy import Policy

RECORD_SUFFIX = ".aldesk-record"

_FORMAT, _VERSION = "aldesk-record", 1

VerificationResult = Literal["same", "differs", "policy_not_at_hand", "damaged"]

NOT_THERE: Final = object()


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """The policy version that a record names; `sha256` is the SHA-256 of its file."""

    id: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference at one path of a determination; NOT_THERE on a side that lacks the path."""

    at: str
    recorded: Any
    recomputed: Any

    def as_json(self) -> dict[str, Any]:
        """Return the difference for JSON, without the key of a side that lacks the path."""
        sides = {"recorded": self.recorded, "recomputed": self.recomputed}
        known = {key: value for key, value in sides.items() if value is not NOT_THERE}
        return {"at": self.at, **known}


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of verifying a record; if it is damaged, `problems` say why and the rest is empty.

    `recorded` is the determination in the record, `recomputed` the one computed now.
    """

    result: VerificationResult
    problems: tuple[Problem, ...] = ()
    policy: PolicyVersion | None = None
    program_version: str = ""
    recorded: dict[str, Any] | None = None
    recomputed: Determination | None = None
    differences: tuple[Difference, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the result for JSON."""
        return {
            "result": self.result,
            "differences": [one.as_json() for one in self.differences],
            "policy": asdict(self.policy) if self.policy else None,
        }


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
        "determination": _as_written(determination),
        "policy": {"id": policy.id, "version": policy.version, "sha256": policy.sha256},
        "program_version": __version__,
    }
    return add_checksum(_FORMAT, _VERSION, body)


def verify(data: bytes, library: Library) -> Verification:
    """Check a record for damage and compare it with a new computation.

    Raises SealedJsonError if the file is of another kind, from a newer version or too large.
    """
    try:
        record, case = _read(data)
    except _Damaged as damage:
        return Verification("damaged", damage.problems)
    named = PolicyVersion(record.policy.id, record.policy.version, record.policy.sha256)
    policy = _find_policy(named, library)
    recomputed = evaluate(case, policy, library.reference_data) if policy else None
    differences = tuple(_compare(record.determination, recomputed)) if recomputed else ()
    return Verification(
        result="policy_not_at_hand" if not policy else "differs" if differences else "same",
        policy=named,
        program_version=record.program_version,
        recorded=record.determination,
        recomputed=recomputed,
        differences=differences,
    )


def _read(data: bytes) -> tuple[_Record, Case]:
    try:
        record = adapter(_Record).validate_python(checked_body(data, _FORMAT, _VERSION))
        case = read_case(record.case)
    except SealedJsonError as error:
        if error.fault != "damaged":
            raise
        raise _Damaged(Problem("", str(error))) from None
    except ValidationError:
        raise _Damaged(Problem("", "Its parts are not those of a record.")) from None
    except InvalidCase as error:
        raise _Damaged(*(_inside(one) for one in error.problems)) from None
    if case.policy != record.policy.id:
        raise _Damaged(Problem("policy.id", "Record and case name different policies."))
    return record, case


def _inside(problem: Problem) -> Problem:
    return Problem(f"case.{problem.at}" if problem.at else "case", problem.message)


def _find_policy(named: PolicyVersion, library: Library) -> Policy | None:
    return next(
        (
            one
            for one in library.policies
            if (one.id, one.version, one.sha256) == (named.id, named.version, named.sha256)
        ),
        None,
    )


def _as_written(determination: Determination) -> dict[str, Any]:
    written: Any = parse_json(determination_json(determination).decode())
    return dict(written)


def _compare(recorded: dict[str, Any], determination: Determination) -> Iterator[Difference]:
    """Yield the differences, ignoring the version of Aldesk that computed the determination."""
    before, now = (
        {key: value for key, value in one.items() if key != "engine_version"}
        for one in (recorded, _as_written(determination))
    )
    yield from _differences("", before, now)


def _differences(at: str, recorded: Any, recomputed: Any) -> Iterator[Difference]:
    if type(recorded) is type(recomputed) and isinstance(recorded, dict | list):
        before, now = _places(recorded), _places(recomputed)
        for key in dict.fromkeys([*now, *before]):
            inner = f"{at}.{key}" if at else key
            yield from _differences(inner, before.get(key, NOT_THERE), now.get(key, NOT_THERE))
    elif type(recorded) is not type(recomputed) or recorded != recomputed:
        yield Difference(at, recorded, recomputed)


def _places(value: dict[str, Any] | list[Any]) -> dict[str, Any]:
    return value if isinstance(value, dict) else {str(i): one for i, one in enumerate(value)}
