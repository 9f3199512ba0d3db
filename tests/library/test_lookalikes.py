"""Names of a policy: letters that pass for others and ids that are too long are refused."""

from pathlib import Path, PureWindowsPath

import pytest

from app.atomic_file import TEMPORARY
from app.library import DataFileError, Library
from app.library.accepted_doubts import FOLDER, keep
from app.library.installed_names import name_of
from app.library.lookalikes import odd_letter
from app.library.policies import read_policy_file
from app.library.site import InstalledFile, load_all, read_new
from app.library.site_folders import SiteFolders
from tests.library.sites import TODAY, file_with, offered, site_in

LONGEST = "a" * 60
WINDOWS_ENDS_AT = 260
# The longest name of a user that Windows takes, and where it keeps a user's data.
FOLDER_OF_WINDOWS = PureWindowsPath(r"C:\Users") / ("u" * 20) / r"AppData\Local\Aldesk\policies"


@pytest.fixture
def site(tmp_path: Path) -> SiteFolders:
    return site_in(tmp_path / "site")


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("Сigna", "'С' (CYRILLIC CAPITAL LETTER ES)"),
        ("Cigna ΙP0407", "'Ι' (GREEK CAPITAL LETTER IOTA)"),
        ("СОА", "'С' (CYRILLIC CAPITAL LETTER ES)"),
        ("Cıgna", "'ı' (LATIN SMALL LETTER DOTLESS I)"),
        ("Ｃigna", "'Ｃ' (FULLWIDTH LATIN CAPITAL LETTER C)"),
        ("𝐂igna", "'𝐂' (MATHEMATICAL BOLD CAPITAL C)"),
        ("Cigna ٣", "'٣' (ARABIC-INDIC DIGIT THREE)"),
        ("Cigna Ⅳ", "'Ⅳ' (ROMAN NUMERAL FOUR)"),
        ("Cig\u0335na", "'\u0335' (COMBINING SHORT STROKE OVERLAY)"),
    ],
)
def test_a_letter_that_passes_for_another_is_named(text: str, letter: str) -> None:
    assert odd_letter(text) == letter


@pytest.mark.parametrize(
    "text",
    ["Cigna IP0407", "Société générale", "Socie\u0301te\u0301", "Straße 3, m² – “A”", "Łódź"],
)
def test_latin_letters_with_accents_are_as_they_seem(text: str) -> None:
    assert odd_letter(text) is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("payer", "Third Health"),
        ("title", "Example policy of a third payer"),
        ("document", "Third Health 3"),
        ("provided_by", "Pharmacy informatics of the example site"),
    ],
)
def test_such_a_name_is_refused_with_the_letter_and_its_place(
    key: str, value: str, library: Library, tmp_path: Path
) -> None:
    text = offered()
    assert text.count(f"\n{key}: {value}\n") == 1
    file = file_with(tmp_path, text.replace(f"\n{key}: {value}\n", f"\n{key}: {value} \u0421\n"))
    line = 1 + [one.partition(":")[0] for one in file.read_text("utf-8").splitlines()].index(key)
    with pytest.raises(DataFileError) as refused:
        read_policy_file(file, library.base_catalog, library.reserved_notes)
    assert str(refused.value) == (
        f"offered.yaml, line {line}, {key}: the letter '\u0421' (CYRILLIC CAPITAL LETTER ES) could "
        "be taken for another one: a name has Latin letters and plain digits only"
    )


def installed(site: SiteFolders, text: str) -> Path:
    """Put a file there as an earlier Aldesk took it."""
    library = load_all(site)
    file = file_with(site.user.parents[1], text)
    try:
        policy = read_policy_file(file, library.base_catalog, library.reserved_notes).policy
    except DataFileError as error:
        policy = error.read.policy  # type: ignore[attr-defined]  # of a file that is refused since
    path = site.folders[1] / str(name_of(policy, TODAY))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file.read_bytes())
    return path


def test_one_that_is_installed_serves_records_only(site: SiteFolders) -> None:
    installed(site, offered().replace("payer: Third", "payer: \u0422hird"))
    library = load_all(site)
    [told] = library.refused
    assert "payer: the letter '\u0422' (CYRILLIC CAPITAL LETTER TE)" in told
    assert "Records by this file can be verified" in told
    assert [one.id for one in library.for_records] == ["third-health"]
    assert "third-health" not in {one.id for one in library.policies}


def test_an_id_of_60_characters_is_taken_and_one_more_is_refused(
    site: SiteFolders, tmp_path: Path
) -> None:
    library = load_all(site)
    right = offered().replace("id: third-health", f"id: {LONGEST}")
    assert read_new(file_with(tmp_path, right), library, site).policy.id == LONGEST
    with pytest.raises(DataFileError, match=r"line 2, id: must have at most 60 characters$"):
        read_new(file_with(tmp_path, right.replace(LONGEST, f"{LONGEST}a")), library, site)


def test_one_that_an_earlier_version_took_goes_on(site: SiteFolders) -> None:
    long = f"{LONGEST}aaa"
    path = installed(site, offered().replace("id: third-health", f"id: {long}"))
    library = load_all(site)
    assert library.refused == ()
    [policy] = library.versions(long)
    assert InstalledFile(path, policy, TODAY).policy.id == long


def test_paths_of_windows_are_short_enough_with_the_longest_id(
    site: SiteFolders, tmp_path: Path
) -> None:
    text = offered().replace("id: third-health", f"id: {LONGEST}")
    new = read_new(file_with(tmp_path, text), load_all(site), site)
    keep(tmp_path, new.policy.sha256, (), TODAY)
    [kept] = (tmp_path / FOLDER).iterdir()
    for path in (
        FOLDER_OF_WINDOWS / str(name_of(new.policy, TODAY)),
        FOLDER_OF_WINDOWS / FOLDER / kept.name,
        FOLDER_OF_WINDOWS / FOLDER / f"{TEMPORARY}{'f' * 16}",
    ):
        assert len(str(path)) < WINDOWS_ENDS_AT
