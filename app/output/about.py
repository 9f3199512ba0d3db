"""What the program says of itself and of what it is made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from app import __version__
from app.model.component import Component
from app.model.handbook import Handbook
from app.model.policy import Policy
from app.model.wording import count_in_words, date_in_words


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of a policy version beside its facts: its file, and when a review is due."""

    policy: Policy
    file_name: str
    review_due: date


def program_text() -> str:
    """Return name, version and what the program is for."""
    return (
        f"Aldesk {__version__}: offline dose and eligibility calculator for aldesleukin"
        " (Proleukin). It tells whether a request fits a written policy; the payer decides."
    )


def component_text(component: Component, version: str | None) -> str:
    """Return a component in one line: name, version where it is known, license."""
    name = f"{component.name} {version}" if version else component.name
    return f"{name}: {component.license}"


def copyright_text(component: Component) -> str:
    """Return the copyright lines of a component."""
    return "\n".join(component.copyright)


def policy_heading(policy: Policy) -> str:
    """Return payer and title of a policy version."""
    return f"{policy.payer}: {policy.title}"


def policy_rows(origin: Origin, today: date) -> Iterator[tuple[str, str]]:
    """Yield what identifies a policy version, as label and text."""
    policy = origin.policy
    yield "Payer", policy.payer
    yield "Title", policy.title
    yield "Cited as", policy.document
    yield "Policy in a case", policy.id
    yield "Version", policy.version
    yield "In force", _in_force(policy)
    yield "Review", _review(origin, today)
    yield "File", origin.file_name
    yield "SHA-256", policy.sha256


def _in_force(policy: Policy) -> str:
    first = f"from {date_in_words(policy.in_force.first_day)}"
    last = policy.in_force.last_day
    return f"{first} until {date_in_words(last)}" if last else first


def _review(origin: Origin, today: date) -> str:
    interval = f"every {count_in_words(origin.policy.review.every_months, 'month')}"
    due = date_in_words(origin.review_due)
    if today <= origin.review_due:
        return f"{interval}; due by {due}"
    return (
        f"{interval}; was due by {due} and is overdue today, {date_in_words(today)}."
        " Ask the payer whether a newer version applies."
    )


def provenance(policies: Iterable[Policy], handbook: Handbook) -> Iterator[str]:
    """Yield, paragraph by paragraph, where the facts come from and whose they are not."""
    payers = " or ".join(dict.fromkeys(policy.payer for policy in policies))
    yield (
        "Each file holds the facts of one published policy document: its criteria, limits, periods"
        " and caveats. They were taken from the document by hand and are told in Aldesk's own"
        " words; each stands with the heading and item where the document has it. The document"
        " itself does not come with Aldesk: get it from the payer."
    )
    yield (
        f"Facts of the {handbook.label.document} and Aldesk's own checks of what is entered lie in"
        " files of their own. They are no part of a policy and change no status."
    )
    yield (
        "The SHA-256 value is the fingerprint of the file as it was read. Each result names it, so"
        " it can be told later by which file a case was judged."
    )
    yield (
        f"Aldesk is not affiliated with {payers}, and none of them has reviewed or endorsed it;"
        " neither has the maker of Proleukin. Names of payers and products belong to their owners"
        " and say here only which document is meant."
    )
