"""A question that two policies ask by one id takes the same answers in both."""

from pathlib import Path

import pytest

from app.library import DataFileError, Library
from app.library.policies import read_policies, read_policy_file
from tests.cedar import FILE

OTHER_KIND = "has this question with another kind"


def another(folder: Path, old: str = "", new: str = "") -> Path:
    """Write the file of another policy with the same questions, and one text replaced."""
    text = FILE.read_text("utf-8").replace("id: cedar-aldesleukin", "id: other")
    assert old in text
    file = folder / "other.yaml"
    file.write_text(text.replace(old, new) if old else text, "utf-8")
    return file


def test_two_policies_may_share_a_question(tmp_path: Path, library: Library) -> None:
    files = [FILE, another(tmp_path)]
    assert len(read_policies(files, library.base_catalog, library.reserved_notes)) == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [("unit: g/dL", "unit: g/L"), ("ecog_2: ", "ecog_two: "), ("to: 10", "to: 9")],
)
def test_other_answers_to_the_same_question_are_refused(
    old: str, new: str, tmp_path: Path, library: Library
) -> None:
    file = another(tmp_path, old, new)
    with pytest.raises(DataFileError, match=OTHER_KIND):
        read_policies([FILE, file], library.base_catalog, library.reserved_notes)
    known = library.with_policy(
        read_policy_file(FILE, library.base_catalog, library.reserved_notes)
    )
    read = read_policy_file(file, library.base_catalog, library.reserved_notes)
    with pytest.raises(DataFileError, match=OTHER_KIND):
        known.with_policy(read)
