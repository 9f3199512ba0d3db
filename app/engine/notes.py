"""Notes beside a determination: checks of the input, the policy's caveats, the label's advice.

A note never changes a status. Measurements are compared exactly, without rounding.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from app.engine.approval import review_due
from app.engine.criteria import questions_for
from app.engine.dose import calculated_bsa
from app.model.case import Case, Indication, Route
from app.model.checks import Checks, Plausibility
from app.model.determination import ApprovalStatus, DeterminationNote, NoteKind, RequestStatus
from app.model.formatting import bsa_in_words, date_in_words, decimal_in_words
from app.model.label import Label
from app.model.policy import Policy, When
from app.model.reference_data import ReferenceData


def notes_for(
    case: Case,
    policy: Policy,
    reference_data: ReferenceData,
    request_status: RequestStatus,
    status: ApprovalStatus,
) -> tuple[DeterminationNote, ...]:
    """Return all notes: checks, then the policy's and the label's in the order of the file."""
    situation = _Situation(
        case.indication,
        case.route,
        case.course.number or 1,
        case.is_til,
        request_status,
        status,
    )
    return (
        *_checks(case, policy, reference_data.checks),
        *_notes_of(policy, situation),
        *_notes_of(reference_data.label, situation),
    )


class _Situation(NamedTuple):
    """Everything that the conditions of a note (`When`) can test."""

    indication: Indication
    route: Route
    course_number: int
    is_til: bool
    request_status: RequestStatus
    approval_status: ApprovalStatus


# Few different situations occur, so the notes for each are cached.
@lru_cache(maxsize=256)
def _notes_of(document: Policy | Label, situation: _Situation) -> tuple[DeterminationNote, ...]:
    kind: NoteKind = "caveat" if isinstance(document, Policy) else "label"
    return tuple(
        DeterminationNote(note.id, kind, note.text, document.cite(note.citation))
        for note in document.notes
        if _applies(note.when, situation)
    )


def _applies(when: When, now: _Situation) -> bool:
    course = when.course_number_at_least
    return (
        (when.indications is None or now.indication in when.indications)
        and (when.routes is None or now.route in when.routes)
        and (when.request_status is None or now.request_status in when.request_status)
        and (when.approval_status is None or now.approval_status in when.approval_status)
        and (course is None or now.course_number >= course)
        and (when.til is None or now.is_til is when.til)
    )


def _checks(case: Case, policy: Policy, checks: Checks) -> Iterator[DeterminationNote]:
    usual = checks.plausibility
    yield from _unusual_measurements(case, checks)
    yield from _bsa_difference(case, checks, usual)
    yield from _weight_change(case, checks, usual)
    yield from _contradictions(case, policy, checks)
    if policy.provided_by is not None:
        text = checks.texts.site_policy.format(provider=policy.provided_by, sha256=policy.sha256)
        yield DeterminationNote("site_policy", "caveat", text, checks.document)
    due = review_due(policy)
    if case.date_of_service > due:
        text = checks.texts.policy_review_overdue.format(
            version=date_in_words(policy.in_force.first_day), due=date_in_words(due)
        )
        citation = policy.cite(policy.review.citation)
        yield DeterminationNote("policy_review_overdue", "caveat", text, citation)


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


def _unusual_measurements(case: Case, checks: Checks) -> Iterator[DeterminationNote]:
    keys = unusual_measurements(case, checks.plausibility)
    if keys:
        words = {"weight_kg": "weight", "height_cm": "height", "bsa_m2": "body surface area"}
        text = checks.texts.implausible_measurement.format(
            measurements=", ".join(words[key] for key in keys)
        )
        yield _check("implausible_measurement", text, checks, keys)


def _bsa_difference(case: Case, checks: Checks, usual: Plausibility) -> Iterator[DeterminationNote]:
    calculated = calculated_bsa(case)
    if case.bsa_m2 is None or calculated is None or calculated.formula is None:
        return
    percent = usual.bsa_may_differ_percent
    if abs(case.bsa_m2 - calculated.m2) * 100 > calculated.m2 * percent:
        text = checks.texts.bsa_differs_from_calculated.format(
            entered=f"{decimal_in_words(case.bsa_m2)} m²",
            percent=decimal_in_words(percent),
            calculated=bsa_in_words(calculated.m2),
            formula=calculated.formula.replace("_", " ").title(),
        )
        yield _check("bsa_differs_from_calculated", text, checks, ("bsa_m2",))


def _weight_change(case: Case, checks: Checks, usual: Plausibility) -> Iterator[DeterminationNote]:
    weight, previous = case.weight_kg, case.previous_weight_kg
    percent = usual.weight_changed_percent
    if weight is None or previous is None or abs(weight - previous) * 100 < previous * percent:
        return
    text = checks.texts.weight_changed.format(
        percent=decimal_in_words(percent), previous=decimal_in_words(previous)
    )
    yield _check("weight_changed", text, checks, ("weight_kg", "previous_weight_kg"))


def _contradictions(case: Case, policy: Policy, checks: Checks) -> Iterator[DeterminationNote]:
    """Yield the note of answers that contradict each other; only what the policy asks counts."""
    found = {}
    if {"resectable", "unresectable"} <= set(case.facts.lesion_status or ()):
        found["lesion_status"] = checks.texts.contradictory_answers_lesion
    if case.is_til and case.facts.single_agent:
        found["single_agent"] = checks.texts.contradictory_answers_til
    coverage = policy.coverage.get(case.indication) if found else None
    asked = questions_for(coverage.criteria, case.route) if coverage else ()
    texts = [text for question, text in found.items() if question in asked]
    if texts:
        keys = tuple(f"facts.{question}" for question in found if question in asked)
        yield _check("contradictory_answers", " ".join(texts), checks, keys)


def _check(note_id: str, text: str, checks: Checks, inputs: tuple[str, ...]) -> DeterminationNote:
    return DeterminationNote(note_id, "check", text, checks.document, inputs)
