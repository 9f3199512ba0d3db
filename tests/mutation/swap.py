"""Replaces the code of one function by that of a changed file, in the running program."""

import importlib
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from tests.mutation.mutants import Mutant


def swap(mutant: Mutant) -> bool:
    """Replace the function's code by the changed code; return False if that is not possible."""
    file, name = mutant.change.file, mutant.change.function
    module = importlib.import_module(".".join(Path(file).with_suffix("").parts))
    function = _function(module, name)
    changed = _code(compile(mutant.source, file, "exec", dont_inherit=True), name)
    if function is None or changed is None:
        return False
    if changed.co_freevars != function.__code__.co_freevars:
        return False
    function.__code__ = changed
    return True


def _function(module: Any, name: str) -> FunctionType | None:
    """Return the function itself, also if a property or a decorator wraps it, or None."""
    found = module
    for part in name.split("."):
        found = vars(found).get(part)
    for holder in ("fget", "func", "__func__", "__wrapped__"):
        found = getattr(found, holder, found)
    return found if isinstance(found, FunctionType) else None


def _code(code: CodeType, name: str) -> CodeType | None:
    inner = [one for one in code.co_consts if isinstance(one, CodeType)]
    for one in inner:
        if one.co_qualname == name:
            return one
    return next((found for one in inner if (found := _code(one, name)) is not None), None)
