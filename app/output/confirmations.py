"""What a tick beside a field confirms: the value that stands there, and where it was checked."""

from decimal import Decimal

from app.casework.draft import Draft
from app.casework.typed_text import read_quantity
from app.model.case_fields import CASE_FIELDS
from app.model.formatting import decimal_in_words, dose_in_words

_ON_THE_CHART = "checked on the chart"
_WHERE = {"requested.dose_iu": "checked on the order"}


def confirmation_text(key: str, draft: Draft) -> str:
    """Return what a tick confirms; "" while the entry is no valid value.

    >>> confirmation_text("weight_kg", Draft().with_entry("weight_kg", "154.0"))
    '154 kg checked on the chart'
    >>> confirmation_text("requested.dose_iu", Draft().with_entry("requested.dose_iu", "600"))
    '600 International Units checked on the order'
    """
    value, where = read_quantity(key, draft.entries.get(key)), _WHERE.get(key, _ON_THE_CHART)
    if isinstance(value, Decimal):
        return f"{decimal_in_words(value)} {CASE_FIELDS[key].unit} {where}"
    return f"{dose_in_words(value)} {where}" if isinstance(value, int) else ""
