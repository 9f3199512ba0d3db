"""Any valid case, for properties that hold for every one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from app.model.case import Case, stated
from app.model.case_json import read_case

USES = ["cutaneous_melanoma", "renal_cell_carcinoma", "graft_versus_host_disease", "other"]
ROUTES = ["intravenous", "intralesional", "subcutaneous"]
FORMULAS = ["mosteller", "du_bois", "haycock", "gehan_george", "boyd"]
MEASUREMENTS = ["weight_kg", "height_cm", "bsa_m2"]
MOST_IU, MOST, MOST_VIALS = 1_000_000_000_000, 1_000, 100_000
YES_OR_NO = [
    *("metastatic_disease", "unresectable_disease", "prior_systemic_therapy", "single_agent"),
    *("chronic_gvhd", "steroid_refractory", "with_systemic_corticosteroids"),
]
LISTS = {
    "prescriber_specialties": ["oncologist", "transplant_center_physician", "other"],
    "lesion_status": ["metastatic", "borderline_resectable", "resectable"],
    "lesion_site": ["cutaneous", "nodal", "other"],
}
LAST = date(2099, 12, 31)

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=9)
labels = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=9)
counts = st.integers(0, MOST)
positive = st.integers(1, MOST)
doses = st.integers(1, MOST_IU)
days = st.dates(date(2020, 1, 1), LAST).map(date.isoformat)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2099, 12, 31)).map(
    lambda moment: moment.isoformat(timespec="minutes")
)


def decimals(low: int, high: int) -> st.SearchStrategy[str]:
    """Decimals as somebody writes them, also with zeros at either end."""
    decimal = st.from_regex(r"\.[0-9]{1,6}", fullmatch=True, alphabet="0159.")
    forms = (st.sampled_from(["", "0"]), st.integers(low, high).map(str), decimal | st.just(""))
    return st.tuples(*forms).map("".join)


def objects(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=keys)


def _given(number: int, times: tuple[str, str], more: int) -> dict[str, Any]:
    """A cycle with given doses: one if its first and last dose are at the same time."""
    first, last = times
    count = 1 if first == last else more
    return {"number": number, "doses_given": count, "first_dose_at": first, "last_dose_at": last}


def _without_a_dose(number: int) -> st.SearchStrategy[dict[str, Any]]:
    return objects(doses_given=st.just(0), doses_held=counts, over=st.booleans()).map(
        lambda more: {"number": number, **more}
    )


@st.composite
def _courses(draw: st.DrawFn) -> dict[str, Any]:
    """A course whose dates fit each other: the one before, two cycles, a discharge."""
    times = sorted(draw(st.lists(moments, min_size=4, max_size=4)))
    more = objects(doses_held=counts, over=st.booleans())
    one = draw(
        st.none()
        | _without_a_dose(1)
        | st.builds(
            lambda n, extra: {**_given(1, (times[0], times[1]), n), **extra},
            st.integers(2, MOST),
            more,
        )
    )
    has_begun = bool(one and one.get("doses_given"))
    two = draw(
        st.none()
        | _without_a_dose(2)
        | st.just({"number": 2, "planned_first_at": times[2]})
        | st.builds(
            lambda n, extra: {**_given(2, (times[2], times[3]), n), **extra} if has_begun else None,
            st.integers(2, MOST),
            more,
        )
    )
    course = draw(
        objects(
            number=positive,
            doses_per_cycle=st.integers(1, 14),
            first_dose_at=st.just(times[0]),
        )
    )
    cycles = [cycle for cycle in draw(st.permutations([one, two])) if cycle is not None]
    course["cycles"] = cycles
    before = date.fromisoformat(times[0][:10]) - timedelta(days=draw(st.integers(1, 90)))
    if draw(st.booleans()) and before >= date(2020, 1, 1):
        course["previous_last_dose_on"] = before.isoformat()
    if draw(st.booleans()):
        course["discharge_date"] = times[3][:10]
    return course


facts = objects(
    **dict.fromkeys(YES_OR_NO, st.booleans()),
    **{key: st.lists(st.sampled_from(items), max_size=3) for key, items in LISTS.items()},
)
requested = objects(
    dose_iu=doses,
    lesions=positive,
    **dict.fromkeys(("doses_per_day", "doses_per_week", "doses_per_cycle"), positive),
    **dict.fromkeys(("rest_days", "course_rest_days"), counts),
)
courses = _courses()
authorizations = objects(
    start=days, end=st.just(LAST.isoformat()), units=st.integers(0, MOST_VIALS), dose_iu=doses
)


def any_case_of(
    facts: st.SearchStrategy[dict[str, Any]] = facts,
    indications: Sequence[str] = (),
    routes: Sequence[str] = (),
) -> st.SearchStrategy[dict[str, Any]]:
    """Return any valid case in the form of JSON, also with these indications and routes."""
    return st.fixed_dictionaries(
        {
            "policy": texts.map(str.strip).filter(bool),
            "date_of_service": days,
            "indication": st.sampled_from([*USES, *indications]),
            "route": st.sampled_from([*ROUTES, *routes]),
        },
        optional={
            "age_years": st.integers(0, 130),
            "weight_kg": decimals(1, 649),
            "height_cm": decimals(25, 274),
            "bsa_m2": decimals(1, 3),
            "bsa_formula": st.sampled_from(FORMULAS),
            "facts": facts,
            "requested": requested,
            "regimen": st.sampled_from(["high_dose", "til", "other"]),
            "request_kind": st.sampled_from(["initial", "renewal"]),
            "setting": st.sampled_from(["inpatient", "hospital_outpatient", "office", "home"]),
            "line_of_business": st.sampled_from(["commercial", "medicare", "other"]),
            "diagnosis_codes": st.lists(st.sampled_from(["C43.9", "C641"]), max_size=3),
            "course": courses,
            "authorization": authorizations,
            "given_before": objects(
                doses=counts,
                cycles=st.integers(0, 99),
                iu=doses,
                units=st.integers(0, MOST_VIALS),
                lifetime_doses=counts,
            ),
            "previous_weight_kg": decimals(1, 649),
            "weight_measured_on": days,
            "confirmed": objects(
                weight_kg=decimals(1, 649),
                height_cm=decimals(25, 274),
                bsa_m2=decimals(1, 3),
                **{"requested.dose_iu": doses},
            ),
            "reference": labels,
        },
    )


any_case = any_case_of().map(read_case)


def said(one: Case) -> Case:
    """Return a case without the cycles of which it tells nothing but the number: no entry does."""
    told = tuple(cycle for cycle in one.course.cycles if stated(cycle).keys() != {"number"})
    return replace(one, course=replace(one.course, cycles=told))
