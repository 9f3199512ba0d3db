"""The folder of data files: what does not belong there, or says less than is needed, is refused."""

from pathlib import Path

import pytest

from app.library import DataFileError, load, reader
from tests.fixture_library import FILES
from tests.library.folders import resources_copy


def test_a_policy_file_with_another_ending_is_refused_and_not_passed_over(tmp_path: Path) -> None:
    resources = resources_copy(tmp_path)
    file = next((resources / "policies").glob("birch*.yaml"))
    file.rename(file.with_suffix(".yml"))
    with pytest.raises(
        DataFileError, match=r"birch.*\.yml, line 1: the name of a policy file ends in \.yaml$"
    ):
        load(resources)


def test_without_any_policy_file_the_message_says_that_there_is_none(tmp_path: Path) -> None:
    resources = resources_copy(tmp_path)
    for file in (resources / "policies").iterdir():
        file.unlink()
    with pytest.raises(DataFileError, match=r"^policies, line 1: there is no policy file$"):
        load(resources)
    (resources / "policies").rmdir()
    with pytest.raises(DataFileError, match=r"^policies, line 1: there is no policy file$"):
        load(resources)


def test_a_file_that_is_no_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    resources = resources_copy(tmp_path)
    (resources / "label.yaml").write_text("document: Label\ndocument: Label\n", "utf-8")
    with pytest.raises(DataFileError, match=r"^label\.yaml, line 2, document: "):
        load(resources)


def test_a_file_that_cannot_be_read_for_no_known_reason_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> bytes:
        raise OSError

    monkeypatch.setattr(reader, "read_file", fail)
    with pytest.raises(DataFileError) as refused:
        load(resources_copy(tmp_path))
    assert str(refused.value).endswith(", line 1: cannot be read")


def test_hidden_files_and_copies_of_an_editor_are_passed_over(tmp_path: Path) -> None:
    resources = resources_copy(tmp_path)
    for name in (".DS_Store", ".alder.yaml.swp", "alder.yaml~"):
        (resources / "policies" / name).write_bytes(b"\0")
    (resources / "policies" / "old").mkdir()
    assert len(load(resources).policies) == len(FILES)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  weight_changed: >-", "  weight_moved: >-", r"texts\.weight_changed: the key is miss"),
        ("{previous} kg", "{before} kg", r"texts\.weight_changed: may have in braces: percent, pr"),
        ("{previous} kg", "{previous kg", r"texts\.weight_changed: may have in braces: percent"),
        ("{previous} kg", "{} kg", r"texts\.weight_changed: may have in braces: percent"),
        ("One of the two may be", "One of {them} may be", r"may have in braces: no names"),
    ],
)
def test_words_of_a_check_that_cannot_be_filled_in_are_refused(
    old: str, new: str, message: str, tmp_path: Path
) -> None:
    resources = resources_copy(tmp_path)
    checks = resources / "checks.yaml"
    text = checks.read_text("utf-8")
    assert old in text
    checks.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataFileError, match=message):
        load(resources)
