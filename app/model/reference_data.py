"""What holds whatever the payer: label and checks, as the engine takes them."""

from app.model.checks import Checks
from app.model.document import Data
from app.model.label import Label


class ReferenceData(Data):
    """Label and checks together: the part of the engine's knowledge that no payer wrote."""

    label: Label
    checks: Checks
