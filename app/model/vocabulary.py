"""The words that a policy file adds to the catalog, and which ids its criteria may use.

What a file may say is the catalog and its own words together; both are the validation context.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Annotated, Any, Literal

from app.model.catalog import Catalog, Question
from app.model.data import Limited, Refusal, data
from app.model.document import Identifier, Text

ANY_INDICATION = "any_indication"
# What a policy says of a question of its own.
OWN_KEYS = frozenset(
    ("label", "help", "choices", "kind", "answered_by", "unit", "decimals", "from_", "to", "system")
)
OTHER = "other"  # an indication that no policy lists


@data
class OwnIndication:
    """An indication of the policy; `includes` are the narrower ones that it covers as well."""

    label: Text
    includes: Annotated[tuple[Identifier, ...], Limited(entries=1)] | None = None


@data
class OwnRoute:
    """A route of the policy."""

    label: Text


@data
class OwnWords:
    """The questions, indications and routes of a policy file, by their ids."""

    questions: dict[Identifier, Question] = field(default_factory=dict)
    indications: dict[Identifier, OwnIndication] = field(default_factory=dict)
    routes: dict[Identifier, OwnRoute] = field(default_factory=dict)

    def fit(self, catalog: Catalog) -> None:
        """Do nothing if the words agree with the catalog's and each other. Raises Refusal."""
        for name, question in self.questions.items():
            _refuse_places(name, question)
            known = catalog.questions.get(name)
            if known is not None and not is_same_question(known, question):
                message = "Aldesk has this question with another kind or other choices"
                raise Refusal(message, at=f"questions.{name}")
        for kind, entries in (("indication", self.indications), ("route", self.routes)):
            for name, entry in entries.items():
                label = _labels(catalog, kind).get(name, entry.label)
                if entry.label != label or name == ANY_INDICATION:
                    raise Refusal(f"this id means {label!r}", at=f"{kind}s.{name}")
        for name, indication in self.indications.items():
            for narrower in indication.includes or ():
                known_ids = {*_labels(catalog, "indication"), *self.indications} - {OTHER, name}
                if narrower not in known_ids:
                    message = f"there is no other indication {narrower!r}"
                    raise Refusal(message, at=f"indications.{name}.includes")


def _refuse_places(name: str, question: Question) -> None:
    """Refuse a key of the catalog's questions that says where one stands: the program says that."""
    for one in fields(Question):
        if one.name not in OWN_KEYS and getattr(question, one.name) != one.default:
            raise Refusal("the key is not known", at=f"questions.{name}.{one.name}")


def is_same_question(one: Question, other: Question) -> bool:
    """Return whether two questions take the same answers, so that one answer serves for both."""
    return _answers(one) == _answers(other)


def _answers(question: Question) -> tuple[object, ...]:
    bounds = (question.unit, question.decimals or 0, question.from_, question.to)
    return (question.kind, set(question.choices), question.system, *bounds)


def _labels(catalog: Catalog, kind: str) -> dict[str, str]:
    return catalog.inputs[kind].choices


def questions_in(context: dict[str, Any]) -> dict[str, Question]:
    """Return the questions that the criteria of a file may refer to."""
    catalog, own = _words(context)
    found = {**own.questions, **catalog.questions}
    if own.routes and "route" in found:
        routes = {name: one.label for name, one in own.routes.items()}
        choices = {**found["route"].choices, **routes}
        found["route"] = replace(found["route"], choices=choices)
    return found


def _words(context: dict[str, Any]) -> tuple[Catalog, OwnWords]:
    return context["catalog"], context.get("own", OwnWords())


@dataclass(frozen=True, slots=True)
class Known:
    """The id of an indication or a route that catalog or policy has, or one of `also`."""

    kind: Literal["indication", "route"]
    also: tuple[str, ...] = ()

    def _find(self, name: str, info: Any) -> str:
        catalog, own = _words(info.context)
        own_ids: Iterable[str] = own.indications if self.kind == "indication" else own.routes
        known = dict.fromkeys([*_labels(catalog, self.kind), *own_ids, *self.also])
        if name not in known:
            raise Refusal(f"must be one of: {', '.join(known)}")
        return name

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema  # noqa: PLC0415  # known at the boundary only

        return core_schema.with_info_after_validator_function(self._find, handler(source))


IndicationId = Annotated[Text, Known("indication")]
RouteId = Annotated[Text, Known("route")]
CoveredId = Annotated[Text, Known("indication", also=(ANY_INDICATION,))]
