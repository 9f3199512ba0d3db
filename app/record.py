"""Records: a case with its determination and the policy version behind it, sealed and checkable.

A record is computed again by the version that it names, not by the one in force today. Its
checksum tells accidents; it is no signature. Touches no disk.
"""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, StrictStr, ValidationError

from app import __version__
from app.case_file import case_data
from app.engine import evaluate
from app.library import Library
from app.model.case import Case
from app.model.case_reader import InvalidCase, Problem, parse_json, read_case
from app.model.determination import Determination
from app.model.policy import Policy
from app.output.machine import determination_json
from app.output.record_words import NOT_THERE, Difference, PolicyVersion, Verification
from app.sealed import SealError, seal, unseal

SUFFIX = ".aldesk-record"

_FORMAT, _VERSION = "aldesk-record", 1


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _NamedPolicy(_Part):
    id: StrictStr
    version: StrictStr
    sha256: StrictStr


class _Record(_Part):
    case: Any
    determination: dict[str, Any]
    policy: _NamedPolicy
    program_version: StrictStr


class _Damaged(Exception):
    """The record cannot be what was written."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__()
        self.problems = problems


def record_bytes(case: Case, determination: Determination) -> bytes:
    """Return the record of a case and its determination. Raises SealError if it is too large."""
    policy = determination.policy
    body = {
        "case": case_data(case),
        "determination": _as_written(determination),
        "policy": {"id": policy.id, "version": policy.version, "sha256": policy.sha256},
        "program_version": __version__,
    }
    return seal(_FORMAT, _VERSION, body)


def verify(data: bytes, library: Library) -> Verification:
    """Return whether a record is whole and whether the same comes out again.

    Raises SealError where it is of another format, of a newer one or too large.
    """
    try:
        record, case = _read(data)
    except _Damaged as damage:
        return Verification("damaged", damage.problems)
    named = PolicyVersion(record.policy.id, record.policy.version, record.policy.sha256)
    policy = _at_hand(named, library)
    recomputed = evaluate(case, policy, library.handbook) if policy else None
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
        record = _Record.model_validate(unseal(data, _FORMAT, _VERSION))
        case = read_case(record.case)
    except SealError as error:
        if error.fault != "damaged":
            raise
        raise _Damaged(Problem("", str(error))) from None
    except ValidationError:
        raise _Damaged(Problem("", "Its parts are not those of a record.")) from None
    except InvalidCase as error:
        raise _Damaged(*(_inside(one) for one in error.problems)) from None
    if case.policy != record.policy.id:
        raise _Damaged(Problem("policy.id", "The record names another policy than its case."))
    return record, case


def _inside(problem: Problem) -> Problem:
    return Problem(f"case.{problem.at}" if problem.at else "case", problem.message)


def _at_hand(named: PolicyVersion, library: Library) -> Policy | None:
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
    """Yield what differs; which version of Aldesk computed it is no difference."""
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
