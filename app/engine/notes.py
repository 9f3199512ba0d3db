"""Notes beside a determination: checks of the input, the policy's caveats, the label's advice.

A note never changes a status. Measurements are compared exactly, without rounding.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from app.engine.approval import review_due
from app.engine.bsa import FORMULA_WORDS
from app.engine.dose import calculated_bsa
from app.engine.questions import clauses_for
from app.model.case import Case, Indication, Route
from app.model.checks import Checks, Plausibility
from app.model.determination import ApprovalStatus, DeterminationNote, NoteKind, RequestStatus
from app.model.formatting import (
    MEASUREMENT_WORDS,
    bsa_in_words,
    date_in_words,
    decimal_in_words,
)
from app.model.label import Label
from app.model.policy import Note, Policy, When
from app.model.reference_data import ReferenceData

Notes = tuple[DeterminationNote, ...]
_Check = Callable[[Case], DeterminationNote | None]
# How many situations are remembered, each with its notes.
_SITUATIONS = 256


def notes_rule(
    policy: Policy, reference_data: ReferenceData, indication: Indication, route: Route
) -> Callable[[Case, RequestStatus, ApprovalStatus], Notes]:
    """Return the rule for all notes: checks, then the policy's and the label's in file order."""
    checks = _check_rules(policy, reference_data.checks, indication, route)
    caveats = _noted(policy, "caveat", indication, route)
    advice = _noted(reference_data.label, "label", indication, route)

    @lru_cache(maxsize=_SITUATIONS)
    def noted(number: int, is_til: bool, request: RequestStatus, status: ApprovalStatus) -> Notes:  # noqa: FBT001
        now = _Situation(number, is_til, request, status)
        return tuple(note for when, note in (*caveats, *advice) if _applies(when, now))

    def notes(case: Case, request_status: RequestStatus, status: ApprovalStatus) -> Notes:
        always = noted(case.course.number or 1, case.is_til, request_status, status)
        found = tuple([note for check in checks if (note := check(case)) is not None])
        return (*found, *always)

    return notes


@dataclass(frozen=True, slots=True)
class _Situation:
    """What the conditions of a note (`When`) can test beside indication and route."""

    course_number: int
    is_til: bool
    request_status: RequestStatus
    approval_status: ApprovalStatus


def _noted(
    document: Policy | Label, kind: NoteKind, indication: Indication, route: Route
) -> list[tuple[When, DeterminationNote]]:
    """Return the notes of a document for an indication and a route, each with its conditions."""
    return [
        (note.when, DeterminationNote(note.id, kind, note.text, document.cite(note.citation)))
        for note in document.notes
        if _is_for(note, indication, route)
    ]


def _is_for(note: Note, indication: Indication, route: Route) -> bool:
    when = note.when
    return (when.indications is None or indication in when.indications) and (
        when.routes is None or route in when.routes
    )


def _applies(when: When, now: _Situation) -> bool:
    course = when.course_number_at_least
    return (
        (when.request_status is None or now.request_status in when.request_status)
        and (when.approval_status is None or now.approval_status in when.approval_status)
        and (course is None or now.course_number >= course)
        and (when.til is None or now.is_til is when.til)
    )


def _check_rules(
    policy: Policy, checks: Checks, indication: Indication, route: Route
) -> tuple[_Check, ...]:
    """Return the checks of a case in the order of their notes."""
    return (
        _unusual_measurements(checks),
        _bsa_difference(checks),
        _weight_change(checks),
        _contradictions(policy, checks, indication, route),
        *([_site_policy(policy, checks)] if policy.provided_by is not None else ()),
        _review_overdue(policy, checks),
    )


def _site_policy(policy: Policy, checks: Checks) -> _Check:
    text = checks.texts.site_policy.format(provider=policy.provided_by, sha256=policy.sha256)
    note = DeterminationNote("site_policy", "caveat", text, checks.document)
    return lambda _case: note


def _review_overdue(policy: Policy, checks: Checks) -> _Check:
    due = review_due(policy)
    text = checks.texts.policy_review_overdue.format(
        version=date_in_words(policy.in_force.first_day), due=date_in_words(due)
    )
    citation = policy.cite(policy.review.citation)
    note = DeterminationNote("policy_review_overdue", "caveat", text, citation)
    return lambda case: note if case.date_of_service > due else None


def unusual_measurements(case: Case, usual: Plausibility) -> tuple[str, ...]:
    """Return the case keys of the measurements that are unusual and not confirmed."""
    unusual = []
    if not _weight_is_usual(case, usual):
        unusual += ["weight_kg"] if case.height_cm is None else ["weight_kg", "height_cm"]
    if case.bsa_m2 is not None and not usual.bsa_m2.holds(case.bsa_m2):
        unusual.append("bsa_m2")
    return tuple(key for key in unusual if key not in case.confirmed)


def _weight_is_usual(case: Case, usual: Plausibility) -> bool:
    """Return whether the body mass index (kg/m²) is usual; without a height, an adult's weight."""
    if case.weight_kg is None:
        return True
    adult = case.age_years is None or case.age_years >= usual.adult_from_years
    if case.height_cm is None:
        return not adult or usual.adult_weight_kg.holds(case.weight_kg)
    bmi = usual.adult_bmi if adult else usual.child_bmi
    area = case.height_cm**2 / Decimal(10_000)  # m²; multiplying by it is exact, dividing is not
    return bmi.low * area <= case.weight_kg <= bmi.high * area


