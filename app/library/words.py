"""The words and fields of a case: the catalog's, and those that policies bring."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from app.library.versions import NoPolicyInForce, Versions
from app.model.case_fields import CYCLES, Fields
from app.model.catalog import Catalog, Question
from app.model.data import Refusal
from app.model.dates import LocalDate
from app.model.known_fields import fields_of
from app.model.policy import Policy
from app.model.vocabulary import OwnIndication, OwnRoute

_OWN_CHOICES: dict[str, Callable[[Policy], Mapping[str, OwnIndication | OwnRoute]]] = {
    "indication": lambda policy: policy.indications,
    "route": lambda policy: policy.routes,
}


class Words(Versions):
    """The words of the catalog, which is `base_catalog`, together with those of all policies."""

    base_catalog: Catalog

    @cached_property
    def catalog(self) -> Catalog:
        """The words for every field that a case may have under any of the policies."""
        return self.catalog_for()

    def catalog_for(self, *policies: Policy, cycles: int = CYCLES) -> Catalog:
        """Return the same words, where several policies have some those of the first given one.

        A case that names more cycles than any policy has words for these `cycles` as well.
        """
        key = max(cycles, CYCLES), tuple(one.sha256 for one in policies)
        if key not in self._catalogs:
            self._catalogs[key] = self._catalog_of((*policies, *self.policies), cycles)
        return self._catalogs[key]

    @cached_property
    def _catalogs(self) -> dict[tuple[int, tuple[str, ...]], Catalog]:
        """Room for what `catalog_for` has made."""
        return {}

    def _catalog_of(self, policies: Iterable[Policy], cycles: int) -> Catalog:
        questions: dict[str, Question] = {}
        choices: dict[str, dict[str, str]] = {key: {} for key in _OWN_CHOICES}
        for policy in policies:
            questions = {**policy.questions, **questions}
            for key, of in _OWN_CHOICES.items():
                choices[key] = {name: one.label for name, one in of(policy).items()} | choices[key]
            cycles = max(cycles, policy.most_cycles)
        return self.base_catalog.extended(questions, choices, cycles)

    @property
    def fields(self) -> Fields:
        """The fields that a case may have under any of the policies, by key."""
        return self.fields_for(CYCLES)

    def fields_for(self, cycles: int) -> Fields:
        """Return the same fields, with those of so many cycles at least."""
        key = max(cycles, CYCLES)
        if key not in self._fields:
            self._fields[key] = fields_of(self.catalog_for(cycles=cycles), self._chosen)
        return self._fields[key]

    @cached_property
    def _fields(self) -> dict[int, Fields]:
        """Room for what `fields_for` has made."""
        return {}

    def _chosen(self, policy_id: object, day: object) -> dict[str, tuple[str, ...]]:
        """Return the ids of the indications and routes under the version that a case names.

        Without a date on which one is in force it is the newest version.
        """
        versions = [one for one in self.policies if one.id == policy_id]
        if not versions:
            return {}
        try:
            policy = self.in_force(versions[0].id, LocalDate().parse(day))
        except (Refusal, NoPolicyInForce):
            policy = versions[-1]
        return {key: tuple(self.choices(policy, key)) for key in _OWN_CHOICES}

    def choices(self, policy: Policy, key: str) -> dict[str, str]:
        """Return the labels of the indications or routes that a case may have under a policy."""
        own = {name: one.label for name, one in _OWN_CHOICES[key](policy).items()}
        return {**self.base_catalog.inputs[key].choices, **own}
