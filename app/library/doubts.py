"""All doubts about a policy file: what a valid file says that is probably a slip.

A doubt is no refusal. Each kind is one function of `KINDS`, which yields a doubt for each value.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from app.library import doubts_by_comparison, doubts_of_branches, doubts_of_texts
from app.library.examined import Doubt, Examined
from app.library.policies import PolicyFile
from app.model.catalog import Catalog
from app.model.label import Label
from app.model.policy import Policy

KINDS: tuple[Callable[[Examined], Iterator[Doubt]], ...] = (
    doubts_of_texts.numbers_differ,
    doubts_of_texts.wordings_differ,
    doubts_of_texts.counts_differ,
    doubts_of_texts.bounds_outside,
    doubts_of_texts.amounts_differ,
    doubts_of_texts.bases_differ,
    doubts_of_branches.lengths_overlap,
    doubts_of_branches.uses_both_ways,
    doubts_by_comparison.doses_impossible,
    doubts_by_comparison.doses_far_off,
    doubts_by_comparison.bases_alone,
    doubts_by_comparison.counts_far_off,
    doubts_by_comparison.rests_short,
    doubts_by_comparison.other_payers_named,
    doubts_by_comparison.names_alike,
)


def doubts_about(
    file: PolicyFile, others: Iterable[Policy], catalog: Catalog, label: Label
) -> tuple[Doubt, ...]:
    """Return the doubts about a file beside other versions, those about limits and criteria first.

    The version itself may be among the others; it is not compared with itself.
    """
    policy, document = file.policy, file.document
    rest = tuple(one for one in others if one.sha256 != policy.sha256)
    seen = Examined(policy, rest, catalog, label)
    found = {one.id: one for kind in KINDS for one in kind(seen)}
    placed = (replace(one, line=document.line(one.path)) for one in found.values())
    return tuple(sorted(placed, key=lambda one: (one.severity != "high", one.line)))
