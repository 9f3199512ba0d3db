"""The case: one request and what is known about the patient, as typed and range-checked values.

No field can hold a name, a record number or a birth date. Every Case object is valid; a missing key
and null both mean "not known". Key names are a public contract.
"""

from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from app.model.data import AsWritten, Checked, NullIs, Refusal, data
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
Measurement = Literal["weight_kg", "height_cm", "bsa_m2"]

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
DoseIu = Annotated[int, Whole(1, unit=INTERNATIONAL_UNITS)]
AtLeastOneDose = Annotated[int, Whole(1, unit="dose")]
AnyDoses = Annotated[int, Whole(0, unit="dose")]
# The label's longest cycle; each policy states its own limit.
CycleDoses = Annotated[int, Whole(1, 14, "dose")]
Days = Annotated[int, Whole(0, unit="day")]
Vials = Annotated[int, Whole(0, unit="vial")]
AtLeastOne = Annotated[int, Whole(1)]
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
    """What the payer is asked to approve: International Units per dose or lesion, counts, days."""

    dose_iu: DoseIu | None = None
    doses_per_day: AtLeastOneDose | None = None
    doses_per_week: AtLeastOneDose | None = None
    doses_per_cycle: AtLeastOneDose | None = None
    rest_days: Days | None = None
    course_rest_days: Days | None = None


@data
class GivenCycle:
    """What happened in one cycle: doses given and held; local times of the first and last dose."""

    number: Annotated[int, Whole(1, 2)]
    doses_given: AnyDoses
    doses_held: AnyDoses | None = None
    first_dose_at: Moment | None = None
    last_dose_at: Moment | None = None
    over: YesNo | None = None

    def __post_init__(self) -> None:
        for key in ("first_dose_at", "last_dose_at"):
            if self.doses_given and getattr(self, key) is None:
                raise Refusal("Needed, because a dose was given in this cycle.", at=key)
        if self.first_dose_at and self.last_dose_at and self.last_dose_at < self.first_dose_at:
            raise Refusal("The last dose lies before the first.", at="last_dose_at")


@data
class Course:
    """The course that is planned or under way; dates and times are local to the clinic."""

    number: AtLeastOne | None = None
    first_dose_at: Moment | None = None
    doses_per_cycle: CycleDoses | None = None
    previous_last_dose_on: Day | None = None
    discharge_date: Day | None = None
    cycles: Annotated[tuple[GivenCycle, ...], NullIs(())] = ()

    def __post_init__(self) -> None:
        numbers = [cycle.number for cycle in self.cycles]
        if len(set(numbers)) < len(numbers):
            raise Refusal("Each cycle may be given once.", at="cycles")


@data
class Authorization:
    """The authorization that the payer granted; `units` counts whole single-use vials."""

    start: Day | None = None
    end: Day | None = None
    units: Vials | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise Refusal("The end lies before the start.", at="end")


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
    confirmed: Annotated[tuple[Measurement, ...], NullIs(())] = ()
    reference: ShortText | None = None

    def __post_init__(self) -> None:
        granted = self.authorization
        if granted.end and not granted.start and granted.end < self.date_of_service:
            raise Refusal(
                "Lies before the date of service, and no start is given.", at="authorization.end"
            )

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
    return {one.name: _plain(value) for one, value in values if value != one.default}


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_plain(one) for one in value)
    return stated(value) if is_dataclass(value) else value
