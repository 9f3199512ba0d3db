"""Random keys in the fields of numbers and dates: the window reads exactly what the contract reads.

After each key the text in the field is judged by a grammar of this file's own. What it refuses has
its problem beside the field and leaves no dose; what it reads gives the dose for just that value.
"""

import re
from collections import Counter
from copy import deepcopy
from itertools import cycle, islice
from random import Random
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.casework.draft import Draft
from app.gui.main_window import MainWindow
from app.library import Library, NoPolicyInForce
from app.model.case_json import read_case
from app.output.phrases import STATUS
from tests.cases import determine
from tests.gui.contract_fields import FIELDS, Dates, Decimals, Wholes
from tests.gui.person import Person

LIKELY = {
    Decimals: ("70.5", "0.5", "0.499999", "650", "650.000001", "4.5", "175", "1.730000", "070"),
    Wholes: ("1", "0", "2", "9", "14", "15", "130", "131", "28200000", "28,200,000", "1000"),
    Dates: (
        *("2026-11-23", "2028-02-29", "2027-02-29", "2020-01-01", "2100-01-01", "2026-11-23 8"),
        *("2026-11-23 08:00", "2028-02-29T23:59", "2027-01-01 24:00"),
    ),
}
WRONG = (
    *("+70", "-70", ".5", "70.", "70.1234567", "1e3", "1,5", "1,730", "70 ", " 70", "7 0", "70 kg"),
    *("７０", "٧٠", "²", "½", "NaN", "1_0", "0x46", "154 lb", "4,23,00000", "1,2", "2026-2-3"),
    *(
        "2026-11-23T24:00",
        "2026-11-23T08:00:00",
        "2026-11-23\u00a008:00",
        "٢٠٢٦-11-23",
        "11/23/2026",
    ),
)
ONE_KEY = "0123456789" * 3 + "..,,--+ eE:Tk'\"/%"
WORDS = (" kg", "lb", "cm", " m2", "e3", "NaN", "inf", "0x1", "1_0", " 08:00", "T23:59", ",000")
PASTED = (
    *("70.5\n", " 70", "７０", "٧٠", "७०", "²", "½", "−5", "1\u00a0000", "\u200b70", "7\u0660"),
    *("28,200,000", "154 lb", "70\x00", "70.5\t175\n", "<b>70</b>", "\ud83d\ude00", "9" * 200),
)
EDITING = (
    *((one, Qt.KeyboardModifier.NoModifier) for one in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)),
    *((one, Qt.KeyboardModifier.NoModifier) for one in (Qt.Key.Key_Home, Qt.Key.Key_Left)),
    *((one, Qt.KeyboardModifier.ShiftModifier) for one in (Qt.Key.Key_Left, Qt.Key.Key_Home)),
    *((one, Qt.KeyboardModifier.ControlModifier) for one in (Qt.Key.Key_Z, Qt.Key.Key_A)),
    (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier),
)
ORDINARY, ORDINARY_SEEDS = 100, range(1, 4)
LONG, LONG_SEEDS = 1_000, range(101, 121)
IN_A_FIELD = 10


