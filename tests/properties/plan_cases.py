"""Valid cases of courses: not begun, under way, booked, too early, over, with or without a dose.

The weight is usual or not, and confirmed or not; the requested dose is within the limit or not.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.cases import ALDER, BIRCH, case

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SERVICE = date(2026, 11, 23)


def minute(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


@st.composite
def courses(draw: st.DrawFn) -> dict[str, Any]:
    """A course, and everything that a case may tell of it."""
    clock = draw(st.sampled_from([time(0, 0), time(8, 0), time(16, 30), time(23, 59)]))
    begin = datetime.combine(SERVICE + draw(st.integers(-20, 60)) * DAY, clock)
    course: dict[str, Any] = {}
    cycles: list[dict[str, Any]] = []
    one = _cycle(draw, 1, begin)
    if "first_dose_at" not in one or draw(st.booleans()):
        course["first_dose_at"] = minute(begin)
    if len(one) > 1 or draw(st.booleans()):
        cycles.append(one)
    last = datetime.fromisoformat(one["last_dose_at"]) if "last_dose_at" in one else None
    what = draw(st.sampled_from(["nothing", "booked", "told"]))
    second = (last or begin) + draw(st.integers(0, 40)) * DAY + draw(st.integers(1, 23)) * HOUR
    if what == "booked":
        cycles.append({"number": 2, "planned_first_at": minute(second)})
    elif what == "told":
        two = _cycle(draw, 2, second, may_be_given=last is not None)
        cycles.append(two)
        last = datetime.fromisoformat(two.get("last_dose_at", minute(last or begin)))
    if cycles:
        course["cycles"] = cycles
    if draw(st.booleans()):
        course["doses_per_cycle"] = draw(st.integers(1, 14))
    if draw(st.booleans()):
        course["previous_last_dose_on"] = str(begin.date() - draw(st.integers(1, 90)) * DAY)
    if draw(st.booleans()):
        after = draw(st.integers(0, 60))
        course["discharge_date"] = str((last or begin).date() + after * DAY)
    return course


def _cycle(
    draw: st.DrawFn, number: int, first: datetime, *, may_be_given: bool = True
) -> dict[str, Any]:
    given = draw(st.integers(0, 15)) if may_be_given else 0
    told: dict[str, Any] = {"number": number}
    if given:
        longer = draw(st.integers(0, 40)) if given > 1 else 0
        told |= {
            "doses_given": given,
            "first_dose_at": minute(first),
            "last_dose_at": minute(first + (8 * (given - 1) + longer) * HOUR),
        }
    held = draw(st.integers(0, 10))
    is_over = draw(st.booleans())
    return told | ({"doses_held": held} if held else {}) | ({"over": True} if is_over else {})


_PEOPLE: tuple[dict[str, Any], ...] = (
    {"weight_kg": "70.5"},
    {"weight_kg": None},
    {"weight_kg": "154", "height_cm": "175"},  # a body mass index of 50: pounds?
    {"weight_kg": "154", "height_cm": "175", "confirmed": {"weight_kg": "154"}},
    {
        "weight_kg": "154",
        "height_cm": "175",
        "confirmed": {"weight_kg": "154", "height_cm": "175"},
    },
    {"weight_kg": "71.5", "previous_weight_kg": "52"},
)
_REQUESTS: tuple[dict[str, Any] | None, ...] = (
    None,
    {"dose_iu": 20_000_000},
    {"dose_iu": 42_000},
    {"dose_iu": 99_000_000, "doses_per_day": 3},
    {"doses_per_cycle": 12},
)
_AUTHORIZATIONS: tuple[dict[str, Any] | None, ...] = (
    None,
    {"start": "2026-11-01"},
    {"start": "2026-11-20", "end": "2027-11-19", "units": 60},
)
_USES: tuple[dict[str, Any], ...] = (
    {},
    {},
    {},
    {"indication": "renal_cell_carcinoma"},
    {"route": "intralesional"},
    {"indication": "graft_versus_host_disease", "route": "subcutaneous"},
)


@st.composite
def plan_cases(draw: st.DrawFn) -> dict[str, Any]:
    """A case in JSON form."""
    return case(
        policy=draw(st.sampled_from([ALDER, BIRCH])),
        course=draw(courses()),
        requested=draw(st.sampled_from(_REQUESTS)),
        authorization=draw(st.sampled_from(_AUTHORIZATIONS)),
        **draw(st.sampled_from(_PEOPLE)),
        **draw(st.sampled_from(_USES)),
    )
