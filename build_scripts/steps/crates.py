"""The Rust crates inside pydantic-core, from the bill of materials in its wheel.

That list is for all systems and includes crates for other systems or only for compiling. Naming
too many is the safe side.
"""

import json
from functools import cache
from importlib import metadata
from typing import Any

from license_expression import get_spdx_licensing

from app.help.components import Component

HOLDER = "pydantic-core"
# A component whose name begins so stands for all crates that are offered under its license. Crates
# whose copyright line must be shipped are components of their own.
GROUP = "Rust crates under "


def crates() -> list[dict[str, Any]]:
    """Return the crates that are compiled in or needed for compiling."""
    return [one for one in bill()["components"] if one.get("scope") == "required"]


@cache
def bill() -> dict[str, Any]:
    """Return the bill of materials of pydantic-core's wheel."""
    files = metadata.files(HOLDER) or []
    file = next(one for one in files if one.match("sboms/*.cyclonedx.json"))
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def expression(crate: dict[str, Any]) -> str:
    """Return the license expression of a crate."""
    return str(crate["licenses"][0]["expression"])


def component_of(crate: dict[str, Any], listed: tuple[Component, ...]) -> Component | None:
    """Return the component that stands for a crate, or None."""
    inside = [one for one in listed if one.inside == HOLDER]
    own = [one for one in inside if one.name == crate["name"]]
    groups = [one for one in inside if one.name.startswith(GROUP)]
    fitting = [one for one in own + groups if may_be_had(expression(crate), one.license)]
    return fitting[0] if fitting else None


def may_be_had(offered: str, chosen: str) -> bool:
    """Return whether the chosen licenses satisfy the offered expression, and no more than that.

    >>> may_be_had("(MIT OR Apache-2.0) AND Unicode-3.0", "Apache-2.0 AND Unicode-3.0")
    True
    >>> may_be_had("MIT", "Apache-2.0")
    False
    """
    parse = get_spdx_licensing().parse
    licenses = {str(one) for one in parse(chosen).symbols}
    offer = parse(offered)
    return _is_satisfied(offer, licenses) and licenses <= {str(one) for one in offer.symbols}


def _is_satisfied(offer: Any, licenses: set[str]) -> bool:
    if offer.isliteral:
        return str(offer) in licenses
    every = all if isinstance(offer, get_spdx_licensing().AND) else any
    return every(_is_satisfied(one, licenses) for one in offer.args)
