"""What a policy file holds, in words: for `check`, and before somebody takes a file.

Does not judge the file: that it can be read is known, how it stands beside others is handed in.
"""

from collections.abc import Iterable, Iterator

from app.model.policy import Policy
from app.model.question import Catalog
from app.model.wording import count_in_words, date_in_words
from app.output.policy_change_words import changes_text

TAKE_QUESTION = "Take this policy? Type yes: "
NOT_PROVIDED = "not stated; a site's own file needs the key provided_by"
NOT_TAKEN = "Nothing was taken."
NO_TERMINAL = "Nothing was taken: there is nobody to ask here. With --yes it is taken unasked."
NO_REPLAY = "No version comes before this one, so no case can be judged by both."


def policy_file_text(policy: Policy, catalog: Catalog, stands: str) -> str:
    """Return what a file holds; `stands` says how it stands beside the versions at hand."""
    return "\n".join(
        (
            "The file is a valid policy. Read what it says beside the document:",
            "",
            changes_text(None, policy, catalog),
            "",
            *_facts(policy, catalog),
            stands,
        )
    )


def new_policy_text(policy: Policy, before: Policy | None, catalog: Catalog) -> str:
    """Return what somebody must have seen before a file is taken."""
    return "\n".join(
        (
            f"Provided by: {policy.provided_by}",
            f"SHA-256: {policy.sha256}",
            f"Title: {policy.payer}, {policy.title}",
            f"In force: {_in_force(policy)}",
            "",
            changes_text(before, policy, catalog),
        )
    )


def versions_text(policies: Iterable[Policy]) -> str:
    """Return the versions at hand as a command takes them."""
    return f"At hand: {', '.join(f'{one.id}@{one.version}' for one in policies)}."


def _facts(policy: Policy, catalog: Catalog) -> Iterator[str]:
    yield f"Payer: {policy.payer}"
    yield f"Title: {policy.title}"
    yield f"Version: {policy.id}@{policy.version}"
    yield f"In force: {_in_force(policy)}"
    yield f"Reviewed: every {count_in_words(policy.review.every_months, 'month')}"
    yield f"Provided by: {policy.provided_by or NOT_PROVIDED}"
    routes = catalog.inputs["route"].choices
    for coverage in policy.coverage.values():
        documented = ", ".join(routes[route].lower() for route in coverage.dosing)
        yield f"Covers: {coverage.name}; dosing documented: {documented}"
    yield f"Notes: {len(policy.notes)}"
    yield f"SHA-256: {policy.sha256}"


def _in_force(policy: Policy) -> str:
    first, last = policy.in_force.first_day, policy.in_force.last_day
    return f"from {date_in_words(first)}" + (f" to {date_in_words(last)}" if last else "")
