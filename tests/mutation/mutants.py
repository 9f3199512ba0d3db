"""Makes every small change that mutmut's operators can make in a file, also outside of functions.

mutmut itself changes plain functions only. Constants, properties and class bodies matter as well,
so its operators are applied to the whole file here. Not changed is what decides nothing:
annotations, type variables, imports, decorators, docstrings and `__all__`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import libcst as cst
import libcst.matchers as m
from mutmut.mutation.mutators import mutation_operators

from tests.mutation.change import Change, change_between

_LEFT_ALONE = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change, and the whole text of the file with it."""

    change: Change
    source: str


def mutants(root: Path, file: str) -> Iterator[Mutant]:
    """Yield each change of a project file, without repeating any resulting text."""
    source = (root / file).read_text("utf-8")
    module = cst.parse_module(source)
    seen = {source}
    for place, statement in enumerate(module.body):
        above, below = (
            _code(module, part) for part in (module.body[:place], module.body[place + 1 :])
        )
        for changed_statement in _changed(statement):
            changed = f"{above}{module.code_for_node(changed_statement)}{below}"
            if changed not in seen:
                seen.add(changed)
                yield Mutant(change_between(file, source, changed), changed)


def _code(module: cst.Module, statements: Sequence[cst.CSTNode]) -> str:
    return "".join(module.code_for_node(one) for one in statements)


def _changed(statement: cst.CSTNode) -> Iterator[cst.CSTNode]:
    visitor = _Visitor()
    statement.visit(visitor)
    for old, new in visitor.found:
        changed = statement.visit(_Replacement(old, new))
        if isinstance(changed, cst.CSTNode):
            yield changed


class _Visitor(cst.CSTVisitor):
    """Collects each node that can be changed, with a replacement."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[cst.CSTNode, cst.CSTNode]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, _LEFT_ALONE) or _names_the_public(node) or _is_for_types(node):
            return False
        for kind, operator in mutation_operators:
            if isinstance(node, kind) and not _can_only_crash(node):
                self.found += ((node, new) for new in operator(node))
        return True


class _Replacement(cst.CSTTransformer):
    """Replaces one node by another and visits nothing after it."""

    def __init__(self, old: cst.CSTNode, new: cst.CSTNode) -> None:
        super().__init__()
        self._old, self._new = old, new
        self._is_done = False

    def on_visit(self, node: cst.CSTNode) -> bool:
        return not self._is_done and node is not self._old

    def on_leave(self, original_node: cst.CSTNodeT, updated_node: cst.CSTNodeT) -> Any:
        if original_node is not self._old:
            return updated_node
        self._is_done = True
        return self._new


def _can_only_crash(node: cst.CSTNode) -> bool:
    """Return whether this is a call that raises with any other number or kind of arguments."""
    return isinstance(node, cst.Call) and m.matches(node.func, m.Name("len") | m.Name("isinstance"))


def _names_the_public(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Assign) and any(
        isinstance(one.target, cst.Name) and one.target.value == "__all__" for one in node.targets
    )


def _is_for_types(node: cst.CSTNode) -> bool:
    return m.matches(node, m.Assign(value=m.Call(func=m.Name("TypeVar"))))
