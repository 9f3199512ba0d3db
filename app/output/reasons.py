"""Why the status is what it is, in one glance: what decides, what was seen, and the clause.

Never says how an answer should be changed.
"""

from collections.abc import Iterator

from app.desk import Outcome
from app.model.determination import Finding, Judged, JudgedComparison
from app.model.policy import Policy, StatusRule
from app.model.question import Catalog
from app.output.phrases import STATUS, Row, finding_text, requested_text, result_text, seen_text


def reason_rows(outcome: Outcome, catalog: Catalog) -> Iterator[Row]:
    """Yield what decides the status: criteria, findings about the request, the policy's rule."""
    determination = outcome.determination
    if determination is None:
        return
    yield from (_finding_row(one, catalog) for one in outcome.deciding_findings)
    if outcome.policy is not None and outcome.status_rule is not None:
        is_undocumented = determination.request_check.status == "no_regimen"
        yield _rule_row(outcome.status_rule, outcome.policy, is_undocumented=is_undocumented)
    if determination.eligibility.status != "met" or outcome.status_rule is None:
        yield from (_criterion_row(one, catalog) for one in outcome.deciding_criteria)


def problem_rows(outcome: Outcome, catalog: Catalog) -> Iterator[Row]:
    """Yield each entry that is wrong, with what is wrong about it."""
    for key, problem in outcome.problems.items():
        yield Row(catalog.label(key), problem, "")


def _criterion_row(judged: Judged, catalog: Catalog) -> Row:
    seen = ""
    if isinstance(judged, JudgedComparison) and judged.seen is not None:
        seen = f" (answer: {seen_text(judged, catalog)})"
    return Row(result_text(judged), f"{judged.text}{seen}", judged.citation)


def _finding_row(finding: Finding, catalog: Catalog) -> Row:
    label = catalog.label(f"requested.{finding.field}")
    text = f"{label}: {requested_text(finding)}. {finding_text(finding)}"
    shape = "× Beyond" if finding.result == "exceeds" else "? Not known"
    return Row(shape, text, finding.citation or "")


def _rule_row(rule: StatusRule, policy: Policy, *, is_undocumented: bool) -> Row:
    what = (
        "No dosing is documented for this use by this route"
        if is_undocumented
        else "The request is beyond the documented dosing"
    )
    text = f"{what}. The policy's rule for that: {STATUS[rule.status].lower()}."
    return Row("Rule", text, policy.cite(rule.citation))
