"""Reads the cases that Aldesk 0.1.0 wrote, in case files and records of version 1.

There `confirmed` is a list of keys, and the values that were confirmed are those of the same file.
Nowhere else is a list read, because it does not say which value was checked.
"""

from typing import Any

CONFIRMABLE_IN_0_1_0 = ("weight_kg", "height_cm", "bsa_m2")


def case_of_0_1_0(content: Any) -> Any:
    """Return the content of a case with the confirmed values in place of a list of their keys.

    A confirmed key without a value confirms nothing. Anything else stays, for the case to refuse.
    """
    listed = content.get("confirmed") if isinstance(content, dict) else None
    if not isinstance(listed, list) or not all(one in CONFIRMABLE_IN_0_1_0 for one in listed):
        return content
    values = {key: content[key] for key in listed if content.get(key) is not None}
    return {**content, "confirmed": values}
