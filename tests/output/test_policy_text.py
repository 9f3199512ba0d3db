"""Each single change of a policy file in words, one row for each."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from app.library import Library
from app.library.strict_yaml import parse
from app.output.policy_changes import ChangeRow, change_rows
from tests.casework.test_policy_diff import criteria_of, good, policy_of

Change = Callable[[dict[str, Any]], object]


def rows(library: Library, change: Change, base: dict[str, Any] | None = None) -> list[ChangeRow]:
    before = base or good()
    after = deepcopy(before)
    change(after)
    return list(change_rows(policy_of(before, library), policy_of(after, library), library.catalog))


def dosing(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = data["coverage"]["renal_cell_carcinoma"]["dosing"]["intravenous"]
    return found


def adult(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = criteria_of(data)["all"][0]
    return found


NO_TIL = "without tumor-infiltrating lymphocyte therapy"
IV_DOSING = "Renal cell carcinoma: dosing, intravenous route"
CRITERIA = "Renal cell carcinoma: criteria"
IN_GROUP = "“Aged at least 21 years” in “All three hold”"


@pytest.mark.parametrize(
    ("change", "row"),
    [
        (
            lambda data: dosing(data)["min_rest_days"].update(value=11),
            (IV_DOSING, "Rest between the cycles", "at least 10 days", "at least 11 days"),
        ),
        (
            lambda data: dosing(data)["min_course_rest_days"].update(value=1),
            (IV_DOSING, "Rest between courses", "at least 60 days", "at least 1 day"),
        ),
        (
            lambda data: dosing(data)["max_doses_per_cycle"].update(value=14),
            (IV_DOSING, "Doses in a cycle", "at most 12 doses", "at most 14 doses"),
        ),
        (
            lambda data: dosing(data)["dose"].update(iu=6_000_000, per="lesion"),
            (
                IV_DOSING,
                "Limit per dose",
                "at most 500,000 International Units (0.5 million) for each kg of body weight",
                "at most 6,000,000 International Units (6 million) to each lesion",
            ),
        ),
        (
            lambda data: dosing(data)["dose"].update(also_stated_as="0.03 mg/kg"),
            (IV_DOSING, "Limit per dose, also stated as", "not stated", "0.03 mg/kg"),
        ),
        (
            lambda data: adult(data).update(at_least=18),
            (
                CRITERIA,
                f"{IN_GROUP}, requirement",
                "Age (years) at least 21",
                "Age (years) at least 18",
            ),
        ),
        (
            lambda data: adult(data).update(text="Grown up"),
            (
                CRITERIA,
                "“Grown up” in “All three hold”, wording",
                "Aged at least 21 years",
                "Grown up",
            ),
        ),
        (
            lambda data: criteria_of(data)["all"][2].update(any_of=["oncologist", "dermatologist"]),
            (
                CRITERIA,
                "“An oncologist prescribes” in “All three hold”, requirement",
                "Who prescribes or is consulted? any of: Oncologist",
                "Who prescribes or is consulted? any of: Oncologist, Dermatologist",
            ),
        ),
        (
            lambda data: criteria_of(data)["all"][1].update({"is": False}),
            (
                CRITERIA,
                "“Nothing else is given” in “All three hold”, requirement",
                "Will aldesleukin be used as a single agent? yes",
                "Will aldesleukin be used as a single agent? no",
            ),
        ),
        (
            lambda data: criteria_of(data).update(any=criteria_of(data).pop("all")),
            (
                CRITERIA,
                "“All three hold”, requirement",
                "all of the criteria in it",
                "one of the criteria in it",
            ),
        ),
        (
            lambda data: criteria_of(data).update(routes=["intravenous"]),
            (CRITERIA, "“All three hold”, routes", "every route", "Intravenous only"),
        ),
        (
            lambda data: data["coverage"]["renal_cell_carcinoma"]["approval"].update(months=12),
            ("Renal cell carcinoma: approval", "Approval", "for 6 months", "for 12 months"),
        ),
        (
            lambda data: data["in_force"].update(first_day=parse(b"2027-01-01").value),
            ("Versions and dates", "In force, first day", "Thu, Jan 1, 2026", "Fri, Jan 1, 2027"),
        ),
        (
            lambda data: data["review"].update(every_months=24),
            ("Versions and dates", "Review", "every 12 months", "every 24 months"),
        ),
        (
            lambda data: data.update(version="2"),
            ("Versions and dates", "Version", "1", "2"),
        ),
        (
            lambda data: data["beyond_dosing"]["met"].update(status="criteria_not_met"),
            (
                "Requests beyond the documented dosing",
                "Where the criteria are met",
                "Clinician review",
                "Criteria not met",
            ),
        ),
        (
            lambda data: data["not_covered"].update(text="Listed use"),
            (
                "Other uses",
                "Criterion not met by unlisted uses, wording",
                "The policy covers the use",
                "Listed use",
            ),
        ),
        (
            lambda data: data["notes"][0].update(
                when={"routes": ["intravenous"], "request_status": ["exceeds_limits"], "til": False}
            ),
            (
                "Notes",
                "Note “reminder”, shown",
                "always",
                f"route Intravenous; request beyond a limit; {NO_TIL}",
            ),
        ),
        (
            lambda data: data["notes"][0].update(
                when={"beyond_dosing": True, "dosing_documented": False}
            ),
            (
                "Notes",
                "Note “reminder”, shown",
                "always",
                "beyond the documented dosing; dosing not documented",
            ),
        ),
        (
            lambda data: data["notes"][0].update(
                when={"beyond_dosing": False, "dosing_documented": True}
            ),
            (
                "Notes",
                "Note “reminder”, shown",
                "always",
                "not beyond the documented dosing; dosing documented",
            ),
        ),
    ],
)
def test_one_change_is_one_row_in_words(
    change: Change, row: tuple[str, ...], library: Library
) -> None:
    [found] = rows(library, change)
    assert (found.heading, found.what, found.before, found.after) == row
    assert found.kind == "changed"
