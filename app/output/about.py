"""What the program says of itself and of what it is made of."""

from app import __version__
from app.model.component import Component


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
