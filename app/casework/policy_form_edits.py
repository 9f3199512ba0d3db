"""What a person does to a policy that is being written, beyond typing a value. Must not use Qt."""

from typing import Any

from app.casework.policy_form import COMPARISON, Shape
from app.casework.policy_form_draft import AT_LEAST, COUNTED, Path, PolicyDraft, id_from
from app.casework.policy_form_lines import Addition
from app.casework.policy_form_vocabulary import QUESTION, Vocabulary

_COMPARISON = "comparison"
_SAID = ("label", "name", "text")  # keys that say what an entry is called


def added(draft: PolicyDraft, path: Path, kind: str, name: str) -> tuple[PolicyDraft, Path]:
    """Return the draft with what an `Addition` adds, and its path.

    `name` is the name of a named entry, or the kind of a criterion.
    """
    new: Any = {}
    if kind == "named":
        return _with_name(draft, (*path, name))
    if kind == "criterion" and name != _COMPARISON:
        new = {AT_LEAST: 1, name: []} if name == COUNTED else {name: []}
    shape = draft.shape(path)
    if kind == "item" or (shape is not None and shape.kind == "list"):
        return draft.with_item(path, new)
    return draft.with_value(path, new), path


def _with_name(draft: PolicyDraft, at: Path) -> tuple[PolicyDraft, Path]:
    """Return the draft with a new named entry; a list has its first entry at once."""
    shape = draft.shape(at)
    if shape is not None and shape.kind == "list":
        return draft.with_value(at, [{}]), (*at, 0)
    return draft.with_value(at, {}), at


def added_as(draft: PolicyDraft, line: Addition, text: str) -> tuple[PolicyDraft, Path]:
    """Return the draft with a new named entry that is called by a text, and its path.

    The name of the entry is made from the text.
    """
    shape = draft.shape(line.path)
    item = shape.item if shape else None
    at = (*line.path, id_from(text, draft.ids()))
    if item is not None and item.is_scalar:
        return draft.with_value(at, text), at
    made, _ = added(draft, line.path, "named", str(at[-1]))
    said = [one.key for one in item.fields if one.key in _SAID] if item else []
    return (made.with_value((*at, said[0]), text) if said else made), at


def with_typed(draft: PolicyDraft, names: Vocabulary, path: Path, value: Any) -> PolicyDraft:
    """Return the draft with a value of a field; None removes it.

    Another question takes away what cannot be compared with its answer.
    """
    made = draft.with_value(path, value)
    if draft.shape(path[:-1]) != COMPARISON or path[-1] != QUESTION:
        return made
    asked = names.questions().get(str(value))
    for key in names.comparisons:
        at = (*path[:-1], key)
        answers = made.at(at)
        fits = asked is not None and key in asked.comparisons
        if asked and asked.choices and isinstance(answers, list):
            fits = fits and set(answers) <= asked.choices.keys()
        made = made if fits else made.without(at)
    return made


def with_id(draft: PolicyDraft, path: Path) -> PolicyDraft:
    """Return the draft with an id made from the text at a path, where one is needed and missing."""
    shape, text = draft.shape(path[:-1]), draft.at(path)
    needs = shape is not None and any(one.key == "id" and one.is_required for one in shape.fields)
    at = (*path[:-1], "id")
    if not path[:-1] or path[-1] not in _SAID or not needs or not text or draft.at(at):
        return draft
    return draft.with_value(at, id_from(str(text), draft.ids()))


def with_alternative(draft: PolicyDraft, path: Path, place: int) -> PolicyDraft:
    """Return the draft with another of the parts that may stand at a path, by its place.

    What both have, such as the citation, stays.
    """
    above = draft.shape(path[:-1])
    field = next(one for one in above.fields if one.key == path[-1]) if above else None
    if field is None:
        return draft
    wanted = (field.shape, *field.shape.others)[place]
    return draft.with_value(path, _as(wanted, draft.at(path)))


def _as(wanted: Shape, value: Any) -> dict[str, Any]:
    keys = {one.key for one in wanted.fields}
    before = value if isinstance(value, dict) else {}
    kept = {key: one for key, one in before.items() if key in keys}
    yes = {one.key: True for one in wanted.fields if one.shape.kind == "yes" and one.is_required}
    return {**yes, **kept}
