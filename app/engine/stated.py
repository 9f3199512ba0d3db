"""What a policy states beside criteria and dosing, for one case: documents, codes, and its gaps.

Documents and codes support a request and never change a result. What the document does not say is
told in every determination that it bears on.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from app.engine.composing import Composed
from app.engine.judging import Condition
from app.engine.kleene import OPPOSITE
from app.engine.possible import bare, is_below
from app.model.approval import Approval
from app.model.case import Case
from app.model.criterion import Comparison, Criterion, Group, all_of
from app.model.document import AskedDocument, Citation, NotStated
from app.model.dosing import Dosing, DosingNotStated
from app.model.eligibility import Eligibility, Judged, JudgedNone, children
from app.model.policy import FirstSeen, Policy
from app.model.stated import CodeFound, Unstated, WantedDocument
from app.model.uses import CodeList

Documents = tuple[WantedDocument, ...]
Codes = tuple[CodeFound, ...]
Gaps = tuple[Unstated, ...]
Said = tuple[Documents, Codes, Gaps]
DIAGNOSIS_CODES = "icd_10_cm"  # the system of the diagnosis codes of a case

_IN_FORCE = "The document does not say since when it is in force."
_REVIEW = "The document does not say how often it is reviewed."
_BEYOND = "The document does not say what holds for a request beyond its dosing."
_NOT_COVERED = "The document does not say what holds for a use that it does not list."
_APPROVAL = "The document states no length of approval{whom}."
_RENEWAL = "The document states nothing on a renewal{whom}."
_DOSING = "The document states no dosing{whom} for this use by this route."
_DOSE = "The document states no dose{whom}."
_AS_FIRST = "The document states nothing on a renewal: judged by the criteria of a first request."


def stated_rule(
    policy: Policy,
    composed: Composed | None,
    indication: str,
    route: str,
    request_kind: str | None,
) -> Callable[[Case, Eligibility, tuple[str, ...]], Said]:
    """Return the rule for documents, codes and gaps of a use.

    Its last argument names the questions whose answers contradict each other.
    """
    wanted = {} if composed is None else _documents(policy, composed.root)
    lists = [
        one for one in policy.codes if one.indications is None or indication in one.indications
    ]
    gaps = tuple(_gaps(policy, indication, route, request_kind))
    as_first = Unstated("renewal", _AS_FIRST, None)
    silent = None if composed is None else composed.silent
    always = (*gaps, as_first) if silent is True else gaps
    is_silent = Condition(silent, policy, route) if isinstance(silent, Comparison | Group) else None

    def say(case: Case, eligibility: Eligibility, contradictory: tuple[str, ...]) -> Said:
        documents = tuple(_counting(eligibility.criteria, wanted)) if wanted else ()
        codes = tuple(_codes(policy, lists, case)) if lists else ()
        told = always
        if is_silent is not None and is_silent(case, contradictory).judged.result != "not_met":
            told = (*gaps, as_first)
        return documents, codes, told

    return say


def _documents(policy: Policy, root: Criterion) -> dict[str, Documents]:
    """Return the documents that are asked for, by the id of the criterion that asks for them."""
    return {
        one.id: tuple(_wanted(policy, one.id, asked) for asked in one.documents)
        for one in all_of(root)
        if one.documents
    }


def _wanted(policy: Policy, name: str, asked: AskedDocument) -> WantedDocument:
    return WantedDocument(asked.text, policy.cite(asked.citation), name)


def _counting(
    judged: Judged, wanted: Mapping[str, Documents], *, is_against: bool = False
) -> Iterator[WantedDocument]:
    """Yield the documents of each criterion that counts: it speaks for the case, or is open.

    Below a group of none, a criterion that is met speaks against the case.
    """
    result = OPPOSITE[judged.result] if is_against else judged.result
    if result == "not_met":
        return
    yield from wanted.get(judged.id, ())
    for child in children(judged):
        yield from _counting(child, wanted, is_against=is_against != isinstance(judged, JudgedNone))


def _codes(policy: Policy, lists: Iterable[CodeList], case: Case) -> Iterator[CodeFound]:
    """Yield the codes of the policy, and each diagnosis code of the case with what supports it."""
    supporting = []
    for one in lists:
        if one.code is not None:
            cited = policy.cite(one.citation)
            yield CodeFound(one.system, one.code, one.text, "stated", cited)
        elif one.system == DIAGNOSIS_CODES and is_valid(one, case.date_of_service):
            supporting.append(one)
    if not supporting:
        return
    for code in case.diagnosis_codes or ():
        found = next((one for one in supporting if supports(one, code)), None)
        if found is None:
            yield CodeFound(DIAGNOSIS_CODES, code, None, "not_listed", None)
        else:
            cited = policy.cite(found.citation)
            yield CodeFound(DIAGNOSIS_CODES, code, found.text, "supported", cited)
    if not case.diagnosis_codes:
        yield CodeFound(DIAGNOSIS_CODES, None, None, "unknown", None)


def is_valid(one: CodeList, day: date) -> bool:
    """Return whether a list of codes holds for a date of service."""
    return (one.valid_from or day) <= day <= (one.valid_to or day)


def supports(one: CodeList, code: str) -> bool:
    """Return whether a code is in a list, or below one of its roots."""
    return bare(code) in map(bare, one.any_of or ()) or is_below(code, one.under or ())


def _gaps(
    policy: Policy, indication: str, route: str, request_kind: str | None
) -> Iterator[Unstated]:
    """Yield what the document does not say, as far as it bears on a use."""
    yield from _gaps_for_all(policy)
    key = policy.covering(indication)
    if key is not None:
        yield from _gaps_of_use(policy, key, is_renewal=request_kind == "renewal")
        yield from _gaps_of_dosing(policy, policy.coverage[key].regimens(route))


def _gaps_for_all(policy: Policy) -> Iterator[Unstated]:
    if isinstance(policy.in_force, FirstSeen):
        yield _gap(policy, "in_force", _IN_FORCE, policy.in_force.citation)
    if isinstance(policy.review, NotStated):
        yield _gap(policy, "review", _REVIEW, policy.review.citation)
    if isinstance(policy.beyond_dosing, NotStated):
        yield _gap(policy, "beyond_dosing", _BEYOND, policy.beyond_dosing.citation)
    if policy.not_covered.not_stated:
        yield _gap(policy, "not_covered", _NOT_COVERED, policy.not_covered.citation)


def _gaps_of_use(policy: Policy, key: str, *, is_renewal: bool) -> Iterator[Unstated]:
    """Yield what is not said on lengths of approval and renewals of a covered indication."""
    renewals = policy.renewals(key)
    texts = _branch_texts(policy, key)
    approvals: Iterable[Approval] = policy.coverage[key].approval
    if is_renewal:
        stated = [one for renewal in renewals for one in renewal.approval]
        approvals = [*stated, *approvals]
    for one in approvals:
        if one.not_stated:
            text = _APPROVAL.format(whom=texts.get(one.branch, ""))
            yield _gap(policy, "approval", text, one.citation)
    for renewal in renewals:
        if renewal.not_stated and not is_renewal:
            text = _RENEWAL.format(whom=texts.get(renewal.branch, ""))
            yield _gap(policy, "renewal", text, renewal.citation)


def _gaps_of_dosing(policy: Policy, regimens: Iterable[Dosing]) -> Iterator[Unstated]:
    """Yield that no dosing, or no dose of a regimen, is stated."""
    for one in regimens:
        whom = f" for “{one.name}”" if one.name else ""
        if one.not_stated:
            yield _gap(policy, "dosing", _DOSING.format(whom=whom), one.citation)
        elif isinstance(one.dose, DosingNotStated):
            yield _gap(policy, "dose", _DOSE.format(whom=whom), one.dose.citation)


def _branch_texts(policy: Policy, key: str) -> dict[str | None, str]:
    """Return the words for whom a branch is, by the id of its criterion."""
    found = {one.id: one for one in all_of(policy.coverage[key].criteria)}
    if policy.common is not None:
        found |= {one.id: one for one in all_of(policy.common)}
    return {name: f" for “{one.text}”" for name, one in found.items()}


def _gap(policy: Policy, what: str, text: str, citation: Citation | None) -> Unstated:
    return Unstated(what, text, None if citation is None else policy.cite(citation))
