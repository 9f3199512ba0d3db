"""Notes beside a determination: checks of the input, the policy's caveats, the label's advice.

A note never changes a status. What stands for something in the case comes first, checks before the
others. Numbers are compared exactly, without rounding.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.engine.approval import Uncovered, review_due
from app.engine.cell_therapy import excess_of
from app.engine.unusual import Doubts
from app.model.case import Case, Indication, Route
from app.model.checks import Checks
from app.model.determination import (
    ApprovalStatus,
    DeterminationNote,
    DoseLimit,
    Finding,
    NoteKind,
    RequestStatus,
)
from app.model.formatting import (
    VALUE_WORDS,
    count_in_words,
    date_in_words,
    decimal_in_words,
    dose_in_words,
)
from app.model.label import Label
from app.model.policy import Note, Policy, When
from app.model.reference_data import ReferenceData
from app.model.treatment import Units

Notes = tuple[DeterminationNote, ...]
# How many situations are remembered, each with its notes.
_SITUATIONS = 256
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Noted:
    """What the notes of a case are about, beside the case."""

    request_status: RequestStatus
    approval_status: ApprovalStatus
    is_beyond: bool
    limit: DoseLimit | None
    dose: Finding | None
    units: Units | None
    doubts: Doubts
    is_dose_doubtful: bool
    contradictory: tuple[str, ...]
    uncovered: Uncovered | None


def notes_rule(
    policy: Policy,
    reference_data: ReferenceData,
    indication: Indication,
    route: Route,
    *,
    is_documented: bool,
) -> Callable[[Case, Noted], Notes]:
    """Return the rule for all notes: for this case, checks first; then for every case."""
    checks = _CaseChecks(policy, reference_data, indication, route)
    own = _own_notes(policy, reference_data.checks)
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
        return (*checks.notes(case, about), *of_case, *of_policy)

    return notes


_SECOND_COURSE = 2


@dataclass(frozen=True, slots=True)
class _Use:
    """The use that a note may be for: it is the same for all cases of a rule."""

    indication: Indication
    route: Route
    is_documented: bool


@dataclass(frozen=True, slots=True)
class _Situation:
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
    """Return what Aldesk itself says under every policy, and who provides a site's."""
    texts = checks.texts
    told = {"not_a_payer_decision": texts.not_a_payer_decision}
    if policy.provided_by is not None:
        told["site_policy"] = texts.site_policy.format(
            provider=policy.provided_by, sha256=policy.sha256
        )
    return tuple(
        DeterminationNote(note_id, "caveat", "policy", text, checks.document)
        for note_id, text in told.items()
    )


