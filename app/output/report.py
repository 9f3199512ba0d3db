"""Writes the report of one result as HTML, for the chart or a request for authorization.

Contains no dose while an unusual measurement is not confirmed, and nothing about the patient, for
whose label there is room. Reads no clock; the caller decides about pages and appearance.
"""

from collections.abc import Iterator

from app.model.formatting import date_in_words, time_in_words
from app.output import report_parts as tables
from app.output.chart_note import HASH_DIGITS, NO_ORDER
from app.output.headline import result_texts
from app.output.html import Cell, Columns, beside, heading, paragraph, table
from app.output.phrases import NOTE_GROUPS, STATUS_SHAPE, in_force_text, policy_text
from app.output.policy_pages import policy_heading
from app.output.report_parts import Report
from app.output.sections import therapy_text, treatment_sections

REPORT_TITLE = "Aldesk report"
_HEADING = "Dose and eligibility under a written policy"
_LABEL_BOX = "Room for the patient label"
_SIGNERS = ("Pharmacist, initials", "Second check, initials")
_SIGNED = Columns((17, 12, 2, 5, 12, 2) * 2)
_Texts = dict[str, str]


def report_html(report: Report) -> str:
    """Return the whole report as HTML; all texts are escaped."""
    texts = result_texts(report.outcome)
    parts = (
        _head,
        _verdict,
        _dose,
        _request,
        _schedule,
        _treatment,
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
        paragraph(policy_text(report.determination.policy)),
        paragraph(f"Date of service: {date_in_words(case.date_of_service)}"),
        paragraph(f"Printed: {time_in_words(report.printed_at)}"),
        paragraph(f"Reference: {case.reference}" if case.reference else "", "as_written"),
    )
    yield beside("".join(lines), paragraph(_LABEL_BOX, "source"), (60, 38))


def _verdict(report: Report, texts: _Texts) -> Iterator[str]:
    shape = STATUS_SHAPE[report.determination.approval_status]
    yield paragraph(f"{shape} {texts['approval_status']}", "status")
    yield paragraph(texts["hold"], "hold")
    yield paragraph(texts["summary"])
    yield paragraph(texts.get("approval_period", ""))
    yield tables.reasons_table(report)


def _dose(report: Report, texts: _Texts) -> Iterator[str]:
    limit = report.determination.dose_limit
    yield heading(texts["dose_title"], NO_ORDER if limit else "")
    if limit is None:
        return
    yield paragraph(texts["max_dose"], "dose")
    yield paragraph(texts["basis"], "hold" if report.is_unconfirmed else "plain")
    yield paragraph(texts["dose_source"], "source")
    yield tables.limits_table(report, limit)


def _request(report: Report, _: _Texts) -> Iterator[str]:
    rows = tables.request_table(report)
    if rows:
        yield heading("Request")
        yield rows


def _schedule(report: Report, texts: _Texts) -> Iterator[str]:
    schedule = report.determination.schedule
    if "schedule_title" in texts:
        yield heading("Schedule", texts["schedule_title"])
    if schedule is not None:
        yield tables.schedule_table(schedule)


def _treatment(report: Report, _: _Texts) -> Iterator[str]:
    for part in treatment_sections(report.outcome):
        yield heading(part.title, part.meaning)
        yield tables.rows_table(report, part.rows)


def _entries(report: Report, _: _Texts) -> Iterator[str]:
    yield heading("Case as entered")
    yield tables.entered_table(report)


def _criteria(report: Report, texts: _Texts) -> Iterator[str]:
    yield heading(texts["criteria_title"])
    yield tables.criteria_table(report)


def _notes(report: Report, _: _Texts) -> Iterator[str]:
    for kind, words in NOTE_GROUPS.items():
        notes = [one for one in report.determination.notes if one.kind == kind]
        if notes:
            yield heading(words)
        for note in notes:
            yield paragraph(f"• {note.text}", "note", report.place(note.citation))


def _origin(report: Report, _: _Texts) -> Iterator[str]:
    policy = report.policy
    yield heading("Made from")
    version = f"version {policy.version}, {in_force_text(policy)}"
    yield paragraph(f"{policy_heading(policy)}, {version}", "origin")
    program = f"Aldesk {report.determination.engine_version}"
    yield paragraph(f"Policy file SHA-256 {policy.sha256}; program {program}", "origin")
    signatures = tuple(cell for words in _SIGNERS for cell in _signature(words))
    yield table(_SIGNED, [signatures], "signed")


def _signature(words: str) -> Iterator[Cell]:
    for told in (words, "Date"):
        yield from (Cell(told), Cell("", "line"), Cell(""))
