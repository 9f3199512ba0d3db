"""Writes the entries of a policy file, and their parts, in words for people.

Numbers follow `app.model.formatting`, answers the catalog of questions. Compares nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.casework.policy_diff import ALL_OR_ANY, ORDER, WITHIN, PolicyPlace, Statement
from app.model.approval import Approval
from app.model.catalog import Catalog
from app.model.criterion import Comparison, Group
from app.model.determination import RequestStatus
from app.model.document import Citation
from app.model.dosing import Dose, Limit
from app.model.formatting import count_in_words, date_in_words, dose_in_words
from app.model.policy import Note, Review, StatusRule, When
from app.output.phrases import LIMITS, STATUS, answer_text

NOT_STATED = "not stated"
_WANTED = "requirement"
SOURCE = "place in the document"
# The aspect to which a part belongs; "" is the main statement of the entry.
_ASPECTS = {
    **dict.fromkeys(("iu", "per", "value", "months", "every_months", "status"), ""),
    **dict.fromkeys(("question", "is", "at_least", "at_most", "any_of", "none_of"), _WANTED),
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
_LENGTHS = {
    "once": "once",
    "end_of_plan_year": "until the end of the plan year",
    "not_stated": "no length stated",
}
_LIMITS = {name: in_words for name, _, in_words in LIMITS}
_PER = {
    "kg": "for each kg of body weight",
    "m2": "for each m² of body surface area",
    "lesion": "to each lesion",
    "dose": "for each dose",
    "visit": "in one visit, all lesions together",
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
        """Return the question with the required answer, or whether all or one must be met."""
        if isinstance(value, Group):
            return f"{'all' if value.all_ else 'one'} of the criteria in it"
        question = self.catalog.questions[value.question]
        [(how, wanted)] = value.wanted.items()
        bound = {"is": "", "any_of": "any of: ", "none_of": "none of: "}.get(
            how, f"{_spaced(how)} "
        )
        return f"{question.label} {bound}{answer_text(wanted, question)}"

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
        return date_in_words(part) if isinstance(part, date) else str(part)


def _main(key: str, value: Any) -> str:
    """Return the main statement of an entry, such as its number with the unit."""
    if isinstance(value, Dose):
        return f"at most {dose_in_words(value.iu)} {_PER[value.per]}"
    if isinstance(value, Limit):
        return _LIMITS[key](value.value)
    if isinstance(value, Approval):
        return f"for {length_words(value.length)}"
    if isinstance(value, Review):
        return f"every {count_in_words(value.every_months, 'month')}"
    return STATUS[value.status] if isinstance(value, StatusRule) else str(value)


def length_words(length: dict[str, Any]) -> str:
    """Return a length of approval in words, as for {"months": 12}."""
    [(unit, count)] = length.items()
    return _LENGTHS.get(unit) or count_in_words(count, unit.removesuffix("s"))


def _spaced(key: str) -> str:
    return key.replace("_", " ")
