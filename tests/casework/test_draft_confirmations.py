"""A confirmed value changes what follows from it and nothing else, whatever else was entered."""

from dataclasses import fields, replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.casework.draft import Draft
from app.casework.outcome import judge
from app.library import Library
from app.model.case_fields import CONFIRMABLE
from app.model.determination import LIMIT_NAMES, Determination
from tests.fixture_library import ALDER, BIRCH

THERAPIES = (
    ("cutaneous_melanoma", "intravenous"),
    ("cutaneous_melanoma", "intralesional"),
    ("renal_cell_carcinoma", "intravenous"),
    ("graft_versus_host_disease", "subcutaneous"),
)
# Usual and unusual ones, alone and beside each other.
ENTRIES = {
    "age_years": ("0", "1", "9", "17", "40"),
    "weight_kg": ("1.9", "13.1", "28.4", "39.9", "70", "154", "154.0"),
    "height_cm": ("81", "131", "144", "175"),
    "bsa_m2": ("0.19", "1.73", "3.1"),
    "bsa_formula": ("mosteller", "boyd"),
    "previous_weight_kg": ("70", "154"),
    "requested.dose_iu": ("1", "200000", "1500000", "28000000", "61,600,000"),
    "requested.doses_per_day": ("2", "9"),
    "course.first_dose_at": ("2026-11-23 08:00",),
    "course.previous_last_dose_on": ("2026-10-20",),
    "authorization.start": ("2026-11-24",),
}
MEASURED = {"weight_kg", "height_cm", "bsa_m2"}
DOSE = "requested.dose_iu"


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    indication, route = draw(st.sampled_from(THERAPIES))
    some = {key: st.none() | st.sampled_from(texts) for key, texts in ENTRIES.items()}
    entries = {
        "policy": draw(st.sampled_from((ALDER, BIRCH))),
        "date_of_service": "2026-11-23",
        "indication": indication,
        "route": route,
        "facts.metastatic_disease": draw(st.sampled_from((True, None))),
    }
    return Draft().with_entries(entries).with_entries(draw(st.fixed_dictionaries(some)))


def found(draft: Draft, library: Library) -> Determination:
    determination = judge(draft, library).determination
    assert determination is not None
    return determination


def apart_from_the_dose(one: Determination) -> dict[str, Any]:
    """What no measurement and no requested dose has any part in."""
    limit = one.dose_limit
    return {
        "policy": one.policy,
        "eligibility": one.eligibility,
        "schedule": one.schedule,
        "course_check": one.course_check,
        "limits": [getattr(limit, name) for name in LIMIT_NAMES] if limit else None,
        "findings": [two for two in one.request_check.findings if two.field != "dose_iu"],
    }


def apart_from_a_changed_weight(one: Determination) -> list[Any]:
    """A weight far from the one before is told once somebody confirmed it, also where unused."""
    told = {field.name: getattr(one, field.name) for field in fields(one)}
    notes = [note for note in one.notes if note.id != "weight_changed"]
    return [*(value for name, value in told.items() if name != "notes"), *notes]


@given(draft=drafts(), key=st.sampled_from(CONFIRMABLE))
def test_a_tick_changes_what_follows_from_the_value_only(
    library: Library, draft: Draft, key: str
) -> None:
    before = found(draft, library)
    ticked = draft.with_entry(f"confirmed.{key}", True)
    after = found(ticked, library)
    assert {**ticked.entries, f"confirmed.{key}": None} == {
        **draft.entries,
        f"confirmed.{key}": None,
    }
    if key not in before.unconfirmed:
        assert apart_from_a_changed_weight(after) == apart_from_a_changed_weight(before)
        return
    assert apart_from_the_dose(after) == apart_from_the_dose(before)
    # a dose can be held against a limit once that is known, and may be unusual then
    assert set(before.unconfirmed) - {key} <= set(after.unconfirmed)
    assert set(after.unconfirmed) <= (set(before.unconfirmed) | {DOSE}) - {key}
    if key == DOSE:
        assert (after.dose_limit, after.unconfirmed) == (before.dose_limit, ())


@given(draft=drafts(), key=st.sampled_from(CONFIRMABLE))
def test_a_tick_taken_back_leaves_nothing(library: Library, draft: Draft, key: str) -> None:
    ticked = draft.with_entry(f"confirmed.{key}", True)
    taken_back = ticked.with_entry(f"confirmed.{key}", False)
    assert taken_back.filled == draft.filled
    assert found(taken_back, library) == found(draft, library)


@given(
    draft=drafts(),
    keys=st.lists(st.sampled_from(CONFIRMABLE), unique=True),
    typed=st.sampled_from(sorted(MEASURED)).flatmap(
        lambda key: st.tuples(st.just(key), st.sampled_from(ENTRIES[key]))
    ),
)
def test_what_is_typed_after_a_tick_waits_again(
    library: Library, draft: Draft, keys: list[str], typed: tuple[str, str]
) -> None:
    """After typing, no value is confirmed that was not confirmed as it stands now."""
    for key in keys:
        draft = draft.with_entry(f"confirmed.{key}", True)
    key, text = typed
    changed = draft.with_entry(key, text)
    if draft.entries.get(key) == text:
        assert changed == draft
        return
    assert not changed.is_confirmed(key)
    untouched = replace(changed, entries={**changed.entries, f"confirmed.{key}": None})
    assert found(changed, library) == found(untouched, library)


@given(drafts())
def test_nothing_waits_once_everything_that_waits_is_confirmed(
    library: Library, draft: Draft
) -> None:
    for _ in CONFIRMABLE:
        for key in found(draft, library).unconfirmed:
            draft = draft.with_entry(f"confirmed.{key}", True)
    assert found(draft, library).unconfirmed == ()
