"""The regimens of a route in words: limits over time, days on, and what a rest counts from.

A regimen that has nothing beside what the dose and its limits tell has no section of its own.
"""

from collections.abc import Iterator

from app.model.catalog import Catalog
from app.model.determination import CycleDays, Determination, OverTime, RegimenLimit
from app.model.formatting import count_in_words, dose_in_words
from app.output.phrases import LIMITS, NOT_KNOWN, Row, Section

_TITLE = "Regimens that the policy documents"
_APPLIES = {True: "applies", False: "does not apply", None: "not known whether it applies"}
_MEANING = (
    "A request fits if it fits one regimen that applies in full; limits of two are never mixed."
)
_FROM = {
    "last_dose": "",
    "discharge": "days from the discharge",
    "first_dose": "days from the first dose",
}
_NOUNS = {"doses": "dose", "cycles": "cycle", "units": "vial"}


def regimens_section(found: Determination, catalog: Catalog) -> Section | None:
    """Return the regimens with what they state, or None where the dose alone tells all of it."""
    if len(found.regimens) == 1 and not _says_more(found.regimens[0]):
        return None
    rows = tuple(row for one in found.regimens for row in _rows(one, catalog))
    return Section(_TITLE, rows, _MEANING if len(found.regimens) > 1 else "") if rows else None


def regimens_words(found: Determination) -> str:
    """Return what the regimens state beside the dose and its plain limits, in one line."""
    told = []
    for one in found.regimens:
        rests = [
            _limit_words(name, value, in_words(value), one)
            for name, _, in_words in LIMITS
            if (value := getattr(one, name)) is not None
        ]
        over_time = [f"{over_time_label(x.of, x.per, x.days)}: {most_words(x)}" for x in one.limits]
        days = [days_words(x) for x in one.pattern]
        words = ", ".join([_APPLIES[one.applies], _dose_words(one), *rests, *over_time, *days])
        told.append(f"{one.name or 'Regimen'}: {words}")
    return "; ".join(told) or "none"


def _says_more(one: RegimenLimit) -> bool:
    rests = {one.rest_from, one.course_rest_from} - {None, "last_dose"}
    return bool(one.limits or one.pattern or rests) or one.per is None or one.applies is not True


def _rows(one: RegimenLimit, catalog: Catalog) -> Iterator[Row]:
    """Yield a regimen with whether it applies, its dose, and each of its limits."""
    asked = [catalog.label(key) for key in one.missing if _is_asked(key, catalog)]
    waits = f"; to be known: {', '.join(asked)}" if asked else ""
    yield Row(one.name or "Regimen", f"{_APPLIES[one.applies]}{waits}", one.citation)
    yield Row("Dose", _dose_words(one), one.citation)
    for name, label, in_words in LIMITS:
        value: int | None = getattr(one, name)
        if value is not None:
            yield Row(label, _limit_words(name, value, in_words(value), one), one.citations[name])
    for limit in one.limits:
        yield Row(
            over_time_label(limit.of, limit.per, limit.days), most_words(limit), limit.citation
        )
    for days in one.pattern:
        yield Row(_cycles_label(days), days_words(days), days.citation)


def _is_asked(key: str, catalog: Catalog) -> bool:
    return key in catalog.inputs or key in catalog.questions


def _dose_words(one: RegimenLimit) -> str:
    if one.per is None:
        return "no limit stated"
    if one.max_dose_iu is None:
        return f"{NOT_KNOWN}: {one.basis}"
    return f"at most {dose_in_words(one.max_dose_iu)} per {one.per}"


def _limit_words(name: str, value: int, words: str, one: RegimenLimit) -> str:
    """Return a limit; a rest with what it counts from, where that is not the last dose."""
    counted = {"min_rest_days": one.rest_from, "min_course_rest_days": one.course_rest_from}
    start = _FROM[counted.get(name) or "last_dose"]
    return f"at least {value:,} {start}" if start else words


def over_time_label(of: str, per: str, days: int | None) -> str:
    """Return what a limit over time is about.

    >>> over_time_label("doses", "course", None), over_time_label("units", "days", 63)
    ('Doses per course', 'Vials in 63 days')
    """
    what = {"units": "Vials", "iu": "International Units"}.get(of, of.capitalize())
    return f"{what} per {per}" if days is None else f"{what} in {count_in_words(days, 'day')}"


def most_words(limit: OverTime) -> str:
    """Return the number of a limit over time with its unit."""
    if limit.of == "iu":
        return f"at most {dose_in_words(limit.at_most)}"
    return f"at most {count_in_words(limit.at_most, _NOUNS[limit.of])}"


def _cycles_label(days: CycleDays) -> str:
    if days.cycles is None:
        return "Days of a cycle"
    named = ", ".join(str(number) for number in days.cycles)
    return f"Days of cycle{'s' if len(days.cycles) > 1 else ''} {named}"


def days_words(days: CycleDays) -> str:
    """Return the days with doses of a cycle, and how long it is."""
    runs = [
        f"{one.first} to {one.last}" if one.last > one.first else f"{one.first}" for one in days.on
    ]
    return f"doses on days {', '.join(runs)}; a cycle has {count_in_words(days.cycle_days, 'day')}"
