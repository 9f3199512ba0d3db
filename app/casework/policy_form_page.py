"""Makes the page of one place of a policy that is being written: fields, tables, additions.

Whoever shows the lines knows nothing of the grammar. Uses no Qt.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.casework.policy_form import (
    CITATION,
    COMPARISON,
    GROUP,
    GROUP_KINDS,
    FormField,
    Shape,
)
from app.casework.policy_form_draft import COUNTED, Path, PolicyDraft
from app.casework.policy_form_lines import (
    Addition,
    Alternatives,
    Entry,
    GroupKind,
    Heading,
    Line,
    Table,
    Unknown,
)
from app.casework.policy_form_vocabulary import QUESTION, AskedQuestion, Vocabulary
from app.casework.policy_form_words import FormWords
from app.model.document import Citation

CODES = "codes"  # the kind of a question that is answered by codes


@dataclass(frozen=True)
class Page:
    """Makes the lines of a place from the draft, the names that it may use, and the words."""

    draft: PolicyDraft
    names: Vocabulary
    words: FormWords

    def lines(self, path: Path) -> tuple[Line, ...]:
        """Return what stands on the page of a place."""
        shape = self.draft.shape(path)
        if shape is None:
            return ()
        if shape.kind in ("named", "list"):
            return tuple(self._alternatives(path)) + tuple(self._additions(path))
        return tuple(self._of_part(path, shape))

    def _of_part(self, path: Path, shape: Shape) -> Iterator[Line]:
        yield from self._alternatives(path)
        if shape == GROUP:
            kind = self.draft.group_kind(path) or ""
            options = {one: self.words.criteria[one] for one in GROUP_KINDS}
            yield GroupKind(path, options, kind)
        shown = [one for one in shape.fields if self._is_shown(path, shape, one)]
        often = [one for one in shown if not self.words.of_key(shape, one.key).rare]
        yield from self._of_fields(path, shape, often)
        if len(often) < len(shown):
            yield Heading((*path, "rare"), self.words.rare, "")
            yield from self._of_fields(path, shape, [one for one in shown if one not in often])
        yield from self._unknown(path, shape)

    def _of_fields(self, path: Path, shape: Shape, shown: list[FormField]) -> Iterator[Line]:
        for together in _alike(shown):
            if len(together) > 1:
                yield self._table(path, shape, together)
            else:
                yield from self._of_field((*path, together[0].key), shape, together[0])

    def _is_shown(self, path: Path, shape: Shape, field: FormField) -> bool:
        """Return whether a key has a place on the page: of a criterion only what fits it."""
        is_there = self.draft.at((*path, field.key)) is not None
        if shape == GROUP and field.key == "at_least":
            return self.draft.group_kind(path) == COUNTED or is_there
        if shape != COMPARISON or field.key not in self.names.comparisons:
            return True
        asked = self._asked(path)
        return is_there or (asked is not None and field.key in asked.comparisons)

    def _of_field(self, path: Path, shape: Shape, field: FormField) -> Iterator[Line]:
        words, inner = self.words.of_key(shape, field.key), field.shape
        value = self.draft.at(path)
        if inner.is_scalar:
            yield self._entry(path, shape, field)
        elif inner.kind == "named" and inner.item is not None and inner.item.is_scalar:
            yield Heading(path, words.label, words.help or "")
            yield from self._named_texts(path, inner.item)
            yield from self._additions(path)
        elif inner.is_inline:
            yield from self._inline(path, field, words.label, words.help or "")
        elif inner.kind == "list" and inner.item is not None and inner.item.is_row:
            yield self._listed(path, words.label, inner.item)
            yield from self._additions(path)
        elif _is_criteria(inner):
            if self.draft.group_kind(path[:-1]) == field.key:
                label = self.words.of_entry(shape, field.key, None)
                yield Addition(path, label, "criterion", self.words.criteria)
        elif inner.kind == "criterion" and value is None:
            yield Addition(path, words.label, "criterion", self.words.criteria)

    def _inline(self, path: Path, field: FormField, label: str, text: str) -> Iterator[Line]:
        if text or field.key != CITATION:
            yield Heading(path, label, text)
        yield from self._of_part(path, field.shape.fitting(self.draft.at(path)))

    def _named_texts(self, path: Path, item: Shape) -> Iterator[Line]:
        for name in self.draft.keys(path):
            at = (*path, name)
            yield Entry(at, item, str(name), "", {}, self.draft.at(at), is_removable=True)

    def _table(self, path: Path, shape: Shape, found: list[FormField]) -> Table:
        widest = max((one.shape for one in found), key=lambda one: len(one.fields))
        columns = [one.path for one in self._cells((), widest)]
        rows: list[tuple[str, tuple[Entry | None, ...]]] = []
        for one in found:
            at = (*path, one.key)
            cells = {cell.path: cell for cell in self._cells(at, one.shape)}
            label = self.words.of_key(shape, one.key).label
            rows.append((label, tuple(cells.get((*at, *column)) for column in columns)))
        return Table(path, "", self._columns(widest), tuple(rows), are_entries=False)

    def _listed(self, path: Path, label: str, item: Shape) -> Table:
        rows = tuple(
            (str(place), self._cells((*path, key), item))
            for place, key in enumerate(self.draft.keys(path), start=1)
        )
        return Table(path, label, self._columns(item), rows, are_entries=True)

    def _columns(self, shape: Shape) -> tuple[str, ...]:
        return tuple(one.label for one in self._cells((), shape))

    def _cells(self, path: Path, shape: Shape) -> tuple[Entry, ...]:
        found: list[Entry] = []
        for one in shape.fields:
            if one.shape.is_scalar:
                found.append(self._entry((*path, one.key), shape, one))
            else:
                found += self._cells((*path, one.key), one.shape)
        return tuple(found)

    def _entry(self, path: Path, shape: Shape, field: FormField) -> Entry:
        words = self.words.of_key(shape, field.key)
        return Entry(
            path,
            self._shape(path, field),
            words.label,
            words.help or "",
            self._choices(path, shape, field),
            self.draft.at(path),
            is_required=field.is_required,
        )

    def _shape(self, path: Path, field: FormField) -> Shape:
        """Return the shape of a field; of what may be a number or a list, as its question is."""
        if not field.shape.or_list:
            return field.shape
        asked = self._asked(path[:-1])
        is_list = asked is not None and asked.kind == CODES
        return Shape("list", item=Shape("text")) if is_list else Shape("decimal")

    def _asked(self, path: Path) -> AskedQuestion | None:
        return self.names.questions().get(str(self.draft.at((*path, QUESTION))))

    def _choices(self, path: Path, shape: Shape, field: FormField) -> dict[str, str]:
        words = self.words.of_key(shape, field.key)
        of = field.shape.item or field.shape
        if shape == COMPARISON and field.key in self.names.comparisons:
            asked = self._asked(path[:-1])
            return asked.choices if asked and field.shape.kind == "list" else {}
        if words.of is not None:
            return self.names.named(words.of, path)
        if of.known is not None:
            return self.names.known(of.known, words.choices)
        return {one: words.choices.get(one, one) for one in of.choices}

    def _alternatives(self, path: Path) -> Iterator[Line]:
        above = self.draft.shape(path[:-1])
        field = (
            next((one for one in above.fields if path[-1:] == (one.key,)), None) if above else None
        )
        if above is not None and field is not None and field.shape.others:
            options = (field.shape, *field.shape.others)
            chosen = options.index(field.shape.fitting(self.draft.at(path)))
            label = self.words.of_key(above, field.key).label
            told = tuple(self.words.of_class(one) for one in options)
            yield Alternatives(path, label, told, chosen)

    def _additions(self, path: Path) -> Iterator[Line]:
        shape = self.draft.shape(path)
        above = self.draft.shape(path[:-1])
        words = self.words.of_key(above, path[-1])
        label = self.words.of_entry(above, path[-1], shape.item if shape else None)
        if shape is None or shape.kind != "named":
            yield Addition(path, label, "item", {})
            return
        names = {one: words.choices.get(one, one) for one in shape.choices}
        if shape.known is not None:
            names = self.names.known(shape.known, words.choices)
        there = self.draft.keys(path)
        free = {name: text for name, text in names.items() if name not in there}
        if free or not names:
            yield Addition(path, label, "named", free)

    def _unknown(self, path: Path, shape: Shape) -> Iterator[Line]:
        known = {one.key for one in shape.fields}
        for key in self.draft.keys(path):
            if key not in known:
                yield Unknown((*path, key), str(key))


def _is_criteria(shape: Shape) -> bool:
    return shape.kind == "list" and shape.item is not None and shape.item.kind == "criterion"


def _alike(fields: list[FormField]) -> list[list[FormField]]:
    """Return the fields; those beside each other whose parts have like keys, together."""
    found: list[list[FormField]] = []
    for one in fields:
        if found and _are_alike(found[-1][-1].shape, one.shape):
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _are_alike(one: Shape, other: Shape) -> bool:
    if not (one.is_row and other.is_row) or Citation in (one.part, other.part):
        return False
    mine, theirs = ({field.key for field in shape.fields} for shape in (one, other))
    return mine <= theirs or theirs <= mine
