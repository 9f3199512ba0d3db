"""A random walk of key presses and choices, checked against the engine after every step."""

import random
import re
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QListWidget, QWidget

from app.gui.form.choice_fields import NONE_OF_THESE
from app.gui.main_window import MainWindow
from app.library import Library, NoPolicyInForce
from app.model.case_json import InvalidCase
from app.output.phrases import STATUS
from tests.cases import ALDER, determine
from tests.gui.person import Person

KEYS = "0123456789.-T yYnNuU,eE+lbkg"
JUNK = ("154 lb", "1e3", "70,5", "2026-02-30", "-1", " ")
# From the clipboard: lines of a table, markup, other scripts, nothing to be seen, far too long.
PASTED = (
    "70.5\t175\n",
    "<b>70</b>",
    "٧٠",
    "７０",
    "\u200b70",
    "9" * 5000,
    "70\x00",
    "\ud83d\ude00",
)
LIKELY = {
    "date_of_service": ("2026-11-23", "2026-11-23", "2024-06-02", "2023-10-16"),
    "age_years": ("20", "21", "54"),
    "weight_kg": ("70.5", "154", "70.123457"),
    "previous_weight_kg": ("70.5", "60"),
    "height_cm": ("175", "131"),
    "bsa_m2": ("1.73", "3.1"),
    "course.first_dose_at": ("2026-11-23T20:00",),
    "course.previous_last_dose_on": ("2026-10-01", "2026-11-01"),
    "course.discharge_date": ("2026-12-14",),
    **{
        f"course.cycles.{number}.{name}": times
        for number, times_of in (
            (1, (("2026-11-23 08:00", "2026-11-23T20:00"), ("2026-11-27 16:00",))),
            (2, (("2026-12-05 08:00", "2026-12-07T08:00"), ("2026-12-11T16:00",))),
        )
        for name, times in zip(("first_dose_at", "last_dose_at"), times_of, strict=True)
    },
    "reference": ("row 7", "ß"),
    "authorization.start": ("2026-11-23",),
    "authorization.end": ("2027-11-22",),
    "requested.dose_iu": ("28200000", "2500000", "1500000"),
    "requested.lesions": ("1", "6"),
    "weight_measured_on": ("2026-11-20", "2026-11-25"),
    "authorization.dose_iu": ("30000000",),
    "course.cycles.2.planned_first_at": ("2026-12-05 08:00", "2026-12-10T08:00"),
}
FEW = ("1", "2", "10", "11")
NUMBERS = {
    *("age_years", "course.number", "course.doses_per_cycle"),
    *("authorization.units", "authorization.dose_iu"),
}
CONFIRMABLE = ("weight_kg", "height_cm", "bsa_m2", "requested.dose_iu")


