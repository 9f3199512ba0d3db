"""Window and worklist read a typed text alike: the same value, or the same refusal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.casework.draft import Draft
from app.casework.typed_text import read_cells
from app.model.case import Case
from app.model.case_fields import CASE_FIELDS
from app.model.case_json import InvalidCase
from tests.cases import ALDER

COMPLETE = {
    "policy": "cigna-ip0407",
    "date_of_service": "2026-11-23",
    "indication": "cutaneous_melanoma",
    "route": "intravenous",
}
CYCLE = {
    "doses_given": "2",
    "first_dose_at": "2026-11-23 08:00",
    "last_dose_at": "2026-11-23 16:00",
}
PLAIN = (
    *("0", "1", "2", "14", "15", "130", "131", "42300000", "007", "9" * 999, "9" * 1000),
    *("42,300,000", "1,000", "4,23,00000", "42,300,00", ",423", "42.300.000", "42 300 000"),
    *("70.5", "0.5", "650", "650.000001", "1.73", "70.", ".5", "70,5", "70.1234567", "1e3", "+70"),
    *("-70", "70 kg", "154 lb", "154lb", "70 in", "NaN", "７０", "٧٠", "²", "−5", "0x46", "1_0"),
    *("2026-11-23", "2028-02-29", "2027-02-29", "2026-2-3", "11/30/2026", "23.11.2026", "46349"),
    *("2019-12-31", "2100-01-01", "2026-11-23T08:00", "2026-11-23 08:00", "2026-11-23  08:00"),
    *("2026-11-23T24:00", "2026-11-23 8:00", "2026-11-23T08:00:00", "2026-11-23T08:00Z"),
    *("yes", "Yes", "TRUE", "no", "False", "y", "n", "unknown", "null", "maybe", "none", "NONE"),
    *("cutaneous", "cutaneous|nodal", "cutaneous | nodal", "cutaneous||nodal", "other|other"),
    *("weight_kg", "weight_kg|bsa_m2", "shoe_size", "oncologist", "metastatic|recurrent", "|"),
    *("intravenous", "Intravenous", "other", "til", "mosteller", "renal_cell_carcinoma"),
    *("row 7", "a" * 40, "a" * 41, "\u200b70", "70\x00", "=1+1", "'70.5"),
)
AROUND = ("{}", " {}", "{} ", "  {}\t", "{}\n", "\r\n{}\r\n", "\u00a0{}", "\u2028{}")
TEXTS = ("", " ", "\n", "\u00a0", *(form.format(one) for one in PLAIN for form in AROUND))


def entries_with(key: str, text: str) -> dict[str, str]:
    """Return the entries of a complete case in which this field has the text."""
    field = CASE_FIELDS[key]
    around = {f"{field.part}.{name}": one for name, one in CYCLE.items()} if field.cycle else {}
    if field.cycle == 2:  # which follows a first one
        around |= {f"course.cycles.1.{name}": one for name, one in CYCLE.items()}
    if field.name == "planned_first_at":
        around = {}
    return {**COMPLETE, **around, key: text}


def in_window(entries: dict[str, str]) -> Case | dict[str, str]:
    draft = Draft().with_entries(entries)
    return draft.problems if draft.case is None else draft.case


def in_worklist(entries: dict[str, str]) -> Case | dict[str, str]:
    try:
        return read_cells(entries)
    except InvalidCase as error:
        return {one.at: one.message for one in error.problems}


def assert_read_alike(key: str, text: str) -> None:
    entries = entries_with(key, text)
    typed, cell = in_window(entries), in_worklist(entries)
    if isinstance(cell, Case):
        assert typed == cell, (key, text)
        assert str(typed) == str(cell), (key, text)
        return
    assert not isinstance(typed, Case), (key, text)
    # A required field without a text is not yet a problem in the window.
    waiting = Draft().with_entries(entries).unanswered
    advised = {one: message for one, message in cell.items() if one not in waiting}
    assert typed.keys() == advised.keys(), (key, text)
    assert all(advised[one].startswith(message) for one, message in typed.items()), (key, text)


@pytest.mark.parametrize("key", CASE_FIELDS)
def test_window_and_worklist_read_the_same_texts(key: str) -> None:
    for text in TEXTS:
        assert_read_alike(key, text)


@given(
    key=st.sampled_from(sorted(CASE_FIELDS)), text=st.text(st.characters(exclude_categories=["Cs"]))
)
def test_window_and_worklist_read_any_text_alike(key: str, text: str) -> None:
    assert_read_alike(key, text)


@pytest.mark.parametrize("key", CASE_FIELDS)
def test_blanks_and_line_ends_around_a_text_never_count(key: str) -> None:
    if CASE_FIELDS[key].kind == "text":
        return
    for text in PLAIN:
        alone = in_worklist(entries_with(key, text))
        for form in AROUND:
            found = in_worklist(entries_with(key, form.format(text)))
            assert (found == alone) or (isinstance(found, dict) and isinstance(alone, dict))


def test_free_text_is_kept_as_typed() -> None:
    found = in_worklist(entries_with("reference", " row 7 "))
    assert isinstance(found, Case)
    assert found.reference == " row 7 "


def test_blanks_around_the_id_of_a_policy_do_not_count() -> None:
    found = in_worklist(entries_with("policy", f" {ALDER}\t"))
    assert isinstance(found, Case)
    assert found.policy == ALDER


@pytest.mark.parametrize(
    ("key", "text", "read"),
    [
        ("requested.dose_iu", "42,300,000", "42300000"),
        ("requested.dose_iu", "42,300,000 ", "42300000"),
        ("weight_kg", " 70.5", "70.5"),
        ("age_years", "54\n", "54"),
        ("date_of_service", " 2026-11-23", "2026-11-23"),
        ("course.first_dose_at", " 2026-11-23 08:00 ", "2026-11-23T08:00"),
        ("facts.single_agent", "YES", "yes"),
        ("facts.lesion_site", "cutaneous| nodal", "cutaneous|nodal"),
        ("confirmed.weight_kg", " 70.5", "70.5"),
        ("confirmed.requested.dose_iu", "42,300,000 ", "42300000"),
        ("weight_measured_on", " 2026-11-23", "2026-11-23"),
        ("route", " subcutaneous", "subcutaneous"),
    ],
)
def test_what_only_one_of_the_two_took_is_taken_by_both(key: str, text: str, read: str) -> None:
    expected = in_worklist(entries_with(key, read))
    assert isinstance(expected, Case)
    assert in_window(entries_with(key, text)) == in_worklist(entries_with(key, text)) == expected


def test_a_blank_entry_is_not_known_and_not_yet_a_problem() -> None:
    draft = Draft().with_entries(entries_with("date_of_service", " "))
    assert draft.unanswered == ("date_of_service",)
    assert draft.problems == {}
    assert "date_of_service" not in draft.filled
