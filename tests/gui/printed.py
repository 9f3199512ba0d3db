"""A report read back from its PDF file by another program, and what it must hold."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2

from app import __version__
from app.casework.draft import Draft
from app.casework.outcome import Outcome, judge
from app.files.json_forms import determination_json
from app.library import Library
from app.model.case_json import read_case
from app.model.determination import Determination
from app.model.treatment import CycleSchedule, DoseSchedule
from app.output.headline import headline, headline_shape
from app.output.report import report_of
from app.paper.report import report_document, report_pdf

NOW = datetime(2026, 11, 24, 7, 5)
IN_GROUPS = r"(?<![0-9,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])"
HYPHEN = "\x02"  # how PDFium tells one at the end of a line
TIMES = {1: "once", 2: "twice", 3: "three times"}


@dataclass(frozen=True)
class Printed:
    """The pages of a PDF file as text, and what the file says of itself."""

    pages: tuple[str, ...]
    about: dict[str, str]
    is_gray: bool

    @property
    def text(self) -> str:
        return " ".join(self.pages)


def judged(library: Library, data: dict[str, Any]) -> Outcome:
    return judge(Draft.of(read_case(data)), library)


def printed(outcome: Outcome, folder: Path) -> Printed:
    """Save the report of an outcome and read its file."""
    file = folder / "report.pdf"
    file.write_bytes(report_pdf(report_of(outcome, NOW)))
    return read(file)


def read(file: Path) -> Printed:
    """Read a PDF file page by page."""
    with pypdfium2.PdfDocument(file) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
        pages = [" ".join(text.replace(HYPHEN, "-").split()) for text in texts]
        gray = all(is_gray(page) for page in document)
        return Printed(tuple(pages), document.get_metadata_dict(), gray)


def is_gray(page: pypdfium2.PdfPage) -> bool:
    """Whether a page has black on white and no color at all."""
    bitmap = page.render(scale=0.5)
    pixels, step = bytes(bitmap.buffer), bitmap.n_channels
    red, green, blue = (pixels[channel::step] for channel in range(3))
    return red == green == blue and pixels[0] == 255 and min(red) < 128


def in_words(day: date) -> str:
    return f"{day:%a, %b} {day.day}, {day.year}"


def expected(found: Determination) -> Iterator[str]:
    """Yield what the report must hold, put into words without the program's own ones."""
    yield f"{headline_shape(found)} {headline(found)}"
    yield found.summary
    yield f"SHA-256 {found.policy.sha256}"
    yield f"version {found.policy.version}"
    yield f"{found.policy.payer}: {found.policy.title}"
    for finding in found.request_check.findings:
        is_dose = finding.field == "dose_iu"
        yield (
            f"{finding.requested:,} International Unit" if is_dose else f"{finding.requested:,} d"
        )
    if found.approval_period is not None:
        period = found.approval_period
        last = "" if period.end == period.start else f" to {in_words(period.end)}"
        yield f"Approval period: {in_words(period.start)}{last} ("
    yield from expected_limits(found)
    yield from expected_dates(found)
    yield from expected_clock(found)


def expected_limits(found: Determination) -> Iterator[str]:
    limit = found.dose_limit
    if limit is None:
        return
    yield limit.basis
    if limit.max_dose_iu is not None:
        yield f"{limit.max_dose_iu:,} International Units"
    for times, period in ((limit.max_doses_per_day, "daily"), (limit.max_doses_per_week, "weekly")):
        if times is not None:
            yield f"Frequency at most {TIMES.get(times, f'{times} times')} {period}"
    if limit.max_doses_per_cycle is not None:
        yield f"Cycle at most {limit.max_doses_per_cycle} doses"
        yield f"Rest before the second cycle at least {limit.min_rest_days} days"
        yield f"Rest before another course at least {limit.min_course_rest_days} days"


