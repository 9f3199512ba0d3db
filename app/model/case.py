"""The case: one request and what is known about the patient, as typed and range-checked values.

No field can hold a name, a record number or a birth date. Every Case object is valid; a missing key
and null both mean "not known". Key names are a public contract.
"""

from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from app.model.data import AsWritten, Checked, NoList, NullIs, Refusal, data, key_of
from app.model.dates import LocalDate, LocalTime
from app.model.quantities import INCHES, INTERNATIONAL_UNITS, POUNDS, Measure, Whole

Indication = Literal[
    "cutaneous_melanoma", "renal_cell_carcinoma", "graft_versus_host_disease", "other"
]
Route = Literal["intravenous", "intralesional", "subcutaneous"]
BsaFormula = Literal["mosteller", "du_bois", "haycock", "gehan_george", "boyd"]
Regimen = Literal["high_dose", "til"]
Specialty = Literal["oncologist", "dermatologist", "transplant_center_physician", "other"]
LesionStatus = Literal[
    "metastatic", "recurrent", "unresectable", "borderline_resectable", "resectable"
]
LesionSite = Literal["cutaneous", "subcutaneous", "nodal", "other"]

# Values that are judged as usual or not: an unusual one counts only once somebody has confirmed it.
Confirmable = Literal["weight_kg", "height_cm", "bsa_m2", "requested.dose_iu"]

DEFAULT_BSA_FORMULA: BsaFormula = "mosteller"
MAX_REFERENCE_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class _MaxLength:
    """The most characters of a text, for its schema."""

    characters: int

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        return {**handler(schema), "maxLength": self.characters}


def _short_label(text: str) -> str:
    if len(text) > MAX_REFERENCE_CHARACTERS or not text.isprintable():
        raise Refusal(f"At most {MAX_REFERENCE_CHARACTERS} printable characters.")
    return text


# A measurement outside these bounds is a typing error: no patient has such a value.
WEIGHT = Measure("kg", Decimal("0.5"), Decimal(650), "70.5", POUNDS)
HEIGHT = Measure("cm", Decimal(25), Decimal(275), "170", INCHES)
BSA = Measure("m²", Decimal("0.1"), Decimal("4.5"), "1.73")
Weight = Annotated[Decimal, WEIGHT]
Height = Annotated[Decimal, HEIGHT]
Bsa = Annotated[Decimal, BSA]
Age = Annotated[int, Whole(0, 130, "year")]
# Far above every real dose and count: a larger number is a slip of the finger.
_MOST_IU, _MOST, _MOST_VIALS = 1_000_000_000_000, 1_000, 100_000
DoseIu = Annotated[int, Whole(1, _MOST_IU, INTERNATIONAL_UNITS)]
AtLeastOneDose = Annotated[int, Whole(1, _MOST, "dose")]
AnyDoses = Annotated[int, Whole(0, _MOST, "dose")]
# The label's longest cycle; each policy states its own limit.
CycleDoses = Annotated[int, Whole(1, 14, "dose")]
Days = Annotated[int, Whole(0, _MOST, "day")]
Vials = Annotated[int, Whole(0, _MOST_VIALS, "vial")]
Lesions = Annotated[int, Whole(1, _MOST, "lesion")]
AtLeastOne = Annotated[int, Whole(1, _MOST)]
Day = Annotated[date, LocalDate()]
Moment = Annotated[datetime, LocalTime()]
Name = Annotated[str, AsWritten()]
YesNo = Annotated[bool, AsWritten()]
ShortText = Annotated[Name, Checked(_short_label), _MaxLength(MAX_REFERENCE_CHARACTERS)]


@data
class Facts:
    """Answers to the questions of the criteria: null is "not known", [] is "none of these"."""

    metastatic_disease: YesNo | None = None
    unresectable_disease: YesNo | None = None
    prior_systemic_therapy: YesNo | None = None
    single_agent: YesNo | None = None
    chronic_gvhd: YesNo | None = None
    steroid_refractory: YesNo | None = None
    with_systemic_corticosteroids: YesNo | None = None
    prescriber_specialties: tuple[Specialty, ...] | None = None
    lesion_status: tuple[LesionStatus, ...] | None = None
    lesion_site: tuple[LesionSite, ...] | None = None


