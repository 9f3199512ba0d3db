"""Notes beside a determination: checks of the input, the policy's caveats, the label's advice.

A note never changes a status. What stands for something in the case comes first, checks before the
others. Numbers are compared exactly, without rounding.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from app.engine.case_checks import CaseChecks, Noted
from app.engine.policy_notes import policy_notes_rule
from app.model.case import Case
from app.model.checks import Checks
from app.model.determination import ApprovalStatus, DeterminationNote, NoteKind, RequestStatus
from app.model.label import Label
from app.model.policy import Note, Policy, When
from app.model.reference_data import ReferenceData

Notes = tuple[DeterminationNote, ...]
# How many situations are remembered, each with its notes.
_SITUATIONS = 256


def notes_rule(
    policy: Policy,
    reference_data: ReferenceData,
    indication: str,
    route: str,
    *,
    is_documented: bool,
) -> Callable[[Case, Noted], Notes]:
    """Return the rule for all notes: for this case, checks first; then for every case."""
    checks = CaseChecks(policy, reference_data, indication, route)
    own = _own_notes(policy, reference_data.checks)
    of_statements = policy_notes_rule(policy, reference_data.checks, indication, route)
    use = _Use(indication, route, is_documented)
    written = [
        *_written(policy, "caveat", use),
        *_written(reference_data.label, "label", use),
    ]

    @lru_cache(maxsize=_SITUATIONS)
    def noted(now: _Situation) -> tuple[Notes, Notes]:
        found = [note for when, note in written if _applies(when, now)]
        of_case = tuple(note for note in found if note.scope == "case")
        return of_case, (*own, *(note for note in found if note.scope == "policy"))

    def notes(case: Case, about: Noted) -> Notes:
        number = case.course.number or 1
        if case.course.previous_last_dose_on is not None:
            number = max(number, _SECOND_COURSE)
        now = _Situation(
            number, case.is_til, about.request_status, about.approval_status, about.is_beyond
        )
        of_case, of_policy = noted(now)
        stated = of_statements(case, about.lengths)
        return (*checks.notes(case, about), *stated, *of_case, *of_policy)

    return notes


_SECOND_COURSE = 2


@dataclass(frozen=True, slots=True)
class _Use:
    """The use that a note may be for: it is the same for all cases of a rule."""

    indication: str
    route: str
    is_documented: bool


class _Situation(NamedTuple):
    """What the conditions of a note (`When`) can test beside the use."""

    course_number: int
    is_til: bool
    request_status: RequestStatus
    approval_status: ApprovalStatus
    is_beyond: bool


def _written(
    document: Policy | Label, kind: NoteKind, use: _Use
) -> list[tuple[When, DeterminationNote]]:
    """Return the notes of a document for a use, each with its conditions.

    A note without any condition holds for every case under the policy.
    """
    return [
        (
            note.when,
            DeterminationNote(
                note.id,
                kind,
                "policy" if note.when == When() else "case",
                note.text,
                document.cite(note.citation),
            ),
        )
        for note in document.notes
        if _is_for(note, use)
    ]


def _is_for(note: Note, use: _Use) -> bool:
    when = note.when
    return (
        (when.indications is None or use.indication in when.indications)
        and (when.routes is None or use.route in when.routes)
        and (when.dosing_documented is None or when.dosing_documented is use.is_documented)
    )


def _applies(when: When, now: _Situation) -> bool:
    course = when.course_number_at_least
    return (
        (when.request_status is None or now.request_status in when.request_status)
        and (when.approval_status is None or now.approval_status in when.approval_status)
        and (when.beyond_dosing is None or when.beyond_dosing is now.is_beyond)
        and (course is None or now.course_number >= course)
        and (when.til is None or when.til is now.is_til)
    )


def _own_notes(policy: Policy, checks: Checks) -> Notes:
    """Return what Aldesk itself says under every policy: doubts in a site's file come first."""
    texts = checks.texts
    told: list[tuple[str, NoteKind, str]] = [
        (note_id, "check", form.format(doubts=" ".join(doubts)))
        for note_id, form, doubts in (
            ("policy_doubts_open", texts.policy_doubts_open, policy.open_doubts),
            ("policy_doubts_accepted", texts.policy_doubts_accepted, policy.accepted_doubts),
        )
        if doubts
    ]
    told.append(("not_a_payer_decision", "caveat", texts.not_a_payer_decision))
    if policy.provided_by is not None:
        text = texts.site_policy.format(provider=policy.provided_by, sha256=policy.sha256)
        told.append(("site_policy", "caveat", text))
    return tuple(
        DeterminationNote(note_id, kind, "policy", text, checks.document)
        for note_id, kind, text in told
    )
