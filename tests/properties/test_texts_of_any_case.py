"""Whatever the case, every text follows the rules of writing and tells the notes in order."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Any

from app.casework.draft import Draft
from app.casework.outcome import Outcome, judge
from app.library import Library
from app.model.case_json import InvalidCase, read_case
from app.output.ask_sheet import ask_sheet_text
from app.output.chart_note import chart_note
from app.output.headline import headline
from app.output.plain_text import determination_text
from app.output.report import report_html, report_of
from app.output.result_texts import announcement
from tests.cases import ALDER, case
from tests.random_cases import cases

SEED, COUNT = 23, 250
# Abbreviations that are misread, trailing zeros, and numbers from 10,000 up without commas.
MISREAD = re.compile(
    r"\bIU\b|\bMM?\b|\bTID\b|\bBID\b|\bqd\b|\bcc\b|[0-9]U\b|[<>≥≤@]"
    r"|\b[0-9]+\.[0-9]*0 (?:mL|mg|kg|m²)"
    r"|(?<![0-9A-Za-z.:-])[1-9][0-9]{4,}(?![0-9A-Za-z-])"
)
EVERY_FEATURE: dict[str, Any] = case(
    policy=ALDER,
    height_cm="175",
    weight_measured_on="2026-11-24",
    previous_weight_kg="80",
    requested={
        "dose_iu": 28_200_001,
        "doses_per_day": 3,
        "doses_per_week": 9,
        "doses_per_cycle": 10,
        "rest_days": 11,
        "course_rest_days": 48,
    },
    course={
        "number": 2,
        "previous_last_dose_on": "2026-09-28",
        "discharge_date": "2026-12-20",
        "cycles": [
            {
                "number": 1,
                "doses_given": 6,
                "doses_held": 1,
                "first_dose_at": "2026-11-23T08:00",
                "last_dose_at": "2026-11-27T00:00",
            },
            {
                "number": 2,
                "doses_given": 1,
                "over": True,
                "first_dose_at": "2026-12-08T08:00",
                "last_dose_at": "2026-12-08T08:00",
            },
        ],
    },
    authorization={"start": "2026-11-01", "units": 3, "dose_iu": 30_000_000},
)


def texts(outcome: Outcome, library: Library) -> Iterator[tuple[str, str]]:
    found, entered = outcome.determination, outcome.draft.case
    assert found is not None
    yield "plain", determination_text(found, library.catalog, entered)
    bare = re.sub("<[^>]+>", " ", report_html(report_of(outcome, datetime(2026, 11, 24))))
    yield "report", " ".join(unescape(bare).split())
    yield "note", chart_note(outcome)
    yield "sheet", ask_sheet_text(outcome, library.catalog)
    yield "said", announcement(outcome)


def check(outcome: Outcome, library: Library, seen: Counter[str]) -> None:
    found = outcome.determination
    assert found is not None
    told = dict(texts(outcome, library))
    for kind, text in told.items():
        assert MISREAD.findall(text) == [], kind
        assert not re.search(r"\bNone\b(?! of these)|\b(null|True|False)\b", text), kind
    for kind in ("plain", "report", "note", "said"):
        assert headline(found) in told[kind]
    assert not re.search("approved|denied", headline(found), re.IGNORECASE)
    for kind in ("plain", "report"):
        places = [told[kind].rindex(" ".join(note.text.split())) for note in found.notes]
        assert places == sorted(places)
    for kind in ("plain", "report", "note"):
        count(found, told[kind], seen)


def count(found: Any, text: str, seen: Counter[str]) -> None:
    """Check what every text of a kind of result must say, and count the results of that kind."""
    plan = found.schedule
    if plan is not None and hasattr(plan, "cycles"):
        assert "Held doses keep their slots" in text
        assert plan.regimen in text
        if any(cycle.begins == "earliest_permitted" for cycle in plan.cycles):
            assert "the earliest permitted, not booked" in text
            seen["open"] += 1
    if found.course_check is not None:
        for finding in found.course_check.findings:
            assert finding.message.removesuffix(".") in text  # a note joins sentences
            seen[finding.kind] += 1
        if found.course_check.by_discharge is not None:
            assert "by the label after discharge" in text
            seen["discharge"] += 1
    if found.preparation is not None and found.preparation.approved_outside_policy:
        assert "Approved outside the policy" in text
        seen["outside"] += 1
    if found.unconfirmed:
        assert "not used until" in text
        seen["unconfirmed"] += 1


def test_the_texts_of_cases_at_random(library: Library) -> None:
    seen: Counter[str] = Counter()
    for data in cases(SEED, COUNT):
        try:
            outcome = judge(Draft.of(read_case(data)), library)
        except InvalidCase:
            seen["refused"] += 1
            continue
        if outcome.determination is not None:
            check(outcome, library, seen)
    assert seen["refused"] < COUNT / 10
    for kind in ("open", "violation", "discharge", "unconfirmed"):
        assert seen[kind] > 3, seen


def test_the_texts_of_a_case_with_every_feature(library: Library) -> None:
    seen: Counter[str] = Counter()
    outcome = judge(Draft.of(read_case(EVERY_FEATURE)), library)
    check(outcome, library, seen)
    assert seen == {"violation": 3, "advisory": 3, "discharge": 3, "outside": 3}
    plain = dict(texts(outcome, library))["plain"]
    for words in (
        "The policy states no limit for this.",
        "Too short by 8 days: at least 56 days.",
        "(the later date)",
        "Largest measurable dose: 1.56 mL",
        "To check: The weight is 10%",
        "Weight: 70.5 kg (155.4 lb), measured on Tue, Nov 24, 2026",
    ):
        assert words in plain
