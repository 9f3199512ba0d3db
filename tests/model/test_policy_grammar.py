"""What a policy file may not say of conditions, approvals, renewals, named uses and codes."""

from datetime import date
from typing import Any

import pytest

from app.library import DataFileError, Library
from app.model.criterion import Comparison
from app.model.document import Citation
from tests.engine.small_policies import HERE, asks, group, kidney, read, small

LENGTH = {"months": 5, "citation": HERE}


def renewed(**renewal: Any) -> dict[str, Any]:
    return kidney(renewal=renewal)


def used(**use: Any) -> dict[str, Any]:
    one: dict[str, Any] = {"id": "u", "text": "U", "because": "excluded", "citation": HERE}
    one["when"] = asks("single_agent")
    about = {"text": "Covered", "citation": HERE, "uses": [{**one, **use}]}
    return small(not_covered=about)


def coded(**parts: Any) -> dict[str, Any]:
    return small(codes=[{"system": "icd_10_cm", "citation": HERE, **parts}])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (kidney(approval={"citation": HERE}), "exactly one of: months"),
        (kidney(approval={**LENGTH, "weeks": 2}), "exactly one of: months"),
        (kidney(approval={"once": False, "citation": HERE}), "must be true, or left out"),
        (
            kidney(approval={**LENGTH, "branch": "no_such"}),
            "approval.branch: there is no criterion",
        ),
        (kidney(approval=[]), "at least one entry"),
        (renewed(citation=HERE), "needs criteria or also"),
        (renewed(refused=True, not_stated=True, citation=HERE), "needs criteria or also"),
        (renewed(refused=True), "the key is missing"),
        (renewed(refused=True, approval=LENGTH, citation=HERE), "goes together with criteria"),
        (renewed(criteria=asks("tumor_shrinkage"), text="No"), "goes together with refused"),
        (renewed(also=["no_such"], citation=HERE), "no criterion 'no_such'"),
        (renewed(refused=True, branch="no_such", citation=HERE), "no criterion 'no_such'"),
        (used(see="Elsewhere"), "goes together with because"),
        (small(not_covered={"citation": HERE}), "exactly one of: text, not_stated"),
        (coded(), "needs either code, or any_of"),
        (coded(any_of=["C64 1"]), "must be a code"),
        (coded(code="J9015", any_of=["C64"]), "needs either code, or any_of"),
        (kidney(criteria=group("a", "of", asks("single_agent"))), "at_least and of go together"),
        (
            kidney(criteria=group("a", "of", asks("single_agent"), at_least=2)),
            "at_least: must be at most 1",
        ),
        (
            kidney(criteria=asks("aged", "age_years", under=["C64"])),
            "age_years is compared by at_least, at_most, over or under",
        ),
        (
            kidney(criteria=asks("coded", "diagnosis_codes", under=5)),
            "diagnosis_codes is compared by any_of or under",
        ),
        (kidney(criteria=asks("aged", "age_years", over="17.5")), "has fewer decimals"),
        (kidney(criteria=asks("aged", "age_years", over=True)), "must be a whole number, like 18"),
        (
            kidney(criteria=asks("line", "line_of_therapy", any_of=["third"])),
            "has no choice 'third'",
        ),
    ],
)
def test_such_a_file_is_refused(library: Library, data: dict[str, Any], message: str) -> None:
    with pytest.raises(DataFileError, match=message):
        read(data, library)


def test_dates_of_codes_that_end_before_they_begin_are_refused(library: Library) -> None:
    data = coded(any_of=["C64"], valid_from=date(2026, 2, 1), valid_to=date(2026, 1, 1))
    with pytest.raises(DataFileError, match="lies before valid_from"):
        read(data, library)


def test_an_entry_for_all_indications_may_be_for_a_branch_of_some(library: Library) -> None:
    renewal = [{"refused": True, "branch": "clear", "citation": HERE}]
    data = small(renewal=renewal)
    data["coverage"]["cutaneous_melanoma"] = {
        **data["coverage"]["renal_cell_carcinoma"],
        "criteria": asks("skin", "metastatic_disease"),
    }
    assert read(data, library).renewals("cutaneous_melanoma")


def test_a_comparison_has_nothing_below_it() -> None:
    one = Comparison(
        id="a", text="A", question="single_agent", is_=True, citation=Citation(heading="Here")
    )
    assert one.children == ()
