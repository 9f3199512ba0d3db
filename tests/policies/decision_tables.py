"""Decision tables, written by hand from a policy document and from nothing else.

Columns are questions. A row gives the result where each of its cells holds; "-" holds for any
answer, also for none, every other cell only for a known answer. What no row matches is
`incomplete`. Which unknown answers are missing follows from the rows alone, by trying every
completion.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain, combinations, product
from pathlib import Path
from typing import Any

import yaml

from app.model.case import Case, Facts
from tests.policies.versions import Version
from tests.policy_mutants import CHOICES

_DAY = date(2026, 11, 23)  # on which nothing depends
Answer = bool | int | tuple[str, ...] | None
# The cells of a column that hold for an answer; None where the answer is not known.
Seen = frozenset[str] | None
Key = tuple[Seen, ...]

YES_NO = (
    "metastatic_disease",
    "unresectable_disease",
    "prior_systemic_therapy",
    "single_agent",
    "chronic_gvhd",
    "steroid_refractory",
    "with_systemic_corticosteroids",
)


def _subsets(choices: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(choices, size) for size in range(len(choices) + 1))


Answers = dict[str, tuple[Answer, ...]]
YOUNGEST, OLDEST = 0, 130
# Every answer that a question can have, from unknown and least to most; ages are those around the
# limits of a table.
EVERY_ANSWER: Answers = {
    **dict.fromkeys(YES_NO, (None, False, True)),
    **{question: (None, *_subsets(choices)) for question, choices in CHOICES.items()},
}
# Enough answers to tell any single mistake in a policy: each choice alone.
TELLING_ANSWERS: Answers = {
    **EVERY_ANSWER,
    **{
        question: (None, (), *((choice,) for choice in choices))
        for question, choices in CHOICES.items()
    },
}


def contradicts_itself(question: str, answer: Answer) -> bool:
    """Whether the choices of a list cannot all be true of every lesion."""
    chosen = set(answer) if isinstance(answer, tuple) else set()
    if question == "lesion_status":
        return "resectable" in chosen and bool(chosen & {"unresectable", "borderline_resectable"})
    return question == "lesion_site" and "other" in chosen and len(chosen) > 1


@dataclass(frozen=True, eq=False)
class Column:
    """A question with the meaning of each cell that stands below it."""

    question: str
    cells: Mapping[str, Callable[[Any], bool]]

    def see(self, answer: Answer) -> Seen:
        """Return the cells that hold for an answer; one that contradicts itself is not known."""
        if answer is None or contradicts_itself(self.question, answer):
            return None
        return frozenset(text for text, holds in self.cells.items() if holds(answer))

    @property
    def ages(self) -> tuple[int, ...]:
        """The ages at and just below each limit of this column."""
        limits = {int(word) for cell in self.cells for word in cell.split() if word.isdigit()}
        return tuple(sorted({age for limit in limits for age in (limit - 1, limit)}))

    def known(self) -> frozenset[Seen]:
        """Return what can be seen of known answers: answers that no cell tells apart are one."""
        every = EVERY_ANSWER.get(self.question, self.ages)
        return frozenset(map(self.see, every)) - {None}


@dataclass(frozen=True)
class Row:
    """A pattern of one cell for each column, and the item of the document that it is read from."""

    cells: tuple[str, ...]
    result: str
    item: str

    def matches(self, key: Key) -> bool:
        """Whether each cell holds."""
        pairs = zip(self.cells, key, strict=True)
        return all(cell == "-" or cell in (seen or ()) for cell, seen in pairs)


@dataclass(frozen=True, eq=False)
class Table:
    """The criteria of one document for one indication on some routes."""

    name: str
    policy: str
    version: str
    indication: str
    routes: tuple[str, ...]
    source: dict[str, str]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def every_answer(self) -> Answers:
        """Every answer to each question, with the ages around the limits of this table."""
        return {"age_years": (None, *self._ages), **EVERY_ANSWER}

    @property
    def telling_answers(self) -> Answers:
        """Enough answers to tell any single mistake, among them the ends of life."""
        ages = sorted({YOUNGEST, *self._ages, OLDEST})
        return {"age_years": (None, *ages), **TELLING_ANSWERS}

    @property
    def _ages(self) -> tuple[int, ...]:
        found = {age for column in self.columns for age in column.ages}
        return tuple(sorted(found)) or (YOUNGEST, OLDEST)

    def results(self, key: Key) -> set[str]:
        """Return the results of all rows that match."""
        return {row.result for row in self.rows if row.matches(key)}

    def combinations(self, answers: Answers) -> Iterator[tuple[dict[str, Answer], Key]]:
        """Return every combination of the answers to the questions of this table."""
        questions = [column.question for column in self.columns]
        each = [
            [(one, column.see(one)) for one in answers[column.question]] for column in self.columns
        ]
        for combination in product(*each):
            given, key = zip(*combination, strict=True)
            yield dict(zip(questions, given, strict=True)), key


@cache
def expectation(table: Table, key: Key) -> tuple[str, tuple[str, ...]]:
    """Return the status and the missing inputs, sorted."""
    results = table.results(key)
    if results:
        return " and ".join(sorted(results)), ()
    missing = (
        column.question
        for place, column in enumerate(table.columns)
        if key[place] is None and _can_decide(table, key, place)
    )
    return "incomplete", tuple(sorted(missing))


def _can_decide(table: Table, key: Key, place: int) -> bool:
    """Whether, for some answers to the other unknowns, this one decides between the results."""
    others = [
        {seen} if seen is not None or at == place else column.known()
        for at, (column, seen) in enumerate(zip(table.columns, key, strict=True))
    ]
    return any(
        {"met", "not_met"}
        <= set[str]().union(
            *(
                table.results((*completed[:place], seen, *completed[place + 1 :]))
                for seen in table.columns[place].known()
            )
        )
        for completed in product(*others)
    )


def case_for(table: Table, route: str, answers: dict[str, Answer]) -> Case:
    """Return a case without checking it again, because there are so many of them."""
    facts: dict[str, Any] = {**answers}
    case: dict[str, Any] = {"indication": table.indication, "route": route}
    case["age_years"] = facts.pop("age_years", None)
    return Case(policy=table.policy, date_of_service=_DAY, **case, facts=Facts(**facts))


@cache
def read_tables(version: Version) -> tuple[Table, ...]:
    """Return the tables of a version."""
    return tuple(_read(file) for file in sorted(version.folder.glob("decision_tables/*.yaml")))


def pipe_rows(text: str) -> list[dict[str, str]]:
    """Return the rows of a table with columns between bars, by the words of its first row."""
    header, *rows = ([cell.strip() for cell in line.split("|")] for line in text.splitlines())
    return [dict(zip(header, row, strict=True)) for row in rows]


def _read(file: Path) -> Table:
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    rows, names, groups = pipe_rows(data.pop("rows")), data.pop("columns"), data.pop("groups")
    columns = (
        Column(
            question,
            {row[name]: _meaning(row[name], groups) for row in rows if row[name] != "-"},
        )
        for name, question in names.items()
    )
    return Table(
        name=file.stem,
        columns=tuple(columns),
        rows=tuple(
            Row(tuple(row[name] for name in names), row["result"], row["item"]) for row in rows
        ),
        **{**data, "routes": tuple(data["routes"])},
    )


def _meaning(cell: str, groups: dict[str, list[str]]) -> Callable[[Any], bool]:
    match cell.split():
        case ["yes"]:
            return lambda answer: answer is True
        case ["no"]:
            return lambda answer: answer is False
        case ["under", years]:
            return lambda answer: answer < int(years)
        case [years, "or", "more"]:
            return lambda answer: answer >= int(years)
        case [group, "among", "them"]:
            return lambda answer: not set(groups[group]).isdisjoint(answer)
        case ["no", group]:
            return lambda answer: set(groups[group]).isdisjoint(answer)
    raise ValueError(f"there is no cell {cell!r}")
