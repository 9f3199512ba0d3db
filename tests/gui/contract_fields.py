"""The fields of numbers and dates with what the contract reads in them, by a grammar of its own."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tests.cases import case
from tests.properties.caps import ONE
from tests.properties.dose_cases import written

MELANOMA = case(course={"cycles": [{"number": 1, "doses_given": 0}]}, authorization={"units": 1})
BOOKED = case(course={"cycles": [{"number": 2, "doses_held": 0}]})
LESIONS = case(route="intralesional")
GVHD = case(
    indication="graft_versus_host_disease",
    route="subcutaneous",
    height_cm="175",
    facts=dict.fromkeys(("chronic_gvhd", "steroid_refractory"), True),
)
MOST, MOST_VIALS, MOST_IU = 1_000, 100_000, 10**12


@dataclass(frozen=True)
class Decimals:
    """A decimal of the contract, in millionths, from least to most."""

    least: int
    most: int

    def read(self, text: str) -> str | None:
        if not re.fullmatch(r"[0-9]+(\.[0-9]{1,6})?", text, re.ASCII):
            return None
        whole, _, decimals = text.partition(".")
        value = int(whole) * ONE + int(decimals.ljust(6, "0"))
        return written(value) if self.least <= value <= self.most else None


@dataclass(frozen=True)
class Wholes:
    """A whole number; that of a dose may also stand in groups of three."""

    least: int
    most: int = MOST
    grouped: bool = False

    def read(self, text: str) -> int | None:
        if self.grouped and re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+", text, re.ASCII):
            text = text.replace(",", "")
        if not re.fullmatch(r"[0-9]+", text, re.ASCII):
            return None
        return int(text) if self.least <= int(text) <= self.most else None


@dataclass(frozen=True)
class Dates:
    """A date, or a date and a time to the minute, between 2020 and 2099."""

    timed: bool = False

    def read(self, text: str) -> str | None:
        form, parts = r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "%Y-%m-%d"
        if self.timed:
            form, parts = form + "[T ][0-9]{2}:[0-9]{2}", parts + " %H:%M"
        if not re.fullmatch(form, text, re.ASCII):
            return None
        try:
            moment = datetime.strptime(text.replace("T", " "), parts)  # noqa: DTZ007  # wall clock
        except ValueError:
            return None
        if not date(2020, 1, 1) <= moment.date() <= date(2099, 12, 31):
            return None
        return moment.isoformat(timespec="minutes") if self.timed else moment.date().isoformat()


# By the contract; weight, height and area in a case whose dose depends on them.
FIELDS: dict[str, tuple[dict[str, Any], Decimals | Wholes | Dates]] = {
    "weight_kg": (MELANOMA, Decimals(ONE // 2, 650 * ONE)),
    "previous_weight_kg": (MELANOMA, Decimals(ONE // 2, 650 * ONE)),
    "height_cm": (GVHD, Decimals(25 * ONE, 275 * ONE)),
    "bsa_m2": (GVHD, Decimals(ONE // 10, 4_500_000)),
    "age_years": (MELANOMA, Wholes(0, 130)),
    "requested.dose_iu": (MELANOMA, Wholes(1, MOST_IU, grouped=True)),
    "requested.doses_per_day": (MELANOMA, Wholes(1)),
    "requested.rest_days": (MELANOMA, Wholes(0)),
    "course.number": (MELANOMA, Wholes(1)),
    "course.doses_per_cycle": (MELANOMA, Wholes(1)),
    "course.cycles.1.doses_held": (MELANOMA, Wholes(0)),
    "authorization.units": (MELANOMA, Wholes(0, MOST_VIALS)),
    "authorization.dose_iu": (MELANOMA, Wholes(1, MOST_IU, grouped=True)),
    "requested.lesions": (LESIONS, Wholes(1)),
    "date_of_service": (MELANOMA, Dates()),
    "weight_measured_on": (MELANOMA, Dates()),
    "course.cycles.2.planned_first_at": (BOOKED, Dates(timed=True)),
    "authorization.start": (MELANOMA, Dates()),
    "course.first_dose_at": (MELANOMA, Dates(timed=True)),
}
