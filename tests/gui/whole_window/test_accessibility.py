"""What assistive technology finds: every control with role, name and value, every change told."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QTableWidget, QWidget

from tests.cases import case
from tests.gui.person import Person

Role = QAccessible.Role
INTERACTIVE = {
    Role.EditableText,
    Role.ComboBox,
    Role.CheckBox,
    Role.RadioButton,
    Role.Button,
    Role.ButtonMenu,
    Role.List,
    Role.ListItem,
    Role.Tree,
    Role.Table,
    Role.PageTab,
    Role.MenuItem,
    Role.ScrollBar,
    Role.Slider,
    Role.Grip,
    Role.Link,
}
SEVERAL_PARTS = {Role.Tree, Role.Table}  # their cells are texts, in thousands of objects


@pytest.fixture(autouse=True)
def _listening() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def found_in(widget: QWidget) -> Iterator[QAccessibleInterface]:
    """Yield everything that can be seen in a window, from outside in."""
    yield from _below(QAccessible.queryAccessibleInterface(widget))


def _below(one: QAccessibleInterface | None) -> Iterator[QAccessibleInterface]:
    if one is None or not one.isValid() or one.state().invisible:
        return
    yield one
    if one.role() not in SEVERAL_PARTS:
        for place in range(one.childCount()):
            yield from _below(one.child(place))


def name_of(one: QAccessibleInterface) -> str:
    """Return the name; a combo box has it from its own widget: Qt gives its value on Linux."""
    widget = one.object()
    if isinstance(widget, QComboBox):
        return widget.accessibleName()
    return one.text(QAccessible.Text.Name)


def unnamed(widget: QWidget) -> list[str]:
    return [
        f"{one.role()} {one.object()}"
        for one in found_in(widget)
        if (one.role() in INTERACTIVE or one.state().focusable) and not name_of(one)
    ]


FILLED = case(
    course={"first_dose_at": "2026-11-23T08:00"},
    weight_kg="154",
    height_cm="175",
    requested={"dose_iu": 28_200_001},
)


@pytest.mark.parametrize("entries", [{}, FILLED, case(age_years=17)], ids=["empty", "held", "no"])
def test_nothing_that_can_be_used_has_no_name(person: Person, entries: dict[str, object]) -> None:
    if entries:
        person.enter_case(entries)
    QApplication.processEvents()
    assert sum(1 for _ in found_in(person.window)) > 50
    assert not unnamed(person.window)


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("open_comparison", ()),
        ("open_ask_sheet", ()),
        ("open_worklist", ()),
        ("open_page", ("How each number is made",)),
        ("open_shortcuts", ()),
        ("open_page", ("Administrator's guide",)),
        ("open_about", ()),
    ],
)
def test_nothing_in_the_other_windows_has_no_name(
    person: Person, name: str, page: tuple[str, ...]
) -> None:
    person.enter_case(case())
    getattr(person.window._windows, name)(*page)
    QApplication.processEvents()
    [dialog] = [one for one in person.window.findChildren(QDialog) if one.isVisible()]
    assert sum(1 for _ in found_in(dialog)) > 3
    assert not unnamed(dialog)
    dialog.close()


def test_each_kind_of_input_has_the_role_of_its_kind(person: Person) -> None:
    person.enter_case(FILLED)
    for key, role in {
        "weight_kg": Role.EditableText,
        "confirmed.weight_kg": Role.CheckBox,
        "indication": Role.ComboBox,
        "facts.metastatic_disease": Role.ComboBox,
        "facts.prescriber_specialties": Role.List,
        "schedule": Role.Table,
        "criteria": Role.Tree,
    }.items():
        found = QAccessible.queryAccessibleInterface(person.editor(key))
        assert found is not None
        assert found.role() is role, key


def test_an_input_tells_its_name_its_value_and_what_is_wrong(person: Person) -> None:
    person.type_over("weight_kg", "154 lb")
    found = QAccessible.queryAccessibleInterface(person.editor("weight_kg"))
    assert found is not None
    assert found.text(QAccessible.Text.Name) == "Weight (kg)"
    assert found.text(QAccessible.Text.Value) == "154 lb"
    problem = "In kg only: 154 lb is about 69.853 kg."
    assert found.text(QAccessible.Text.Description) == problem


def test_a_tick_of_a_list_is_told_as_its_state(person: Person) -> None:
    person.enter_case(case())
    found = QAccessible.queryAccessibleInterface(person.editor("facts.prescriber_specialties"))
    assert found is not None
    ticks = {
        item.text(QAccessible.Text.Name): bool(item.state().checked)
        for item in (found.child(place) for place in range(found.childCount()))
        if item is not None
    }
    assert ticks["Oncologist"] is True
    assert ticks["Dermatologist"] is False


def test_every_label_of_an_input_leads_to_it_by_its_buddy(person: Person) -> None:
    person.enter_case(case())
    for key in ("policy", "weight_kg", "indication", "facts.metastatic_disease"):
        editor = person.editor(key)
        labels = [one for one in person.window.findChildren(QLabel) if one.buddy() is editor]
        assert [one.text().replace("&", "") for one in labels] == [editor.accessibleName()]


def test_a_change_of_status_or_dose_is_announced_once(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def listen(event: QAccessibleEvent) -> None:
        said.append(event.message())  # type: ignore[attr-defined]

    monkeypatch.setattr(QAccessible, "updateAccessibility", listen)
    person.enter_case({**case(), "age_years": None})
    said.clear()
    person.type_over("age_years", "20")
    assert said[-1] == (
        "Criteria not met. Documented limit per dose: 28,200,000 International Units (28.2 million)"
    )
    said.clear()
    person.enter("requested.doses_per_day", 2)
    assert said == []
    person.type_over("weight_kg", "x")
    # First the old weight is deleted, and with it the dose.
    assert said == ["Criteria not met", "To see a result, correct: Weight (kg)."]


def test_everything_that_the_pointer_reaches_the_keyboard_reaches_too(person: Person) -> None:
    person.enter_case({**FILLED, "facts": {"metastatic_disease": True}})
    QApplication.processEvents()
    clickable = (Role.Button, Role.CheckBox, Role.EditableText, Role.ComboBox, Role.List)
    wanted = {
        one.object() for one in found_in(person.window) if one.role() in clickable and one.object()
    }
    reached: set[object] = set()
    person.editor("policy").setFocus()
    for _ in range(200):
        focus = QApplication.focusWidget()
        assert focus is not None
        reached.add(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert wanted <= reached, [one for one in wanted if one not in reached]


def test_the_schedule_can_be_left_with_the_tab_key(person: Person) -> None:
    person.enter_case(case(course={"first_dose_at": "2026-11-23T08:00"}))
    table = person.editor("schedule")
    assert isinstance(table, QTableWidget)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert not table.hasFocus()
