"""Judges a draft: computes everything that a window shows for it, without Qt.

Decides which questions are shown, and in which order. An outcome belongs to one draft and is never
updated.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from app.casework.asked_fields import hidden_keys
from app.casework.draft import Draft
from app.casework.typed_text import read_quantity
from app.engine import Reasons, calculated_bsa, clauses_for, evaluate
from app.library import Library, NoPolicyInForce
from app.model.case_fields import OPEN_CHOICES
from app.model.catalog import Catalog, case_key
from app.model.criterion import Comparison
from app.model.determination import Determination, DeterminationNote, Finding
from app.model.eligibility import Judged
from app.model.policy import Policy, StatusRule
from app.model.treatment import CourseFinding


@dataclass(frozen=True)
class Outcome:
    """Everything that follows from a draft.

    While `determination` is None, `prompt` says which entries it needs. `clauses` are the policy's
    comparisons for this therapy by the question that they ask, in the order in which the questions
    are asked. `policy` is the version in force on the date of service, or the newest version if
    there is no valid date or none is in force; `library` has all policies.
    """

    draft: Draft
    library: Library
    policy: Policy | None
    determination: Determination | None
    problems: dict[str, str]
    prompt: str
    clauses: dict[str, tuple[Comparison, ...]]

    def note(self, note_id: str) -> DeterminationNote | None:
        """Return the note with this id, or None if the determination does not have it."""
        notes = self.determination.notes if self.determination else ()
        return next((note for note in notes if note.id == note_id), None)

    @cached_property
    def catalog(self) -> Catalog:
        """The words for every field of a case, in those of the policy where it has its own."""
        policies = [self.policy] if self.policy else []
        return self.library.catalog_for(*policies, cycles=self.draft.cycles)

    @cached_property
    def choices(self) -> dict[str, dict[str, str]]:
        """The indications and routes to choose from, with labels; the chosen one is among them."""
        found = {}
        for key in OPEN_CHOICES:
            known = self.catalog.inputs[key].choices
            offered = self.library.choices(self.policy, key) if self.policy else known
            chosen = {one: known[one] for one in [self.draft.entries.get(key)] if one in known}
            found[key] = {**offered, **chosen}
        return found

    @cached_property
    def foreign_use(self) -> str:
        """Why this policy cannot judge the chosen therapy; "" where it can.

        Indication or route may be another policy's own.
        """
        told = [
            f"“{words}”"
            for key in OPEN_CHOICES
            if key in self.problems
            and (words := self.catalog.inputs[key].choices.get(str(self.draft.value(key))))
        ]
        who = self.policy.document if self.policy else "Aldesk"
        return f"{who} does not know {' and '.join(told)}." if told else ""

    @cached_property
    def unconfirmed(self) -> tuple[str, ...]:
        """Keys of unusual values that nobody has confirmed: they count as not known."""
        return self.determination.unconfirmed if self.determination else ()

    @cached_property
    def calculated_bsa_m2(self) -> Decimal | None:
        """The area calculated from height and weight; None if one was entered or one waits."""
        waits = not {"weight_kg", "height_cm"}.isdisjoint(self.unconfirmed)
        case = None if waits else self.draft.case
        calculated = calculated_bsa(case) if case and case.bsa_m2 is None else None
        return calculated.m2 if calculated else None

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The unanswered questions that could still change the status, in order."""
        if self.determination is None:
            return ()
        return tuple(one for one in self.questions if one in self.determination.eligibility.missing)

    @cached_property
    def _reasons(self) -> Reasons | None:
        """Why the determination is what it is."""
        if self.determination is None or self.policy is None:
            return None
        indication = self.draft.case.indication if self.draft.case else ""
        return Reasons(self.determination, self.policy, indication)

    @cached_property
    def settled(self) -> dict[str, Judged]:
        """The unanswered questions that no longer matter, each with the criterion that decided."""
        if self._reasons is None:
            return {}
        still_open = (
            one for one in self.questions if one not in self.missing and not self._is_answered(one)
        )
        found = {one: self._reasons.settled_by(one) for one in still_open}
        return {one: judged for one, judged in found.items() if judged is not None}

    def _is_answered(self, question: str) -> bool:
        return self.draft.value(case_key(question)) is not None

    @property
    def deciding_criteria(self) -> tuple[Judged, ...]:
        """The innermost criteria that cause the eligibility status."""
        return self._reasons.deciding_criteria if self._reasons else ()

    @property
    def deciding_findings(self) -> tuple[Finding, ...]:
        """The findings because of which the request is beyond a limit or cannot be checked."""
        return self._reasons.deciding_findings if self._reasons else ()

    @property
    def violations(self) -> tuple[CourseFinding, ...]:
        """The findings about the course that break a limit."""
        return self._reasons.violations if self._reasons else ()

    @property
    def status_rule(self) -> StatusRule | None:
        """The policy's rule for a request beyond its dosing, or None if it does not decide."""
        return self._reasons.status_rule if self._reasons else None

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that the policy asks for this therapy, in their order."""
        return tuple(self.clauses)

    @cached_property
    def next_question(self) -> str | None:
        """The question to answer next, or None."""
        return next(iter(self.missing), None)


def judge(draft: Draft, library: Library) -> Outcome:
    """Return the outcome of a draft; entries that policy and therapy do not ask for are ignored."""
    draft = draft.under(library.fields_for(draft.cycles))
    policy, refusal = _policy(draft, library)
    clauses = _clauses(draft, policy)
    draft = draft.hiding(hidden_keys(draft, clauses, policy, library))
    problems = draft.problems | refusal
    determination: Determination | None = None
    if draft.case is not None and policy is not None and not refusal:
        determination = evaluate(draft.case, policy, library.reference_data)
    return Outcome(
        draft=draft,
        library=library,
        policy=policy,
        determination=determination,
        problems=problems,
        prompt=_prompt(draft, problems, library),
        clauses=clauses,
    )


def _policy(draft: Draft, library: Library) -> tuple[Policy | None, dict[str, str]]:
    """Return the version in force, else the newest version, and a problem if none is in force."""
    policy_id = draft.entries.get("policy")
    if not isinstance(policy_id, str) or not policy_id:
        return None, {}
    newest = library.versions(policy_id)[-1]
    day = read_quantity("date_of_service", draft.entries.get("date_of_service"))
    if day is None:
        return newest, {}
    try:
        return library.in_force(policy_id, day), {}
    except NoPolicyInForce as error:
        return newest, {"date_of_service": str(error)}


def _clauses(draft: Draft, policy: Policy | None) -> dict[str, tuple[Comparison, ...]]:
    if policy is None:
        return {}
    chosen = draft.value("indication"), str(draft.value("route") or "")
    return clauses_for(policy, *chosen, draft.value("request_kind"))


def _prompt(draft: Draft, problems: dict[str, str], library: Library) -> str:
    """Return which fields must be corrected or filled in for a result, by label; "" if none."""
    catalog = library.catalog_for(cycles=draft.cycles)
    wrong = [catalog.label(key) for key in problems]
    if wrong:
        return f"To see a result, correct: {', '.join(wrong)}."
    waits_for = [catalog.label(key) for key in draft.unanswered]
    return f"To see a result, fill in: {', '.join(waits_for)}." if waits_for else ""
