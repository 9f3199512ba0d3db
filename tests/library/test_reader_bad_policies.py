"""A policy file with one defect is refused with the file, the line, the key and the reason.

Each file in tests/bad_policies differs from good.yaml in one place; its first line says by hand
how it must be refused.
"""

from difflib import SequenceMatcher
from pathlib import Path

import pytest

from app.library import DataFileError, Library
from app.library.policies import read_policies
from app.model.dosing import Dose
from tests.library.folders import GOOD

FOLDER = GOOD.parent
BAD = sorted(set(FOLDER.glob("*.yaml")) - {GOOD})
MARK = "# expect: "

one_defect = pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)


def test_the_good_file_is_read(library: Library) -> None:
    [policy] = read_policies([GOOD], library.catalog, library.reserved_notes)
    assert policy.id == "example-health"
    [regimen] = policy.coverage["renal_cell_carcinoma"].regimens("intravenous")
    assert isinstance(regimen.dose, Dose)
    assert regimen.dose.iu == 500_000


@one_defect
def test_a_defect_is_refused_with_file_line_key_and_reason(file: Path, library: Library) -> None:
    expected = file.read_text("utf-8").splitlines()[0].removeprefix(MARK)
    with pytest.raises(DataFileError) as refused:
        read_policies([file], library.catalog, library.reserved_notes)
    assert str(refused.value) == f"{file.name}, {expected}"


@one_defect
def test_a_bad_file_differs_from_the_good_one_in_one_place(file: Path) -> None:
    first, *bad = file.read_text("utf-8").splitlines()
    _, *good = GOOD.read_text("utf-8").splitlines()
    steps = SequenceMatcher(None, good, bad, autojunk=False).get_opcodes()
    assert first.startswith(MARK)
    assert sum(step[0] != "equal" for step in steps) == 1