class Typist:
    """Types at random into one field after another and looks at the window after each key."""

    def __init__(self, window: MainWindow, library: Library, seed: int) -> None:
        self.person = Person(window)
        self.library = library
        self.dice = Random(seed)  # noqa: S311
        self.seen: Counter[tuple[str, str]] = Counter()

    def go(self, sequences: int) -> None:
        """Take this many sequences of keys, some in each field before its turn comes again."""
        fields = self.dice.sample(list(FIELDS), len(FIELDS))
        for key in islice(cycle(fields), sequences // IN_A_FIELD):
            editor, likely = self.begin(key), LIKELY[type(FIELDS[key][1])]
            for _ in range(IN_A_FIELD):
                if self.dice.random() < 0.8:
                    paste_over(editor, self.dice.choice(likely))
                    self.check(key, editor)
                for _ in range(self.dice.randint(1, 4)):
                    self.act(editor)
                    self.check(key, editor)

    def begin(self, key: str) -> QLineEdit:
        """Show the case of a field, and return the field's editor."""
        self.person.window.load(Draft.of(read_case(FIELDS[key][0])))
        editor = self.person.editor(key)
        assert isinstance(editor, QLineEdit)
        return editor

    def act(self, editor: QLineEdit) -> None:
        """Press one key, or enter a word, or paste something."""
        choice = self.dice.random()
        if choice < 0.5:
            QTest.keyClicks(editor, self.dice.choice(ONE_KEY))
        elif choice < 0.55:
            QTest.keyClicks(editor, self.dice.choice(WORDS))
        elif choice < 0.6:
            paste(editor, self.dice.choice(PASTED))
        else:
            QTest.keyClick(editor, *self.dice.choice(EDITING))

    def check(self, key: str, editor: QLineEdit) -> None:
        text = editor.text().strip()  # blanks around a text never count
        base, kind = FIELDS[key]
        value = kind.read(text)
        self.seen[key, "empty" if text == "" else "refused" if value is None else "read"] += 1
        if text and value is None:
            assert self.person.problem(key), (key, text)
        if value is None and (text or key == "date_of_service"):
            self.expect(key, text, "", "")
            return
        try:
            found = determine(self.library, with_value(base, key, value))
        except NoPolicyInForce:
            assert self.person.problem(key), (key, text)
            self.expect(key, text, "", "")
            return
        assert key not in self.person.window.draft.problems, (key, text)
        dose = found.dose_limit.max_dose_iu if found.dose_limit else None
        shown = "" if dose is None else f"{dose:,} International Units "
        self.expect(key, text, STATUS[found.approval_status], shown)

    def expect(self, key: str, text: str, status: str, dose: str) -> None:
        shown = self.person.read("max_dose")
        assert self.person.status() == status, (key, text)
        assert shown.startswith(dose), (key, text, shown)
        assert bool(shown) is bool(dose), (key, text, shown)


def paste(editor: QLineEdit, text: str) -> None:
    QApplication.clipboard().setText(text)
    QTest.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def paste_over(editor: QLineEdit, text: str) -> None:
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    paste(editor, text)


def with_value(base: dict[str, Any], key: str, value: object) -> dict[str, Any]:
    """Return a case with one value; a cycle is the only one of its list."""
    data = deepcopy(base)
    part: Any = data
    *path, name = re.sub(r"(?<=\.cycles)\.[12]", "", key).split(".")
    for step in path:
        part = part.setdefault(step, {})
        part = part[0] if isinstance(part, list) else part
    part[name] = value
    return data


def test_no_field_reads_what_only_looks_like_a_number(window: MainWindow, library: Library) -> None:
    typist = Typist(window, library, seed=0)
    for key in FIELDS:
        editor = typist.begin(key)
        for text in WRONG:
            paste_over(editor, text)
            typist.check(key, editor)


@pytest.mark.parametrize("seed", ORDINARY_SEEDS)
def test_a_field_reads_what_the_contract_reads_and_nothing_else(
    window: MainWindow, library: Library, seed: int
) -> None:
    typist = Typist(window, library, seed)
    typist.go(ORDINARY)
    found = Counter(how for _, how in typist.seen.elements())
    assert min(found["read"], found["refused"]) > ORDINARY // 2, (
        "one of the two was hardly ever seen"
    )


@pytest.mark.proof
@pytest.mark.parametrize("seed", LONG_SEEDS)
def test_a_field_reads_what_the_contract_reads_after_very_many_keys(
    window: MainWindow, library: Library, seed: int
) -> None:
    typist = Typist(window, library, seed)
    typist.go(LONG)
    expected = {(key, how) for key in FIELDS for how in ("read", "refused")}
    assert expected <= set(typist.seen)
