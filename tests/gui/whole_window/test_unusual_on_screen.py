"""Neither the window nor the printed report has a number that follows from an unusual value.

Two unusual values must give the same words, but for the values themselves as they were entered.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLabel, QTableWidget, QWidget

from app.library import Library
from tests.cases import ALDER
from tests.gui.person import Person
from tests.gui.printed import judged, printed
from tests.properties.test_unconfirmed_told_nowhere import GRAFT, VEIN, Doubtful, without

PARTS: dict[str, Any] = {
    "policy": ALDER,
    "requested": {"dose_iu": 30_000_000, "doses_per_cycle": 14},
    "course": {"first_dose_at": "2026-11-23T08:00"},
    "authorization": {"units": 40},
    "weight_measured_on": "2026-11-20",
}
each_doubt = pytest.mark.parametrize(
    "of",
    [
        Doubtful("weight_kg", VEIN, "120.5", "130.5"),
        Doubtful("weight_kg", VEIN, "20.5", "30.5"),
        Doubtful("bsa_m2", GRAFT, "3.5", "4.1"),
        Doubtful("height_cm", GRAFT, "131.5", "145.5"),
        Doubtful("requested.dose_iu", VEIN, 1_000_001, 1_900_001),
    ],
    ids=lambda of: f"{of.key} {of.first}",
)


def words(window: QWidget) -> str:
    """Every word that the window shows or tells a screen reader, but what stands in fields."""
    told = []
    for one in window.findChildren(QWidget):
        if not one.isVisible():
            continue
        if isinstance(one, QLabel | QAbstractButton):
            told.append(one.text())
        if isinstance(one, QTableWidget):
            places = [(r, c) for r in range(one.rowCount()) for c in range(one.columnCount())]
            told += [item.text() for place in places if (item := one.item(*place))]
        told += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
        if interface := QAccessible.queryAccessibleInterface(one):
            told.append(interface.text(QAccessible.Text.Description))
    return "\n".join(told)


def as_entered(value: Any) -> list[str]:
    """The value in the forms in which the window says it back."""
    if isinstance(value, int):
        return [f"{value:,} International Units"]
    lb = f"{round(Decimal(value) / Decimal('0.45359237'), 1):,f}".removesuffix(".0")
    return [f"{value} kg = {lb} lb", f"{value} kg", f"{value} cm", f"{value} m²"]


def said(window: QWidget, value: Any) -> set[str]:
    """The different lines of it, without the value."""
    text = without(value, words(window))
    for form in as_entered(value):
        text = text.replace(form, "VALUE")
    return {line for line in text.splitlines() if line.strip()}


@each_doubt
def test_the_window_has_no_number_that_follows(person: Person, of: Doubtful) -> None:
    person.enter_case(of.case(of.first, PARTS))
    assert person.confirmation(of.key).isVisible()
    first = said(person.window, of.first)
    person.type_over(of.key, str(of.second))
    assert person.confirmation(of.key).isVisible()
    assert said(person.window, of.second) ^ first == set()


def test_once_confirmed_the_window_differs(person: Person) -> None:
    """So what the test above compares would show a number that follows from the value."""
    of = Doubtful("weight_kg", VEIN, "120.5", "130.5")
    person.enter_case(of.case(of.first, PARTS, sure=True))
    first = said(person.window, of.first)
    person.type_over(of.key, of.second)
    person.confirm(of.key)
    second = said(person.window, of.second)
    assert "48,200,000" in "".join(first - second)  # 400,000 for each of 120.5 kg
    assert "52,200,000" in "".join(second - first)


@each_doubt
def test_the_printed_report_has_no_number_that_follows(
    library: Library, of: Doubtful, tmp_path: Path
) -> None:
    pages = []
    for value in (of.first, of.second):
        outcome = judged(library, of.case(value, PARTS))
        assert outcome.unconfirmed == (of.key,)
        text = without(value, printed(outcome, tmp_path).text)
        pages.append(text.replace(f" {value} ", " VALUE "))
    assert pages[0] == pages[1]
