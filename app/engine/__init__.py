"""The engine: computes a determination from a case and a policy, by pure and exact functions.

What is named here is all that the rest of the program uses of it: `evaluate` decides, `Reasons`
says why, and `clauses_for` what a policy asks. The other two belong to no determination.
"""

from app.engine.approval import review_due
from app.engine.compiled import evaluate
from app.engine.dose import calculated_bsa
from app.engine.questions import clauses_for
from app.engine.status import Reasons

__all__ = ["Reasons", "calculated_bsa", "clauses_for", "evaluate", "review_due"]