def _unusual_measurements(checks: Checks) -> _Check:
    def check(case: Case) -> DeterminationNote | None:
        keys = unusual_measurements(case, checks.plausibility)
        if not keys:
            return None
        measurements = ", ".join(MEASUREMENT_WORDS[key] for key in keys)
        text = checks.texts.implausible_measurement.format(measurements=measurements)
        return _check("implausible_measurement", text, checks, keys)

    return check


def _bsa_difference(checks: Checks) -> _Check:
    percent = checks.plausibility.bsa_may_differ_percent

    def check(case: Case) -> DeterminationNote | None:
        calculated = None if case.bsa_m2 is None else calculated_bsa(case)
        if case.bsa_m2 is None or calculated is None or calculated.formula is None:
            return None
        if abs(case.bsa_m2 - calculated.m2) * 100 <= calculated.m2 * percent:
            return None
        text = checks.texts.bsa_differs_from_calculated.format(
            entered=f"{decimal_in_words(case.bsa_m2)} m²",
            percent=decimal_in_words(percent),
            calculated=bsa_in_words(calculated.m2),
            formula=FORMULA_WORDS[calculated.formula],
        )
        return _check("bsa_differs_from_calculated", text, checks, ("bsa_m2",))

    return check


def _weight_change(checks: Checks) -> _Check:
    percent = checks.plausibility.weight_changed_percent

    def check(case: Case) -> DeterminationNote | None:
        weight, previous = case.weight_kg, case.previous_weight_kg
        if weight is None or previous is None:
            return None
        if abs(weight - previous) * 100 < previous * percent:
            return None
        text = checks.texts.weight_changed.format(
            percent=decimal_in_words(percent), previous=decimal_in_words(previous)
        )
        return _check("weight_changed", text, checks, ("weight_kg", "previous_weight_kg"))

    return check


def _contradictions(policy: Policy, checks: Checks, indication: Indication, route: Route) -> _Check:
    """Return the check for answers that contradict each other; only what the policy asks counts."""
    texts, asked = checks.texts, clauses_for(policy, indication, route)

    def check(case: Case) -> DeterminationNote | None:
        found, status = {}, case.facts.lesion_status
        if status and "resectable" in status and "unresectable" in status:
            found["lesion_status"] = texts.contradictory_answers_lesion
        if case.is_til and case.facts.single_agent:
            found["single_agent"] = texts.contradictory_answers_til
        told = {f"facts.{one}": text for one, text in found.items() if one in asked}
        if not told:
            return None
        return _check("contradictory_answers", " ".join(told.values()), checks, tuple(told))

    return check


def _check(note_id: str, text: str, checks: Checks, inputs: tuple[str, ...]) -> DeterminationNote:
    return DeterminationNote(note_id, "check", text, checks.document, inputs)
