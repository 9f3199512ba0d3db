"""What a policy that is being written may name: questions, indications, routes, its criteria.

It is the catalog's words together with those of the draft, however far those are written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.casework.policy_form import COMPARISON, GROUP
from app.casework.policy_form_draft import Path, PolicyDraft
from app.casework.policy_form_words import Of, spelled
from app.model.catalog import Catalog
from app.model.vocabulary import OTHER, Known

QUESTION = "question"  # the key with which a criterion names what it asks


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question that a criterion may ask, with the comparisons and choices of its answer."""

    label: str
    kind: str
    choices: dict[str, str]
    comparisons: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """The names that a draft may use, with their labels."""

    draft: PolicyDraft
    catalog: Catalog

    def named(self, of: Of, at: Path = ()) -> dict[str, str]:
        """Return ids with labels; of criteria those that stand with the place `at`."""
        if of == "questions":
            return {name: one.label for name, one in self.questions().items()}
        if of == "criteria":
            return self._criteria(at)
        known = self.catalog.inputs[of.removesuffix("s")].choices
        return {**known, **{name: label_of(one, name) for name, one in self._own(of).items()}}

    def known(self, known: Known, others: Mapping[str, str]) -> dict[str, str]:
        """Return the ids that may stand where the grammar knows them, with their labels.

        `others` are the labels of those that are neither indications nor routes.
        """
        of: Of = "indications" if known.kind == "indication" else "routes"
        names = self.named(of) | {name: others.get(name, spelled(name)) for name in known.also}
        # What covers every use says so by its own key.
        return {name: one for name, one in names.items() if name != OTHER or not known.also}

    def questions(self) -> dict[str, AskedQuestion]:
        """Return the questions of the catalog and of the draft by their ids."""
        known = {
            name: AskedQuestion(one.label, one.kind, dict(one.choices), one.comparisons)
            for name, one in self.catalog.questions.items()
        }
        by_kind = {one.kind: one.comparisons for one in known.values()}
        own = {
            name: AskedQuestion(
                label_of(one, name),
                str(_of(one, "kind") or ""),
                _texts(_of(one, "choices")),
                by_kind.get(str(_of(one, "kind")), ()),
            )
            for name, one in self._own("questions").items()
        }
        return {**own, **known}

    @property
    def comparisons(self) -> frozenset[str]:
        """Every key by which a criterion can compare an answer."""
        return frozenset(key for one in self.questions().values() for key in one.comparisons)

    def _own(self, key: str) -> dict[str, Any]:
        found = self.draft.values.get(key)
        return found if isinstance(found, dict) else {}

    def _criteria(self, at: Path) -> dict[str, str]:
        """Return the criteria of the indication in which `at` stands, and those of all uses."""
        own = self.draft.at(at[:2]) if at[:1] == ("coverage",) else self.draft.at(("coverage",))
        common = {key: one for key, one in self.draft.values.items() if key != "coverage"}
        return {name: text for part in (own, common) for name, text in _criteria_in(part).items()}


def _criteria_in(value: Any) -> dict[str, str]:
    """Return the ids and texts of all criteria in a part of a draft."""
    found: dict[str, str] = {}
    if isinstance(value, dict):
        keys = {one.key for shape in (COMPARISON, GROUP) for one in shape.fields}
        marks = {QUESTION, *(one.key for one in GROUP.fields if one.shape.kind == "list")}
        if isinstance(value.get("id"), str) and value.keys() <= keys and value.keys() & marks:
            found[value["id"]] = label_of(value, value["id"])
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in below:
        found.update(_criteria_in(one))
    return found


def _of(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None


def _texts(value: Any) -> dict[str, str]:
    return {str(key): str(one) for key, one in value.items()} if isinstance(value, dict) else {}


def label_of(value: Any, name: str) -> str:
    """Return what a part is called: its label, name or text, or its id spelled out."""
    found = next(filter(None, (_of(value, key) for key in ("label", "name", "text"))), None)
    return str(found) if found else spelled(name)
