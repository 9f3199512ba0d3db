"""A determination, a list of policies or a list of problems as plain text for a person."""

from collections.abc import Iterable, Iterator

from app.model.case_reader import Problem
from app.model.determination import (
    CycleSchedule,
    Determination,
    DoseLimit,
    DoseSchedule,
    Finding,
    Judged,
    JudgedAll,
    JudgedAny,
    JudgedComparison,
    Schedule,
)
from app.model.policy import Policy
from app.model.question import Catalog
from app.model.wording import (
    bsa_in_words,
    count_in_words,
    date_in_words,
    dose_in_words,
    frequency_in_words,
    time_in_words,
)
