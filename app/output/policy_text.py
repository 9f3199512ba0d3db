"""Writes the entries of a policy file, and their parts, in words for people.

Numbers follow `app.model.formatting`, answers the catalog of questions. Compares nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.casework.policy_diff import ALL_OR_ANY, ORDER, WITHIN, PolicyPlace, Statement
from app.model.approval import Approval
from app.model.catalog import Catalog, Question
from app.model.criterion import Comparison, Group
from app.model.determination import RequestStatus
from app.model.document import Citation
from app.model.dosing import LimitOver, Pattern
from app.model.formatting import date_in_words
from app.model.policy import Note, When
from app.model.uses import CodeList, NamedUse
from app.model.vocabulary import OwnIndication, OwnRoute
from app.output.phrases import STATUS, answer_text
from app.output.policy_values import NOT_STATED, main_statement, over_words
from app.output.stated_sections import SYSTEMS

_WANTED = "requirement"
SOURCE = "place in the document"
# The aspect to which a part belongs; "" is the main statement of the entry.
_ASPECTS = {
    **dict.fromkeys(("iu", "per", "value", "every_months", "status", "from", "label", "kind"), ""),
    **dict.fromkeys(("months", "weeks", "days", "doses", "cycles", "once", "end_of_plan_year"), ""),
    **dict.fromkeys(("not_stated", "seen_on", "of", "cycle_days", "on", "because", "see"), ""),
    **dict.fromkeys(("system", "code", "choices", "unit"), ""),
    **dict.fromkeys(("question", "is", "any_of", "none_of", "over", "under"), _WANTED),
    **dict.fromkeys(("at_least", "at_most"), _WANTED),
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
    "dosing": "Dosing",
    "approval": "Approval",
    "review": "Review",
    "beyond_dosing": "Such requests",
    "when": "Applies where",
    "also": "Criteria of the first request that must be met again",
    "refused": "Renewal",
    "not_met": "Where the criteria are not met",
    "as_labeled": "Dosing by the label",
    "citation": "Place in the document",
    "met": "Where the criteria are met",
    "incomplete": "Where answers are missing",
    "not_covered": "Criterion not met by unlisted uses",
}
_GROUPS = {"all": "all", "any": "one", "none": "none"}
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
        if isinstance(value, Approval) and key not in _TITLES:
            return f"Approval for “{_spaced(key)}”"
        if key == "id" and len(place) > 1:
            return "Id"
        titled = _TITLED.get(type(value))
        return _TITLES.get(key, _spaced(key).capitalize()) if titled is None else titled(key, value)

    def whole(self, place: PolicyPlace) -> str:
        """Return everything that an entry says, without its citation."""
        value = self.entries[place].value
        unsaid = {"id", ORDER, SOURCE, "group"}
        if isinstance(value, Comparison | Group):
            unsaid.add("wording")  # it is the title
        aspects = dict.fromkeys(aspect_of(part) for part in self.entries[place].parts)
        told = {one: self.aspect(place, one) for one in aspects if one not in unsaid}
        words = dict.fromkeys(text for one, text in told.items() if one in _NO_LABEL)
        more = "; ".join(f"{one}: {text}" for one, text in told.items() if one not in _NO_LABEL)
        return " ".join((*words, f"({more})" if words and more else more)).strip()

    def aspect(self, place: PolicyPlace, aspect: str) -> str:
        """Return one aspect of an entry in words."""
        entry = self.entries[place]
        if aspect == _WANTED and isinstance(entry.value, Comparison | Group):
            return self._wanted(entry.value)
        if aspect in ("", _WANTED):
            return main_statement(place[-1], entry.value)
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
            how_many = _GROUPS.get(value.kind) or f"at least {value.at_least}"
            return f"{how_many} of the criteria in it"
        question = self.catalog.questions[value.question]
        told = (_wanted_words(how, wanted, question) for how, wanted in value.wanted.items())
        return f"{question.label} {', or '.join(told)}"

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
        if isinstance(part, tuple):
            return "; ".join(getattr(one, "text", str(one)) for one in part)
        if isinstance(part, dict):
            return ", ".join(map(str, part.values()))
        return date_in_words(part) if isinstance(part, date) else str(part)


_TITLED: dict[type, Callable[[str, Any], str]] = {
    Note: lambda key, _: f"Note “{_spaced(key)}”",
    Question: lambda key, _: f"Question “{_spaced(key)}”",
    OwnIndication: lambda key, _: f"Indication “{_spaced(key)}”",
    OwnRoute: lambda key, _: f"Route “{_spaced(key)}”",
    NamedUse: lambda key, _: f"Named use “{_spaced(key)}”",
    CodeList: lambda _, codes: f"Codes, {SYSTEMS[codes.system]}",
    LimitOver: lambda _, limit: f"Limit {over_words(limit)}",
    Pattern: lambda key, _: "Days of a cycle" if key == "pattern" else f"Days of {key}",
}


def _wanted_words(how: str, wanted: Any, question: Question) -> str:
    bound = {"is": "", "any_of": "any of: ", "none_of": "none of: "}.get(how, f"{_spaced(how)} ")
    return f"{bound}{answer_text(wanted, question)}"


def _spaced(key: str) -> str:
    return key.replace("_", " ")
