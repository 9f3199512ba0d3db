"""The case: one request and what is known about the patient, as typed and range-checked values.

No field can hold a name, a record number or a birth date. Every Case object is valid; a missing key
and null both mean "not known". Key names are a public contract.
"""

from collections.abc import Mapping
from dataclasses import field, fields, is_dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from app.model.case_values import (
    Age,
    AnyDoses,
    AtLeastOneDose,
    Bsa,
    Code,
    Cycles,
    Day,
    Days,
    DoseIu,
    Height,
    Lesions,
    Name,
    ShortText,
    TotalIu,
    Vials,
    Weight,
    YesNo,
)
from app.model.course import Course
from app.model.data import NeverGiven, NoList, NullIs, OpenChoice, Refusal, data, key_of

# Those that Aldesk knows; a policy may have indications and routes of its own.
Indication = Literal[
    "cutaneous_melanoma", "renal_cell_carcinoma", "graft_versus_host_disease", "other"
]
Route = Literal["intravenous", "intralesional", "subcutaneous"]
BsaFormula = Literal["mosteller", "du_bois", "haycock", "gehan_george", "boyd"]
Regimen = Literal["high_dose", "til", "other"]
RequestKind = Literal["initial", "renewal"]
Setting = Literal["inpatient", "hospital_outpatient", "office", "home"]
LineOfBusiness = Literal["commercial", "medicare", "medicaid", "exchange", "other"]
LineOfTherapy = Literal["first", "subsequent"]
NccnCategory = Literal["1", "2a", "2b", "3"]
Specialty = Literal["oncologist", "dermatologist", "transplant_center_physician", "other"]
LesionStatus = Literal[
    "metastatic", "recurrent", "unresectable", "borderline_resectable", "resectable"
]
LesionSite = Literal["cutaneous", "subcutaneous", "nodal", "other"]

# Values that are judged as usual or not: an unusual one counts only once somebody has confirmed it.
Confirmable = Literal["weight_kg", "height_cm", "bsa_m2", "requested.dose_iu"]

DEFAULT_BSA_FORMULA: BsaFormula = "mosteller"


RetreatmentToxicity = Literal[
    "sustained_ventricular_tachycardia",
    "uncontrolled_arrhythmia",
    "chest_pain_with_ecg_changes",
    "cardiac_tamponade",
    "prolonged_intubation",
    "renal_failure_with_dialysis",
    "coma_or_toxic_psychosis",
    "refractory_seizures",
    "bowel_ischemia_or_perforation",
    "gastrointestinal_bleeding_with_surgery",
]

# An answer to a policy's own question: yes or no, a number, a choice, several choices or codes.
Answer = bool | int | Decimal | str | tuple[str, ...]


@data
class Facts:
    """Answers to the questions of the criteria: null is "not known", [] is "none of these".

    `others` are the answers to questions that a policy brings, by their id. They stand beside the
    catalog's in a file, under no key of their own.
    """

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
    clear_cell_histology: YesNo | None = None
    line_of_therapy: LineOfTherapy | None = None
    no_response_to_first_line: YesNo | None = None
    response_evaluated: YesNo | None = None
    tumor_shrinkage: YesNo | None = None
    retreatment_toxicities: tuple[RetreatmentToxicity, ...] | None = None
    nccn_category: NccnCategory | None = None
    others: Annotated[Mapping[str, Answer], NeverGiven()] = field(default_factory=dict)

    def answer(self, question: str) -> Answer | None:
        """Return the answer to a question of the catalog or of a policy; None if not known."""
        if question in CASE_FACTS:
            found: Answer | None = getattr(self, question)
            return found
        return self.others.get(question)


# The answers to the questions of the catalog; those to a policy's own are among `others`.
CASE_FACTS = frozenset(one.name for one in fields(Facts)) - {"others"}


@data
class GivenBefore:
    """What was given already: under this authorization, and in the patient's lifetime."""

    doses: AnyDoses | None = None
    cycles: Cycles | None = None
    iu: TotalIu | None = None
    units: Vials | None = None
    lifetime_doses: AnyDoses | None = None


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
_Before = Annotated[GivenBefore, NullIs(GivenBefore())]


WITHOUT_TIL: tuple[Indication, ...] = (
    "renal_cell_carcinoma",
    "graft_versus_host_disease",
    "other",
)


@data
class Case:
    """One request and what is known about the patient; invalid values raise ValidationError."""

    policy: Name
    date_of_service: Day
    indication: Annotated[str, OpenChoice("indication", get_args(Indication))]
    route: Annotated[str, OpenChoice("route", get_args(Route))]
    age_years: Age | None = None
    weight_kg: Weight | None = None
    height_cm: Height | None = None
    bsa_m2: Bsa | None = None
    bsa_formula: BsaFormula | None = None
    facts: Annotated[Facts, NullIs(Facts())] = Facts()
    requested: Annotated[Requested, NullIs(Requested())] = Requested()
    regimen: Regimen | None = None
    request_kind: RequestKind | None = None
    setting: Setting | None = None
    line_of_business: LineOfBusiness | None = None
    diagnosis_codes: tuple[Code, ...] | None = None
    course: Annotated[Course, NullIs(Course())] = Course()
    authorization: _Granted = Authorization()
    given_before: _Before = GivenBefore()
    previous_weight_kg: Weight | None = None
    weight_measured_on: Day | None = None
    confirmed: _Checked = Confirmed()
    reference: ShortText | None = None

    @property
    def is_til(self) -> bool:
        """Whether this is interleukin-2 after tumor-infiltrating lymphocytes (its own regimen).

        A policy's own indication may be one of melanoma.
        """
        return (
            self.regimen == "til"
            and self.route == "intravenous"
            and self.indication not in WITHOUT_TIL
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
    values = ((one, getattr(part, one.name)) for one in fields(part) if one.name != "others")
    found = {key_of(one.name): _plain(value) for one, value in values if value != one.default}
    return {**found, **part.others} if isinstance(part, Facts) else found


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_plain(one) for one in value)
    return stated(value) if is_dataclass(value) else value
