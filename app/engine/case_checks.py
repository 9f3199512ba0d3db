"""Checks of a case beside its determination: what to look at again, each as a note.

A check never changes a status, and numbers are compared exactly, without rounding. What an unusual
value or a contradiction does to the result is decided elsewhere: here it is told.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from app.engine.approval import Lengths, Uncovered, review_due
from app.engine.cell_therapy import excess_of
from app.engine.unusual import Doubts
from app.model.case import Case
from app.model.determination import (
    ApprovalStatus,
    DeterminationNote,
    DoseLimit,
    Finding,
    NoteKind,
    RequestStatus,
)
from app.model.document import NotStated
from app.model.formatting import (
    VALUE_WORDS,
    count_in_words,
    date_in_words,
    decimal_in_words,
    dose_in_words,
)
from app.model.policy import Policy
from app.model.reference_data import ReferenceData
from app.model.supply import Units

_PERCENT = 100


class Noted(NamedTuple):
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
    lengths: Lengths


class CaseChecks:
    """The checks of a case for one use: those of kind "check", then what else stands for it."""

    def __init__(
        self,
        policy: Policy,
        reference_data: ReferenceData,
        indication: str,
        route: str,
    ) -> None:
        self._policy, self._label = policy, reference_data.label
        self._checks, self._texts = reference_data.checks, reference_data.checks.texts
        self._usual = reference_data.checks.plausibility
        self._route: str = route
        self._always: list[DeterminationNote] = []
        if (indication, route) == ("cutaneous_melanoma", "intralesional"):
            self._always.append(
                self._check("lesions_judged_together", self._texts.lesions_judged_together)
            )
        self._overdue = self._review_overdue()

    def notes(self, case: Case, about: Noted) -> tuple[DeterminationNote, ...]:
        """Return the notes that these checks give, in the order in which they are told."""
        found: list[DeterminationNote] = []
        if about.doubts or about.is_dose_doubtful:
            found += self._unusual(about)
        if about.contradictory:
            found.append(self._contradictions(about.contradictory))
        if about.uncovered is not None:
            found.append(self._uncovered(about.uncovered))
        if about.dose is not None and about.dose.limit is not None:
            found += self._far_above(case, about, about.dose, about.dose.limit)
            found += self._below_label(case, about, about.dose, about.dose.limit)
        if about.units is not None and self._route == "intralesional":
            found += self._session_total(case.requested.lesions or 1, about.units, about)
        if case.previous_weight_kg is not None and case.weight_kg is not None:
            found += self._weight_changed(case, case.weight_kg, case.previous_weight_kg, about)
        if case.weight_measured_on is not None:
            found += self._weight_measured(case, case.weight_measured_on)
        found += self._always
        if case.is_til:
            found.append(self._til(case))
        if self._overdue is not None and case.date_of_service > self._overdue[0]:
            found.append(self._overdue[1])
        return tuple(found)

    def _check(self, note_id: str, text: str, *inputs: str) -> DeterminationNote:
        return DeterminationNote(note_id, "check", "case", text, self._checks.document, inputs)

    def _review_overdue(self) -> tuple[date, DeterminationNote] | None:
        """Return the day by which a review is due, and what is told after it."""
        review, due = self._policy.review, review_due(self._policy)
        if due is None or isinstance(review, NotStated):
            return None
        text = self._texts.policy_review_overdue.format(
            version=date_in_words(self._policy.in_force.first_day),
            due=date_in_words(due),
        )
        citation = self._policy.cite(review.citation)
        return due, DeterminationNote("policy_review_overdue", "caveat", "case", text, citation)

    def _unusual(self, about: Noted) -> Iterator[DeterminationNote]:
        reasons = {one.key: " ".join(one.reasons) for one in about.doubts}
        if about.is_dose_doubtful:
            is_per_lesion = about.limit is not None and about.limit.per == "lesion"
            bound = "less than" if is_per_lesion else "at most"
            reasons["requested.dose_iu"] = self._texts.unusual_dose.format(bound=bound)
        for key, why in sorted(reasons.items()):
            text = self._texts.unusual_value.format(value=VALUE_WORDS[key], reasons=why)
            yield self._check("unusual_value", text, key)

    def _contradictions(self, contradictory: tuple[str, ...]) -> DeterminationNote:
        texts = {
            "lesion_status": self._texts.contradictory_lesion_status,
            "lesion_site": self._texts.contradictory_lesion_site,
            "single_agent": self._texts.contradictory_til,
        }
        told = " ".join(texts[one] for one in contradictory)
        inputs = (f"facts.{one}" for one in contradictory)
        return self._check("contradictory_answers", told, *inputs)

    def _uncovered(self, found: Uncovered) -> DeterminationNote:
        texts, form = self._texts, self._texts.authorized_from_to
        if found.is_end_reckoned:
            form = texts.authorized_from
        elif found.is_start_assumed:
            form = texts.authorized_to
        if found.end is None:
            form = texts.authorized_since
        end = "" if found.end is None else date_in_words(found.end)
        period = form.format(start=date_in_words(found.start), end=end)
        text = texts.authorization_does_not_cover.format(
            period=period, outside=date_in_words(found.day)
        )
        return self._check(
            "authorization_does_not_cover", text, "authorization.start", "authorization.end"
        )

    def _far_above(
        self, case: Case, about: Noted, dose: Finding, limit: int
    ) -> Iterator[DeterminationNote]:
        usual, requested = self._usual, dose.requested
        if requested * _PERCENT <= limit * usual.far_above_percent:
            return
        hint = self._why_far_above(requested, limit, case, about.limit)
        percent = decimal_in_words(usual.far_above_percent)
        told = f" {hint}" if hint else ""
        text = self._texts.request_far_above.format(percent=percent, hint=told)
        yield self._check("request_far_above", text, "requested.dose_iu")

    def _why_far_above(
        self, requested: int, limit: int, case: Case, stated: DoseLimit | None
    ) -> str:
        """Return what so high a dose may be instead, where the limit is of that kind; or ""."""
        usual, texts = self._usual, self._texts
        if stated is None or stated.per == "lesion":
            lesions = case.requested.lesions or 1
            return texts.perhaps_all_lesions if requested <= lesions * limit else ""
        is_by_weight = stated.bsa_m2 is None
        pounds, day = usual.pounds_to_kg, usual.day_to_dose
        if is_by_weight and pounds.low * limit <= requested <= pounds.high * limit:
            return texts.perhaps_pounds
        is_several_a_day = (stated.max_doses_per_day or 1) > 1
        if is_several_a_day and day.low * limit <= requested <= day.high * limit:
            return texts.perhaps_a_day
        return ""

    def _below_label(
        self, case: Case, about: Noted, dose: Finding, limit: int
    ) -> Iterator[DeterminationNote]:
        if self._route != "intravenous" or case.is_til or about.is_dose_doubtful:
            return
        percent = self._usual.below_label_percent
        if dose.requested * _PERCENT < limit * percent:
            text = self._texts.below_label_dose.format(percent=decimal_in_words(percent))
            yield self._check("below_label_dose", text, "requested.dose_iu")

    def _session_total(
        self, lesions: int, units: Units, about: Noted
    ) -> Iterator[DeterminationNote]:
        """Yield a check of the lesions; of a doubtful dose nothing follows: the maximum counts."""
        dose_iu = units.dose_iu
        if about.dose is not None and not about.is_dose_doubtful:
            dose_iu = about.dose.requested
        most = self._usual.session_total_iu
        if dose_iu * lesions > most:
            text = self._texts.session_total_unusual.format(most=dose_in_words(most))
            yield self._check(
                "session_total_unusual", text, "requested.dose_iu", "requested.lesions"
            )

    def _weight_changed(
        self, case: Case, weight: Decimal, previous: Decimal, about: Noted
    ) -> Iterator[DeterminationNote]:
        if any(one.key == "weight_kg" for one in about.doubts):
            return
        usual, change = self._usual, abs(weight - previous) * _PERCENT
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

    def _weight_measured(self, case: Case, measured: date) -> Iterator[DeterminationNote]:
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

    def _til(self, case: Case) -> DeterminationNote:
        """Return the note of the cell therapy: a check where more than its label is meant."""
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
        return DeterminationNote(
            "til_regimen_differs", kind, "case", " ".join(told), citation, ("regimen",)
        )
