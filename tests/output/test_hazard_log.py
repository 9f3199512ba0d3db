"""The safety case as it is read in Help: whole, in order, and never as markup of its own."""

import re
from dataclasses import replace
from html import unescape

from app.help.hazard_log import read_safety_case
from app.output.hazard_log import safety_html, sentence_of

SAFETY = read_safety_case()
PAGE = safety_html(SAFETY)
WORDS = unescape(re.sub("<[^>]+>", " ", PAGE))


def after(words: str) -> str:
    """Return the page from these words on to the next heading."""
    return unescape(PAGE).partition(f"<h2>{words}</h2>")[2].partition("<h2>")[0]


def test_claim_evidence_and_limits_of_the_claim_come_first() -> None:
    headings = re.findall("<h2>(.*?)</h2>", unescape(PAGE))
    assert headings[:5] == [
        "What is claimed",
        "What it rests on",
        "What is not claimed",
        "How harm and likelihood are named",
        "The hazards in one view",
    ]
    assert headings[5:-1] == [f"{n}. {one.name}" for n, one in enumerate(SAFETY.hazards, start=1)]
    for text in (*SAFETY.claim, *SAFETY.evidence, *SAFETY.not_claimed):
        assert text in WORDS


def test_each_hazard_is_told_whole_with_its_controls() -> None:
    for number, hazard in enumerate(SAFETY.hazards, start=1):
        told = after(f"{number}. {hazard.name}")
        for text in (hazard.cause, hazard.effect, hazard.residual_risk, hazard.site):
            assert text in told
        assert f"{hazard.severity.capitalize()}, {hazard.likelihood}." in told
        assert re.findall("<li>(.*?)</li>", told) == [one.text for one in SAFETY.against(hazard)]


def test_each_control_is_told_with_its_place_its_tests_and_what_it_stands_against() -> None:
    told = after("The controls, with their tests")
    parts = told.split("<p><b>")[1:]
    assert len([one for one in parts if "</b></p>" in one]) == len(SAFETY.controls)
    for control in SAFETY.controls:
        own = told.partition(f"<b>{control.text}</b>")[2].partition("</ul>")[0]
        assert control.file in own
        assert (control.part or "") in own
        assert re.findall("<li>(.*?)</li>", f"{own}</ul>") == list(map(sentence_of, control.tests))
        assert all(one.name in own for one in SAFETY.hazards_of(control))


def test_every_level_of_harm_says_up_to_which_likelihood_it_is_accepted() -> None:
    rows = re.findall("<tr>(.*?)</tr>", after("How harm and likelihood are named"))
    cells = [tuple(re.findall("<td>(.*?)</td>", one)) for one in rows]
    for one in SAFETY.severities:
        assert (one.id.capitalize(), one.meaning, one.accepted_up_to) in cells
    for level in SAFETY.likelihoods:
        assert (level.id.capitalize(), level.meaning) in cells


def test_no_abbreviation_is_written_that_is_misread() -> None:
    assert "International Unit" in WORDS
    assert not re.search(r"[<>≥≤@]|\bIU\b|\bTID\b|\bqd\b|\bcc\b|[0-9]U\b|\b[0-9]+\.0\b", WORDS)


def test_text_of_the_safety_case_is_never_markup() -> None:
    hazard = replace(SAFETY.hazards[0], name="<b>A & B</b>", site="<i>")
    page = safety_html(replace(SAFETY, hazards=(hazard, *SAFETY.hazards[1:])))
    assert "1. &lt;b&gt;A &amp; B&lt;/b&gt;" in page
    assert "<i>" not in page
