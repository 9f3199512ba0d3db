"""The parts of a determination that are about the drug: preparation, vials of a session, forecast.

Result types without validation. Doses are whole International Units, vials whole single-use vials,
and a volume or concentration is a decimal string, rounded down. Decides nothing.
"""

from datetime import date
from typing import Literal

from app.model.treatment import result


@result
class LabelAdvice:
    """A fact or a warning; `check_current_label` is true where only one source has it."""

    id: str
    text: str
    citation: str
    check_current_label: bool


@result
class Preparation:
    """How the requested dose is prepared. Label data, never a limit of the policy.

    `volume_ml` is rounded down to 0.01 mL, `syringe_volume_ml` above 1 mL to 0.1 mL; each holds no
    more than the dose. What is left over is by volume, of all `vials_by_volume`. Concentrations are
    cut after 4 decimals: of the dose in the volume of the bag alone, and with the drawn volume
    added. `approved_outside_policy` is true where the payer's clinician approved a dose above the
    documented limit.
    """

    dose_iu: int
    approved_outside_policy: bool
    volume_ml: str
    volume_holds_iu: int
    syringe_volume_ml: str
    syringe_holds_iu: int
    vials_by_content: int
    vials_by_volume: int
    vials: int
    left_over_ml: str
    left_over_iu: int
    bag_ml: int
    concentration_mg_per_ml: str
    concentration_with_drug_mg_per_ml: str
    concentration_outside_label: bool
    infusion_minutes: int
    storage_hours: int
    warnings: tuple[LabelAdvice, ...]
    advice: tuple[LabelAdvice, ...]
    label: str


@result
class WholeVials:
    """The most whole vials, by volume, whose International Units do not exceed the limit."""

    vials: int
    holds_iu: int


@result
class Measurable:
    """The largest volumes of solution that hold no more than the limit, as in `Preparation`."""

    volume_ml: str
    holds_iu: int
    syringe_volume_ml: str
    syringe_holds_iu: int


@result
class Units:
    """Whole single-use vials for one session, of the requested dose or else of the maximum.

    `lesions` is 1 where the limit is not per lesion or the number is not known. What has to do with
    volume is null but for intravenous doses; so are `whole_vials_within_limit` where they hold less
    than 90 % of the limit.
    """

    of: Literal["requested", "maximum"]
    dose_iu: int
    lesions: int
    total_iu: int
    vials_by_content: int
    vials_by_volume: int | None
    whole_vials_within_limit: WholeVials | None
    measurable: Measurable | None


@result
class ForecastCourse:
    """One course, numbered from 1; vials are null while the dose is unknown.

    Vials are counted for planned doses, and for those given in a cycle that began in the period.
    """

    number: int
    first_day: date
    last_day: date
    doses: int
    vials_by_content: int | None
    vials_by_volume: int | None
    vials: int | None
    ends_after_approval: bool


@result
class Forecast:
    """This course, and the most that the policy's timing allows after it in the approval period.

    Vials are whole single-use vials, and no two doses share one; they are counted for `dose_iu`,
    the requested dose or else the maximum. What is short of `units_granted` is at least 0.
    """

    courses: tuple[ForecastCourse, ...]
    total_doses: int
    total_vials_by_content: int | None
    total_vials_by_volume: int | None
    total_vials: int | None
    dose_iu: int | None
    vials_per_dose: int | None
    units_granted: int | None
    units_short_first_course: int | None
    units_short: int | None
    citations: dict[str, str]
