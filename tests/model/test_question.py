"""The catalog refuses a question whose choices do not fit its kind."""

import pytest
from pydantic import ValidationError

from app.library import Library
from app.model.adapters import adapter
from app.model.catalog import Question


@pytest.mark.parametrize(
    ("kind", "choices"), [("yes_no", {"a": "A"}), ("number", {"a": "A"}), ("choices", {})]
)
def test_choices_belong_to_a_question_of_choices(kind: str, choices: dict[str, str]) -> None:
    data = {"label": "?", "kind": kind, "answered_by": "chart", "choices": choices}
    with pytest.raises(ValidationError, match="choices belong"):
        adapter(Question).validate_python(data)


def test_a_label_is_found_by_the_key_of_a_case(library: Library) -> None:
    assert library.catalog.label("facts.single_agent").startswith("Will aldesleukin")
    assert library.catalog.label("age_years") == "Age (years)"
    assert library.catalog.label("requested.dose_iu") == "Dose (International Units)"
