"""The safety case: hazards in using Aldesk, their controls, and the risk that remains.

It is about the program, not about medicine. Help shows it. The tests of the project prove that each
control exists and that its tests fail without it.
"""

import re
from collections import Counter
from pathlib import Path
from typing import Annotated

from app.library.policies import RESOURCES
from app.library.reader import read_model
from app.model.data import Checked, Limited, Refusal, data
from app.model.document import Identifier, Text, Texts


def _test(text: str) -> str:
    if not re.fullmatch(r"tests/[a-z0-9_/]+\.py::test_[a-z0-9_]+", text):
        raise Refusal("must be a test, like tests/test_batch.py::test_a_name")
    return text


TestName = Annotated[Text, Checked(_test)]


@data
class Likelihood:
    """A level on the scale of how often harm is expected."""

    id: Identifier
    meaning: Text


@data
class Severity:
    """A grade of harm; `accepted_up_to` is the highest likelihood at which it is accepted."""

    id: Identifier
    meaning: Text
    accepted_up_to: Identifier


@data
class Control:
    """A control of hazards; `part` is the function, class or value in `file` that implements it."""

    id: Identifier
    text: Text
    file: Text
    part: Text | None = None
    tests: Annotated[tuple[TestName, ...], Limited(entries=1)]


@data
class Hazard:
    """Something that can go wrong; likelihood and residual risk assume that the controls work."""

    id: Identifier
    name: Text
    cause: Text
    effect: Text
    severity: Identifier
    likelihood: Identifier
    controls: Annotated[tuple[Identifier, ...], Limited(entries=1)]
    residual_risk: Text
    site: Text


@data
class SafetyCase:
    """Claim, scales, hazards and controls; likelihoods are in ascending order."""

    claim: Texts
    evidence: Texts
    not_claimed: Texts
    likelihoods: Annotated[tuple[Likelihood, ...], Limited(entries=1)]
    severities: Annotated[tuple[Severity, ...], Limited(entries=1)]
    hazards: Annotated[tuple[Hazard, ...], Limited(entries=1)]
    controls: Annotated[tuple[Control, ...], Limited(entries=1)]

    def against(self, hazard: Hazard) -> tuple[Control, ...]:
        """Return the controls of a hazard, in the order in which it names them."""
        known = {one.id: one for one in self.controls}
        return tuple(known[one] for one in hazard.controls)

    def hazards_of(self, control: Control) -> tuple[Hazard, ...]:
        """Return the hazards that a control reduces."""
        return tuple(one for one in self.hazards if control.id in one.controls)

    def __post_init__(self) -> None:
        self._ids_are_given_once()
        self._what_is_named_is_there()
        self._every_control_stands_against_a_hazard()
        self._every_residual_risk_is_accepted()

    def _ids_are_given_once(self) -> None:
        for key in ("likelihoods", "severities", "hazards", "controls"):
            for name, count in Counter(one.id for one in getattr(self, key)).items():
                if count > 1:
                    raise Refusal(f"{name} is there more than once", at=key)

    def _what_is_named_is_there(self) -> None:
        levels = {one.id for one in self.likelihoods}
        grades = {one.id for one in self.severities}
        controls = {one.id for one in self.controls}
        for severity in self.severities:
            _refuse_unknown({severity.accepted_up_to} - levels, severity.id, "severities")
        for hazard in self.hazards:
            named = {hazard.severity} - grades | {hazard.likelihood} - levels
            _refuse_unknown(named | set(hazard.controls) - controls, hazard.id, "hazards")

    def _every_control_stands_against_a_hazard(self) -> None:
        for control in self.controls:
            if not self.hazards_of(control):
                raise Refusal(f"{control.id} stands against no hazard", at="controls")

    def _every_residual_risk_is_accepted(self) -> None:
        order = [one.id for one in self.likelihoods]
        highest = {one.id: order.index(one.accepted_up_to) for one in self.severities}
        for hazard in self.hazards:
            if order.index(hazard.likelihood) > highest[hazard.severity]:
                told = (
                    f"{hazard.likelihood} is more than is accepted where harm is {hazard.severity}"
                )
                raise Refusal(f"{hazard.id}: {told}", at="hazards")


def _refuse_unknown(names: set[str], by: str, at: str) -> None:
    if names:
        raise Refusal(f"{by} names {min(names)}, which is not there", at=at)


def read_safety_case(resources: Path = RESOURCES) -> SafetyCase:
    """Return the safety case. Raises DataFileError."""
    return read_model(SafetyCase, resources / "safety.yaml")
