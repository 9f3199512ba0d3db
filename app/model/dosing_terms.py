"""The words by which limits and rests are stated, in a policy file and in a determination."""

from typing import Literal

LimitOf = Literal["doses", "cycles", "units", "iu"]
LimitPer = Literal["dose", "day", "week", "cycle", "course", "authorization", "lifetime", "days"]
RestFrom = Literal["last_dose", "discharge", "first_dose"]
