"""The open window after each change of the site's policies: it uses what counts now, at once."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QPlainTextEdit, QTableWidget

from app.files.case_file import case_bytes
from app.files.record import record_bytes
from app.gui.comparison import CompareWindow
from app.gui.main_window import MainWindow
from app.gui.policies.preview import PolicyPreview
from app.gui.policies.window import PoliciesWindow
from app.library.site import load_all
from app.library.site_folders import SiteFolders
from app.model.case_json import read_case
from tests.cases import ALDER, BIRCH, case, determine
from tests.gui import worklists
from tests.gui.person import Person
from tests.gui.policy_windows import (
    THIRD_ID,
    answer,
    boxes,
    button,
    labels,
    opened,
    person,
    refused,
    remove,
    site,
    take,
    take_in,
    third,
    versions,
    window,
    worklist,
)
from tests.library.sites import PROVIDER, file_with, offered, revision, taken

__all__ = ["person", "site", "window"]

SITE_LINE = f"Site policy, provided by {PROVIDER}."


def offered_choices(person: Person) -> list[str]:
    box = person.editor("policy")
    assert isinstance(box, QComboBox)
    return [str(box.itemData(place)) for place in range(1, box.count())]


def test_a_third_payers_policy_is_taken_used_compared_and_removed_without_any_python(
    person: Person, site: SiteFolders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = person.window
    policies = opened(window)
    file = file_with(tmp_path, offered())
    monkeypatch.setattr(QFileDialog, "exec", lambda _: QDialog.DialogCode.Accepted)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(file)])
    button(policies, "Take a policy file of this site").click()
    [preview] = policies.findChildren(PolicyPreview)
    assert offered_choices(person) == [ALDER, BIRCH]
    assert not site.folders[1].exists()
    take(preview)
    assert offered_choices(person) == [ALDER, BIRCH, THIRD_ID]

    unresectable = {"metastatic_disease": False, "unresectable_disease": True}
    lesion = {"lesion_status": ["unresectable"]}
    person.enter_case(third(facts={**unresectable, "prior_systemic_therapy": True, **lesion}))
    assert person.status() == "Criteria met"
    # 450,000 International Units for each of 70.5 kg.
    assert person.read("max_dose") == "31,725,000 International Units (31.725 million)"
    assert {"at most twice daily", "at most 12 doses"} <= set(labels(window))
    assert {"at least 15 days", "at least 63 days (9 weeks)"} <= set(labels(window))
    assert any(SITE_LINE in words for words in labels(window))
    person.enter("facts.prior_systemic_therapy", False)  # the "any" in the "all" fails
    assert person.status() == "Criteria not met"
    person.enter("facts.metastatic_disease", True)
    assert person.status() == "Criteria met"
    for age, status in (("15", "not met"), ("16", "met"), ("80", "met"), ("81", "not met")):
        person.type_over("age_years", age)
        assert person.status() == f"Criteria {status}"

    QTest.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    compared = "\n".join(compared_words(window))
    assert "Third Health" in compared
    assert "= 31,725,000 International Units" in compared
    # 320,000 and 280,000 International Units for each of 70.5 kg, by the two others.
    for dose in ("22,560,000", "19,740,000"):
        assert compared.count(f"= {dose} International Units") == 1

    versions(policies).setCurrentRow(3)
    remove(policies)
    assert offered_choices(person) == [ALDER, BIRCH]
    assert "Third Health" not in "\n".join(compared_words(window))
    assert list(site.folders[1].iterdir()) == []


def compared_words(window: MainWindow) -> list[str]:
    """Every word of the comparison, headings and cells."""
    shown = window.findChild(CompareWindow)
    assert isinstance(shown, CompareWindow)
    assert shown.isVisible()
    [table] = shown.findChildren(QTableWidget)
    heads = (table.horizontalHeaderItem(one) for one in range(table.columnCount()))
    cells = (
        table.item(row, column)
        for row in range(table.rowCount())
        for column in range(table.columnCount())
    )
    return [" ".join(one.text().split()) for one in (*heads, *cells) if one is not None]


def test_a_revision_counts_at_once_for_the_case_in_the_window(
    person: Person, site: SiteFolders, tmp_path: Path
) -> None:
    taken(site, offered())
    policies = opened(person.window)
    person.enter_case(third())
    assert "at least 15 days" in labels(person.window)
    take_in(policies, tmp_path, offered(revision().replace("2027-01-15", "2026-11-23")))
    assert "at least 16 days" in labels(person.window)
    assert "at least 15 days" not in labels(person.window)
    assert person.window.draft.entries["weight_kg"] == "70.5"
    remove(policies)  # the one just taken is the chosen one
    assert "at least 15 days" in labels(person.window)


def test_with_its_policy_removed_a_case_has_none_chosen_no_result_and_every_other_entry(
    person: Person, tmp_path: Path
) -> None:
    policies = opened(person.window)
    take_in(policies, tmp_path)
    person.enter_case(third())
    assert person.read("max_dose")
    remove(policies)
    assert person.window.draft.entries["policy"] is None
    box = person.editor("policy")
    assert isinstance(box, QComboBox)
    assert box.currentText() == "Not chosen"
    assert (person.read("approval_status"), person.read("max_dose")) == ("", "")
    assert "To see a result, fill in: Policy." in labels(person.window)
    assert person.window.draft.entries["weight_kg"] == "70.5"
    person.enter("policy", ALDER)
    assert "22,560,000" in person.read("max_dose")


def test_a_case_from_before_comes_back_without_its_removed_policy(
    person: Person, tmp_path: Path
) -> None:
    policies = opened(person.window)
    take_in(policies, tmp_path)
    person.enter_case(third())
    person.window.start_anew()
    answer(boxes(person.window)[0], "Leave this case")
    person.enter("policy", ALDER)
    remove(policies)
    person.window.go_back()
    assert person.window.draft.entries["policy"] is None
    assert person.window.draft.entries["weight_kg"] == "70.5"


def test_a_saved_case_opens_under_a_policy_that_was_just_taken_and_no_more_when_it_is_gone(
    person: Person, tmp_path: Path
) -> None:
    file = tmp_path / "one.aldesk"
    file.write_bytes(case_bytes(read_case(third())))
    policies = opened(person.window)
    take_in(policies, tmp_path)
    person.window.open_file(file)
    assert person.window.draft.entries["policy"] == THIRD_ID
    remove(policies)
    person.window.open_file(file)
    assert boxes(person.window)[-1].text().startswith("There is no policy with this id.")


def test_records_are_checked_against_what_is_at_hand_now(
    person: Person, site: SiteFolders, tmp_path: Path
) -> None:
    taken(site, offered())
    determination = determine(load_all(site), third())
    policies = opened(person.window)
    person.enter_case(third())
    given = person.window.draft.case
    assert given is not None
    record = tmp_path / "one.aldesk-record"
    record.write_bytes(record_bytes(given, determination))
    before = checked(person.window, record)
    versions(policies).setCurrentRow(3)
    remove(policies)
    assert checked(person.window, record) != before


def checked(window: MainWindow, record: Path) -> str:
    """What the check of a record says."""
    window._windows.show_verification(record)
    [dialog] = [
        one
        for one in window.findChildren(QDialog)
        if one.isVisible() and not isinstance(one, PoliciesWindow)
    ]
    [view] = dialog.findChildren(QPlainTextEdit)
    dialog.close()
    return view.toPlainText()


def test_the_rows_of_a_worklist_go_when_the_policies_change(
    window: MainWindow, tmp_path: Path
) -> None:
    window._windows.open_worklist()
    rows = window._windows._worklist
    assert rows is not None
    assert worklists.opened(rows, worklist(tmp_path, [case()])).isVisible()
    take_in(opened(window), tmp_path)
    assert worklists.text(rows, "worklist_page").startswith("The policies have changed")
    assert not worklists.table(rows).isVisible()
    assert not worklists.button(rows, "Save the results as JSON Lines").isEnabled()
    shown = worklists.opened(rows, worklist(tmp_path, [third()]))
    assert "31,725,000" in worklists.column(shown, worklists.LIMIT_COLUMN)[0]


def test_a_file_that_was_changed_while_aldesk_runs_counts_no_more_once_the_policies_open(
    person: Person, site: SiteFolders, tmp_path: Path
) -> None:
    take_in(opened(person.window), tmp_path)
    person.enter_case(third())
    [path] = site.folders[1].iterdir()
    path.write_text(offered() + " ", "utf-8")
    policies = opened(person.window)
    assert "has been changed" in refused(policies)
    assert person.read("max_dose") == ""


def test_no_older_version_stands_in_for_one_that_was_changed(
    person: Person, site: SiteFolders
) -> None:
    taken(site, offered())
    path = taken(site, offered(revision().replace("2027-01-15", "2026-11-01")))
    policies = opened(person.window)
    person.enter_case(third())
    assert person.read("max_dose")
    path.write_text("nothing", "utf-8")
    policies.refresh()
    assert person.read("max_dose") == ""
    assert "version 3.0 does not stand in for it" in person.problem("date_of_service")
    path.unlink()
    policies.refresh()
    assert person.read("max_dose")
