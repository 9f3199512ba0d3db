"""A draft judged: what a window shows for it. Everything but the pixels, without Qt.

Decides which questions are shown, which come next, and whether the dose is held back; the result
belongs to the draft that it was made from and to no other.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from app.casework.draft import Draft
from app.engine import evaluate
from app.engine.dose import calculated_bsa
from app.engine.questions import comparisons, questions_for
from app.engine.reasons import decisive, settled_by
from app.library import Library, NoPolicyInForce
from app.model.catalog import case_key
from app.model.criterion import Comparison
from app.model.data import Refusal
from app.model.determination import Determination, DeterminationNote, Finding, Judged
from app.model.policy import Coverage, Policy, StatusRule
from app.model.quantities import LocalDate

_REFUSED = ("not_met", "not_covered")
_BEYOND = ("exceeds_limits", "no_regimen")


@dataclass(frozen=True)
class Outcome:
    """What follows from a draft.

    `determination` is None while there is none, and `prompt` says what it waits for.
    `questions` are asked in this order. `policy` is the version in force on the date of service,
    or the newest one while there is no such date.
    """

    draft: Draft
    policy: Policy | None
    determination: Determination | None
    problems: dict[str, str]
    prompt: str
    questions: tuple[str, ...]

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
    def settled(self) -> dict[str, Judged]:
        """The open questions that no longer matter, each with the criterion that settled them."""
        if self.determination is None:
            return {}
        criteria = self.determination.eligibility.criteria
        still_open = (
            one for one in self.questions if one not in self.missing and not self._is_answered(one)
        )
        found = {one: settled_by(criteria, one) for one in still_open}
        return {one: judged for one, judged in found.items() if judged is not None}

    def _is_answered(self, question: str) -> bool:
        return self.draft.entries.get(case_key(question)) not in (None, "")

    @cached_property
    def deciding_criteria(self) -> tuple[Judged, ...]:
        """The criteria that make the eligibility what it is."""
        if self.determination is None:
            return ()
        return tuple(decisive(self.determination.eligibility.criteria))

    @cached_property
    def deciding_findings(self) -> tuple[Finding, ...]:
        """The findings about the request that keep the status from being met."""
        if self.determination is None or self.determination.eligibility.status in _REFUSED:
            return ()
        check = self.determination.request_check
        wanted = {"exceeds_limits": "exceeds", "incomplete": "unknown"}.get(check.status)
        # The limit of the dose rests on what is not certain.
        left_out = {"dose_iu"} if self.unconfirmed else set()
        return tuple(
            one for one in check.findings if one.result == wanted and one.field not in left_out
        )

    @cached_property
    def status_rule(self) -> StatusRule | None:
        """The policy's rule for a request beyond its dosing, where that decides the status."""
        if self.determination is None or self.policy is None:
            return None
        eligibility = self.determination.eligibility.status
        if eligibility in _REFUSED or self.determination.request_check.status not in _BEYOND:
            return None
        rules = self.policy.beyond_dosing
        return rules.met if eligibility == "met" else rules.incomplete

    @cached_property
    def clauses(self) -> dict[str, tuple[Comparison, ...]]:
        """The criteria of the policy that ask each question for this therapy."""
        coverage = _coverage(self.draft, self.policy)
        asked = tuple(comparisons(coverage.criteria, _route(self.draft))) if coverage else ()
        return {
            question: tuple(one for one in asked if one.question == question)
            for question in self.questions
        }

    @cached_property
    def next_question(self) -> str | None:
        """The question to answer next."""
        return next(iter(self.missing), None)


def judge(draft: Draft, library: Library) -> Outcome:
    """Return the outcome of a draft; whatever the draft leaves out of sight does not count."""
    policy, refusal = _policy(draft, library)
    questions = _questions(draft, policy)
    draft = draft.hiding(_hidden(draft, questions, library))
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
        questions=questions,
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


def _questions(draft: Draft, policy: Policy | None) -> tuple[str, ...]:
    coverage = _coverage(draft, policy)
    return questions_for(coverage.criteria, _route(draft)) if coverage else ()


def _coverage(draft: Draft, policy: Policy | None) -> Coverage | None:
    covered = policy.coverage.items() if policy else ()
    return next((one for key, one in covered if key == draft.entries.get("indication")), None)


def _route(draft: Draft) -> str:
    return str(draft.entries.get("route") or "")


def _hidden(draft: Draft, questions: tuple[str, ...], library: Library) -> frozenset[str]:
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
