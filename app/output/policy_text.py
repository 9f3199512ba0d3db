"""Writes the entries of a policy file, and their parts, in words for people.

Numbers follow `app.model.formatting`, answers the catalog of questions. Compares nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.casework.policy_diff import ALL_OR_ANY, ORDER, WITHIN, PolicyPlace, Statement
from app.model.approval import LENGTHS, Approval
from app.model.catalog import Catalog
from app.model.criterion import Comparison, Group
from app.model.determination import RequestStatus
from app.model.document import Citation
from app.model.dosing import Dose, Limit, LimitOver, Pattern, Rest
from app.model.formatting import count_in_words, date_in_words, dose_in_words
from app.model.policy import Note, Review, StatusRule, When
from app.model.uses import CodeList
from app.output.phrases import LIMITS, STATUS, answer_text
from app.output.stated_sections import length_words

NOT_STATED = "not stated"
UNSAID = "the document does not say"
_WANTED = "requirement"
SOURCE = "place in the document"
# The aspect to which a part belongs; "" is the main statement of the entry.
_ASPECTS = {
    **dict.fromkeys(("iu", "per", "value", "every_months", "status", *LENGTHS), ""),
    **dict.fromkeys(("question", "is", "at_least", "at_most", "over", "under"), _WANTED),
    **dict.fromkeys(("any_of", "none_of"), _WANTED),
    ALL_OR_ANY: _WANTED,
    WITHIN: "group",
    "text": "wording",
    "when": "shown",
    "citation": SOURCE,
}
_NO_LABEL = ("", "wording", _WANTED)
_TITLES = {
    "id": "Name of the policy in Aldesk",
    "document": "Short name of the document",
    "notes": "Notes",
    "dose": "Limit per dose",
    "max_doses_per_day": "Frequency in a day",
    "max_doses_per_week": "Frequency in a week",
    "max_doses_per_cycle": "Doses in a cycle",
    "min_rest_days": "Rest between the cycles",
    "min_course_rest_days": "Rest between courses",
    "met": "Where the criteria are met",
    "incomplete": "Where answers are missing",
    "not_covered": "Criterion not met by unlisted uses",
}
_LIMITS = {name: in_words for name, _, in_words in LIMITS}
_PER = {
    "kg": "for each kg of body weight",
    "m2": "for each m² of body surface area",
    "lesion": "to each lesion",
    "dose": "in each dose",
    "visit": "in each visit",
}
_REQUESTS: dict[RequestStatus, str] = {
    "not_requested": "nothing",
    "within_limits": "within the limits",
    "exceeds_limits": "beyond a limit",
    "incomplete": "not to be checked yet",
    "no_regimen": "without documented dosing",
    "no_limit_stated": "without a stated limit",
}


def aspect_of(part: PolicyPlace) -> str:
    """Return the aspect to which a part belongs, by default the key of the part in words."""
    key = part[0] if part else ""
    return _ASPECTS.get(key, key.replace("_", " "))


@dataclass(frozen=True, slots=True)
class PolicyWords:
    """The phrases for the entries of one version; texts of the file are not changed."""

    entries: dict[PolicyPlace, Statement]
    catalog: Catalog

    def title(self, place: PolicyPlace) -> str:
        """Return the title of an entry."""
        key, value = place[-1], self.entries[place].value
        if isinstance(value, Comparison | Group):
            group = self.entries[place].parts[(WITHIN,)]
            return f"“{value.text}”{f' in {self._named(place, (group,))}' if group else ''}"
        if isinstance(value, Note):
            return f"Note “{_spaced(key)}”"
        return _TITLES.get(key, _spaced(key).capitalize())

    def whole(self, place: PolicyPlace) -> str:
        """Return everything that an entry says, without its citation."""
        value = self.entries[place].value
        unsaid = {"id", ORDER, SOURCE, "group"}
        if isinstance(value, Comparison | Group):
            unsaid.add("wording")  # it is the title
        aspects = dict.fromkeys(aspect_of(part) for part in self.entries[place].parts)
        told = {one: self.aspect(place, one) for one in aspects if one not in unsaid}
        words = [text for one, text in told.items() if one in _NO_LABEL]
        more = "; ".join(f"{one}: {text}" for one, text in told.items() if one not in _NO_LABEL)
        return " ".join((*words, f"({more})" if words and more else more)).strip()

    def aspect(self, place: PolicyPlace, aspect: str) -> str:
        """Return one aspect of an entry in words."""
        entry = self.entries[place]
        if aspect == _WANTED:
            return self._wanted(entry.value)
        if aspect == "":
            return _main(place[-1], entry.value)
        if aspect == "shown":
            return "; ".join(self._conditions(entry.value.when)) or "always"
        part = next((one for key, one in entry.parts.items() if aspect_of(key) == aspect), None)
        if aspect == "group":
            return self._named(place, (str(part),))
        if aspect == ORDER:
            return self._named(place, entry.parts[(ORDER,)])
        return self._plain(aspect, part)

    def _wanted(self, value: Comparison | Group) -> str:
        """Return the question with the required answer, or how many criteria must be met."""
        if isinstance(value, Group):
            return f"{_groups(value)} of the criteria in it"
        question = self.catalog.questions[value.question]
        told = [
            f"{_bound(how, wanted)}{answer_text(wanted, question)}"
            for how, wanted in value.wanted.items()
        ]
        return f"{question.label} {' or '.join(told)}"

    def _conditions(self, when: When) -> Iterator[str]:
        for key, label in (("indications", "indication"), ("routes", "route")):
            names = getattr(when, key)
            if names is not None:
                yield f"{label} {self._choices(label, names)}"
        if when.approval_status is not None:
            yield f"status {' or '.join(STATUS[one] for one in when.approval_status)}"
        if when.request_status is not None:
            yield f"request {' or '.join(_REQUESTS[one] for one in when.request_status)}"
        if when.beyond_dosing is not None:
            yield f"{'beyond' if when.beyond_dosing else 'not beyond'} the documented dosing"
        if when.dosing_documented is not None:
            yield f"dosing {'documented' if when.dosing_documented else 'not documented'}"
        if when.course_number_at_least is not None:
            yield f"course number at least {when.course_number_at_least}"
        if when.til is not None:
            with_it = "with" if when.til else "without"
            yield f"{with_it} tumor-infiltrating lymphocyte therapy"

    def _choices(self, key: str, names: tuple[str, ...]) -> str:
        return " or ".join(self.catalog.inputs[key].choices[one] for one in names)

    def _named(self, place: PolicyPlace, ids: tuple[str, ...]) -> str:
        """Return the texts of criteria, or the names of notes, by their ids."""
        beside = place if place == ("notes",) else place[:-1]
        values = [self.entries[(*beside, one)].value for one in ids if one]
        names = (_spaced(one.id) if isinstance(one, Note) else one.text for one in values)
        return ", ".join(f"“{name}”" for name in names) or "none"

    def _plain(self, aspect: str, part: Any) -> str:
        if part is None:
            return "every route" if aspect == "routes" else NOT_STATED
        if aspect == "routes":
            return f"{self._choices('route', part)} only"
        if isinstance(part, Citation):
            return part.text
        if isinstance(part, tuple | dict):
            return ", ".join(map(str, part.values() if isinstance(part, dict) else part))
        return date_in_words(part) if isinstance(part, date) else str(part)


def _main(key: str, value: Any) -> str:
    """Return the main statement of an entry, such as its number with the unit."""
    if isinstance(value, Limit | Rest):
        return _LIMITS[key](value.value)
    words = next((words for kind, words in _WORDS if isinstance(value, kind)), None)
    if words is not None:
        return words(value)
    if getattr(value, "not_stated", None):
        return UNSAID
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _groups(value: Group) -> str:
    kinds = {"all": "all", "any": "one", "none": "none"}
    return kinds.get(value.kind, f"at least {value.at_least}")


def _bound(how: str, wanted: object) -> str:
    """Return the words of a comparison before what it wants."""
    if how == "is":
        return ""
    if isinstance(wanted, tuple):
        return {"any_of": "any of: ", "none_of": "none of: "}.get(how, "below: ")
    return f"{_spaced(how)} "


def codes_words(value: CodeList) -> str:
    """Return the codes of a list, and those below which others count."""
    parts = [f"{value.code}: {value.text}" if value.text else value.code] if value.code else []
    parts += [", ".join(value.any_of)] if value.any_of else []
    parts += [f"below {', '.join(value.under)}"] if value.under else []
    return "; ".join(parts)


def limit_over_words(value: LimitOver) -> str:
    """Return a limit over some time in words, such as "at most 28 doses per course"."""
    per = f"{value.days} days" if value.days is not None else value.per
    return f"at most {value.at_most:,} {_OF[value.of]} per {per}"


def pattern_words(value: Pattern) -> str:
    """Return the days of a cycle with doses in words."""
    days = ", ".join(f"{one.from_} to {one.to}" for one in value.on)
    which = f"; cycles {', '.join(map(str, value.cycles))}" if value.cycles else ""
    return f"days {days} of a cycle of {value.cycle_days} days{which}"


_OF = {
    "doses": "doses",
    "cycles": "cycles",
    "units": "vials",
    "iu": "International Units",
}


def _spaced(key: str) -> str:
    return key.replace("_", " ")


# The words of each kind of entry that has a main statement.
_WORDS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (Dose, lambda value: f"at most {dose_in_words(value.iu)} {_PER[value.per]}"),
    (Approval, lambda value: f"for {length_words(value.length)}"),
    (Review, lambda value: f"every {count_in_words(value.every_months, 'month')}"),
    (StatusRule, lambda value: STATUS[value.status]),
    (CodeList, codes_words),
    (LimitOver, limit_over_words),
    (Pattern, pattern_words),
)
