"""The engine's third argument: label and checks, which are the same for every payer."""

from app.model.checks import Checks
from app.model.data import data
from app.model.label import Label


@data
class ReferenceData:
    """Facts of the label and Aldesk's own checks: all data of the engine beside the policy."""

    label: Label
    checks: Checks
