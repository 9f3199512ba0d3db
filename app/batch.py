"""Many cases through one engine: one JSON line in, one JSON line out, in the same order.

Streams line by line, so memory does not grow with the number of lines. A bad line gives an error
in its place and the run goes on.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from app.engine import evaluate
from app.library import Library, NoPolicyInForce, UnknownPolicy
from app.model.case_reader import InvalidCase, NotJson, Problem, parse_json, read_case
from app.model.determination import Determination
from app.output.machine import determination_json

ErrorKind = Literal["invalid_case", "no_policy_in_force", "unreadable"]


@dataclass(frozen=True, slots=True)
class Refusal(Exception):
    """Why there is no determination; `problems` is never empty."""

    kind: ErrorKind
    problems: tuple[Problem, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the contract's error object."""
        return {"error": {"kind": self.kind, "problems": [asdict(one) for one in self.problems]}}


def determine(text: bytes, library: Library) -> Determination:
    """Return the determination for a case in JSON. Raises Refusal."""
    try:
        case = read_case(parse_json(text.decode("utf-8-sig")))
        return evaluate(case, library.in_force(case.policy, case.date_of_service), library.handbook)
    except UnicodeDecodeError:
        raise _refusal("unreadable", "", "The text is not UTF-8.") from None
    except NotJson as error:
        raise _refusal("unreadable", "", f"This is not JSON: {error}.") from None
    except InvalidCase as error:
        raise Refusal("invalid_case", error.problems) from None
    except UnknownPolicy as error:
        raise _refusal("invalid_case", "policy", str(error)) from None
    except NoPolicyInForce as error:
        raise _refusal("no_policy_in_force", "date_of_service", str(error)) from None


def _refusal(kind: ErrorKind, at: str, message: str) -> Refusal:
    return Refusal(kind, (Problem(at, message),))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of output, without its line break."""

    text: bytes
    bad: bool


def determine_lines(lines: Iterable[bytes], library: Library) -> Iterator[Line]:
    """Yield one line for each line of input."""
    for line in lines:
        try:
            yield Line(determination_json(determine(line, library)), bad=False)
        except Refusal as refusal:
            yield Line(json.dumps(refusal.as_json()).encode(), bad=True)