def expected_dates(found: Determination) -> Iterator[str]:
    plan = found.schedule
    if isinstance(plan, DoseSchedule):
        yield from dates_with_times(plan.doses)
    elif isinstance(plan, CycleSchedule):
        for cycle in plan.cycles:
            yield from dates_with_times(cycle.doses)
        for rest in filter(None, (plan.rest, plan.course_rest)):
            if rest.days > 1:
                yield f"{in_words(rest.first_day)} to {in_words(rest.last_day)}"
            yield f"{rest.days} day{'' if rest.days == 1 else 's'} without a dose"
        assert plan.next_course_earliest is not None
        if found.course_check is None:
            yield f"Another course from {in_words(plan.next_course_earliest)}"
        yield f"{in_words(plan.next_course_earliest)} at the earliest"


def dates_with_times(doses: Sequence[datetime]) -> Iterator[str]:
    for day in sorted({dose.date() for dose in doses}):
        times = [f"{dose:%H:%M}" for dose in doses if dose.date() == day]
        noun = "dose" if len(times) == 1 else "doses"
        yield f"{in_words(day)} {len(times)} {noun}: {', '.join(times)}"


def expected_clock(found: Determination) -> Iterator[str]:
    """Yield what was given, the numbers of the preparation, and those of the forecast."""
    check, preparation, forecast = found.course_check, found.preparation, found.forecast
    if check is not None:
        yield from (one.message for one in check.findings)
        days = (
            *(check.this_course_earliest, check.second_cycle_earliest),
            *(check.next_course_earliest, check.by_discharge),
        )
        yield from (f"from {in_words(day)}" for day in days if day is not None)
    if preparation is not None:
        yield f"{Decimal(preparation.volume_ml).normalize():f} mL, rounded down"
        yield f"it holds {preparation.volume_holds_iu:,} International Units"
        yield f"{preparation.bag_ml} mL, which makes"
    if forecast is not None:
        for course in forecast.courses:
            noun = "Course" if course.number == 1 else "Ceiling, course"
            yield f"{noun} {course.number} {in_words(course.first_day)}"
        yield f"{forecast.total_doses:,} dose" if forecast.courses else "No course begins"


def allowed_numbers(outcome: Outcome) -> set[str]:
    """Return each number in groups that determination or case has, as a number or in a text."""
    assert outcome.determination is not None
    assert outcome.draft.case is not None
    told = determination_json(outcome.determination).decode()
    told += json.dumps(asdict(outcome.draft.case), default=str)
    whole = {f"{int(one):,}" for one in re.findall(r"(?<![0-9.])[0-9]{4,}(?![0-9.])", told)}
    return whole | set(re.findall(IN_GROUPS, told))


def body(page: str) -> str:
    """Return what stands on a page above the line below it."""
    return page[: page.rindex(f"Aldesk {__version__} ·")]


def characters(text: str) -> Counter[str]:
    """Count what is printed."""
    return Counter(one for one in text if one.isprintable() and one not in " \ufffc")


def check(outcome: Outcome, folder: Path) -> Printed:
    """Compare a report with its determination, and return it."""
    report, found = printed(outcome, folder), outcome.determination
    assert found is not None
    assert [one for one in expected(found) if " ".join(one.split()) not in report.text] == []
    numbers = set(re.findall(IN_GROUPS, report.text))
    assert numbers <= allowed_numbers(outcome), numbers - allowed_numbers(outcome)
    assert characters(" ".join(body(page) for page in report.pages)) == characters(
        report_document(report_of(outcome, NOW)).toPlainText()
    )
    for number, page in enumerate(report.pages, start=1):
        assert page.endswith(
            f"printed Tue, Nov 24, 2026, 07:05 · page {number} of {len(report.pages)}"
        )
        assert found.policy.sha256[:12] in page
        assert f"Aldesk {__version__} · {found.policy.id} version {found.policy.version} ·" in page
        assert ("Room for the patient label" in page) is (number == 1)
    return report
