"""Facts of the label, written by hand from the prescribing information, and files that are refused.

Each bad file is the shipped one with one part replaced; the message must name the key.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from app.library import DataFileError, Library
from app.library.policies import RESOURCES
from app.library.reader import read_model
from app.model.formatting import decimal_in_words, dose_in_words
from app.model.label import Label

SHIPPED = RESOURCES / "label.yaml"
REFUSED = {
    "no last bag": ("      - {ml: 100}\n", "", "preparation.dilution.bags"),
    "bags that fall": ("up_to_iu: 25_400_000", "up_to_iu: 60_000_001", "preparation.dilution.bags"),
    "the same bound twice": (
        "up_to_iu: 25_400_000",
        "up_to_iu: 60_000_000",
        "preparation.dilution.bags",
    ),
    "a bag without a bound too early": (
        "{ml: 25, up_to_iu: 25_400_000}",
        "{ml: 25}",
        "preparation.dilution.bags",
    ),
    "a part of a unit in a vial": (
        'diluent_ml: "1.2"',
        'diluent_ml: "1.00000001"',
        "preparation.solution",
    ),
    "no diluent": ('diluent_ml: "1.2"', "diluent_ml: 0", "preparation.solution.diluent_ml"),
    "no strength": ("iu_per_ml: 18_000_000", "iu_per_ml: 0", "preparation.solution.iu_per_ml"),
    "an empty vial": ("content_iu: 22_000_000", "content_iu: 0", "preparation.vial.content_iu"),
    "a fact without its place": (
        "in-line filter.\n    citation: {heading: Dosage and Administration}\n",
        "in-line filter.\n",
        "preparation.infusion",
    ),
    "no discharge rest": ("days: 49", "days: 0", "discharge_rest.days"),
    "a mark in words": (
        "    hours: 48\n    one_source: true",
        '    hours: 48\n    one_source: "yes"',
        "preparation.storage.one_source",
    ),
}


def test_the_facts_are_those_of_the_prescribing_information(library: Library) -> None:
    label = library.reference_data.label
    facts = label.preparation
    assert label.document == (
        "Proleukin prescribing information (Iovance, SPL f3c516ad, version 7, December 20, 2024)"
    )
    assert (label.dose_interval.hours, label.discharge_rest.days) == (8, 49)
    assert facts.vial.content_iu == 22_000_000
    assert facts.solution.diluent_ml == Decimal("1.2")
    assert facts.solution.iu_per_ml == 18_000_000
    assert facts.solution.mg_per_ml == Decimal("1.1")
    assert facts.solution.vial_iu == 21_600_000
    assert [(bag.ml, bag.up_to_iu) for bag in facts.dilution.bags] == [
        (25, 25_400_000),
        (50, 60_000_000),
        (100, None),
    ]
    limits = facts.dilution.mg_per_ml
    assert (limits.low, limits.high) == (Decimal("0.03"), Decimal("0.07"))
    assert (facts.infusion.minutes, facts.storage.hours) == (15, 48)


def test_what_a_fact_says_in_words_is_what_is_computed_with(library: Library) -> None:
    facts = library.reference_data.label.preparation
    assert dose_in_words(facts.vial.content_iu) in facts.vial.text
    for words in (
        f"{decimal_in_words(facts.solution.diluent_ml)} mL",
        dose_in_words(facts.solution.iu_per_ml),
        f"{decimal_in_words(facts.solution.mg_per_ml)} mg",
    ):
        assert words in facts.solution.text
    for bag in facts.dilution.bags:
        assert f"{bag.ml} mL" in facts.dilution.text
        assert bag.up_to_iu is None or dose_in_words(bag.up_to_iu) in facts.dilution.text
    for bound in (facts.dilution.mg_per_ml.low, facts.dilution.mg_per_ml.high):
        assert f"{decimal_in_words(bound)} mg/mL" in facts.dilution.text
    assert f"{facts.infusion.minutes} minutes" in facts.infusion.text
    assert f"{facts.storage.hours} hours" in facts.storage.text


@pytest.mark.parametrize(("old", "new", "key"), REFUSED.values(), ids=REFUSED)
def test_such_a_label_is_refused_with_its_key(
    old: str, new: str, key: str, tmp_path: Path, library: Library
) -> None:
    text = SHIPPED.read_text("utf-8")
    assert text.count(old) == 1
    file = tmp_path / "label.yaml"
    file.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(DataFileError, match=rf"label\.yaml, line \d+, {key}"):
        read_model(Label, file, {"catalog": library.catalog})