@data
class Requested:
    """What the payer is asked to approve: International Units per dose or lesion, counts, days.

    `lesions` are those injected in one session; they matter only where the dose is for each lesion.
    """

    dose_iu: DoseIu | None = None
    lesions: Lesions | None = None
    doses_per_day: AtLeastOneDose | None = None
    doses_per_week: AtLeastOneDose | None = None
    doses_per_cycle: AtLeastOneDose | None = None
    rest_days: Days | None = None
    course_rest_days: Days | None = None


@data
class GivenCycle:
    """What happened in one cycle: doses given and held; local times of the first and last dose.

    `planned_first_at` is the booked first dose of a cycle 2 that has not begun.
    """

    number: Annotated[int, Whole(1, 2)]
    doses_given: AnyDoses | None = None
    doses_held: AnyDoses | None = None
    first_dose_at: Moment | None = None
    last_dose_at: Moment | None = None
    over: YesNo | None = None
    planned_first_at: Moment | None = None

    @property
    def given(self) -> int:
        """How many doses were given; 0 where the case does not say."""
        return self.doses_given or 0

    @property
    def held(self) -> int:
        """How many doses were held; 0 where the case does not say."""
        return self.doses_held or 0

    def __post_init__(self) -> None:
        for key in ("first_dose_at", "last_dose_at"):
            if self.given and getattr(self, key) is None:
                raise Refusal("Needed, because a dose was given in this cycle.", at=key)
            if not self.given and getattr(self, key) is not None:
                raise Refusal("Only where a dose was given in this cycle.", at=key)
        if self.first_dose_at and self.last_dose_at:
            self._refuse_times_that_do_not_fit(self.first_dose_at, self.last_dose_at)
        if self.planned_first_at and (self.number == 1 or self.given or self.over):
            raise Refusal(
                "Only for a second cycle that has not begun and is not over.", at="planned_first_at"
            )

    def _refuse_times_that_do_not_fit(self, first: datetime, last: datetime) -> None:
        if last < first:
            raise Refusal("The last dose lies before the first.", at="last_dose_at")
        if self.given == 1 and last != first:
            raise Refusal("One dose was given: it is the first and the last.", at="last_dose_at")
        if self.given > 1 and last == first:
            raise Refusal("More than one dose was given: the last is later.", at="last_dose_at")


@data
class Course:
    """The course that is planned or under way; dates and times are local to the clinic.

    `discharge_date` is the discharge after the newest dose that the case names.
    """

    number: AtLeastOne | None = None
    first_dose_at: Moment | None = None
    doses_per_cycle: CycleDoses | None = None
    previous_last_dose_on: Day | None = None
    discharge_date: Day | None = None
    cycles: Annotated[tuple[GivenCycle, ...], NullIs(())] = ()

    def cycle(self, number: int) -> GivenCycle | None:
        """Return what the case says of a cycle, or None."""
        return next((one for one in self.cycles if one.number == number), None)

    @property
    def first_dose_day(self) -> date | None:
        """The date of the first dose of this course, given or else planned; None if unknown."""
        one = self.cycle(1)
        first = (one.first_dose_at if one else None) or self.first_dose_at
        return first.date() if first else None

    @property
    def newest_dose_day(self) -> date | None:
        """The date of the newest given dose that the case names, or of the course before."""
        given = [one.last_dose_at.date() for one in self.cycles if one.last_dose_at]
        return max(given, default=self.previous_last_dose_on)

    def __post_init__(self) -> None:
        numbers = [cycle.number for cycle in self.cycles]
        if len(set(numbers)) < len(numbers):
            raise Refusal("Each cycle may be given once.", at="cycles")
        one, two = self.cycle(1), self.cycle(2)
        if two is not None:
            self._refuse_second_cycle(one, two, f"cycles.{numbers.index(2)}")
        first, newest = self.first_dose_day, self.newest_dose_day
        previous, discharged = self.previous_last_dose_on, self.discharge_date
        if previous and first and previous >= first:
            raise Refusal(
                "Does not lie before the first dose of this course.", at="previous_last_dose_on"
            )
        if discharged and newest and discharged < newest:
            raise Refusal("Lies before the dose that it follows.", at="discharge_date")

    @staticmethod
    def _refuse_second_cycle(one: GivenCycle | None, two: GivenCycle, at: str) -> None:
        """Do nothing if cycle 2 can follow cycle 1. Raises Refusal."""
        last = one.last_dose_at if one else None
        if two.given and last is None:
            raise Refusal(
                "A dose of cycle 2, but none of cycle 1: enter what was given there.",
                at=f"{at}.doses_given",
            )
        for key in ("first_dose_at", "planned_first_at"):
            begins: datetime | None = getattr(two, key)
            if begins and last and begins < last:
                raise Refusal("Cycle 2 begins before the last dose of cycle 1.", at=f"{at}.{key}")


