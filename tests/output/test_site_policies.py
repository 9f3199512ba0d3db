"""Whatever leaves the program says when a result is by a policy of the site, with its hash."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.casework.comparison import compare
from app.casework.draft import Draft
from app.casework.outcome import judge
from app.files.json_forms import determination_json
from app.library import Library
from app.library.site import load_all
from app.model.case_json import read_case
from app.output.ask_sheet import ask_sheet_text
from app.output.chart_note import chart_note
from app.output.comparison_rows import column_heading
from app.output.phrases import in_force_text
from app.output.plain_text import determination_text
from app.output.policy_changes import changes_text
from app.output.policy_pages import policy_heading, version_heading, version_html
from app.output.site_policies import (
    policy_age_text,
    policy_names,
    removing_text,
    review_text,
    whose,
)
from tests.cases import ALDER, BIRCH, case
from tests.library.sites import PROVIDER, offered, revision, site_in, taken

SHA256 = hashlib.sha256(offered().encode()).hexdigest()
DRAFT = Draft.of(read_case(case(policy="third-health", indication="renal_cell_carcinoma")))


@pytest.fixture
def shelf(tmp_path: Path) -> Library:
    site = site_in(tmp_path)
    taken(site, offered())
    return load_all(site)


def told(shelf: Library) -> dict[str, str]:
    outcome = judge(DRAFT, shelf)
    determination = outcome.determination
    assert determination is not None
    return {
        "chart note": chart_note(outcome),
        "text": determination_text(determination, shelf.catalog),
        "JSON": json.dumps(json.loads(determination_json(determination))),
    }


@pytest.mark.parametrize("name", ["chart note", "text", "JSON"])
def test_a_result_by_the_sites_policy_says_by_whom_and_from_which_file(
    shelf: Library, name: str
) -> None:
    words = told(shelf)[name]
    assert f"Provided by {PROVIDER}" in words
    assert SHA256 in words


def test_the_head_of_its_column_in_a_comparison_says_so_and_no_other_one_does(
    shelf: Library,
) -> None:
    first, *others = (column_heading(side) for side in compare(DRAFT, shelf).sides)
    assert f"site policy, provided by {PROVIDER}, file SHA-256 beginning {SHA256[:12]}" in first
    assert not any("site policy" in other for other in others)


def test_a_list_of_names_tells_a_sites_policy_and_has_no_name_twice(tmp_path: Path) -> None:
    taken(site_in(tmp_path), offered())
    same = offered().replace("document: Third Health 3", "document: Alder 12")
    for name in ("one-of-the-site", "two-of-the-site"):
        taken(site_in(tmp_path), same.replace("third-health", name))
    assert policy_names(load_all(site_in(tmp_path))) == {
        ALDER: "Alder 12",
        BIRCH: "Birch handbook",
        "third-health": "Third Health 3 (site policy)",
        "one-of-the-site": "Alder 12 (site policy): one-of-the-site",
        "two-of-the-site": "Alder 12 (site policy): two-of-the-site",
    }


def test_a_shipped_policy_with_a_version_of_the_site_says_so_once(tmp_path: Path) -> None:
    for text in (offered(), offered(revision())):
        taken(
            site_in(tmp_path),
            text.replace("third-health", ALDER).replace("2026-01-15", "2026-12-01"),
        )
    names = policy_names(load_all(site_in(tmp_path)))
    assert names[ALDER] == "Third Health 3 (site policy)"


def test_wherever_a_name_stands_it_says_whose_file_it_is(shelf: Library) -> None:
    policy, shipped = shelf.versions("third-health")[-1], shelf.versions(BIRCH)[-1]
    site = f"(site policy, {PROVIDER})"
    texts = (
        policy_heading(policy),
        version_heading(policy),
        changes_text(None, policy, shelf.catalog),
        removing_text(policy, shelf),
        ask_sheet_text(judge(DRAFT, shelf), shelf.catalog),
    )
    for text in texts:
        assert f"Third Health 3 {site}" in text or f"a third payer {site}" in text
    assert whose(shipped) == ""
    assert "(site policy), version 3.0" in told(shelf)["chart note"]
    assert "(site policy), version 3.0" in told(shelf)["text"]


def test_the_page_of_a_version_tells_its_doubts(shelf: Library) -> None:
    policy = shelf.versions("third-health")[-1]
    doubted = replace(policy, accepted_doubts=("One.", "Two."), open_doubts=("Three.",))
    page = version_html(doubted, "Origin", "file", date(2026, 12, 1))
    for words in (
        "In doubt, acknowledged by nobody",
        "Three.",
        "In doubt, accepted when",
        "One. Two.",
    ):
        assert words in page
    assert "doubt" not in version_html(policy, "Origin", "file", date(2026, 12, 1))


def test_the_age_of_a_version_promises_no_review(library: Library) -> None:
    """Birch is of October 16, 2023, and was reviewed every 30 months."""
    birch = library.versions(BIRCH)[-1]
    assert policy_age_text(birch, date(2023, 10, 17)).endswith(
        ": 1 day old, the next perhaps by Thu, Apr 16, 2026"
    )
    assert policy_age_text(birch, date(2026, 4, 17)).endswith(
        ", a newer one perhaps since Thu, Apr 16, 2026"
    )
    yearly = replace(birch, review=replace(birch.review, every_months=12))
    assert review_text(yearly, date(2023, 10, 17)) == (
        "reviewed about yearly so far, the next by about Wed, Oct 16, 2024"
    )
    assert review_text(birch, date(2026, 4, 17)) == (
        "reviewed about every 30 months so far, a newer version may be in force since Thu, Apr 16, "
        "2026"
    )


def test_a_version_without_an_effective_date_is_in_force_by_its_review_date(
    library: Library,
) -> None:
    birch = library.versions(BIRCH)[-1]
    assert in_force_text(birch) == "in force since Mon, Oct 16, 2023"
    note = replace(birch.notes[0], id="no_effective_date")
    told = in_force_text(replace(birch, notes=(note,)))
    assert told == "in force since Mon, Oct 16, 2023, by its review date"
