"""No text of a case with an unusual value holds a number that follows from that value.

Two unusual values must give the same texts, but for the values themselves as they were entered.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.casework.draft import Draft
from app.casework.outcome import Outcome, judge
from app.library import Library
from app.model.case_json import read_case
from app.output.ask_sheet import ask_sheet_text
from app.output.chart_note import chart_note
from app.output.plain_text import determination_text
from app.output.report import report_html, report_of
from app.output.result_texts import announcement
from tests.cases import ALDER, BIRCH, case

PRINTED_AT = datetime(2026, 11, 24, 7, 5)
FACTS: dict[str, Any] = {
    "metastatic_disease": True,
    "prior_systemic_therapy": True,
    "single_agent": True,
    "chronic_gvhd": True,
    "steroid_refractory": True,
    "with_systemic_corticosteroids": True,
    "prescriber_specialties": ["oncologist"],
    "lesion_status": ["unresectable"],
    "lesion_site": ["nodal"],
}
VEIN = {"indication": "cutaneous_melanoma", "route": "intravenous"}
KIDNEY = {"indication": "renal_cell_carcinoma", "route": "intravenous"}
LESION = {"indication": "cutaneous_melanoma", "route": "intralesional"}
GRAFT = {"indication": "graft_versus_host_disease", "route": "subcutaneous"}
CYCLE = {
    "number": 1,
    "doses_given": 4,
    "doses_held": 1,
    "first_dose_at": "2026-11-23T08:00",
    "last_dose_at": "2026-11-25T08:00",
}


@dataclass(frozen=True)
class Doubtful:
    """Two cases that differ in one unusual value, and the value of each."""

    key: str
    therapy: dict[str, str]
    first: Any
    second: Any

    def case(self, value: Any, parts: dict[str, Any], *, sure: bool = False) -> dict[str, Any]:
        requested = {**parts.get("requested", {})}
        measured: dict[str, Any] = {"weight_kg": "70.5", "bsa_m2": None, "height_cm": None}
        if self.key == "height_cm":
            measured |= {"weight_kg": "50", "age_years": None}
        elif self.therapy is GRAFT:
            measured |= {"weight_kg": None, "bsa_m2": "1.8"}
        if self.key == "requested.dose_iu":
            requested["dose_iu"] = value
        else:
            measured[self.key] = value
        confirmed = {self.key: value} if sure else None
        told = {**parts, **self.therapy, **measured, "requested": requested}
        return case(**told, facts=FACTS, confirmed=confirmed)


def decimals(low: int, high: int) -> st.SearchStrategy[str]:
    return st.tuples(st.integers(low, high), st.integers(1, 9)).map(
        lambda two: f"{two[0]}.{two[1]}"
    )


def pairs(key: str, therapy: dict[str, str], values: st.SearchStrategy[Any]) -> Any:
    return st.builds(Doubtful, st.just(key), st.just(therapy), values, values)


# Unusual are more than 110 kg without a height, more than 3 m², under 150 cm without an age, and a
# tenth of a limit: the smallest are Birch's 19,740,000 for the kidney and 2,160,000 for a graft.
doubtful = st.one_of(
    pairs("weight_kg", VEIN, decimals(111, 600)),
    pairs("weight_kg", KIDNEY, decimals(111, 600)),
    pairs("bsa_m2", GRAFT, decimals(3, 4).filter(lambda text: Decimal(text) <= Decimal("4.5"))),
    pairs("height_cm", GRAFT, decimals(130, 149)),
    pairs("requested.dose_iu", VEIN, st.integers(1_001, 1_974_000)),
    pairs("requested.dose_iu", KIDNEY, st.integers(1_001, 1_974_000)),
    pairs("requested.dose_iu", LESION, st.integers(1_001, 249_999)),
    pairs("requested.dose_iu", GRAFT, st.integers(1_001, 216_000)),
)
requests = st.fixed_dictionaries(
    {},
    optional={
        "dose_iu": st.integers(30_000_000, 90_000_000),
        "lesions": st.integers(1, 9),
        "doses_per_day": st.integers(1, 4),
        "doses_per_cycle": st.integers(1, 14),
        "rest_days": st.integers(0, 20),
    },
)
courses = st.fixed_dictionaries(
    {},
    optional={
        "number": st.integers(1, 3),
        "first_dose_at": st.just("2026-11-23T08:00"),
        "cycles": st.just([CYCLE]),
        "previous_last_dose_on": st.sampled_from(["2026-08-01", "2026-11-01"]),
    },
)
authorizations = st.fixed_dictionaries(
    {},
    optional={
        "start": st.just("2026-11-01"),
        "end": st.sampled_from(["2026-11-24", "2027-10-31"]),
        "units": st.integers(0, 200),
        "dose_iu": st.integers(30_000_000, 90_000_000),
    },
)
some_parts = st.fixed_dictionaries(
    {"policy": st.sampled_from([ALDER, BIRCH]), "age_years": st.sampled_from([54, 17, None])},
    optional={
        "requested": requests,
        "course": courses,
        "authorization": authorizations,
        "weight_measured_on": st.just("2026-11-20"),
    },
)


def judged(library: Library, data: dict[str, Any]) -> Outcome:
    return judge(Draft.of(read_case(data)), library)


def texts(outcome: Outcome, library: Library) -> Iterator[str]:
    found, entered = outcome.determination, outcome.draft.case
    assert found is not None
    yield determination_text(found, library.catalog, entered)
    yield unescape(report_html(report_of(outcome, PRINTED_AT)))
    yield chart_note(outcome)
    yield ask_sheet_text(outcome, library.catalog)
    yield announcement(outcome)


def without(value: Any, text: str) -> str:
    """Return a text without the value as entered, with its pounds or millions."""
    if isinstance(value, int):
        thousands = value // 1000
        millions = f"{thousands // 1000}.{thousands % 1000:03}".rstrip("0").rstrip(".")
        about = "about " if value % 1000 else ""
        return text.replace(f"{value:,} International Units ({about}{millions} million)", "VALUE")
    lb = f"{round(Decimal(value) / Decimal('0.45359237'), 1):,f}".removesuffix(".0")
    return text.replace(f"{value} kg ({lb} lb)", "VALUE").replace(f">{value}<", ">VALUE<")


@given(of=doubtful, parts=some_parts)
@settings(max_examples=200)
def test_no_number_follows_from_an_unusual_value(
    library: Library, of: Doubtful, parts: dict[str, Any]
) -> None:
    outcomes = [judged(library, of.case(value, parts)) for value in (of.first, of.second)]
    for outcome in outcomes:
        assert outcome.unconfirmed == (of.key,)
    first, second = (list(texts(outcome, library)) for outcome in outcomes)
    for one, other in zip(first, second, strict=True):
        assert without(of.first, one) == without(of.second, other)
    for text in first[:-2]:
        assert "not used until" in text


@pytest.mark.parametrize(
    "of",
    [
        Doubtful("weight_kg", VEIN, "120.5", "130.5"),
        Doubtful("bsa_m2", GRAFT, "3.5", "4.1"),
        Doubtful("height_cm", GRAFT, "131.5", "145.5"),
        Doubtful("requested.dose_iu", VEIN, 1_000_001, 1_900_001),
    ],
)
def test_once_confirmed_the_same_texts_differ(library: Library, of: Doubtful) -> None:
    """So what the test above compares would show a number that follows from the value."""
    parts: dict[str, Any] = {"policy": ALDER}
    outcomes = [judged(library, of.case(one, parts, sure=True)) for one in (of.first, of.second)]
    assert [outcome.unconfirmed for outcome in outcomes] == [(), ()]
    first, second = (list(texts(outcome, library)) for outcome in outcomes)
    for one, other in list(zip(first, second, strict=True))[:2]:
        assert without(of.first, one) != without(of.second, other)
