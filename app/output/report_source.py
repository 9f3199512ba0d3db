"""What a report is made from: one result, its case, its policy, and when it is printed."""

from dataclasses import dataclass
from datetime import datetime

from app.desk import Outcome
from app.model.case import Case
from app.model.determination import Determination
from app.model.policy import Policy
from app.model.question import Catalog


@dataclass(frozen=True, slots=True)
class Report:
    """A result with all that it was made from; `printed_at` is the clock where it is printed.

    `remark` is what holds for the whole case, such as that it is a worked example.
    """

    outcome: Outcome
    determination: Determination
    policy: Policy
    case: Case
    catalog: Catalog
    printed_at: datetime
    remark: str

    @property
    def is_held(self) -> bool:
        """Whether a measurement waits for a confirmation: then no dose is told."""
        return bool(self.outcome.held)

    def place(self, citation: str | None) -> str:
        """Return a place in the policy's document without its name, which stands above it."""
        return (citation or "").removeprefix(f"{self.policy.document}: ")


def report_of(outcome: Outcome, catalog: Catalog, printed_at: datetime, remark: str = "") -> Report:
    """Return the report of an outcome. Raises ValueError where there is no result to report."""
    determination, policy, case = outcome.determination, outcome.policy, outcome.draft.case
    if determination is None or policy is None or case is None:
        raise ValueError("There is no result to report.")
    return Report(outcome, determination, policy, case, catalog, printed_at, remark)