class _CaseChecks:
    """The checks of a case for one use: those of kind "check", then what else stands for it."""

    def __init__(
        self,
        policy: Policy,
        reference_data: ReferenceData,
        indication: Indication,
        route: Route,
    ) -> None:
        self._policy, self._label = policy, reference_data.label
        self._checks, self._texts = reference_data.checks, reference_data.checks.texts
        self._usual = reference_data.checks.plausibility
        self._route: Route = route
        self._is_for_lesions = (indication, route) == ("cutaneous_melanoma", "intralesional")
        self._review_due = review_due(policy)
        self._overdue = self._review_overdue()

    def notes(self, case: Case, about: Noted) -> Notes:
        """Return the notes that these checks give, in the order in which they are told."""
        found = [
            *self._unusual(about),
            *self._contradictions(about),
            *self._uncovered(about),
            *self._far_above(about),
            *self._below_label(case, about),
            *self._session_total(case, about),
            *self._weight_changed(case, about),
            *self._weight_measured(case),
            *self._lesions(),
            *self._til(case),
        ]
        if case.date_of_service > self._review_due:
            found.append(self._overdue)
        return tuple(found)

    def _check(self, note_id: str, text: str, *inputs: str) -> DeterminationNote:
        return DeterminationNote(note_id, "check", "case", text, self._checks.document, inputs)

    def _review_overdue(self) -> DeterminationNote:
        text = self._texts.policy_review_overdue.format(
            version=date_in_words(self._policy.in_force.first_day),
            due=date_in_words(self._review_due),
        )
        citation = self._policy.cite(self._policy.review.citation)
        return DeterminationNote("policy_review_overdue", "caveat", "case", text, citation)

    def _unusual(self, about: Noted) -> Iterator[DeterminationNote]:
        reasons = {one.key: " ".join(one.reasons) for one in about.doubts}
        if about.is_dose_doubtful:
            is_per_lesion = about.limit is not None and about.limit.per == "lesion"
            bound = "less than" if is_per_lesion else "at most"
            reasons["requested.dose_iu"] = self._texts.unusual_dose.format(bound=bound)
        for key, why in sorted(reasons.items()):
            text = self._texts.unusual_value.format(value=VALUE_WORDS[key], reasons=why)
            yield self._check("unusual_value", text, key)

    def _contradictions(self, about: Noted) -> Iterator[DeterminationNote]:
        texts = {
            "lesion_status": self._texts.contradictory_lesion_status,
            "lesion_site": self._texts.contradictory_lesion_site,
            "single_agent": self._texts.contradictory_til,
        }
        if about.contradictory:
            told = " ".join(texts[one] for one in about.contradictory)
            inputs = (f"facts.{one}" for one in about.contradictory)
            yield self._check("contradictory_answers", told, *inputs)

    def _uncovered(self, about: Noted) -> Iterator[DeterminationNote]:
        found = about.uncovered
        if found is None:
            return
        text = self._texts.authorization_does_not_cover.format(
            outside=date_in_words(found.day),
            start=date_in_words(found.start),
            end=date_in_words(found.end),
            reckoned=self._texts.end_reckoned if found.is_end_reckoned else "",
        )
        yield self._check(
            "authorization_does_not_cover", text, "authorization.start", "authorization.end"
        )

    def _far_above(self, about: Noted) -> Iterator[DeterminationNote]:
        dose, usual, texts = about.dose, self._usual, self._texts
        if dose is None or dose.limit is None or dose.result != "exceeds":
            return
        requested, limit = dose.requested, dose.limit
        if requested * _PERCENT <= limit * usual.far_above_percent:
            return
        hint = ""
        if usual.pounds_to_kg.low * limit <= requested <= usual.pounds_to_kg.high * limit:
            hint = f" {texts.perhaps_pounds}"
        elif usual.day_to_dose.low * limit <= requested <= usual.day_to_dose.high * limit:
            hint = f" {texts.perhaps_a_day}"
        percent = decimal_in_words(usual.far_above_percent)
        text = texts.request_far_above.format(percent=percent, hint=hint)
        yield self._check("request_far_above", text, "requested.dose_iu")

    def _below_label(self, case: Case, about: Noted) -> Iterator[DeterminationNote]:
        dose, percent = about.dose, self._usual.below_label_percent
        if self._route != "intravenous" or case.is_til or about.is_dose_doubtful:
            return
        if dose is None or dose.limit is None or dose.requested * _PERCENT >= dose.limit * percent:
            return
        text = self._texts.below_label_dose.format(percent=decimal_in_words(percent))
        yield self._check("below_label_dose", text, "requested.dose_iu")

    def _session_total(self, case: Case, about: Noted) -> Iterator[DeterminationNote]:
        """Yield a check of the lesions; nothing follows from a doubtful dose: the maximum counts."""
        lesions, units, most = case.requested.lesions, about.units, self._usual.session_total_iu
        if self._route != "intralesional" or lesions is None or units is None:
            return
        known = about.dose is not None and not about.is_dose_doubtful
        dose_iu = about.dose.requested if about.dose is not None and known else units.dose_iu
        if dose_iu * lesions > most:
            text = self._texts.session_total_unusual.format(most=dose_in_words(most))
            yield self._check(
                "session_total_unusual", text, "requested.dose_iu", "requested.lesions"
            )

    def _weight_changed(self, case: Case, about: Noted) -> Iterator[DeterminationNote]:
        weight, previous, usual = case.weight_kg, case.previous_weight_kg, self._usual
        if weight is None or previous is None or any(d.key == "weight_kg" for d in about.doubts):
            return
        change = abs(weight - previous) * _PERCENT
        is_far = change > previous * usual.weight_may_differ_percent
        if change < previous * usual.weight_changed_percent or (
            is_far and case.confirmed.weight_kg != weight
        ):
            return
        text = self._texts.weight_changed.format(
            percent=decimal_in_words(usual.weight_changed_percent),
            previous=decimal_in_words(previous),
        )
        yield self._check("weight_changed", text, "weight_kg", "previous_weight_kg")

    def _weight_measured(self, case: Case) -> Iterator[DeterminationNote]:
        measured = case.weight_measured_on
        if measured is None:
            return
        given = [one.first_dose_at.date() for one in case.course.cycles if one.first_dose_at]
        discharged = case.course.discharge_date
        has_begun = bool(given) and self._route == "intravenous" and measured >= min(given)
        if has_begun and (discharged is None or measured <= discharged):
            text = self._texts.weight_during_treatment
        elif measured > case.date_of_service:
            text = self._texts.weight_after_service
        else:
            return
        told = text.format(measured=date_in_words(measured))
        yield self._check("weight_during_treatment", told, "weight_measured_on")

    def _lesions(self) -> Iterator[DeterminationNote]:
        if self._is_for_lesions:
            yield self._check("lesions_judged_together", self._texts.lesions_judged_together)

    def _til(self, case: Case) -> Iterator[DeterminationNote]:
        """Yield the note of the cell therapy: a check where more doses than its label are meant."""
        if not case.is_til:
            return
        label, texts = self._label.cell_therapy, self._texts
        told = [texts.til_regimen.format(most=label.most_doses, document=label.document)]
        requested, given = excess_of(case, label)
        for excess, what in ((requested, "Requested for a cycle"), (given, "Given in all")):
            if excess:
                words = count_in_words(excess, "dose")
                told.append(
                    texts.til_too_many.format(what=what, excess=words, most=label.most_doses)
                )
        kind: NoteKind = "check" if len(told) > 1 else "label"
        citation = f"{label.document}: {label.citation}"
        yield DeterminationNote(
            "til_regimen_differs", kind, "case", " ".join(told), citation, ("regimen",)
        )
