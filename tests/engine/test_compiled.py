"""A determination says what it belongs to: policy version, case and program."""

import yaml

from app import __version__
from app.library import Library
from tests.cases import ALDER, case, determine
from tests.fixture_library import file_of


def test_a_determination_names_its_policy_its_case_and_its_program(library: Library) -> None:
    written = yaml.safe_load(file_of(ALDER).read_text("utf-8"))
    found = determine(library, case(reference="Chart 12"))
    for name in ("id", "version", "title", "payer"):
        assert getattr(found.policy, name) == written[name]
    assert found.reference == "Chart 12"
    assert found.engine_version == __version__
