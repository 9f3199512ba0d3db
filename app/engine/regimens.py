"""The regimens that a policy documents for a use, each with its condition and its citations.

A regimen "as labeled" is the label's course, cited to policy and label. Judges no request.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from app.engine.judging import Condition
from app.model.case import Case
from app.model.criterion import comparisons
from app.model.document import Citation
from app.model.dosing import FIGURES, Dosing
from app.model.eligibility import CriterionResult
from app.model.label import Label
from app.model.policy import Coverage, Policy

_APPLIES: dict[CriterionResult, bool | None] = {"met": True, "not_met": False, "unknown": None}
_THERAPY = "therapy"
_ALWAYS: tuple[bool | None, tuple[str, ...]] = (True, ())


@dataclass(frozen=True)
class Regimen:
    """One regimen of a use: what it states, and how its values are cited.

    `is_stated` is false where the document has no dosing. `is_for_therapy` tells that its condition
    asks which therapy it is, so that it may be that of a cell therapy.
    """

    dosing: Dosing
    cite: Callable[[Citation], str]
    route: str
    condition: Condition | None
    is_for_therapy: bool

    @property
    def is_stated(self) -> bool:
        """Whether the document has a dosing for it."""
        return not self.dosing.not_stated

    def is_for(self, case: Case) -> bool:
        """Return whether plan and course check are for the therapy of a case.

        A regimen that does not ask for the therapy is not that of a cell therapy.
        """
        return self.is_for_therapy or not case.is_til

    def applies(
        self, case: Case, contradictory: tuple[str, ...]
    ) -> tuple[bool | None, tuple[str, ...]]:
        """Return whether it applies to a case, None while that is not known, and what is asked."""
        if self.condition is None:
            return _ALWAYS
        truth = self.condition(case, contradictory)
        return _APPLIES[truth.judged.result], tuple(sorted(truth.missing))


def regimens_for(
    policy: Policy, coverage: Coverage | None, route: str, label: Label
) -> tuple[Regimen, ...]:
    """Return the regimens of a covered use by a route, in the order of the document."""
    if coverage is None:
        return ()
    return tuple(_regimen(policy, one, route, label) for one in coverage.regimens(route))


def _regimen(policy: Policy, dosing: Dosing, route: str, label: Label) -> Regimen:
    when = dosing.when
    condition = None if when is None else Condition(when, policy, route)
    is_for_therapy = when is not None and any(
        one.question == _THERAPY for one in comparisons(when, route)
    )
    if dosing.as_labeled and route == "intravenous":
        return _as_labeled(policy, dosing, label, condition, is_for_therapy=is_for_therapy)
    stated = replace(dosing, as_labeled=None, not_stated=True) if dosing.as_labeled else dosing
    return Regimen(stated, policy.cite, route, condition, is_for_therapy)


def _as_labeled(
    policy: Policy,
    dosing: Dosing,
    label: Label,
    condition: Condition | None,
    *,
    is_for_therapy: bool,
) -> Regimen:
    """Return the label's course, with what the policy itself states in place of the label's."""
    own: dict[str, Any] = {name: found for name in FIGURES if (found := getattr(dosing, name))}
    names = {one.name for one in dosing.limits}
    kept = tuple(one for one in label.course.limits if one.name not in names)
    limits = (*kept, *dosing.limits)
    name = dosing.name or label.course.name
    resolved = replace(
        label.course, **{**own, "id": dosing.id, "name": name, "when": None, "limits": limits}
    )
    places = {id(one) for one in _places(label.course)}
    by_policy = "" if dosing.citation is None else policy.cite(dosing.citation)

    def cite(citation: Citation) -> str:
        if id(citation) in places:
            return f"{by_policy}; {label.cite(citation)}"
        return policy.cite(citation)

    return Regimen(resolved, cite, "intravenous", condition, is_for_therapy)


def _places(course: Dosing) -> Iterator[Citation]:
    """Yield the citations of the label's course, each as the very object that stands there."""
    stated = (course.dose, *(getattr(course, name) for name in FIGURES if name != "limits"))
    for one in (*stated, *course.limits):
        if one:
            yield one.citation
