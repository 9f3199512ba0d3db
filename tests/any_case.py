"""Any valid case, for properties that hold for every one."""

from datetime import date, datetime
from typing import Any

from hypothesis import strategies as st

from app.model.case_json import read_case

USES = ["cutaneous_melanoma", "renal_cell_carcinoma", "graft_versus_host_disease", "other"]
ROUTES = ["intravenous", "intralesional", "subcutaneous"]
FORMULAS = ["mosteller", "du_bois", "haycock", "gehan_george", "boyd"]
MEASUREMENTS = ["weight_kg", "height_cm", "bsa_m2"]
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
counts = st.integers(0, 10**30)
positive = st.integers(1, 10**30)
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


def _cycles(order: list[int]) -> st.SearchStrategy[list[dict[str, Any]]]:
    two_times = st.lists(moments, min_size=2, max_size=2).map(sorted)
    more = objects(doses_held=counts, over=st.booleans())
    with_dose = st.builds(
        lambda doses, two, more: {
            "doses_given": doses,
            "first_dose_at": two[0],
            "last_dose_at": two[1],
            **more,
        },
        *(counts, two_times, more),
    )
    cycles = st.lists(with_dose | more.map(lambda more: {"doses_given": 0, **more}), max_size=2)
    return cycles.map(
        lambda given: [
            {"number": number, **cycle} for number, cycle in zip(order, given, strict=False)
        ]
    )


facts = objects(
    **dict.fromkeys(YES_OR_NO, st.booleans()),
    **{key: st.lists(st.sampled_from(items), max_size=3) for key, items in LISTS.items()},
)
requested = objects(
    **dict.fromkeys(("dose_iu", "doses_per_day", "doses_per_week", "doses_per_cycle"), positive),
    **dict.fromkeys(("rest_days", "course_rest_days"), counts),
)
courses = objects(
    number=positive,
    first_dose_at=moments,
    doses_per_cycle=st.integers(1, 14),
    previous_last_dose_on=days,
    discharge_date=days,
    cycles=st.sampled_from([[1, 2], [2, 1]]).flatmap(_cycles),
)
authorizations = objects(start=days, end=st.just(LAST.isoformat()), units=counts)
any_case = st.fixed_dictionaries(
    {
        "policy": texts,
        "date_of_service": days,
        "indication": st.sampled_from(USES),
        "route": st.sampled_from(ROUTES),
    },
    optional={
        "age_years": st.integers(0, 130),
        "weight_kg": decimals(1, 649),
        "height_cm": decimals(25, 274),
        "bsa_m2": decimals(1, 3),
        "bsa_formula": st.sampled_from(FORMULAS),
        "facts": facts,
        "requested": requested,
        "regimen": st.sampled_from(["high_dose", "til"]),
        "course": courses,
        "authorization": authorizations,
        "previous_weight_kg": decimals(1, 649),
        "confirmed": st.lists(st.sampled_from(MEASUREMENTS), unique=True),
        "reference": labels,
    },
).map(read_case)
