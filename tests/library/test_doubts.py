"""Doubts about a valid policy file: each kind is told at its place, and nothing else is doubted.

The base of every test is a whole file without a doubt; each test changes one value or text of it.
"""

from pathlib import Path

import pytest
import yaml

from app.library import RESOURCES, Library
from app.library import load as load_shipped
from app.library.doubts import doubts_about
from app.library.examined import Doubt
from app.library.policies import PolicyFile, read_policy_file
from tests.fixture_library import FILES
from tests.library.folders import GOOD

PLAIN = GOOD.read_text("utf-8")
DOSING = "coverage.renal_cell_carcinoma.dosing.intravenous"
ADULT = "coverage.renal_cell_carcinoma.criteria.adult.at_least"
TEXT = "text: Aged at least 21 years"
BOUND = "at_least: 21"
DOSE = "iu: 500_000"


def changed(*pairs: tuple[str, str]) -> str:
    text = PLAIN
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def read(folder: Path, text: str, library: Library) -> PolicyFile:
    file = folder / "one.yaml"
    file.write_text(text, "utf-8")
    return read_policy_file(file, library.base_catalog, library.reserved_notes)


def found(folder: Path, text: str, library: Library, *others: str) -> tuple[Doubt, ...]:
    beside = [read(folder, one, library).policy for one in others]
    one = read(folder, text, library)
    return doubts_about(one, beside, library.base_catalog, library.reference_data.label)


def another(*pairs: tuple[str, str]) -> str:
    """Return another payer's file with the same values, but for these changes."""
    names = (
        ("id: example-health", "id: other-health"),
        ("payer: Example Health", "payer: Other Health"),
        ("document: Example Health 1", "document: Other Health 7"),
    )
    return changed(*names, *pairs)


def test_the_plain_file_is_in_no_doubt(tmp_path: Path, library: Library) -> None:
    assert found(tmp_path, PLAIN, library) == ()
    assert found(tmp_path, PLAIN, library, another(), PLAIN) == ()


@pytest.mark.parametrize("file", sorted((RESOURCES / "policies").glob("*.yaml")), ids=str)
def test_no_shipped_policy_is_in_doubt(file: Path) -> None:
    shipped = load_shipped(RESOURCES)
    one = read_policy_file(file, shipped.base_catalog, shipped.reserved_notes)
    label = shipped.reference_data.label
    assert doubts_about(one, shipped.policies, shipped.base_catalog, label) == ()


def test_the_template_is_in_no_doubt_beside_the_shipped_policies() -> None:
    shipped = load_shipped(RESOURCES)
    file = RESOURCES / "policy-template.yaml"
    one = read_policy_file(file, shipped.base_catalog, shipped.reserved_notes)
    label = shipped.reference_data.label
    assert doubts_about(one, shipped.policies, shipped.base_catalog, label) == ()


@pytest.mark.parametrize(
    ("text", "bound", "told"),
    [
        ("Aged at least 18 years", "at_least: 81", "says 18, but the value is at least 81."),
        ("Aged at least eighteen years", "at_least: 21", "says 18, but the value is at least 21."),
        ("Aged twenty-one years or older", "at_least: 12", "says 21, but the value is at least 12"),
        ("Aged 18 to 75 years", "at_least: 21", "says 18 and 75, but the value is at least 21."),
        ("Aged 1,000 months", "at_least: 100", "says 1,000, but the value is at least 100."),
    ],
)
def test_a_number_in_a_text_that_is_not_the_value(
    text: str, bound: str, told: str, tmp_path: Path, library: Library
) -> None:
    [doubt] = found(tmp_path, changed((TEXT, f"text: {text}"), (BOUND, bound)), library)
    assert (doubt.id, doubt.severity) == (f"number_differs:{ADULT}", "high")
    assert doubt.sentence.startswith(f"The text “{text}” {told}")
    line = (tmp_path / "one.yaml").read_text("utf-8").splitlines()[doubt.line - 1]
    assert line.strip() == bound


@pytest.mark.parametrize(
    "text",
    ["An adult", "Aged twenty-one years or older", "Aged 21 to 75 years", "NYHA2A is no number"],
)
def test_a_text_with_the_value_or_without_a_number_is_in_no_doubt(
    text: str, tmp_path: Path, library: Library
) -> None:
    assert found(tmp_path, changed((TEXT, f"text: {text}")), library) == ()


