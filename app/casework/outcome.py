"""A draft judged: what a window shows for it. Everything but the pixels, without Qt.

Decides which questions are shown, which come next, and whether the dose is held back; the result
belongs to the draft that it was made from and to no other.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from app.casework.draft import Draft
from app.engine import Reasons, calculated_bsa, clauses_for, evaluate
from app.library import Library, NoPolicyInForce
from app.model.catalog import case_key
from app.model.criterion import Comparison
from app.model.data import Refusal
from app.model.determination import Determination, DeterminationNote, Finding, Judged
from app.model.policy import Policy, StatusRule
from app.model.quantities import LocalDate


@dataclass(frozen=True)
class Outcome:
    """What follows from a draft.

    `determination` is None while there is none, and `prompt` says what it waits for.
    `clauses` are the criteria of the policy that ask each question for this therapy, in the order
    of the questions. `policy` is the version in force on the date of service, or the newest one
    while there is no such date.
    """

    draft: Draft
    policy: Policy | None
    determination: Determination | None
    problems: dict[str, str]
    prompt: str
    clauses: dict[str, tuple[Comparison, ...]]

    def note(self, note_id: str) -> DeterminationNote | None:
        """Return the note with this id, where the determination has it."""
        notes = self.determination.notes if self.determination else ()
        return next((note for note in notes if note.id == note_id), None)

    @cached_property
    def unconfirmed(self) -> tuple[str, ...]:
        """Unusual measurements that wait for a confirmation: while there is one, no dose shows."""
        return self.determination.unconfirmed if self.determination else ()

    @cached_property
    def calculated_bsa_m2(self) -> Decimal | None:
        """The area from height and weight, where it is used because none was entered."""
        case = None if self.unconfirmed else self.draft.case
        calculated = calculated_bsa(case) if case and case.bsa_m2 is None else None
        return calculated.m2 if calculated else None

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The questions, in their order, whose answer could still change the status."""
        if self.determination is None:
            return ()
        return tuple(one for one in self.questions if one in self.determination.eligibility.missing)

    @cached_property
    def _reasons(self) -> Reasons | None:
        """Why the determination is what it is."""
        if self.determination is None or self.policy is None:
            return None
        return Reasons(self.determination, self.policy)

    @cached_property
    def settled(self) -> dict[str, Judged]:
        """The open questions that no longer matter, each with the criterion that settled them."""
        if self._reasons is None:
            return {}
        still_open = (
            one for one in self.questions if one not in self.missing and not self._is_answered(one)
        )
        found = {one: self._reasons.settled_by(one) for one in still_open}
        return {one: judged for one, judged in found.items() if judged is not None}

    def _is_answered(self, question: str) -> bool:
        return self.draft.entries.get(case_key(question)) not in (None, "")

    @property
    def deciding_criteria(self) -> tuple[Judged, ...]:
        """The criteria that make the eligibility what it is."""
        return self._reasons.deciding_criteria if self._reasons else ()

    @property
    def deciding_findings(self) -> tuple[Finding, ...]:
        """The findings about the request that keep the status from being met."""
        return self._reasons.deciding_findings if self._reasons else ()

    @property
    def status_rule(self) -> StatusRule | None:
        """The policy's rule for a request beyond its dosing, where that decides the status."""
        return self._reasons.status_rule if self._reasons else None

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that the policy asks for this therapy, in their order."""
        return tuple(self.clauses)

    @cached_property
    def next_question(self) -> str | None:
        """The question to answer next."""
        return next(iter(self.missing), None)


def judge(draft: Draft, library: Library) -> Outcome:
    """Return the outcome of a draft; whatever the draft leaves out of sight does not count."""
    policy, refusal = _policy(draft, library)
    clauses = _clauses(draft, policy)
    draft = draft.hiding(_hidden(draft, clauses, library))
    problems = draft.problems | refusal
    determination: Determination | None = None
    if draft.case is not None and policy is not None and not refusal:
        determination = evaluate(draft.case, policy, library.reference_data)
    return Outcome(
        draft=draft,
        policy=policy,
        determination=determination,
        problems=problems,
        prompt=_prompt(draft, problems, library),
        clauses=clauses,
    )


def _policy(draft: Draft, library: Library) -> tuple[Policy | None, dict[str, str]]:
    """Return the version in force, or the problem; without a readable date, the newest one."""
    policy_id = draft.entries.get("policy")
    if not isinstance(policy_id, str) or not policy_id:
        return None, {}
    newest = library.versions(policy_id)[-1]
    day = _date_of_service(draft)
    if day is None:
        return newest, {}
    try:
        return library.in_force(policy_id, day), {}
    except NoPolicyInForce as error:
        return newest, {"date_of_service": str(error)}


def _date_of_service(draft: Draft) -> date | None:
    try:
        return LocalDate().parse(draft.entries.get("date_of_service"))
    except Refusal:
        return None


def _clauses(draft: Draft, policy: Policy | None) -> dict[str, tuple[Comparison, ...]]:
    if policy is None:
        return {}
    route = str(draft.entries.get("route") or "")
    return clauses_for(policy, draft.entries.get("indication"), route)


def _hidden(draft: Draft, questions: Container[str], library: Library) -> frozenset[str]:
    """Return the keys that this policy and therapy do not ask for."""
    hidden = {f"facts.{one}" for one in library.catalog.questions if one not in questions}
    is_melanoma = draft.entries.get("indication") == "cutaneous_melanoma"
    if not (is_melanoma and draft.entries.get("route") == "intravenous"):
        hidden.add("regimen")
    return frozenset(hidden)


def _prompt(draft: Draft, problems: dict[str, str], library: Library) -> str:
    """Return what a result waits for, by the labels of the fields."""
    wrong = [library.catalog.label(key) for key in problems]
    if wrong:
        return f"To see a result, correct: {', '.join(wrong)}."
    waits_for = [library.catalog.label(key) for key in draft.unanswered]
    return f"To see a result, fill in: {', '.join(waits_for)}." if waits_for else ""