@data
class Authorization:
    """The authorization that the payer granted; `units` counts whole single-use vials.

    `dose_iu` is a dose above the documented limit that the payer's clinician approved.
    """

    start: Day | None = None
    end: Day | None = None
    units: Vials | None = None
    dose_iu: DoseIu | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise Refusal("The end lies before the start.", at="end")


@data
class Confirmed:
    """The very values that somebody has checked; each counts while it is that of the case."""

    weight_kg: Weight | None = None
    height_cm: Height | None = None
    bsa_m2: Bsa | None = None
    requested__dose_iu: DoseIu | None = None


_LISTED = (
    "A list does not say which value was checked. Write an object of each key and the very value, "
    'like {"weight_kg": "154"}.'
)
_Checked = Annotated[Confirmed, NullIs(Confirmed()), NoList(_LISTED)]
_Granted = Annotated[Authorization, NullIs(Authorization())]


@data
class Case:
    """One request and what is known about the patient; invalid values raise ValidationError."""

    policy: Name
    date_of_service: Day
    indication: Indication
    route: Route
    age_years: Age | None = None
    weight_kg: Weight | None = None
    height_cm: Height | None = None
    bsa_m2: Bsa | None = None
    bsa_formula: BsaFormula | None = None
    facts: Annotated[Facts, NullIs(Facts())] = Facts()
    requested: Annotated[Requested, NullIs(Requested())] = Requested()
    regimen: Regimen | None = None
    course: Annotated[Course, NullIs(Course())] = Course()
    authorization: _Granted = Authorization()
    previous_weight_kg: Weight | None = None
    weight_measured_on: Day | None = None
    confirmed: _Checked = Confirmed()
    reference: ShortText | None = None

    @property
    def is_til(self) -> bool:
        """Whether this is interleukin-2 after tumor-infiltrating lymphocytes (its own regimen)."""
        return (
            self.regimen == "til"
            and self.indication == "cutaneous_melanoma"
            and self.route == "intravenous"
        )


def known(part: Case | Facts | Requested | Course | Authorization) -> dict[str, Any]:
    """Return what is known in a case or a part of one, by key; null is left out.

    >>> known(Requested(dose_iu=42_300_000, rest_days=0))
    {'dose_iu': 42300000, 'rest_days': 0}
    """
    values = ((one.name, getattr(part, one.name)) for one in fields(part))
    return {key: value for key, value in values if value is not None}


def stated(part: Any) -> dict[str, Any]:
    """Return what a case says beside its defaults, by key; its parts likewise."""
    values = ((one, getattr(part, one.name)) for one in fields(part))
    return {key_of(one.name): _plain(value) for one, value in values if value != one.default}


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_plain(one) for one in value)
    return stated(value) if is_dataclass(value) else value
