"""Writes the report of one result as HTML, for the chart or a request for authorization.

Where a dose was ordered, that dose is the large number and the limit a small line. Contains nothing
about the patient, for whose label there is room. Citations of the policy leave out the name of its
document, which is in the heading of the column. Reads no clock.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from app.casework.outcome import Outcome
from app.model.case import Case
from app.model.catalog import Catalog
from app.model.determination import Determination
from app.model.formatting import date_in_words, time_in_words
from app.model.policy import Policy
from app.output.chart_note import NO_ORDER
from app.output.course_sections import earliest_rows
from app.output.entered_rows import entered_rows
from app.output.headline import headline_shape
from app.output.html import Cell, Columns, beside, heading, paragraph, table
from app.output.phrases import (
    HASH_DIGITS,
    Row,
    Section,
    in_force_text,
    limit_rows,
    policy_text,
)
from app.output.policy_pages import policy_heading
from app.output.report_cells import LABEL, Cells, halves, signature, three
from app.output.report_dose import dose_parts
from app.output.result_texts import result_texts
from app.output.sections import reason_rows, sections, therapy_text

REPORT_TITLE = "Aldesk report"
_HEADING = "Dose and eligibility under a written policy"
_LABEL_BOX = "Room for the patient label"
_SIGNERS = ("Pharmacist, initials", "Second check, initials")
_SIGNED = Columns((17, 12, 2, 5, 12, 2) * 2)
_QUIET, _RESULT = "quiet", "result"
_DEEPEST = 4
_ELSEWHERE = ("request", "schedule", "approval", "criteria", "missing", "notes")
_Texts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """A result with everything from which it was made; `printed_at` is the local time of printing.

    `remark` is a sentence about the whole case, such as that it is a worked example.
    """

    outcome: Outcome
    determination: Determination
    policy: Policy
    case: Case
    sections: dict[str, Section]
    printed_at: datetime
    remark: str

    @property
    def catalog(self) -> Catalog:
        """The words for the entries and answers of the case."""
        return self.outcome.catalog

    def place(self, citation: str) -> str:
        """Return a citation without its document, where the part names it: policy or label."""
        prepared = self.determination.preparation
        label = f"{prepared.label}: " if prepared else ""
        return citation.removeprefix(f"{self.policy.document}: ").removeprefix(label)


def report_of(outcome: Outcome, printed_at: datetime, remark: str = "") -> Report:
    """Return the report of an outcome. Raises ValueError if it has no determination."""
    determination, policy, case = outcome.determination, outcome.policy, outcome.draft.case
    if determination is None or policy is None or case is None:
        raise ValueError("There is no result to report.")
    told = sections(determination, outcome.catalog, case)
    return Report(outcome, determination, policy, case, told, printed_at, remark)


def report_html(report: Report) -> str:
    """Return the whole report as HTML; all texts are escaped."""
    texts = result_texts(report.outcome)
    parts = (
        _head,
        _verdict,
        _dose,
        _request,
        _schedule,
        _others,
        _entries,
        _criteria,
        _notes,
        _origin,
    )
    return "".join(piece for part in parts for piece in part(report, texts))


def report_footer(report: Report, page: int, pages: int) -> str:
    """Return the footer of a page; `page` counts from 1."""
    policy = report.determination.policy
    told = (
        f"Aldesk {report.determination.engine_version}",
        f"{policy.id} version {policy.version}",
        f"file SHA-256 {policy.sha256[:HASH_DIGITS]}",
        f"printed {time_in_words(report.printed_at)}",
        f"page {page} of {pages}",
    )
    return " · ".join(told)


def _head(report: Report, _: _Texts) -> Iterator[str]:
    case = report.case
    lines = (
        paragraph(_HEADING, "title"),
        paragraph(report.remark, "hold"),
        paragraph(therapy_text(case, report.catalog)),
        paragraph(policy_text(report.determination)),
        paragraph(f"Date of service: {date_in_words(case.date_of_service)}"),
        paragraph(f"Printed: {time_in_words(report.printed_at)}"),
        paragraph(f"Reference: {case.reference}" if case.reference else "", "as_written"),
    )
    yield beside("".join(lines), paragraph(_LABEL_BOX, "source"), (60, 38))


def _verdict(report: Report, texts: _Texts) -> Iterator[str]:
    shape = headline_shape(report.determination)
    yield paragraph(f"{shape} {texts['approval_status']}", "status")
    yield paragraph(texts["hold"], "hold")
    yield paragraph(texts["status_note"], "hold")
    yield paragraph(texts["summary"])
    yield paragraph(texts.get("approval_period", ""))
    rows = reason_rows(report.outcome)
    yield table(Columns((11, 61, 28)), (_cited(report, row, _RESULT) for row in rows))


def _dose(report: Report, texts: _Texts) -> Iterator[str]:
    limit = report.determination.dose_limit
    yield from dose_parts(report.determination, texts, NO_ORDER)
    if limit is not None:
        rows = (*limit_rows(limit), *earliest_rows(report.determination))
        yield table(Columns((26, 43, 31)), (_cited(report, row) for row in rows))


def _request(report: Report, _: _Texts) -> Iterator[str]:
    section = report.sections["request"]
    heads = ("Requested", "", "Against the limit", _place_head(report))
    cells = ((*three(row), _place(report, row)) for row in section.rows)
    if section.rows:
        yield heading(section.title)
        yield table(Columns((22, 20, 27, 31), heads), cells)


def _schedule(report: Report, texts: _Texts) -> Iterator[str]:
    """Yield the plan in two halves side by side: both cycles, or earlier and later dates."""
    if "schedule_title" in texts:
        yield heading("Schedule", texts["schedule_title"])
    if "schedule" in report.sections:
        yield paragraph(report.sections["schedule"].meaning)
        rows = report.sections["schedule"].rows
        second = (place for place, row in enumerate(rows) if row.label == "Cycle 2")
        columns = Columns((9, 17, 24) * 2, ("Part", "Dates", "Doses") * 2)
        yield table(columns, halves([three(row) for row in rows], next(second, None)))


def _others(report: Report, _: _Texts) -> Iterator[str]:
    """Yield every section that has no table of its own kind."""
    for kind, section in report.sections.items():
        if kind not in _ELSEWHERE:
            yield heading(section.title, section.meaning)
            yield table(Columns((20, 49, 31)), (_cited(report, row) for row in section.rows))


def _entries(report: Report, _: _Texts) -> Iterator[str]:
    yield heading("Case as entered")
    entered = entered_rows(report.case, report.catalog)
    rows = [(Cell(label, LABEL), Cell(words)) for label, words in entered]
    yield table(Columns((29, 21) * 2), halves(rows))


def _criteria(report: Report, texts: _Texts) -> Iterator[str]:
    yield heading(texts["criteria_title"])
    heads = ("Criterion", "Result", "Wanted, and seen", _place_head(report))
    rows = report.sections["criteria"].rows
    yield table(Columns((38, 12, 24, 26), heads), (_criterion(report, row) for row in rows))


def _criterion(report: Report, row: Row) -> Cells:
    text = Cell(row.text, f"depth{min(row.depth, _DEEPEST)}")
    return text, Cell(row.label, _RESULT), Cell(row.detail), _place(report, row)


def _notes(report: Report, _: _Texts) -> Iterator[str]:
    """Yield the notes in the order of the determination, those for this case first."""
    for scope, notes in groupby(report.sections["notes"].rows, key=attrgetter("detail")):
        yield heading("Notes", scope.lower())
        for row in notes:
            yield paragraph(f"• {row.label}: {row.text}", "note", report.place(row.citation))


def _origin(report: Report, _: _Texts) -> Iterator[str]:
    policy = report.policy
    yield heading("Made from")
    version = f"version {policy.version}, {in_force_text(policy)}"
    yield paragraph(f"{policy_heading(policy)}, {version}", "origin")
    program = f"Aldesk {report.determination.engine_version}"
    yield paragraph(f"Policy file SHA-256 {policy.sha256}; program {program}", "origin")
    signatures = tuple(cell for words in _SIGNERS for cell in signature(words))
    yield table(_SIGNED, [signatures], "signed")


def _cited(report: Report, row: Row, role: str = LABEL) -> Cells:
    return Cell(row.label, role), Cell(row.text), _place(report, row)


def _place(report: Report, row: Row) -> Cell:
    return Cell(report.place(row.citation), _QUIET)


def _place_head(report: Report) -> str:
    return f"Place in {report.policy.document}"
