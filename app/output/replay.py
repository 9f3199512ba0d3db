"""Writes which cases get other results from a new version of a policy: rows, text and counts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from app.casework.replay import MOST_NAMED, Replay, ReplayedCase, compared
from app.model.case import Authorization
from app.model.determination import Determination
from app.model.eligibility import EligibilityStatus
from app.model.formatting import VALUE_WORDS, count_in_words, dose_in_words
from app.output.headline import headline, headline_shape
from app.output.phrases import (
    NO_DOSING_BY_ROUTE,
    finding_text,
    limit_rows,
    period_text,
    requested_text,
    without_limit,
)
from app.output.regimen_words import regimens_words
from app.output.stated_sections import length_words
from app.output.units_section import vials_text

REPLAY_HEADINGS = ("Case", "Reference", "What changes", "Before", "Now")
MEANING = (
    "Each case was judged by both versions, whatever its date of service. In use, the version in "
    "force on the date of service counts."
)
_NO_LIMIT = "no limit stated"
_PERIOD = "Approval period"
_ELIGIBILITY: dict[EligibilityStatus, str] = {
    "met": "met",
    "not_met": "not met",
    "incomplete": "answers are missing",
    "not_covered": "the use is not covered",
    "not_addressed": "the document does not judge the use",
}

REPLAY_FAILED = "Stopped by a failure of Aldesk; not every case was judged."
REPLAY_STOPPED = "Stopped: the rest was not judged."


@dataclass(frozen=True, slots=True)
class ReplayRow:
    """One change for one case."""

    name: str
    reference: str
    what: str
    before: str
    after: str


def replay_rows(replay: Replay) -> tuple[ReplayRow, ...]:
    """Return one row for each change, case by case."""
    return tuple(
        ReplayRow(one.name, one.case.reference or "", *told)
        for one in replay.changed
        for told in _changes(one)
    )


def replay_counts(replay: Replay) -> tuple[str, ...]:
    """Return how many cases were judged, how many change, and how many were not judged."""
    counts = [
        f"Judged by both versions: {count_in_words(replay.judged, 'case')}.",
        f"The result differs for: {count_in_words(_changed(replay), 'case')}.",
    ]
    if replay.of_another_policy:
        others = count_in_words(replay.of_another_policy, "case")
        counts.append(f"Of another policy, not judged: {others}.")
    if replay.unreadable:
        counts.append(f"Not readable, not judged: {count_in_words(_unreadable(replay), 'row')}.")
    return tuple(counts)


def replay_text(replay: Replay) -> str:
    """Return the counts, one line for each change below its case, and the unreadable rows."""
    return "\n".join(_lines(replay))


def _lines(replay: Replay) -> Iterator[str]:
    yield MEANING
    yield from replay_counts(replay)
    for name, rows in groupby(replay_rows(replay), key=lambda row: (row.name, row.reference)):
        yield ""
        yield ", ".join(filter(None, name))
        yield from (f"  {row.what}: {row.before} → {row.after}" for row in rows)
    if replay.more_changed:
        yield ""
        yield f"The result differs for {count_in_words(replay.more_changed, 'more case')}."
    if replay.unreadable:
        yield ""
        yield "Not readable"
        yield from (f"  {name}: {reason}" for name, reason in replay.unreadable)
    if replay.more_unreadable:
        yield f"  {count_in_words(replay.more_unreadable, 'more row')}."


def _changed(replay: Replay) -> int:
    return len(replay.changed) + replay.more_changed


def _unreadable(replay: Replay) -> int:
    return len(replay.unreadable) + replay.more_unreadable


def _changes(one: ReplayedCase) -> Iterator[tuple[str, str, str]]:
    """Yield each change as its name, the text before and the text now."""
    before, after = compared(one.before), compared(one.after)
    differing = {key for key in before | after if before.get(key) != after.get(key)}
    period = partial(_period, one.case.authorization)
    for what, keys, words in _ASPECTS:
        if differing & keys:
            yield what, words(one.before), words(one.after)
    if "approval" in differing:
        yield _PERIOD, period(one.before), period(one.after)
    old, new = _limits(one.before), _limits(one.after)
    for label in dict.fromkeys([*new, *old]):
        if old.get(label) != new.get(label):
            yield label, old.get(label, _NO_LIMIT), new.get(label, _NO_LIMIT)


def _limits(determination: Determination) -> dict[str, str]:
    """Return every limit other than the dose in words, by label; equal labels are joined."""
    limit = determination.dose_limit
    rows = sorted(limit_rows(limit), key=lambda row: row.label) if limit else []
    return {
        label: "; ".join(row.text for row in below)
        for label, below in groupby(rows, key=lambda row: row.label)
    }


def _status(determination: Determination) -> str:
    return f"{headline_shape(determination)} {headline(determination)}"


def _waiting(determination: Determination) -> str:
    return ", ".join(VALUE_WORDS[key] for key in determination.unconfirmed) or "nothing"


def _dose(determination: Determination) -> str:
    limit = determination.dose_limit
    if limit is None:
        told = without_limit(determination, NO_DOSING_BY_ROUTE).removesuffix(".")
        return f"{told[0].lower()}{told[1:]}"
    if limit.max_dose_iu is None:
        return limit.basis
    return f"{dose_in_words(limit.max_dose_iu)} per {limit.per}"


def _request(determination: Determination) -> str:
    findings = determination.request_check.findings
    told = (f"{requested_text(one)}: {finding_text(one)}" for one in findings)
    return " ".join(told) or "nothing is requested"


def _course(determination: Determination) -> str:
    findings = determination.course_check.findings if determination.course_check else ()
    return " ".join(one.message for one in findings) or "nothing against it"


def _vials(determination: Determination) -> str:
    units = determination.units
    if units is None:
        return "not known" if determination.dose_limit else "none"
    return vials_text(units.vials_by_content, units.vials_by_volume)


def _lengths(determination: Determination) -> str:
    told = (
        f"{length_words(one.length)}{'' if one.applies else ' (' + _MAY[one.applies] + ')'}"
        for one in determination.approval_lengths
    )
    return "; ".join(told) or "none with this status"


_MAY = {None: "not known whether it applies", False: "does not apply"}


def _period(granted: Authorization, determination: Determination) -> str:
    period = determination.approval_period
    return period_text(period, granted) if period else "none with this status"


_ASPECTS: tuple[tuple[str, frozenset[str], Callable[[Determination], str]], ...] = (
    ("Status", frozenset({"approval_status"}), _status),
    ("Criteria", frozenset({"eligibility_status"}), lambda it: _ELIGIBILITY[it.eligibility.status]),
    ("Waits for a confirmation", frozenset({"unconfirmed"}), _waiting),
    ("Documented limit", frozenset({"max_dose_iu", "per", "basis"}), _dose),
    ("Regimens", frozenset({"regimens"}), regimens_words),
    ("Request", frozenset({"request"}), _request),
    ("Course", frozenset({"course"}), _course),
    ("Vials for one session", frozenset({"vials"}), _vials),
    ("Length of approval", frozenset({"lengths"}), _lengths),
)


@dataclass(slots=True)
class ReplayTally:
    """A running count of the judged cases, which does not keep their determinations."""

    judged: int = 0
    changed: int = 0
    of_another_policy: int = 0
    unreadable: int = 0

    def add(self, part: Replay) -> list[ReplayRow]:
        """Add the counts of another part, and return its rows to list: the first of each kind."""
        self.judged += part.judged
        self.changed += _changed(part)
        self.of_another_policy += part.of_another_policy
        self.unreadable += _unreadable(part)
        changes = replay_rows(part) if self.changed <= MOST_NAMED else ()
        unreadable = _unreadable_rows(part) if self.unreadable <= MOST_NAMED else ()
        return [*changes, *unreadable]

    def text(self) -> str:
        """Return the counts, leaving out cases of other policies and unreadable rows if 0."""
        words = [
            f"{count_in_words(self.judged, 'case')} judged by both versions",
            f"the result differs for {count_in_words(self.changed, 'case')}{_listed(self.changed)}",
        ]
        if self.of_another_policy:
            words.append(f"{count_in_words(self.of_another_policy, 'case')} of another policy")
        if self.unreadable:
            rows = count_in_words(self.unreadable, "row")
            words.append(f"{rows} not readable{_listed(self.unreadable)}")
        return f"{'; '.join(words)}."


def _listed(count: int) -> str:
    return f", of which {MOST_NAMED:,} are listed" if count > MOST_NAMED else ""


def _unreadable_rows(part: Replay) -> list[ReplayRow]:
    """Return the rows that are not valid cases, each with the reason, for the same table."""
    return [
        ReplayRow(name, "", "Not readable", "", why.replace("\n", " "))
        for name, why in part.unreadable
    ]