class Walk:
    """One window, driven by a seeded random person."""

    def __init__(self, window: MainWindow, library: Library, seed: int) -> None:
        self.person = Person(window)
        self.window = window
        self.library = library
        self.random = random.Random(seed)  # noqa: S311
        self.checked = self.with_result = 0

    @property
    def inputs(self) -> list[QWidget]:
        """The inputs that the window has now; it makes some of them when they are asked for."""
        found = (self.window.findChildren(kind) for kind in (QLineEdit, QComboBox, QListWidget))
        named = (one for kind in found for one in kind if one.objectName())
        return [one for one in named if one.window() is self.window]  # of no other window

    def begin(self) -> None:
        """Choose policy and indication, as without them there is never a result."""
        for key, value in {"policy": ALDER, "indication": "cutaneous_melanoma"}.items():
            self.person.enter(key, value)

    def step(self) -> None:
        """Do one thing to one input that can be seen."""
        seen = [one for one in self.inputs if one.isVisible()]
        wrong = [one for one in seen if one.objectName() in self.window.draft.problems]
        if self.random.random() < 0.8:  # what was given needs several entries that fit together
            seen = [one for one in seen if not one.objectName().startswith("course.cycles.")]
        editor = self.random.choice(wrong if wrong and self.random.random() < 0.7 else seen)
        if isinstance(editor, QLineEdit):
            self._type(editor)
        elif isinstance(editor, QComboBox):
            keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Y, Qt.Key.Key_N, Qt.Key.Key_U)
            QTest.keyClick(editor, self.random.choice(keys))
            if editor.currentIndex() == 0 and self.random.random() < 0.7:
                QTest.keyClick(editor, Qt.Key.Key_Down)
        else:
            for _ in range(self.random.randrange(5)):
                QTest.keyClick(editor, Qt.Key.Key_Down)
            QTest.keyClick(editor, self.random.choice((Qt.Key.Key_Space, Qt.Key.Key_Home)))
        unconfirmed = [one for one in CONFIRMABLE if self._can_confirm(one)]
        if unconfirmed and self.random.random() < 0.5:
            QTest.keyClick(
                self.person.confirmation(self.random.choice(unconfirmed)), Qt.Key.Key_Space
            )

    def check(self) -> None:
        """Compare status and dose on screen with the engine's for the inputs on screen."""
        self.checked += 1
        inputs = self.case_on_screen()
        try:
            expected = determine(self.library, inputs)
        except (InvalidCase, NoPolicyInForce):
            assert self.person.read("approval_status") == ""
            assert self.person.read("max_dose") == ""
            return
        self.with_result += 1
        status = self.person.status()
        assert status == STATUS[expected.approval_status], (inputs, self.window.draft)
        dose = expected.dose_limit.max_dose_iu if expected.dose_limit else None
        shown = self.person.read("max_dose")
        assert shown == "" if dose is None else shown.startswith(f"{dose:,} ")
        assert tuple(sorted(self._waiting())) == expected.unconfirmed, inputs

    def case_on_screen(self) -> dict[str, Any]:
        """Read the case from the widgets that can be seen, by their object names alone."""
        case: dict[str, Any] = {"confirmed": {}}
        for editor in self.inputs:
            if editor.isVisibleTo(self.window):
                part, _, name = editor.objectName().rpartition(".")
                target = case.setdefault(part, {}) if part else case
                target[name] = _value(editor)
        cycles = [(number, case.pop(f"course.cycles.{number}")) for number in (1, 2)]
        case["course"]["cycles"] = [
            {"number": number, **cycle} for number, cycle in cycles if _is_filled(cycle)
        ]
        for key in CONFIRMABLE:
            if self.person.confirmation(key).isChecked():
                editor = self.person.editor(key)
                case["confirmed"][key] = _value(editor)
        return case

    def _waiting(self) -> list[str]:
        """Return the keys of the values beside which a box waits for a tick."""
        boxes = {one: self.person.confirmation(one) for one in CONFIRMABLE}
        return [
            key
            for key, box in boxes.items()
            if box.isVisibleTo(self.window) and not box.isChecked()
        ]

    def _type(self, editor: QLineEdit) -> None:
        """Mostly enter something likely, sometimes delete, sometimes press a wrong key."""
        key, choice = editor.objectName(), self.random.random()
        if choice < 0.02:
            QTest.keyClicks(editor, self.random.choice(KEYS))
        elif choice < 0.03:
            self.person.type_over(key, self.random.choice(JUNK))
        elif choice < 0.035:
            QApplication.clipboard().setText(self.random.choice(PASTED))
            QTest.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        elif choice < 0.35 and key != "date_of_service":
            self.person.type_over(key, "")
        else:
            self.person.type_over(key, self.random.choice(LIKELY.get(key, FEW)))

    def _can_confirm(self, key: str) -> bool:
        return self.person.confirmation(key).isVisible()


def _is_filled(cycle: dict[str, Any]) -> bool:
    return any(value is not None for value in cycle.values())


def _value(editor: QWidget) -> Any:
    if isinstance(editor, QComboBox):
        return editor.currentData()
    if isinstance(editor, QListWidget):
        items = [editor.item(place) for place in range(editor.count())]
        ticked = [one for one in items if one.checkState() is Qt.CheckState.Checked]
        values = [one.data(Qt.ItemDataRole.UserRole) for one in ticked]
        return None if not values else [one for one in values if one != NONE_OF_THESE]
    assert isinstance(editor, QLineEdit)
    key = editor.objectName()
    text = editor.text() if key == "reference" else editor.text().strip()
    if key.endswith(("_dose_at", "_first_at")) and re.fullmatch("[0-9-]{10} [0-9:]{5}", text):
        return text.replace(" ", "T")
    whole = key in NUMBERS or key.startswith("requested.") or "doses_" in key
    is_number = whole and text.isascii() and text.isdigit() and len(text) < 1000
    return int(text) if is_number else text or None
