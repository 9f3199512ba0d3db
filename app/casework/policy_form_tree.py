"""The tree of a policy that is being written: the places that have a page of their own.

What has single values only stands on the page of what it belongs to. Must not use Qt.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.casework.policy_form import COMPARISON, GROUP, POLICY, Shape
from app.casework.policy_form_draft import COUNTED, Path, PolicyDraft
from app.casework.policy_form_vocabulary import label_of
from app.casework.policy_form_words import FormWords


@dataclass(frozen=True, slots=True)
class Node:
    """A place with a page: its path, what it is called, and the places below it.

    `is_entry` says that it can be removed, `is_moved` that it has a place among others, `is_group`
    that criteria can be put into it, and `is_criterion` that it can be put into a group.
    """

    path: Path
    title: str
    below: tuple["Node", ...] = ()
    is_entry: bool = False
    is_moved: bool = False
    is_group: bool = False
    is_criterion: bool = False

    def all(self) -> Iterator["Node"]:
        """Yield this place and all below it, in their order."""
        yield self
        for one in self.below:
            yield from one.all()


def tree_of(draft: PolicyDraft, words: FormWords) -> Node:
    """Return the tree of a draft."""
    return Node((), words.of_class(POLICY), tuple(_below(draft, words, (), POLICY)))


def node_at(tree: Node, path: Path) -> Node:
    """Return the innermost place with a page in which a path is."""
    around = [one for one in tree.all() if path[: len(one.path)] == one.path]
    return max(around, key=lambda one: len(one.path))


def place_words(draft: PolicyDraft, words: FormWords, path: Path) -> str:
    """Return where a path is, in words: the titles of its places, and the field."""
    tree = tree_of(draft, words)
    within = [one.title for one in tree.all() if one.path and path[: len(one.path)] == one.path]
    inner = node_at(tree, path).path
    fields = [
        words.of_key(draft.shape(path[:place]), path[place]).label
        for place in range(len(inner), len(path))
        if isinstance(path[place], str)
    ]
    return " › ".join([*within, *fields]) or tree.title


def _below(draft: PolicyDraft, words: FormWords, path: Path, shape: Shape) -> Iterator[Node]:
    for one in shape.fields:
        at, inner = (*path, one.key), one.shape
        if inner.item is not None and inner.item.kind == "criterion":
            yield from _entries(draft, words, at, is_moved=True)
        elif inner.kind == "criterion":
            if draft.at(at) is not None:
                yield _node(draft, words, at, is_entry=True)
        elif _has_a_page(inner):
            entries = tuple(_inner(draft, words, at))
            yield Node(at, words.of_key(shape, one.key).label, entries)


def _has_a_page(shape: Shape) -> bool:
    if shape.is_scalar or shape.is_inline:
        return False
    if shape.item is None:
        return True
    return not (shape.item.is_scalar or (shape.kind == "list" and shape.item.is_row))


def _inner(draft: PolicyDraft, words: FormWords, path: Path) -> Iterator[Node]:
    shape = draft.shape(path) or Shape("text")
    if shape.kind in ("list", "named"):
        yield from _entries(draft, words, path, is_moved=shape.kind == "list")
    else:
        yield from _below(draft, words, path, shape)


def _entries(draft: PolicyDraft, words: FormWords, path: Path, *, is_moved: bool) -> Iterator[Node]:
    for key in draft.keys(path):
        yield _node(draft, words, (*path, key), is_entry=True, is_moved=is_moved)


def _node(
    draft: PolicyDraft, words: FormWords, path: Path, *, is_entry: bool, is_moved: bool = False
) -> Node:
    shape, value = draft.shape(path), draft.at(path)
    is_group = shape == GROUP
    title = label_of(value, _name(draft, words, path))
    if shape in (GROUP, COMPARISON):
        title = _criterion_title(draft, words, path)
    return Node(
        path,
        title,
        tuple(_inner(draft, words, path)),
        is_entry=is_entry,
        is_moved=is_moved,
        is_group=is_group,
        is_criterion=shape in (GROUP, COMPARISON),
    )


def _name(draft: PolicyDraft, words: FormWords, path: Path) -> str:
    """Return what an entry is called that has no words of its own."""
    *above, key = path
    if isinstance(key, str):
        return key
    entry = words.of_entry(draft.shape(tuple(above[:-1])), above[-1], draft.shape(path))
    return f"{entry} {key + 1}"


def _criterion_title(draft: PolicyDraft, words: FormWords, path: Path) -> str:
    value, kind = draft.at(path), draft.group_kind(path)
    told = label_of(value, "") or words.criteria["comparison" if kind is None else kind]
    if kind is None:
        return told
    needed = words.criteria[kind]
    if kind == COUNTED:
        needed = needed.replace("n of", f"{value.get('at_least', 'n')} of")
    return f"{told} ({needed[0].lower()}{needed[1:]})" if label_of(value, "") else needed
