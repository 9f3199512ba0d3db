"""What the program says of itself, of what it is made of, and whose the facts are."""

from collections.abc import Iterable, Iterator

from app import __version__
from app.help.components import Component
from app.model.policy import Policy
from app.model.reference_data import ReferenceData


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


def provenance(policies: Iterable[Policy], reference_data: ReferenceData) -> Iterator[str]:
    """Yield, paragraph by paragraph, where the facts come from and whose they are not."""
    payers = " or ".join(dict.fromkeys(policy.payer for policy in policies))
    yield (
        "Each file holds the facts of one published policy document: its criteria, limits, periods"
        " and caveats. They were taken from the document by hand and are told in Aldesk's own"
        " words; each stands with the heading and item where the document has it. The document"
        " itself does not come with Aldesk: get it from the payer."
    )
    yield (
        f"Facts of the {reference_data.label.document} and Aldesk's own checks of what is entered"
        " lie in files of their own. They are no part of a policy and change no status."
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
