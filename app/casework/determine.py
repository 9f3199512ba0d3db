"""Computes the determination of a case in JSON, or raises a refusal that can be written as JSON.

`aldesk check` does this once, a worklist for each row. Reads no file.
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from app.engine import evaluate
from app.library import Library, NoPolicyInForce, UnknownPolicy
from app.model.case import Case
from app.model.case_fields import CASE_FIELDS, Fields
from app.model.case_json import InvalidCase, NotJson, Problem, parse_json, read_case
from app.model.determination import Determination

ErrorKind = Literal["invalid_case", "no_policy_in_force", "unreadable"]


@dataclass(frozen=True, slots=True)
class Refusal(Exception):
    """The reason why there is no determination; `problems` is never empty."""

    kind: ErrorKind
    problems: tuple[Problem, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the contract's error object."""
        return {"error": {"kind": self.kind, "problems": [asdict(one) for one in self.problems]}}


def determine(text: bytes, library: Library) -> Determination:
    """Return the determination of a case in JSON. Raises Refusal."""
    return determine_case(read_json_case(text, library.fields), library)


def read_json_case(text: bytes, fields: Fields = CASE_FIELDS) -> Case:
    """Return the case in a JSON text; `fields` are those that it may have. Raises Refusal."""
    try:
        return read_case(parse_json(text.decode("utf-8-sig")), fields)
    except UnicodeDecodeError:
        raise _refusal("unreadable", "", "The text is not UTF-8.") from None
    except NotJson as error:
        raise _refusal("unreadable", "", f"This is not JSON: {error}.") from None
    except InvalidCase as error:
        raise Refusal("invalid_case", error.problems) from None


def determine_case(case: Case, library: Library) -> Determination:
    """Return the determination of a case by the version in force. Raises Refusal."""
    try:
        policy = library.in_force(case.policy, case.date_of_service)
    except UnknownPolicy as error:
        raise _refusal("invalid_case", "policy", str(error)) from None
    except NoPolicyInForce as error:
        raise _refusal("no_policy_in_force", "date_of_service", str(error)) from None
    return evaluate(case, policy, library.reference_data)


def _refusal(kind: ErrorKind, at: str, message: str) -> Refusal:
    return Refusal(kind, (Problem(at, message),))
