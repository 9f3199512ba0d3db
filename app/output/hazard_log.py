"""Writes the safety case as a page: the claim, each hazard with its residual risk, each control.

Everything that a site must know is under its hazard; controls and tests follow at the end.
"""

from collections.abc import Iterable, Iterator
from html import escape

from app.help.hazard_log import Control, Hazard, SafetyCase

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
            _heading(_CONTROLS),
            *(piece for control in safety.controls for piece in _control(control, safety)),
        )
    )


def sentence_of(name: str) -> str:
    """Return the name of a test as a sentence, followed by its file.

    >>> sentence_of("tests/test_batch.py::test_the_same_input_gives_the_same_bytes_twice")
    'The same input gives the same bytes twice (tests/test_batch.py)'
    """
    file, _, function = name.partition("::")
    return f"{_sentence(function.removeprefix('test_').replace('_', ' '))} ({file})"


def _claim(safety: SafetyCase) -> Iterator[str]:
    yield "<h1>Safety case</h1>"
    for heading, texts in (
        ("What is claimed", safety.claim),
        ("What it rests on", safety.evidence),
        ("What is not claimed", safety.not_claimed),
    ):
        yield _heading(heading)
        yield from (_paragraph(one) for one in texts)


def _scales(safety: SafetyCase) -> Iterator[str]:
    yield _heading("How harm and likelihood are named")
    yield _table(
        ("Harm", "Meaning", "Accepted up to"),
        ((_sentence(one.id), one.meaning, one.accepted_up_to) for one in safety.severities),
    )
    yield _table(
        ("Likelihood", "Meaning"),
        ((_sentence(one.id), one.meaning) for one in safety.likelihoods),
    )


def _overview(safety: SafetyCase) -> Iterator[str]:
    yield _heading("The hazards in one view")
    rows = enumerate(safety.hazards, start=1)
    yield _table(
        ("Hazard", "Harm", "Likelihood with the controls"),
        ((f"{number}. {one.name}", one.severity, one.likelihood) for number, one in rows),
    )


def _hazard(number: int, hazard: Hazard, safety: SafetyCase) -> Iterator[str]:
    yield _heading(f"{number}. {hazard.name}")
    yield _paragraph(hazard.cause, "Cause")
    yield _paragraph(hazard.effect, "Effect")
    yield _paragraph("", "Controls")
    yield _list(one.text for one in safety.against(hazard))
    yield _paragraph(f"{_sentence(hazard.severity)}, {hazard.likelihood}.", "Harm, likelihood")
    yield _paragraph(hazard.residual_risk, "What remains")
    yield _paragraph(hazard.site, "At the site")


def _control(control: Control, safety: SafetyCase) -> Iterator[str]:
    yield f"<p><b>{escape(control.text)}</b></p>"
    names = "; ".join(one.name for one in safety.hazards_of(control))
    place = f"{control.file}, {control.part}" if control.part else control.file
    yield _paragraph(f"{names}. In {place}. Tests:", "Against")
    yield _list(sentence_of(one) for one in control.tests)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _heading(text: str) -> str:
    return f"<h2>{escape(text)}</h2>"


def _paragraph(text: str, label: str = "") -> str:
    name = f"<b>{escape(label)}:</b> " if label else ""
    return f"<p>{name}{escape(text)}</p>"


def _list(texts: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in texts)}</ul>"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    top = "".join(f"<th align='left'>{escape(one)}</th>" for one in heads)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    return f"<table width='100%'><thead><tr>{top}</tr></thead>{body}</table>"
