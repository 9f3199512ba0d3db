"""Checks of a policy file against what its document says, never against the file itself.

The decision tables hold the criteria; `facts.yaml` holds dates, limits, approvals, statuses and
notes. Each check yields one sentence for each difference that it finds.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import product
from typing import Any, get_args

from app.engine import evaluate
from app.library import Library, NoPolicyInForce
from app.model.case import Case, Indication, Route
from app.model.case_json import read_case
from app.model.determination import Determination
from app.model.policy import Policy
from tests.cases import eligibility_of
from tests.policies.decision_tables import case_for, expectation, pipe_rows, read_tables
from tests.policies.versions import DOCUMENTED, Version

_DAY = timedelta(days=1)
_SAID_BY_ALDESK = {"not_a_payer_decision"}  # under every policy, whatever its document says


@cache
def facts_of(version: Version) -> Any:
    """Return what the document of a version says besides its criteria."""
    return version.read("facts.yaml")


def _documented(policy: Policy) -> Version:
    """Return the version that a policy claims to be, or the first of its id."""
    named = Version(f"{policy.id}-{policy.version}")
    of_id = (one for one in DOCUMENTED if facts_of(one)["policy"] == policy.id)
    return named if named in DOCUMENTED else next(of_id)


def differences(policy: Policy, library: Library) -> Iterator[str]:
    """Yield every difference between a policy and the documents; catalog and label are given."""
    for check in CHECKS:
        yield from check(policy, library)


def criteria(policy: Policy, _library: Library) -> Iterator[str]:
    """Compare eligibility and missing inputs with the decision tables."""
    judge = eligibility_of(policy)
    for case, expected in _reduced_tables(_documented(policy)):
        found = judge(case)
        if (found.status, found.missing) != expected:
            yield f"{case.indication} {case.route}: {found.status} instead of {expected[0]}"


@cache
def _reduced_tables(version: Version) -> tuple[tuple[Case, tuple[str, tuple[str, ...]]], ...]:
    cases = tuple(
        (case_for(table, route, answers), expectation(table, key))
        for table in read_tables(version)
        for route in table.routes
        for answers, key in table.combinations(table.telling_answers)
    )
    # In long strides through all tables, so that a difference shows early.
    return tuple(one for start in range(97) for one in cases[start::97])


def dates(policy: Policy, library: Library) -> Iterator[str]:
    """Compare the version, its first day and the day on which its review is due."""
    facts = facts_of(_documented(policy))
    first, due = facts["first_day"]["value"], facts["review_due"]["value"]
    if policy.version != facts["version"]:
        yield f"version {policy.version}"
    for day, expected in ((first - _DAY, False), (first, True)):
        if _is_in_force(policy, library, day) is not expected:
            yield f"in force on {day}: not {expected}"
    for day, expected in ((due, False), (due + _DAY, True)):
        found = _determine(policy, library, day, indication="other", route="intravenous")
        if ("policy_review_overdue" in _caveats(found)) is not expected:
            yield f"review overdue on {day}: not {expected}"


def _is_in_force(policy: Policy, library: Library, day: date) -> bool:
    try:
        Library((policy,), library.catalog, library.reference_data).in_force(policy.id, day)
    except NoPolicyInForce:
        return False
    return True


def limits_and_approvals(policy: Policy, library: Library) -> Iterator[str]:
    """Compare each regimen's limits, what they count for, and the length of an approval."""
    facts = facts_of(_documented(policy))
    day = facts["ordinary_day"]
    for path, documented in facts["documented"].items():
        meeting = {**facts["meeting"][path], **documented["measured"]}
        limits = documented["limits"]
        found = _determine(policy, library, day, **meeting, requested=_at_the_limits(limits))
        seen = {one.field: (one.limit, one.citation) for one in found.request_check.findings}
        for field, limit in seen.items():
            known = limits.get(field)
            wanted = (known["value"], _cited(policy, known["at"])) if known else (None, None)
            if limit != wanted:
                yield f"{path}, {field}: {limit} instead of {wanted}"
        if found.request_check.status != "within_limits":
            yield f"{path}: {found.request_check.status} at the limits"
        if found.dose_limit is None or found.dose_limit.per != documented["per"]:
            yield f"{path}: the dose is not for each {documented['per']}"
        end = _months_after(day, documented["approval"]["months"]) - _DAY
        period = found.approval_period
        if period is None or (period.start, period.end) != (day, end):
            yield f"{path}: approval not from {day} to {end}"
    yield from _undocumented_limits(policy, library, day)


