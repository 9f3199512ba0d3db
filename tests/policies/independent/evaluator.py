"""The determination a second time, from the policy documents, by someone who has not read `app`.

Numbers are exact, and nothing is rounded but the limit itself, once, down. What the specification
leaves to the program (words, citations, the shown area) is not here.
"""

from datetime import date
from typing import Any

from tests.policies.independent.approval import approval_period, approval_status, is_covered
from tests.policies.independent.basics import FIRST_DAY, Case
from tests.policies.independent.course import course_check, violations
from tests.policies.independent.criteria import eligibility
from tests.policies.independent.dosing import dose_limit, request_check, unconfirmed
from tests.policies.independent.forecast import forecast
from tests.policies.independent.notes import notes
from tests.policies.independent.plan import planned_days, schedule
from tests.policies.independent.preparation import preparation, units
from tests.policies.independent.refusals import refused

__all__ = ["determine", "refused"]


def determine(case: Case) -> dict[str, Any]:
    """What can be compared; an `error` alone where the case is refused or no policy is in force."""
    if keys := refused(case):
        return {"error": "invalid_case", "at": keys}
    if date.fromisoformat(case["date_of_service"]) < FIRST_DAY[case["policy"]]:
        return {"error": "no_policy_in_force"}
    limit = dose_limit(case)
    answer: dict[str, Any] = {
        "eligibility": eligibility(case),
        "dose_limit": limit,
        "unconfirmed": unconfirmed(case, limit),
        "request_check": request_check(case, limit),
        "schedule": schedule(case),
        "course_check": course_check(case),
    }
    request = answer["request_check"]
    beyond = request["status"] in ("exceeds_limits", "no_regimen")
    beyond = beyond or bool(violations(answer["course_check"]))
    waits = request["status"] == "incomplete" or bool(answer["unconfirmed"])
    covered = is_covered(case, planned_days(case, answer["schedule"]))
    eligible = answer["eligibility"]["status"]
    status = approval_status(case["policy"], eligible, beyond, waits, covered)
    answer["approval_status"] = status
    answer["approval_period"] = approval_period(case) if status == "criteria_met" else None
    answer["preparation"] = preparation(case, request)
    answer["units"] = units(case, limit, request)
    answer["forecast"] = forecast(case, answer)
    return answer | notes(case, answer, beyond, covered)
