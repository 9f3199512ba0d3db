"""Notes that follow from how a policy states something: never a change of a status.

Since when a version counts, what kind of request was judged, by which of two indications, lists of
codes of another year, rests that count from a discharge nobody knows yet, and how much of an
approval was given so far.
"""

from collections.abc import Callable, Iterator

from app.engine.approval import Lengths
from app.engine.stated import DIAGNOSIS_CODES, is_valid
from app.model.case import Case
from app.model.checks import Checks
from app.model.determination import DeterminationNote
from app.model.formatting import count_in_words, date_in_words
from app.model.policy import FirstSeen, Policy
from app.model.uses import CodeList

_COUNTED = {"doses": "dose", "cycles": "cycle"}


def policy_notes_rule(
    policy: Policy, checks: Checks, indication: str, route: str
) -> Callable[[Case, Lengths], tuple[DeterminationNote, ...]]:
    """Return the rule for these notes for a use; its second argument are the lengths."""
    always = tuple(_always(policy, checks, indication))
    key = policy.covering(indication)
    asks_kind = key is not None and bool(policy.renewals(key))
    as_first = _check(checks, "judged_as_first_request", checks.texts.judged_as_first_request)
    lists = [one for one in policy.codes if one.valid_from or one.valid_to]
    regimens = () if key is None else policy.coverage[key].regimens(route)
    from_discharge = any(rest.from_ == "discharge" for one in regimens for rest in one.rests)
    later = _check(
        checks, "later_by_the_stay", checks.texts.later_by_the_stay, "course.discharge_date"
    )

    def notes(case: Case, lengths: Lengths) -> tuple[DeterminationNote, ...]:
        found = list(always)
        if asks_kind and case.request_kind is None:
            found.append(as_first)
        if lists:
            found += _other_year(policy, checks, lists, case)
        if from_discharge and case.course.discharge_date is None and _has_course(case):
            found.append(later)
        found += _given_so_far(checks, case, lengths)
        return tuple(found)

    return notes


def _has_course(case: Case) -> bool:
    """Return whether a course is planned or under way: then dates of what may follow are told."""
    return case.course.first_dose_at is not None or bool(case.course.cycles)


def _always(policy: Policy, checks: Checks, indication: str) -> Iterator[DeterminationNote]:
    texts, version = checks.texts, policy.in_force
    if isinstance(version, FirstSeen):
        text = texts.counts_from_first_seen.format(day=date_in_words(version.seen_on))
        cited = policy.cite(version.citation)
        yield DeterminationNote("counts_from_first_seen", "caveat", "policy", text, cited)
    wider = [one for one in policy.including(indication) if one in policy.coverage]
    if indication in policy.coverage and wider:
        names = " and ".join(f"“{policy.coverage[one].name}”" for one in wider)
        text = texts.own_indication_counts.format(wider=names)
        cited = checks.document
        yield DeterminationNote("own_indication_counts", "caveat", "case", text, cited)


def _check(checks: Checks, name: str, text: str, *inputs: str) -> DeterminationNote:
    return DeterminationNote(name, "check", "case", text, checks.document, inputs)


def _other_year(
    policy: Policy, checks: Checks, lists: list[CodeList], case: Case
) -> Iterator[DeterminationNote]:
    """Yield a note for each list of codes that does not hold for the date of service."""
    for one in lists:
        if one.system == DIAGNOSIS_CODES and not is_valid(one, case.date_of_service):
            first, last = one.valid_from, one.valid_to
            since = f" from {date_in_words(first)}" if first else ""
            until = f" to {date_in_words(last)}" if last else ""
            text = checks.texts.codes_of_another_time.format(
                place=policy.cite(one.citation), span=f"{since}{until}"
            )
            yield _check(checks, "codes_of_another_time", text, "date_of_service")


def _given_so_far(checks: Checks, case: Case, lengths: Lengths) -> Iterator[DeterminationNote]:
    """Yield what was given so far beside an approval of so many doses or cycles, or one of once."""
    given, texts = case.given_before, checks.texts
    for one in lengths:
        if one.applies is not True:
            continue
        [(unit, count)] = one.length.items()
        if unit in _COUNTED:
            so_far = getattr(given, unit)
            name, noun = f"given_before.{unit}", _COUNTED[unit]
            most, text = count_in_words(count, noun), texts.approved_and_given
        elif unit == "once":
            so_far, name, noun = given.lifetime_doses, "given_before.lifetime_doses", "dose"
            most, text = "", texts.approved_once
        else:
            continue
        if so_far is not None:
            told = text.format(most=most, given=count_in_words(so_far, noun))
            yield _check(checks, "approval_given_so_far", told, name)