def _months_after(day: date, months: int) -> date:
    """Return the same day of a later month; an ordinary day is one that every month has."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, day.day)


def _undocumented_limits(policy: Policy, library: Library, day: date) -> Iterator[str]:
    meeting = facts_of(_documented(policy))["meeting"].values()
    documented = {(one["indication"], one["route"]) for one in meeting}
    every = set(product(get_args(Indication), get_args(Route)))
    for indication, route in sorted(every - documented):
        found = _determine(policy, library, day, indication=indication, route=route)
        if found.dose_limit is not None:
            yield f"{indication} {route}: a limit, and no dosing is documented"


def _at_the_limits(limits: dict[str, Any]) -> dict[str, int]:
    fields = ("dose_iu", "doses_per_day", "doses_per_week", "doses_per_cycle")
    rests = ("rest_days", "course_rest_days")
    return {field: limits.get(field, {"value": 1})["value"] for field in (*fields, *rests)}


def _cited(policy: Policy, place: str) -> str:
    return f"{policy.document}: {place}"


def statuses(policy: Policy, library: Library) -> Iterator[str]:
    """Compare the approval status of every eligibility with every request that it can have."""
    for row in pipe_rows(facts_of(_documented(policy))["statuses"]["table"]):
        request = row.pop("request")
        for eligibility, status in row.items():
            if status == "-":
                continue
            found = _determine_situation(policy, library, eligibility, request)
            seen = (found.eligibility.status, found.request_check.status, found.approval_status)
            if seen != (eligibility, request, status):
                yield f"{seen} instead of {(eligibility, request, status)}"


def notes(policy: Policy, library: Library) -> Iterator[str]:
    """Compare the caveats of every situation with those that the document has for it."""
    facts = facts_of(_documented(policy))
    known, day = facts["notes"], facts["ordinary_day"]
    situations = []
    for row in pipe_rows(known["by_route"]):
        case: dict[str, Any] = {"indication": row["indication"], "route": row["route"]}
        if row["course"] == "again":
            case["course"] = {"previous_last_dose_on": (day - 200 * _DAY).isoformat()}
        elif row["course"] != "-":
            case["course"] = {"number": int(row["course"])}
        situations.append((row, _determine(policy, library, day, **case)))
    for row in pipe_rows(known["by_request"]):
        found = _determine_situation(policy, library, row["answers"], row["request"])
        situations.append((row, found))
    for row, found in situations:
        at_times = {known["at_times"][name]["id"] for name in row["notes"].split()}
        caveats = _caveats(found) - _SAID_BY_ALDESK
        differing = caveats ^ (at_times | known["always"].keys())
        if differing:
            yield f"{' '.join(list(row.values())[:3])}: notes {sorted(differing)}"


def _caveats(found: Determination) -> set[str]:
    return {note.id for note in found.notes if note.kind == "caveat"}


def _determine_situation(
    policy: Policy, library: Library, answers: str, request: str
) -> Determination:
    facts = facts_of(_documented(policy))
    known = facts["statuses"]
    case = {**known["answers"][answers], **known["requests"][request]}
    return _determine(policy, library, facts["ordinary_day"], **case)


def _determine(policy: Policy, library: Library, day: date, **case: Any) -> Determination:
    data = {"policy": policy.id, "date_of_service": day.isoformat(), **case}
    return evaluate(read_case(data), policy, library.reference_data)


CHECKS: tuple[Callable[[Policy, Library], Iterator[str]], ...] = (
    dates,
    limits_and_approvals,
    statuses,
    notes,
    criteria,
)
