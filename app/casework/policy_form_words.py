"""The words of the form in which a policy is written: labels, help, choices, and what adds what.

They stand in `resources/policy-form.yaml` under the classes and keys of the grammar, so that no key
of a policy file is shown to a person. A key without words is shown as it is spelled.
"""

from dataclasses import field
from functools import cache
from pathlib import Path
from typing import Literal

from app.casework.policy_form import Shape
from app.library.policies import RESOURCES
from app.library.reader import read_model
from app.model.case_values import YesNo
from app.model.catalog import Words
from app.model.data import data

FILE = "policy-form.yaml"
Of = Literal["questions", "indications", "routes", "criteria"]


@data
class FieldWords:
    """The words of a key: its label, a help, and its choices.

    `of` says whose ids its texts are, and `entry` what one entry of a list or under a name is. Few
    policies need a `rare` key.
    """

    label: Words
    help: Words | None = None
    choices: dict[Words, Words] = field(default_factory=dict)
    of: Of | None = None
    entry: Words | None = None  # one entry of a list or of what is named
    rare: YesNo = False  # told below all else


@data
class FormWords:
    """All words: by class and key, of classes that stand in each other's place, of messages.

    `criteria` has the kinds of criteria: of a comparison, and of each kind of group.
    """

    parts: dict[Words, dict[Words, FieldWords]]
    classes: dict[Words, Words]
    criteria: dict[Words, Words]
    messages: dict[Words, Words]
    rare: Words

    def of_key(self, shape: Shape | None, key: str | int) -> FieldWords:
        """Return the words of a key of a part."""
        found = self.parts.get(shape.part.__name__, {}) if shape and shape.part else {}
        return found.get(str(key)) or FieldWords(label=spelled(key))

    def of_entry(self, shape: Shape | None, key: str | int, item: Shape | None) -> str:
        """Return what one entry of a list, or under a name, is called until it says so itself."""
        found = self.of_key(shape, key)
        name = item.part.__name__ if item and item.part else ""
        return found.entry or self.classes.get(name, found.label)

    def of_class(self, shape: Shape) -> str:
        """Return what a class says of the document, where another may stand in its place."""
        name = shape.part.__name__ if shape.part else shape.kind
        return self.classes.get(name, spelled(name))


def spelled(key: str | int) -> str:
    """Return a key as words.

    >>> spelled("max_doses_per_day")
    'Max doses per day'
    """
    return str(key).replace("_", " ").capitalize()


@cache
def form_words(resources: Path = RESOURCES) -> FormWords:
    """Return the words that ship."""
    return read_model(FormWords, resources / FILE)
