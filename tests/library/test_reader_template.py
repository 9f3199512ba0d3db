"""The template of a policy file: it loads as it is, and it says everything that a file may hold."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from app.files.json_forms import policy_schema
from app.library import RESOURCES, Library
from app.library.policies import read_policies
from app.model.criterion import Comparison, Group
from app.model.data import key_of
from app.model.dosing import Dosing
from app.model.policy import InForce, Policy, When, WrittenPolicy
from tests.fixture_library import FILES
from tests.library.folders import GOOD

TEMPLATE = RESOURCES / "policy-template.yaml"
BAD = sorted(set(GOOD.parent.glob("*.yaml")) - {GOOD})

# What only the loader sees: YAML that another reader of it takes, and what only a whole file tells.
ONLY_THE_LOADER = {
    *("alias", "capital_true", "duplicate_key", "duplicate_key_in_braces", "octal_number"),
    *("repeated_criterion_id", "repeated_note_id", "yes_for_true", "date_for_a_text"),
    *("text_for_a_date", "control_character", "remark_after_a_text"),
    # A policy may have indications, routes and questions of its own.
    *("unknown_indication", "unknown_route", "unknown_route_of_criteria", "unknown_question"),
}


@pytest.fixture(scope="module")
def template(library: Library) -> Policy:
    [policy] = read_policies([TEMPLATE], library.catalog, library.reserved_notes)
    return policy


@pytest.fixture(scope="module")
def schema(library: Library) -> Draft202012Validator:
    found = policy_schema(library.catalog, library.reserved_notes)
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found, format_checker=Draft202012Validator.FORMAT_CHECKER)


class _DatesAreTexts(yaml.CSafeLoader):
    """As editors read YAML: a date is a text of a certain form."""

    yaml_implicit_resolvers = {  # noqa: RUF012  # where PyYAML keeps them
        first: [one for one in found if not one[0].endswith(":timestamp")]
        for first, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


def read(file: Path) -> Any:
    return yaml.load(file.read_text("utf-8"), _DatesAreTexts)  # noqa: S506  # a safe loader


def keys_of(model: type[Any]) -> Iterator[str]:
    yield from (key_of(one.name) for one in fields(model))


def test_the_template_is_a_valid_policy_of_nobody(template: Policy) -> None:
    assert template.payer == "Example payer"
    assert template.provided_by is not None


def test_the_template_holds_every_key_that_a_policy_may_have() -> None:
    text = TEMPLATE.read_text("utf-8")
    for model in (WrittenPolicy, InForce, Dosing, When, Comparison, Group):
        for key in keys_of(model):
            assert f"{key}:" in text, key


def test_the_template_has_what_is_hardest_to_write(template: Policy) -> None:
    criteria = template.coverage["cutaneous_melanoma"].criteria
    assert isinstance(criteria, Group)
    assert criteria.all_ is not None
    either = [one for one in criteria.all_ if isinstance(one, Group) and one.any_]
    assert any(isinstance(one, Group) and one.routes for one in either[0].children)
    assert template.coverage["cutaneous_melanoma"].dosing["intravenous"].has_cycles
    assert any(note.when != When() for note in template.notes)


def test_the_comments_name_every_question_and_every_choice(library: Library) -> None:
    text = TEMPLATE.read_text("utf-8")
    for name, question in library.catalog.questions.items():
        assert name in text
        for choice in question.choices:
            assert choice in text, choice


def test_every_key_of_the_template_stands_under_a_comment_or_beside_one_that_explains_it() -> None:
    lines = TEMPLATE.read_text("utf-8").splitlines()
    assert sum(line.lstrip().startswith("#") for line in lines) > len(lines) / 4
    assert max(map(len, lines)) <= 105


@pytest.mark.parametrize("file", [*FILES, TEMPLATE, GOOD], ids=lambda file: file.stem)
def test_a_policy_file_is_one_by_the_schema(file: Path, schema: Draft202012Validator) -> None:
    assert [error.message for error in schema.iter_errors(read(file))] == []


def test_most_bad_files_are_none_by_the_schema(schema: Draft202012Validator) -> None:
    data = {file.stem: read(file) for file in BAD if is_yaml(file)}
    taken = {name for name, one in data.items() if schema.is_valid(one)}
    assert taken == ONLY_THE_LOADER
    assert len(data) - len(taken) >= 30


def is_yaml(file: Path) -> bool:
    try:
        read(file)
    except (yaml.YAMLError, TypeError):  # a list as a key, for instance
        return False
    return True


@pytest.mark.parametrize("question", ["age_years", "single_agent", "lesion_site"])
def test_the_schema_knows_how_each_question_is_compared(
    question: str, library: Library, schema: Draft202012Validator
) -> None:
    data = read(GOOD)
    values: dict[str, Any] = {"is": True, "at_least": 18, "at_most": 18}
    values |= {key: ["nodal"] for key in ("any_of", "none_of")}
    for comparison, value in values.items():
        criterion = {"id": "x", "text": "x", "citation": {"heading": "x"}, "question": question}
        data["coverage"]["renal_cell_carcinoma"]["criteria"] = {**criterion, comparison: value}
        fits = comparison in library.catalog.questions[question].comparisons
        assert schema.is_valid(data) == fits, comparison
