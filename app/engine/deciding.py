"""Which judged criteria decide, and what settles an open question."""

from collections.abc import Iterator

from app.model.determination import (
    Judged,
    JudgedAny,
    JudgedComparison,
    children,
    is_for_another_route,
)


def decisive(judged: Judged) -> Iterator[Judged]:
    """Yield the innermost criteria that cause the result of this one.

    A criterion for other routes is skipped if a sibling applies to the route of the case.
    """
    below = [child for child in children(judged) if child.result == judged.result]
    applicable = [child for child in below if not is_for_another_route(child)]
    if not applicable or (isinstance(judged, JudgedAny) and len(applicable) > 1):
        yield judged  # no single one of several alternatives decides
        return
    for child in applicable:
        yield from decisive(child)


def settled_by(judged: Judged, question: str) -> Judged | None:
    """Return the criterion that makes the answer to a question irrelevant, or None."""
    if question not in _asked(judged):
        return None
    if judged.result == "not_met":
        return next(decisive(judged))
    if judged.result == "met" and isinstance(judged, JudgedAny):
        return next(child for child in judged.any if child.result == "met")
    found = (settled_by(child, question) for child in children(judged))
    return next((one for one in found if one is not None), None)


def _asked(judged: Judged) -> Iterator[str]:
    if isinstance(judged, JudgedComparison):
        yield judged.question
    for child in children(judged):
        yield from _asked(child)
