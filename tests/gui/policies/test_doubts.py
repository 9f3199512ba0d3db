"""Each doubt about a file has a box to tick, and the file is taken only when all are ticked."""

from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QWidget

from app.gui.main_window import MainWindow
from app.library.accepted_doubts import FOLDER
from app.library.site_folders import SiteFolders
from tests.gui.look.test_appearance_text_size import cut_off, scale
from tests.gui.person import Person
from tests.gui.policy_windows import (
    button,
    labels,
    listed,
    offer,
    opened,
    page,
    person,
    site,
    take,
    third,
    told,
    versions,
    window,
)
from tests.gui.whole_window.test_accessibility import unnamed
from tests.library.sites import offered, taken
from tests.library.test_site_doubts import SAYS_16, with_slips

__all__ = ["person", "scale", "site", "window"]


def ticks(preview: QWidget) -> list[QCheckBox]:
    found = preview.findChild(QWidget, "doubts")
    assert found is not None
    return found.findChildren(QCheckBox)


def test_take_waits_until_every_doubt_is_ticked_and_says_so(
    window: MainWindow, site: SiteFolders, tmp_path: Path
) -> None:
    preview = offer(opened(window), tmp_path, with_slips())
    taking, boxes = button(preview, "Take this policy"), ticks(preview)
    assert len(boxes) == 3
    assert any(SAYS_16 in one for one in labels(preview))
    assert [SAYS_16 in one.accessibleDescription() for one in boxes] == [True, False, False]
    for left in (3, 2, 1):
        assert not taking.isEnabled()
        words = "doubt waits" if left == 1 else "doubts wait"
        assert told(preview, "doubts_told") == (
            f"The file cannot be taken yet: {left} {words} for a tick."
        )
        boxes[3 - left].setChecked(True)
    assert taking.isEnabled()
    boxes[0].setChecked(False)
    assert not taking.isEnabled()
    assert not site.user.exists()
    boxes[0].setChecked(True)
    take(preview)
    assert len(list((site.folders[1] / FOLDER).iterdir())) == 1


def test_a_file_without_a_doubt_can_be_taken_at_once(window: MainWindow, tmp_path: Path) -> None:
    preview = offer(opened(window), tmp_path, offered())
    assert ticks(preview) == []
    assert not [one for one in preview.findChildren(QWidget, "doubts") if one.isVisible()]
    assert button(preview, "Take this policy").isEnabled()


@pytest.mark.usefixtures("scale")
def test_no_doubt_is_cut_off_and_nothing_has_no_name(window: MainWindow, tmp_path: Path) -> None:
    QAccessible.setActive(True)
    preview = offer(opened(window), tmp_path, with_slips())
    preview.resize(1366, 768)
    QApplication.processEvents()
    assert not list(cut_off(preview))
    assert not unnamed(preview)
    assert preview.size().height() == 768
    QAccessible.setActive(False)


def test_accepted_doubts_are_shown_with_the_version_and_beside_every_result(
    window: MainWindow, person: Person, site: SiteFolders
) -> None:
    taken(site, with_slips())
    policies = opened(window)
    versions(policies).setCurrentRow(len(listed(policies)) - 1)
    assert "In doubt, accepted when it was taken" in page(policies)
    assert SAYS_16 in page(policies)
    person.enter_case(third())
    assert any(SAYS_16 in one for one in labels(person.window))


def test_the_list_of_policies_says_which_one_is_of_the_site(
    person: Person, window: MainWindow, site: SiteFolders
) -> None:
    taken(site, offered())
    same = offered().replace("document: Third Health 3", "document: Alder 12")
    taken(site, same.replace("third-health", "alder-of-the-site"))
    opened(window)
    box = person.editor("policy")
    assert isinstance(box, QComboBox)
    assert [box.itemText(place) for place in range(1, box.count())] == [
        "Alder 12",
        "Alder 12 (site policy)",
        "Birch handbook",
        "Third Health 3 (site policy)",
    ]
