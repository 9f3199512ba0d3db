"""Composes the one criterion by which a use is judged, from all parts of a policy that bear on it.

The criteria of the indication, those common to all, the uses that the policy names as not covered,
and what it says of a renewal become one tree, so that missing answers, reasons and the order of
questions follow from one. Where a policy has only criteria, they are that tree. The ids of the
groups that are added hold a point, which no id of a file does.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from app.engine.judging import KIND
from app.model.approval import Approval, Renewal
from app.model.criterion import Comparison, Criterion, Group
from app.model.document import Citation
from app.model.policy import Coverage, Policy

RENEWAL = "renewal"
RENEWAL_REFUSED = "The document refuses a renewal"
REFUSED_RENEWAL = "policy.renewal_refused."  # with the number of its entry
EVERYTHING = "policy.everything"
NAMED_USES = "policy.named_uses"
_USES = "None of the uses that the document names as not covered"
NOT_EXCLUDED = "The use is not excluded, and what is needed for it holds"
_WITH_COMMON = "The criteria for every use, and those for this one"
_NOT_REFUSED = "Nothing for which the document refuses a renewal"
_ONE_ENTRY = "What a renewal needs"
_ONE_OF = "What one of the rules for a renewal needs"
_OTHERS = "None of those for whom the document has a rule for a renewal"
_AS_AT_FIRST = "The criteria of a first request, where the document has no rule for a renewal"


class LengthRule(NamedTuple):
    """A stated length of approval, with the condition for it; None if there is none."""

    approval: Approval
    condition: Criterion | None


class Composed(NamedTuple):
    """The criterion by which a use is judged, and what it was composed from.

    `silent` is the condition under which the policy has no rule for the renewal that is asked for:
    True for always, None where it does not arise.
    """

    root: Criterion
    lengths: tuple[LengthRule, ...]
    silent: Criterion | Literal[True] | None = None


def composed_for(policy: Policy, indication: str, request_kind: str | None) -> Composed | None:
    """Return the criterion by which an indication is judged; None if the policy has none."""
    key = policy.covering(indication)
    if key is None:
        return None
    renewals = policy.renewals(key) if request_kind == RENEWAL else None
    return compose(policy, policy.coverage[key], renewals)


def compose(policy: Policy, coverage: Coverage, renewals: Sequence[Renewal] | None) -> Composed:
    """Return the criterion for a covered indication.

    `renewals` is what the policy says of a renewal, and None for a first request.
    """
    first = coverage.criteria
    if policy.common is not None:
        first = _all("policy.with_common", _WITH_COMMON, [policy.common, first])
    composed = Composed(first, _lengths([(coverage.approval, None)], first))
    if renewals is not None:
        composed = _ComposedRenewal(coverage, first, renewals).result()
    return composed._replace(root=with_uses(policy, composed.root))


def with_uses(policy: Policy, criterion: Criterion) -> Criterion:
    """Return the criterion together with that the case is none of the uses that are named."""
    none = named_uses(policy)
    return criterion if none is None else _all(EVERYTHING, NOT_EXCLUDED, [none, criterion])


def named_uses(policy: Policy) -> Group | None:
    """Return the criterion that the case is none of the named uses; None if none is named."""
    uses, place = policy.not_covered.uses, policy.not_covered.citation
    if not uses:
        return None
    whens = tuple(use.when for use in uses)
    return Group(id=NAMED_USES, text=_USES, citation=place, none=whens)


class _ComposedRenewal:
    """The criterion of a renewal: not refused, and what one of the entries for it needs.

    Whoever has none of the branches of the entries is judged as at a first request.
    """

    def __init__(self, coverage: Coverage, first: Criterion, renewals: Sequence[Renewal]) -> None:
        self._coverage, self._first = coverage, first
        self._known = dict(_branches(first))
        self._entries = [one for one in renewals if one.branch is None or one.branch in self._known]

    def result(self) -> Composed:
        """Return the composed criterion."""
        entries = enumerate(self._entries, start=1)
        refusals = [self._refusal(number, one) for number, one in entries if one.refused]
        needed = self._needed()
        if refusals:
            none = _none("policy.renewal_not_refused", _NOT_REFUSED, refusals)
            needed = [_all("policy.renewal", _ONE_ENTRY, [none, *self._one_of(needed)])]
        [root] = self._one_of(needed)
        return Composed(root, self._lengths(), self._silent())

    def _one_of(self, needed: list[Criterion]) -> list[Criterion]:
        return [_any("policy.renewal_rules", _ONE_OF, needed)] if len(needed) > 1 else needed

    def _needed(self) -> list[Criterion]:
        """Return what each entry needs that does not refuse, and what the others need."""
        entries = enumerate(self._entries, start=1)
        found = [self._entry(number, one) for number, one in entries if not one.refused]
        others = self._others()
        if others is not None:
            found.append(_all("policy.renewal_as_first", _AS_AT_FIRST, [others, self._first]))
        elif all(one.refused and one.branch for one in self._entries):
            found.append(self._first)
        return found

    def _entry(self, number: int, one: Renewal) -> Criterion:
        root = self._coverage.criteria.id  # that of all criteria of a first request
        also = [self._first if name == root else self._known[name] for name in one.also or ()]
        own = [] if one.criteria is None else [one.criteria]
        parts = [self._first] if one.not_stated else [*own, *also]
        branch = [] if one.branch is None else [self._known[one.branch]]
        if len([*branch, *parts]) == 1:
            return parts[0]
        name = f"policy.renewal_entry.{number}"
        return _all(name, _ONE_ENTRY, [*branch, *parts], one.citation)

    def _refusal(self, number: int, one: Renewal) -> Criterion:
        """Return the criterion that is met where a renewal is refused."""
        name, text = f"{REFUSED_RENEWAL}{number}", one.text or RENEWAL_REFUSED
        if one.branch is not None:
            return _all(name, text, [self._known[one.branch]], one.citation)
        place = one.citation or self._first.citation
        return Comparison(id=name, text=text, question=KIND, any_of=(RENEWAL,), citation=place)

    def _others(self) -> Criterion | None:
        """Return the criterion of those for whom no entry is but refusals; None if all have one."""
        branches = [one.branch for one in self._entries if not one.refused]
        if not branches or None in branches:
            return None
        return self._without(branches)

    def _without(self, branches: Iterable[str | None]) -> Criterion:
        named = [self._known[one] for one in dict.fromkeys(branches) if one is not None]
        return _none("policy.renewal_others", _OTHERS, named)

    def _silent(self) -> Criterion | Literal[True] | None:
        """Return the condition under which the policy has no rule for the renewal."""
        if not self._entries:
            return True
        unsaid = [one.branch for one in self._entries if one.not_stated]
        if None in unsaid:
            return True
        conditions = [self._known[one] for one in unsaid if one is not None]
        if all(one.branch is not None for one in self._entries):
            conditions.append(self._without(one.branch for one in self._entries))
        return _any("policy.renewal_unsaid", _OTHERS, conditions) if conditions else None

    def _lengths(self) -> tuple[LengthRule, ...]:
        found: list[tuple[Sequence[Approval], Criterion | None]] = [
            (
                one.approval or self._coverage.approval,
                None if one.branch is None else self._known[one.branch],
            )
            for one in self._entries
            if not one.refused
        ]
        others = self._others()
        if others is not None or all(one.refused and one.branch for one in self._entries):
            found.append((self._coverage.approval, others))
        within = [one.criteria for one in self._entries if one.criteria is not None]
        return _lengths(found, self._first, *within)


def _lengths(
    stated: Iterable[tuple[Sequence[Approval], Criterion | None]], *criteria: Criterion
) -> tuple[LengthRule, ...]:
    """Return each approval with its condition: that of its entry, its branch and its `when`."""
    known = {name: one for criterion in criteria for name, one in _branches(criterion)}
    conditions: dict[Approval, list[Criterion | None]] = {}
    for approvals, entry in stated:
        for approval in approvals:
            branch = None if approval.branch is None else known[approval.branch]
            parts = [one for one in (entry, branch, approval.when) if one is not None]
            one = _all("policy.approval", "", parts) if len(parts) > 1 else next(iter(parts), None)
            conditions.setdefault(approval, []).append(one)
    return tuple(LengthRule(approval, _either(found)) for approval, found in conditions.items())


def _branches(criterion: Criterion) -> Iterator[tuple[str, Criterion]]:
    """Yield each criterion by its id, with the routes of the groups in which it stands."""
    yield criterion.id, criterion
    for child in criterion.children:
        for name, one in _branches(child):
            yield name, _within(criterion, one)


def _within(group: Criterion, one: Criterion) -> Criterion:
    """Return a criterion that is not met for a route for which the group is not."""
    if isinstance(group, Comparison) or group.routes is None:
        return one
    return replace(_all(one.id, one.text, [one]), routes=group.routes)


def _either(conditions: Sequence[Criterion | None]) -> Criterion | None:
    if None in conditions:
        return None
    known = [one for one in conditions if one is not None]
    return known[0] if len(known) == 1 else _any("policy.approval", "", known)


def _all(
    name: str, text: str, parts: Sequence[Criterion], citation: Citation | None = None
) -> Group:
    return Group(id=name, text=text, citation=citation or parts[0].citation, all_=tuple(parts))


def _any(name: str, text: str, parts: Sequence[Criterion]) -> Group:
    return Group(id=name, text=text, citation=parts[0].citation, any_=tuple(parts))


def _none(name: str, text: str, parts: Sequence[Criterion]) -> Group:
    return Group(id=name, text=text, citation=parts[0].citation, none=tuple(parts))
