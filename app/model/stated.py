"""What a policy states beside criteria and dosing, as a determination tells it.

Lengths of approval, documents asked for, codes, and what the document does not say.
"""

from typing import Any, Literal

from app.model.treatment import result


@result
class ApprovalLength:
    """A length of approval that the policy states, as its file does, such as {"months": 6}.

    `applies` is null while it is not known whether its conditions are met.
    """

    branch: str | None
    length: dict[str, Any]
    applies: bool | None
    citation: str


@result
class WantedDocument:
    """A document that the payer asks for, with the id of the criterion that asks for it."""

    text: str
    citation: str
    criterion: str


@result
class CodeFound:
    """A code of the policy, or a diagnosis code of the case held against the policy's lists.

    The result is "stated" for a code of the policy, "unknown" where the case has no code.
    """

    system: str
    code: str | None
    text: str | None
    result: Literal["stated", "supported", "not_listed", "unknown"]
    citation: str | None


@result
class Unstated:
    """Something that the document does not say; `citation` is the part in which it is missing."""

    what: str
    text: str
    citation: str | None
