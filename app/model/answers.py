"""Finds the answer to a question of the criteria in a case; None is "not known".

Most answers are among the facts. The others are fields of the case that everybody asks in the same
way, such as the route.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from app.model.case import CASE_FACTS, Case
from app.model.catalog import KEYS

Read = Callable[[Case], Any]
_THERAPIES = {"til": "after_lifileucel"}  # what the choices of `regimen` are called when asked


def reader(question: str) -> Read:
    """Return the function that reads the answer to a question from a case.

    >>> from datetime import date
    >>> case = Case(policy="p", date_of_service=date(2026, 11, 30), indication="other",
    ...     route="intravenous", regimen="til")
    >>> reader("therapy")(case), reader("single_agent")(case)
    ('after_lifileucel', None)
    """
    if question == "therapy":
        return lambda case: _THERAPIES.get(case.regimen or "", case.regimen)
    if question in KEYS:
        return attrgetter(KEYS[question])
    if question in CASE_FACTS:
        return attrgetter(f"facts.{question}")
    return lambda case: case.facts.others.get(question)
