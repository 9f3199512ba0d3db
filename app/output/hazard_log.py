"""Writes the safety case as a page: the claim, each hazard with its residual risk, each control.

Everything that a site must know is under its hazard; controls and tests follow at the end.
"""

from collections.abc import Iterable, Iterator

from app.help.hazard_log import Control, Hazard, SafetyCase
from app.output.html import Cell, Columns, bullets, heading, labeled, paragraph, table

_CONTROLS = "The controls, with their tests"


def safety_html(safety: SafetyCase) -> str:
    """Return the page as HTML; all texts of the safety case are escaped."""
    return "".join(
        (
            *_claim(safety),
            *_scales(safety),
            *_overview(safety),
            *(
                piece
                for number, hazard in enumerate(safety.hazards, start=1)
                for piece in _hazard(number, hazard, safety)
            ),
            heading(_CONTROLS, level=2),
            *(piece for control in safety.controls for piece in _control(control, safety)),
        )
    )


def sentence_of(name: str) -> str:
    """Return the name of a test as a sentence, followed by its file.

    >>> sentence_of("tests/contracts/test_batch.py::test_the_same_input_gives_the_same_bytes_twice")
    'The same input gives the same bytes twice (tests/contracts/test_batch.py)'
    """
    file, _, function = name.partition("::")
    return f"{_sentence(function.removeprefix('test_').replace('_', ' '))} ({file})"


def _claim(safety: SafetyCase) -> Iterator[str]:
    yield heading("Safety case", level=1)
    for title, texts in (
        ("What is claimed", safety.claim),
        ("What it rests on", safety.evidence),
        ("What is not claimed", safety.not_claimed),
    ):
        yield heading(title, level=2)
        yield from map(paragraph, texts)


def _scales(safety: SafetyCase) -> Iterator[str]:
    yield heading("How harm and likelihood are named", level=2)
    yield _table(
        ("Harm", "Meaning", "Accepted up to"),
        ((_sentence(one.id), one.meaning, one.accepted_up_to) for one in safety.severities),
    )
    yield _table(
        ("Likelihood", "Meaning"),
        ((_sentence(one.id), one.meaning) for one in safety.likelihoods),
    )


def _overview(safety: SafetyCase) -> Iterator[str]:
    yield heading("The hazards in one view", level=2)
    rows = enumerate(safety.hazards, start=1)
    yield _table(
        ("Hazard", "Harm", "Likelihood with the controls"),
        ((f"{number}. {one.name}", one.severity, one.likelihood) for number, one in rows),
    )


def _hazard(number: int, hazard: Hazard, safety: SafetyCase) -> Iterator[str]:
    yield heading(f"{number}. {hazard.name}", level=2)
    yield labeled("Cause:", hazard.cause)
    yield labeled("Effect:", hazard.effect)
    yield labeled("Controls:", "")
    yield bullets(one.text for one in safety.against(hazard))
    yield labeled("Harm, likelihood:", f"{_sentence(hazard.severity)}, {hazard.likelihood}.")
    yield labeled("What remains:", hazard.residual_risk)
    yield labeled("At the site:", hazard.site)


def _control(control: Control, safety: SafetyCase) -> Iterator[str]:
    yield labeled(control.text)
    names = "; ".join(one.name for one in safety.hazards_of(control))
    place = f"{control.file}, {control.part}" if control.part else control.file
    yield labeled("Against:", f"{names}. In {place}. Tests:")
    yield bullets(sentence_of(one) for one in control.tests)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    cells = (tuple(Cell(text, "") for text in row) for row in rows)
    return table(Columns((0,) * len(heads), heads), cells, "")
