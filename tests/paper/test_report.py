"""The report as a PDF file gives back exactly what was determined, page by page, in black."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor, QPalette, QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app import __version__
from app.gui import printing
from app.gui.printing import print_report
from app.library import Library
from app.model.eligibility import JudgedAll, JudgedComparison
from app.output.report import report_of
from app.paper.report import draw_report, report_document
from tests.cases import ALDER, BIRCH, case
from tests.fixture_cases import EXAMPLES
from tests.gui.printed import IN_GROUPS, NOW, check, judged, printed, read
from tests.random_cases import cases

pytestmark = pytest.mark.usefixtures("qtbot")

PLAN = {"first_dose_at": "2026-11-23T08:00"}
LONG_SEED, LONG_COUNT = 11, 400


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_each_example_is_given_back_in_full(library: Library, example: Any, tmp_path: Path) -> None:
    report = check(judged(library, example.case), tmp_path)
    assert report.is_gray
    last = report.pages[-1]
    assert last.index("Made from") < last.index("Pharmacist, initials") < last.index("Second check")


def check_random(library: Library, seed: int, count: int, folder: Path) -> int:
    checked = 0
    for data in cases(seed, count):
        outcome = judged(library, data)
        if outcome.determination is not None:
            check(outcome, folder)
            checked += 1
    return checked


def test_cases_at_random_are_given_back(library: Library, tmp_path: Path) -> None:
    assert check_random(library, 5, 12, tmp_path) > 8


@pytest.mark.proof
def test_many_cases_at_random_are_given_back(library: Library, tmp_path: Path) -> None:
    assert check_random(library, LONG_SEED, LONG_COUNT, tmp_path) > LONG_COUNT * 0.8


def test_no_number_follows_from_an_unusual_weight(library: Library, tmp_path: Path) -> None:
    outcome = judged(library, case(weight_kg="154", requested={"dose_iu": 61_600_001}))
    assert outcome.unconfirmed == ("weight_kg",)
    report = check(outcome, tmp_path)
    assert "Unusual, and not used until somebody confirms it: weight." in report.text
    assert set(re.findall(IN_GROUPS, report.text)) == {"61,600,001", "400,000"}


def test_an_ordinary_case_fits_two_pages(library: Library, tmp_path: Path) -> None:
    for data in (case(reference="row 7", height_cm="175"), case(policy=BIRCH)):
        assert len(printed(judged(library, data), tmp_path).pages) <= 2


def test_the_ordered_dose_is_the_largest_number_and_the_limit_is_small(library: Library) -> None:
    def points(data: dict[str, Any], text: str) -> float:
        document = report_document(report_of(judged(library, data), NOW))
        cursor = document.find(text)
        assert not cursor.isNull()
        return cursor.charFormat().fontPointSize()

    ordered = case(requested={"dose_iu": 28_000_000})
    assert points(ordered, "28,000,000 International Units") == 20
    assert points(ordered, "28,200,000 International Units (28.2 million) (policy limit") == 8
    assert points(case(), "28,200,000 International Units (28.2 million) (policy limit") == 12


def test_no_part_is_broken_over_two_pages(library: Library, tmp_path: Path) -> None:
    limits = {"dose_iu": 28_200_001, "doses_per_day": 2, "doses_per_cycle": 10, "rest_days": 11}
    for count in (0, 2, 4):
        requested = dict(list(limits.items())[:count])
        for extra in ({}, {"height_cm": "175", "bsa_m2": "1.9"}):
            data = case(requested=requested, course=PLAN, **extra)
            pages = printed(judged(library, data), tmp_path).pages
            assert len(pages) > 1
            told = [heading for page in pages for heading in parts(page)]
            assert len(told) == len(set(told))
            for page in pages:
                assert not re.search(r"(Criteria|Case as entered|for this case) Aldesk", page)
                assert ("Criterion Result" in page) is ("Into the lesions – Not" in page)
                assert ("Alder decides" in page) is ("[Cover asking]" in page)


def test_nothing_is_left_out_where_a_part_moves_to_the_next_page(
    library: Library, tmp_path: Path
) -> None:
    moved = {
        "policy": ALDER,
        "date_of_service": "2028-08-08",
        "indication": "graft_versus_host_disease",
        "route": "subcutaneous",
        "age_years": 19,
        "weight_kg": "60.522",
        "height_cm": "160",
        "bsa_m2": "1.497295",
        "bsa_formula": "boyd",
        "previous_weight_kg": "67.246665",
        "facts": {
            "chronic_gvhd": True,
            "steroid_refractory": True,
            "with_systemic_corticosteroids": True,
            "prescriber_specialties": ["transplant_center_physician", "dermatologist"],
        },
        "requested": {"dose_iu": 1, "doses_per_week": 21, "rest_days": 14},
        "course": {"first_dose_at": "2028-08-09T16:01", "number": 1},
        "authorization": {"start": "2028-09-07"},
    }
    assert len(check(judged(library, moved), tmp_path).pages) == 2


def parts(page: str) -> list[str]:
    return [one for one in ("Request ", "Criterion Result", "Case as entered") if one in page]


def test_a_table_longer_than_a_page_repeats_its_head(library: Library, tmp_path: Path) -> None:
    outcome = judged(library, case())
    assert outcome.determination is not None
    one = JudgedComparison(
        "one", "A criterion", "met", "age_years", 54, {"at_least": 21}, "Somewhere"
    )
    rows = tuple(replace(one, text=f"Criterion number {number}") for number in range(1, 121))
    eligibility = replace(
        outcome.determination.eligibility, criteria=JudgedAll("all", "All", "met", None, "", rows)
    )
    long = replace(outcome, determination=replace(outcome.determination, eligibility=eligibility))
    pages = printed(long, tmp_path).pages
    listing = [page for page in pages if "✓ Met at least 21; seen: 54 Somewhere" in page]
    assert len(listing) > 1
    assert all(page.count("Criterion Result Wanted, and seen") == 1 for page in listing)
    told = re.findall(
        "Criterion number ([0-9]+) ✓ Met at least 21; seen: 54 Somewhere", " ".join(pages)
    )
    assert sorted(map(int, told)) == list(range(1, 121))


def test_free_text_comes_out_whole(library: Library, tmp_path: Path) -> None:
    reference = "<b>bold</b> &amp; </td><table> \"x\" 'y'"
    report = printed(judged(library, case(reference=reference)), tmp_path)
    assert f"Reference: {reference} " in report.text
    assert "28,200,000" in report.text


def test_the_file_names_the_program_and_no_author(library: Library, tmp_path: Path) -> None:
    about = printed(judged(library, case()), tmp_path).about
    assert about["Title"] == "Aldesk report"
    assert about["Creator"] == f"Aldesk {__version__}"
    assert about["Author"] == about["Subject"] == about["Keywords"] == ""


def test_a_dark_window_prints_black_on_white(
    library: Library, tmp_path: Path, qapp: QApplication
) -> None:
    before = QPalette(qapp.palette())
    dark = QPalette(QColor("#202020"))
    dark.setColor(QPalette.ColorRole.Text, QColor("#ffff00"))
    qapp.setPalette(dark)
    try:
        assert printed(judged(library, case()), tmp_path).is_gray
    finally:
        qapp.setPalette(before)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_without_a_printer_the_report_becomes_a_pdf_file(
    library: Library, parent: QWidget, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file, outcome = tmp_path / "chosen.pdf", judged(library, case())
    monkeypatch.setattr(printing, "_printer", lambda: None)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(file)])
    monkeypatch.setattr(QFileDialog, "exec", lambda _: QDialog.DialogCode.Rejected)
    assert print_report(report_of(outcome, NOW), parent) == ""
    assert not file.exists()
    monkeypatch.setattr(QFileDialog, "exec", lambda _: QDialog.DialogCode.Accepted)
    assert print_report(report_of(outcome, NOW), parent) == "Saved as chosen.pdf."
    assert file.read_bytes().startswith(b"%PDF-")


def test_a_printer_gets_the_same_pages(
    library: Library, parent: QWidget, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file, outcome = tmp_path / "printed.pdf", judged(library, case(course=PLAN))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    monkeypatch.setattr(printing, "_printer", lambda: printer)
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: QDialog.DialogCode.Accepted)
    assert print_report(report_of(outcome, NOW), parent) == "Saved as printed.pdf."
    assert printer.docName() == "Aldesk report"
    pages = read(file).pages
    assert len(pages) == 2
    assert "28,200,000 International Units (28.2 million)" in pages[0]


def test_a_device_that_fails_ends_nothing(library: Library, tmp_path: Path, qtlog: Any) -> None:
    report = report_of(judged(library, case()), NOW)
    draw_report(report, QPdfWriter(str(tmp_path / "nowhere" / "report.pdf")))
    assert [one.message for one in qtlog.records if "not active" in one.message] == []
    assert list(tmp_path.iterdir()) == []
