"""The one public function of the engine.

Uses no file, clock or environment: the same arguments always give the same determination.
"""

from functools import lru_cache

from app import __version__
from app.engine.approval import approval_period
from app.engine.course import check_course
from app.engine.criteria import judge_eligibility
from app.engine.dose import limit_dose
from app.engine.forecast import forecast_courses
from app.engine.notes import notes_for
from app.engine.preparation import prepare
from app.engine.schedule import plan
from app.engine.status import approval_status, check_request, summarize
from app.model.case import Case
from app.model.determination import Determination, PolicyReference
from app.model.policy import Policy
from app.model.reference_data import ReferenceData


def evaluate(case: Case, policy: Policy, reference_data: ReferenceData) -> Determination:
    """Return the determination of a case under one policy version.

    The caller chooses the version that is in force on the date of service. Doses are whole
    International Units; a calculated limit is rounded down once.
    """
    coverage = policy.coverage.get(case.indication)
    dosing = coverage.dosing.get(case.route) if coverage else None
    limit = limit_dose(case, policy, dosing) if dosing else None
    eligibility = judge_eligibility(case, policy)
    request = check_request(case, limit)
    status = approval_status(eligibility, request, policy)
    period = (
        approval_period(case, coverage.approval) if coverage and status == "criteria_met" else None
    )
    label = reference_data.label
    return Determination(
        approval_status=status,
        summary=summarize(policy, eligibility, limit, request),
        policy=_reference(policy),
        eligibility=eligibility,
        dose_limit=limit,
        request_check=request,
        schedule=plan(case, dosing, label) if dosing else None,
        course_check=check_course(case, policy, dosing, reference_data),
        preparation=prepare(case, request, reference_data),
        approval_period=period,
        forecast=(
            forecast_courses(case, dosing, limit, period, label)
            if dosing and limit and period
            else None
        ),
        notes=notes_for(case, policy, reference_data, request.status, status),
        reference=case.reference,
        engine_version=__version__,
    )


@lru_cache
def _reference(policy: Policy) -> PolicyReference:
    return PolicyReference(policy.id, policy.version, policy.title, policy.payer, policy.sha256)
