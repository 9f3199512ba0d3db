"""Words of the policy format that a mistake could put in each other's place."""

from typing import Any

import yaml

from app.library import RESOURCES

CATALOG: Any = yaml.safe_load((RESOURCES / "questions.yaml").read_text("utf-8"))

OTHER_GROUPS = {"all": ("any", "none"), "any": ("all", "none"), "none": ("any", "all")}
OTHER_KEYS = {
    "any_of": ("none_of", "under"),
    "none_of": ("any_of",),
    "at_least": ("at_most", "over"),
    "at_most": ("at_least", "under"),
    "over": ("at_least", "under"),
    "under": ("at_most", "over", "any_of"),
}
LENGTHS = {
    "months": ("weeks", "days"),
    "weeks": ("months", "days"),
    "days": ("weeks", "doses"),
    "doses": ("cycles", "days"),
    "cycles": ("doses",),
    "once": ("not_stated", "end_of_plan_year"),
    "end_of_plan_year": ("once", "not_stated"),
    "refused": ("not_stated",),
    "not_stated": ("refused", "once", "as_labeled"),
    "as_labeled": ("not_stated",),
}
# By the last key of a place, or by its last two where the first alone would not tell.
WORDS = {
    "dose.per": ("kg", "m2", "lesion", "dose", "visit"),
    "limits.per": ("dose", "day", "week", "cycle", "course", "authorization", "lifetime", "days"),
    "limits.of": ("doses", "cycles", "units", "iu"),
    "min_course_rest_days.from": ("last_dose", "discharge", "first_dose"),
    "min_rest_days.from": ("last_dose", "discharge", "first_dose"),
    "because": (
        "experimental",
        "investigational",
        "not_medically_necessary",
        "excluded",
        "addressed_elsewhere",
    ),
    "system": ("hcpcs", "cpt", "ndc", "icd_10_cm"),
}
# What may be left out: guards, conditions, limits, rules ...
OPTIONAL = frozenset(
    [
        *("routes", "indications", "approval_status", "request_status", "beyond_dosing"),
        *("dosing_documented", "course_number_at_least", "til"),
        *("max_doses_per_day", "max_doses_per_week", "max_doses_per_cycle"),
        *("min_rest_days", "min_course_rest_days", "limits", "pattern"),
        *("when", "branch", "also", "approval", "renewal", "refused", "from", "uses", "codes"),
        *("documents", "common", "includes", "under", "not_met", "see", "cycles"),
    ]
)
# ... and, of these mappings, anything: regimens, indications. They can also have one more.
OPEN_MAPPINGS = {"dosing": "routes", "coverage": "covered"}
