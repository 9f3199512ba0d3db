"""The case: one request and what is known about the patient, as typed and range-checked values.

No field can hold a name, a record number or a birth date. Every Case object is valid; a missing key
and null both mean "not known". Key names are a public contract.
"""

from dataclasses import fields, is_dataclass
from typing import Annotated, Any, Literal

from app.model.case_values import (
    Age,
    AtLeastOneDose,
    Bsa,
    Day,
    Days,
    DoseIu,
    Height,
    Lesions,
    Name,
    ShortText,
    Vials,
    Weight,
    YesNo,
)
from app.model.course import Course
from app.model.data import NoList, NullIs, Refusal, data, key_of

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