@pytest.mark.parametrize(
    ("text", "bound", "told"),
    [
        ("Aged over 65 years", "at_least: 65", "says over, but the value is at least 65"),
        ("Older than 65 years", "at_least: 65", "says over, but the value is at least 65"),
        ("Under 19 years", "at_most: 19", "says under, but the value is at most 19"),
        ("At least 18 years", "at_most: 18", "says at least, but the value is at most 18"),
        ("18 years or younger", "at_least: 18", "says at most, but the value is at least 18"),
        ("Not older than 75 years", "at_least: 75", "says at most, but the value is at least 75"),
    ],
)
def test_a_bound_that_the_text_words_otherwise(
    text: str, bound: str, told: str, tmp_path: Path, library: Library
) -> None:
    [doubt] = found(tmp_path, changed((TEXT, f"text: {text}"), (BOUND, bound)), library)
    assert doubt.id == f"wording_differs:{ADULT.rpartition('.')[0]}.{bound.partition(':')[0]}"
    assert told in doubt.sentence


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("18 years or over", "at_least: 18"),
        ("Not under 18 years", "at_least: 18"),
        ("Not more than 75 years", "at_most: 75"),
        ("Up to 75 years", "at_most: 75"),
        ("75 years", "at_most: 75"),
    ],
)
def test_a_bound_in_other_words_for_the_same_is_in_no_doubt(
    text: str, bound: str, tmp_path: Path, library: Library
) -> None:
    assert found(tmp_path, changed((TEXT, f"text: {text}"), (BOUND, bound)), library) == ()


@pytest.mark.parametrize(
    ("stated", "kind", "told"),
    [
        # 1.1 mg are 18,000,000 units: 0.37 mg are 6,054,545, and 0.037 mg are 605,454.
        ("0.37 mg/kg", "mg_and_units_differ", "0.37 mg are about 6,054,545 International Units"),
        ("370 mcg/kg", "mg_and_units_differ", "370 mcg are about 6,054,545 International Units"),
        ("5,000,000 IU/kg", "units_differ", "is 5,000,000 IU, but the value is 500,000"),
        ("0.6 million units/kg", "units_differ", "is 0.6 million units, but the value is 500,000"),
        ("600 MIU/kg", "units_differ", "is 600 MIU, but the value is 500,000"),
        ("0.0306 mg/m²", "basis_differs", "is for each m², but the dose is for each kg."),
        ("500,000 IU per lesion", "basis_differs", "for each lesion, but the dose is for each kg."),
    ],
)
def test_a_figure_in_other_units_that_is_not_the_dose(
    stated: str, kind: str, told: str, tmp_path: Path, library: Library
) -> None:
    text = changed((DOSE, f"{DOSE}\n          also_stated_as: {stated}"))
    [doubt] = found(tmp_path, text, library)
    assert (doubt.id, doubt.severity) == (f"{kind}:{DOSING}.dose", "high")
    assert told in doubt.sentence


@pytest.mark.parametrize(
    "stated",
    ["0.031 mg/kg", "0.03 mg per kg", "31 µg/kg", "0.5 million IU/kg", "500,000 units", "as it is"],
)
def test_a_figure_that_is_the_dose_when_rounded_is_in_no_doubt(
    stated: str, tmp_path: Path, library: Library
) -> None:
    text = changed((DOSE, f"{DOSE}\n          also_stated_as: {stated}"))
    assert found(tmp_path, text, library) == ()


@pytest.mark.parametrize(
    ("iu", "per", "is_doubted"),
    [
        ("999", "kg", True),
        ("1_000", "kg", False),
        # 20 vials of 22,000,000 units: 4,400,000 for each of 100 kg, 220,000,000 for each of 2 m².
        ("4_400_000", "kg", False),
        ("4_400_001", "kg", True),
        ("220_000_000", "m2", False),
        ("220_000_001", "m2", True),
        ("440_000_000", "lesion", False),
        ("440_000_001", "lesion", True),
        ("1_000_000_000", "lesion", True),
    ],
)
def test_a_dose_that_nobody_can_mean(
    iu: str, per: str, is_doubted: bool, tmp_path: Path, library: Library
) -> None:
    text = changed((DOSE, f"iu: {iu}"), ("per: kg", f"per: {per}"))
    ids = [one.id for one in found(tmp_path, text, library)]
    assert ids == ([f"dose_impossible:{DOSING}.dose"] if is_doubted else [])


@pytest.mark.parametrize(
    ("iu", "how"),
    [
        ("1_000_000", ""),
        ("1_000_001", "more than twice what"),
        ("250_000", ""),
        ("249_999", "less than half of what"),
    ],
)
def test_a_dose_far_from_another_versions(
    iu: str, how: str, tmp_path: Path, library: Library
) -> None:
    doubts = found(tmp_path, changed((DOSE, f"iu: {iu}")), library, another())
    assert [one.id for one in doubts] == ([f"dose_far_off:{DOSING}.dose"] if how else [])
    for one in doubts:
        assert f"is {how} Other Health 7 (version 1) states for the same use: 500,000" in (
            one.sentence
        )


