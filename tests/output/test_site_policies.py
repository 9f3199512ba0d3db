"""Whatever leaves the program says when a result is by a policy of the site, with its hash."""

import hashlib
import json
from pathlib import Path

import pytest

from app.casework.comparison import compare
from app.casework.draft import Draft
from app.casework.outcome import judge
from app.files.json_forms import determination_json
from app.library import Library
from app.library.site import load_all
from app.model.case_json import read_case
from app.output.chart_note import chart_note
from app.output.comparison_rows import column_heading
from app.output.plain_text import determination_text
from tests.cases import case
from tests.library.sites import PROVIDER, offered, site_in, taken

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
