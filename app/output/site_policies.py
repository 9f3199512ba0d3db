"""Texts about the installed policy versions: their age, their origin, and files not used.

Imports little, because it is needed at start-up; `app.output.policy_pages` makes the pages.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.engine import review_due
from app.library import Library, NoPolicyInForce, UnknownPolicy
from app.library.site import InstalledFile
from app.model.document import NotStated
from app.model.formatting import count_in_words, date_in_words
from app.model.policy import FirstSeen, Policy

REFUSED_TITLE = "Policy files that are not used"
REMOVE_QUESTION = "Remove this policy file?"
_MOST_TOLD = 5
_SITE = " (site policy)"
_YEAR = 12  # months
_WHAT_TO_DO = (
    "Aldesk goes on with the other policies. Take such a file out of its folder; if it is right, "
    "take it anew: Help, Policies."
)


def age_text(policy: Policy, today: date) -> str:
    """Return the age of a version today in days."""
    age = (today - policy.in_force.first_day).days
    if isinstance(policy.in_force, FirstSeen):
        return f"first seen {count_in_words(age, 'day')} ago" if age >= 0 else "not seen yet"
    return f"{count_in_words(age, 'day')} old" if age >= 0 else "not in force yet"


def review_text(policy: Policy, today: date) -> str:
    """Return how often the payer has reviewed so far, and when the next version may come.

    The cadence is what the document's revisions show; the document promises none.
    """
    review, due = policy.review, review_due(policy)
    if due is None or isinstance(review, NotStated):
        return "the document does not say how often it is reviewed"
    months = review.every_months
    often = "about yearly" if months == _YEAR else f"about every {count_in_words(months, 'month')}"
    told = "a newer version may be in force since" if today > due else "the next by about"
    return f"reviewed {often} so far, {told} {date_in_words(due)}"


def policy_age_text(policy: Policy, today: date) -> str:
    """Return a version, its age today, and when the next one may come, in one line."""
    version, due = _version(policy), review_due(policy)
    if due is None:
        return f"{version}: {age_text(policy, today)}"
    told = "a newer one perhaps since" if today > due else "the next perhaps by"
    return f"{version}: {age_text(policy, today)}, {told} {date_in_words(due)}"


def in_force_words(policy: Policy) -> str:
    """Return since when a version is in force, or counts because it was seen then."""
    day = date_in_words(policy.in_force.first_day)
    if isinstance(policy.in_force, FirstSeen):
        return f"from {day}, when it was first seen: the document does not say since when"
    return f"from {day}"


def whose(policy: Policy) -> str:
    """Return whose file a version is, to stand behind its name; "" if it came with Aldesk."""
    return f" (site policy, {policy.provided_by})" if policy.provided_by else ""


def policy_names(library: Library) -> dict[str, str]:
    """Return the short name of each policy by its id, for a list: no two are the same.

    A policy with a version of the site among its versions says so; who provides it is said where it
    is chosen.
    """
    names = {one.id: one.document for one in library.policies}
    for policy in library.policies:
        if policy.provided_by:
            names[policy.id] = f"{names[policy.id].removesuffix(_SITE)}{_SITE}"
    told = list(names.values())
    return {key: name if told.count(name) == 1 else f"{name}: {key}" for key, name in names.items()}


def site_text(policy: Policy) -> str:
    """Return who provides a site's own policy; "" for a policy that came with Aldesk."""
    return f"Site policy, provided by {policy.provided_by}." if policy.provided_by else ""


def origin_text(policy: Policy, taken: InstalledFile | None, *, is_for_all: bool) -> str:
    """Return the origin of a version: Aldesk, or a file of the site."""
    if taken is None:
        return "Came with Aldesk"
    whom = "for all users of this computer" if is_for_all else "for you"
    provided = site_text(policy).removesuffix(".")
    return f"{provided}, taken on {date_in_words(taken.installed_on)}, {whom}"


def version_text(policy: Policy, origin: str, today: date) -> str:
    """Return a version in a few lines, for a list of versions."""
    last = policy.in_force.last_day
    until = f" until {date_in_words(last)}" if last else ""
    return (
        f"{policy.payer}: {policy.title}\n"
        f"Version {policy.version}, in force {in_force_words(policy)}{until}\n"
        f"{_sentence(age_text(policy, today))}, {review_text(policy, today)}\n"
        f"{origin}"
    )


def refused_text(refused: Sequence[str]) -> str:
    """Return which of the site's files are not used, and what to do; "" if all are used."""
    return "\n\n".join((*refused, _WHAT_TO_DO)) if refused else ""


def refused_at_start(refused: Sequence[str]) -> str:
    """Return the same as `refused_text`, shortened for a message box."""
    rest = len(refused) - _MOST_TOLD
    more = (f"And {count_in_words(rest, 'more file')}: see Help, Policies.",) if rest > 0 else ()
    return refused_text((*refused[:_MOST_TOLD], *more))


def removing_text(policy: Policy, library: Library) -> str:
    """Return the consequences of removing a version."""
    return (
        f"{policy.document}{whose(policy)}, version {policy.version}: results under it can then "
        "no longer be computed, and records that name it can no longer be checked, until the same "
        f"file is taken again. {_what_is_left(policy, library)}"
    )


def not_taken(why: str) -> str:
    """Return the message that a file cannot be installed, with the reason."""
    return f"{why}\n\nNothing was changed: the policies are as they were."


def not_removed(why: str) -> str:
    """Return the message that a file was not removed, with the reason."""
    return f"{why}\n\nThe file is where it was."


def taken_text(policy: Policy) -> str:
    """Return the message that a file was installed."""
    return f"Taken: {_version(policy)}."


def removed_text(policy: Policy) -> str:
    """Return the message that a file was removed."""
    return f"Removed: {_version(policy)}."


def _version(policy: Policy) -> str:
    site = _SITE if policy.provided_by else ""
    return f"{policy.document}{site}, version {policy.version}"


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def _what_is_left(policy: Policy, library: Library) -> str:
    rest = replace(library, policies=tuple(one for one in library.policies if one != policy))
    first_day = policy.in_force.first_day
    try:
        other = rest.in_force(policy.id, first_day)
    except UnknownPolicy:
        return "No version of this policy is left, and cases that name it cannot be opened."
    except NoPolicyInForce as error:
        return str(error)
    return (
        f"Dates of service from {date_in_words(first_day)} on are then judged by version "
        f"{other.version}."
    )