def test_one_version_far_away_is_enough_and_another_use_is_not_compared(
    tmp_path: Path, library: Library
) -> None:
    far = changed((DOSE, "iu: 2_000_000"))
    near = another((DOSE, "iu: 2_000_000"))
    third = another().replace("id: other-health", "id: third-health")
    [doubt] = found(tmp_path, far, library, near, third)
    assert doubt.id == f"dose_far_off:{DOSING}.dose"
    elsewhere = another((DOSE, "iu: 2_000_000"), ("intravenous:", "subcutaneous:"))
    assert found(tmp_path, PLAIN, library, elsewhere) == ()


def test_a_dose_for_something_else_than_in_every_other_version(
    tmp_path: Path, library: Library
) -> None:
    [doubt] = found(tmp_path, changed(("per: kg", "per: m2")), library, another())
    assert doubt.id == f"basis_alone:{DOSING}.dose"
    assert doubt.sentence == (
        "The dose is for each m²; Other Health 7 (version 1) states it for each kg in the same use."
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("value: 12", "value: 24", None),
        ("value: 12", "value: 25", "doses_far_off:max_doses_per_cycle"),
        ("value: 10", "value: 9", "rest_short:min_rest_days"),
        ("value: 10", "value: 11", None),
        ("value: 60", "value: 59", "rest_short:min_course_rest_days"),
        ("value: 60", "value: 600", None),
    ],
)
def test_more_doses_and_shorter_rests_than_any_other_version(
    old: str, new: str, expected: str | None, tmp_path: Path, library: Library
) -> None:
    ids = [one.id for one in found(tmp_path, changed((old, new)), library, another())]
    kind, _, limit = (expected or "").partition(":")
    assert ids == ([f"{kind}:{DOSING}.{limit}"] if expected else [])


def test_a_rest_as_short_as_in_one_other_version_is_in_no_doubt(
    tmp_path: Path, library: Library
) -> None:
    short = changed(("value: 10", "value: 9"))
    third = another(("value: 10", "value: 8")).replace("id: other-health", "id: third-health")
    assert found(tmp_path, short, library, another(), third) == ()


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("text: All three hold", "text: As Other  Health wants", "criteria.renal.text"),
        ("name: Example regimen", "name: OTHER HEALTH", "dosing.intravenous.name"),
    ],
)
def test_a_text_that_names_another_payer(
    old: str, new: str, place: str, tmp_path: Path, library: Library
) -> None:
    [doubt] = found(tmp_path, changed((old, new)), library, another())
    wanted = f"other_payer_named:coverage.renal_cell_carcinoma.{place}"
    assert (doubt.id, doubt.severity) == (wanted, "low")
    assert "names Other Health, but this is a policy of Example Health." in doubt.sentence


def test_a_long_text_is_told_by_its_beginning_and_half_a_name_is_none(
    tmp_path: Path, library: Library
) -> None:
    long = changed(("text: All three hold", f"text: {'a' * 100} Other Health"))
    [doubt] = found(tmp_path, long, library, another())
    assert f"“{'a' * 80}…”" in doubt.sentence
    half = changed(("text: All three hold", "text: An Other Healthy one"))
    assert found(tmp_path, half, library, another()) == ()


def test_a_document_of_the_same_name_under_another_id(tmp_path: Path, library: Library) -> None:
    twin = another().replace("document: Other Health 7", "document: EXAMPLE  Health 1")
    [doubt] = found(tmp_path, PLAIN, library, twin)
    assert (doubt.id, doubt.severity) == ("name_alike:document", "low")
    assert doubt.sentence.startswith("The policy other-health has the same document name")


def test_doubts_about_limits_come_before_those_about_names(
    tmp_path: Path, library: Library
) -> None:
    text = changed(("title: Example policy", "title: Other Health policy"), (DOSE, "iu: 900"))
    kinds = [one.id.partition(":")[0] for one in found(tmp_path, text, library, another())]
    assert kinds == ["dose_impossible", "dose_far_off", "other_payer_named"]


def test_a_file_is_not_compared_with_itself(library: Library) -> None:
    one = read_policy_file(FILES[0], library.base_catalog, library.reserved_notes)
    label = library.reference_data.label
    assert doubts_about(one, [one.policy], library.base_catalog, label) == ()


def test_what_states_no_dosing_or_no_dose_is_compared_with_nothing(
    tmp_path: Path, library: Library
) -> None:
    place = {"heading": "Dosing"}
    none = yaml.safe_load(another())
    none["coverage"]["renal_cell_carcinoma"]["dosing"] = {"not_stated": True, "citation": place}
    no_dose = yaml.safe_load(another())
    [regimen] = no_dose["coverage"]["renal_cell_carcinoma"]["dosing"].values()
    regimen["dose"] = {"not_stated": True, "citation": place}
    for data in (none, no_dose):
        text = yaml.safe_dump(data, sort_keys=False)
        assert found(tmp_path, text, library, PLAIN) == ()
        assert found(tmp_path, PLAIN, library, text) == ()
