"""The case: one request and what is known about the patient, as typed and range-checked values.

No field can hold a name, a record number or a birth date. Every Case object is valid; a missing key
and null both mean "not known". Key names are a public contract.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictStr,
    model_validator,
)

from app.model.quantities import (
    INCHES,
    INTERNATIONAL_UNITS,
    POUNDS,
    LocalDate,
    LocalTime,
    Measure,
    Whole,
    refusal,
)

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


def _short_label(text: str) -> str:
    if len(text) > MAX_REFERENCE_CHARACTERS or not text.isprintable():
        raise refusal(f"At most {MAX_REFERENCE_CHARACTERS} printable characters.")
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
ShortText = Annotated[
    StrictStr,
    Field(json_schema_extra={"maxLength": MAX_REFERENCE_CHARACTERS}),
    AfterValidator(_short_label),
]


def _null_is(empty: object, kind: object) -> BeforeValidator:
    """Return a validator that reads null as `empty`, an object or list with nothing known."""
    return BeforeValidator(
        lambda value: empty if value is None else value, json_schema_input_type=kind
    )


class _CasePart(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Facts(_CasePart):
    """Answers to the questions of the criteria: null is "not known", [] is "none of these"."""

    metastatic_disease: StrictBool | None = None
    unresectable_disease: StrictBool | None = None
    prior_systemic_therapy: StrictBool | None = None
    single_agent: StrictBool | None = None
    chronic_gvhd: StrictBool | None = None
    steroid_refractory: StrictBool | None = None
    with_systemic_corticosteroids: StrictBool | None = None
    prescriber_specialties: tuple[Specialty, ...] | None = None
    lesion_status: tuple[LesionStatus, ...] | None = None
    lesion_site: tuple[LesionSite, ...] | None = None


class Requested(_CasePart):
    """What the payer is asked to approve: International Units per dose or lesion, counts, days."""

    dose_iu: DoseIu | None = None
    doses_per_day: AtLeastOneDose | None = None
    doses_per_week: AtLeastOneDose | None = None
    doses_per_cycle: AtLeastOneDose | None = None
    rest_days: Days | None = None
    course_rest_days: Days | None = None


class GivenCycle(_CasePart):
    """What happened in one cycle: doses given and held; local times of the first and last dose."""

    number: Annotated[int, Whole(1, 2)]
    doses_given: AnyDoses
    doses_held: AnyDoses | None = None
    first_dose_at: Moment | None = None
    last_dose_at: Moment | None = None
    over: StrictBool | None = None

    @model_validator(mode="after")
    def _times_fit(self) -> Self:
        for key in ("first_dose_at", "last_dose_at"):
            if self.doses_given and getattr(self, key) is None:
                raise refusal("Needed, because a dose was given in this cycle.", at=key)
        if self.first_dose_at and self.last_dose_at and self.last_dose_at < self.first_dose_at:
            raise refusal("The last dose lies before the first.", at="last_dose_at")
        return self


class Course(_CasePart):
    """The course that is planned or under way; dates and times are local to the clinic."""

    number: AtLeastOne | None = None
    first_dose_at: Moment | None = None
    doses_per_cycle: CycleDoses | None = None
    previous_last_dose_on: Day | None = None
    discharge_date: Day | None = None
    cycles: Annotated[tuple[GivenCycle, ...], _null_is((), tuple[GivenCycle, ...] | None)] = ()

    @model_validator(mode="after")
    def _each_cycle_once(self) -> Self:
        numbers = [cycle.number for cycle in self.cycles]
        if len(set(numbers)) < len(numbers):
            raise refusal("Each cycle may be given once.", at="cycles")
        return self


class Authorization(_CasePart):
    """The authorization that the payer granted; `units` counts whole single-use vials."""

    start: Day | None = None
    end: Day | None = None
    units: Vials | None = None

    @model_validator(mode="after")
    def _end_fits(self) -> Self:
        if self.start and self.end and self.end < self.start:
            raise refusal("The end lies before the start.", at="end")
        return self


_Granted = Annotated[Authorization, _null_is(Authorization(), Authorization | None)]


class Case(_CasePart):
    """One request and what is known about the patient; invalid values raise ValidationError."""

    policy: StrictStr
    date_of_service: Day
    indication: Indication
    route: Route
    age_years: Age | None = None
    weight_kg: Weight | None = None
    height_cm: Height | None = None
    bsa_m2: Bsa | None = None
    bsa_formula: BsaFormula | None = None
    facts: Annotated[Facts, _null_is(Facts(), Facts | None)] = Facts()
    requested: Annotated[Requested, _null_is(Requested(), Requested | None)] = Requested()
    regimen: Regimen | None = None
    course: Annotated[Course, _null_is(Course(), Course | None)] = Course()
    authorization: _Granted = Authorization()
    previous_weight_kg: Weight | None = None
    confirmed: Annotated[tuple[Measurement, ...], _null_is((), tuple[Measurement, ...] | None)] = ()
    reference: ShortText | None = None

    @model_validator(mode="after")
    def _authorization_covers_a_day(self) -> Self:
        granted = self.authorization
        if granted.end and not granted.start and granted.end < self.date_of_service:
            raise refusal(
                "Lies before the date of service, and no start is given.", at="authorization.end"
            )
        return self

    @property
    def is_til(self) -> bool:
        """Whether this is interleukin-2 after tumor-infiltrating lymphocytes (its own regimen)."""
        return (
            self.regimen == "til"
            and self.indication == "cutaneous_melanoma"
            and self.route == "intravenous"
        )
