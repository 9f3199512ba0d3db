"""The values of a case with their bounds: measurements, doses, counts, dates and texts."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from app.model.data import AsWritten, Checked, Refusal
from app.model.dates import LocalDate, LocalTime
from app.model.quantities import INCHES, INTERNATIONAL_UNITS, POUNDS, Measure, Whole

MAX_REFERENCE_CHARACTERS = 40
_CODE = re.compile(r"[A-Za-z][0-9][0-9A-Za-z](\.?[0-9A-Za-z]{1,4})?")
CODE_PATTERN = f"^{_CODE.pattern}$"


@dataclass(frozen=True, slots=True)
class _Told:
    """What the schema of a text tells that its type does not."""

    key: str
    value: object

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        return {**handler(schema), self.key: self.value}


def _short_label(text: str) -> str:
    if len(text) > MAX_REFERENCE_CHARACTERS or not text.isprintable():
        raise Refusal(f"At most {MAX_REFERENCE_CHARACTERS} printable characters.")
    return text


def plain_code(text: str) -> str:
    """Return a diagnosis code as it was written. Raises Refusal for what is none."""
    if not _CODE.fullmatch(text):
        raise Refusal("Must be a code, like C43.9: a letter, then digits and letters.")
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
# What is too many for a cycle, each policy says.
CycleDoses = AtLeastOneDose
Cycles = Annotated[int, Whole(0, 99, "cycle")]
TotalIu = Annotated[int, Whole(0, _MOST_IU, INTERNATIONAL_UNITS)]
Days = Annotated[int, Whole(0, _MOST, "day")]
Vials = Annotated[int, Whole(0, _MOST_VIALS, "vial")]
Lesions = Annotated[int, Whole(1, _MOST, "lesion")]
AtLeastOne = Annotated[int, Whole(1, _MOST)]
Day = Annotated[date, LocalDate()]
Moment = Annotated[datetime, LocalTime()]
Name = Annotated[str, AsWritten()]
YesNo = Annotated[bool, AsWritten()]
Code = Annotated[Name, Checked(plain_code), _Told("pattern", CODE_PATTERN)]
ShortText = Annotated[Name, Checked(_short_label), _Told("maxLength", MAX_REFERENCE_CHARACTERS)]
