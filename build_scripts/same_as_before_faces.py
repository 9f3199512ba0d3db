"""What the command line prints, and the accessibility tree of the window in several states.

Drives the window by its menus and the object names of its widgets only. Deleted once the moves are
proven.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, tzinfo
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import TracebackType
from typing import Any

import pypdfium2
from PySide6.QtCore import (
    QBuffer,
    QEvent,
    QIODevice,
    QMessageLogContext,
    QPoint,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAction, QFont, QFontDatabase
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QTableView,
    QTabWidget,
    QTextBrowser,
    QTreeView,
    QWidget,
)

from build_scripts.same_as_before_cases import Case, csv_of, entries_of, json_cases, valid_cases

Add = Callable[[str, str, str | bytes], None]
Place = Callable[[str], Any]
PRINTED_AT = datetime(2026, 11, 24, 7, 5)  # noqa: DTZ001  # a clock on a wall
TODAY = (2026, 11, 24, 9, 30)
PAPERS, ENTERED, ROWS, SHOWN_ROWS = 20, 40, 500, 80
PIXELS_PER_POINT = 0.8

PROPERTIES = ("objectName", "accessibleName", "toolTip", "placeholderText")

MELANOMA: Case = {
    "policy": "cigna-ip0407",
    "date_of_service": "2026-11-23",
    "indication": "cutaneous_melanoma",
    "route": "intravenous",
    "age_years": "54",
    "weight_kg": "70.5",
    "height_cm": "175",
    "facts.metastatic_disease": True,
    "facts.prior_systemic_therapy": True,
    "facts.prescriber_specialties": ["oncologist"],
    "requested.dose_iu": "42300000",
    "requested.doses_per_day": "3",
    "course.first_dose_at": "2026-11-23T08:00",
    "reference": "R-17 <é>",
}
RENAL: Case = {
    **MELANOMA,
    "policy": "express-scripts-um-proleukin",
    "indication": "renal_cell_carcinoma",
    "facts.single_agent": True,
    "requested.dose_iu": "49410001",
}
GIVEN: Case = {
    "course.previous_last_dose_on": "2026-10-20",
    "course.discharge_date": "2026-11-28",
    "course.cycles.1.doses_given": "15",
    "course.cycles.1.doses_held": "0",
    "course.cycles.1.first_dose_at": "2026-11-23 08:00",
    "course.cycles.1.last_dose_at": "2026-11-25 16:00",
    "course.cycles.1.over": True,
    "course.cycles.2.doses_given": "3",
    "course.cycles.2.first_dose_at": "2026-12-01 08:00",
    "course.cycles.2.last_dose_at": "2026-12-02 00:00",
    "authorization.start": "2026-11-01",
    "authorization.end": "2027-10-31",
    "authorization.units": "56",
}
CONFIRMED = {"confirmed.weight_kg": True, "confirmed.height_cm": True}
STATES: dict[str, Case] = {
    "empty": {},
    "met": MELANOMA,
    "not met": {**MELANOMA, "age_years": "17", "requested.dose_iu": ""},
    "information missing": {
        **{key: MELANOMA[key] for key in ("policy", "date_of_service", "indication", "route")},
        "facts.metastatic_disease": False,
    },
    "clinician's review": RENAL,
    "unconfirmed weight": {**MELANOMA, "weight_kg": "154"},
    "given doses with violations": {**MELANOMA, **GIVEN},
    "til": {**MELANOMA, "regimen": "til", "previous_weight_kg": "60"},
    "intralesional, Express Scripts": {
        **{key: RENAL[key] for key in ("policy", "date_of_service", "age_years")},
        "indication": "cutaneous_melanoma",
        "route": "intralesional",
        "facts.lesion_status": ["recurrent"],
        "facts.lesion_site": ["cutaneous", "nodal"],
        "facts.prescriber_specialties": [],
        "requested.doses_per_week": "3",
        "course.first_dose_at": "2026-11-24T10:00",
    },
    "subcutaneous, a child": {
        **{key: MELANOMA[key] for key in ("policy", "date_of_service")},
        "indication": "graft_versus_host_disease",
        "route": "subcutaneous",
        "age_years": "9",
        "weight_kg": "28.4",
        "height_cm": "131",
        "bsa_formula": "boyd",
        "facts.chronic_gvhd": True,
        "facts.steroid_refractory": True,
        "facts.with_systemic_corticosteroids": True,
        "facts.prescriber_specialties": ["transplant_center_physician"],
    },
    "confirmed weight": {**MELANOMA, "weight_kg": "154", **CONFIRMED},
    "wrong entries": {
        **MELANOMA,
        "weight_kg": "154 lb",
        "date_of_service": "11/30/2026",
        "course.first_dose_at": "soon",
    },
}
FULL = "given doses with violations"


# The command line


def write_commands(add: Add, program: Path) -> None:
    """Write what each command prints, in a folder of its own."""
    files = dict(_files(program))
    for name, data in files.items():
        Path(name).write_bytes(data)
    for arguments in _commands():
        done = subprocess.run(
            [sys.executable, "-m", "app", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        told = f"exit status {done.returncode}\n".encode()
        name = " ".join(arguments)
        add("commands", name, told + done.stdout + b"\n--- standard error\n" + done.stderr)
    for path in sorted(Path().iterdir()):
        if path.is_file() and path.name not in files:
            add("files of commands", path.name, path.read_bytes())


def _files(program: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files that the commands read, by their names."""
    for name, entries in STATES.items():
        if name not in ("empty", "wrong entries"):
            yield f"{name}.json", json.dumps(_nested(entries)).encode()
    yield "bad.json", json.dumps({"policy": "cigna-ip0407", "weight_kg": "154 lb", "a": 1}).encode()
    early = {**_nested(MELANOMA), "date_of_service": "2026-04-30"}
    yield "early.json", json.dumps(early).encode()
    yield "list.jsonl", b"\n".join(json_cases("list", ROWS)) + b"\n"
    rows = valid_cases("rows", ROWS)
    yield "list.csv", csv_of(rows, ",")
    yield "semicolons.csv", b"\xef\xbb\xbf" + csv_of(rows[:100], ";")
    yield "no headings.csv", b"1,2,3\n4,5,6\n"
    yield "latin.csv", "policy,größe\n".encode("latin-1")
    yield "revision.yaml", revision(program)
    yield "bad.yaml", revision(program).replace(b"payer:", b"payers:", 1)


def revision(program: Path) -> bytes:
    """Return a site's own next version of a shipped policy, with one limit and a date changed."""
    shipped = program / "resources" / "policies" / "cigna-ip0407-2026-05-01.yaml"
    text = shipped.read_text("utf-8")
    for before, after in {
        'version: "2026-05-01"': 'version: "2027-01-01"',
        "first_day: 2026-05-01": "first_day: 2027-01-01",
        "600_000": "500_000",
    }.items():
        if before not in text:
            raise ValueError(f"{before} is not in {shipped}.")
        text = text.replace(before, after)
    return f"{text}\nprovided_by: Pharmacy of the example site\n".encode()


def _nested(entries: Case) -> Case:
    """Return entries by their names as a case in JSON."""
    case: Case = {}
    for key, entry in entries.items():
        above, _, name = key.rpartition(".")
        value = int(entry) if _is_whole(key) and entry else entry or None
        if above.startswith("course.cycles."):
            cycles = case.setdefault("course", {}).setdefault("cycles", [])
            number = int(above[-1])
            if not any(one["number"] == number for one in cycles):
                cycles.append({"number": number})
            value = value.replace(" ", "T") if isinstance(value, str) else value
            next(one for one in cycles if one["number"] == number)[name] = value
        elif above == "confirmed":
            case.setdefault("confirmed", []).append(name)
        else:
            (case.setdefault(above, {}) if above else case)[name] = value
    return case


def _is_whole(key: str) -> bool:
    return (
        key.rpartition(".")[2].startswith(("age", "dose_iu", "doses", "units"))
        and "at" not in key[-3:]
    )


def _commands() -> Iterator[tuple[str, ...]]:
    yield from _helps()
    yield ("--version",)
    yield ("--self-test",)
    for name, entries in STATES.items():
        if entries and name != "wrong entries":
            yield ("check", f"{name}.json")
            yield ("check", "--json", f"{name}.json")
    for name in ("bad.json", "early.json", "not there.json"):
        yield ("check", name)
        yield ("check", "--json", name)
    yield from _commands_of_policies()
    for of in ("case", "determination", "policy"):
        yield ("schema", of)
    yield ("record", f"{FULL}.json", "full.aldesk-record")
    for arguments in (("full.aldesk-record",), ("--json", "full.aldesk-record"), ("bad.json",)):
        yield ("verify", *arguments)
    for source in ("list.csv", "list.jsonl", "semicolons.csv", "no headings.csv", "latin.csv"):
        for kind in ("csv", "jsonl"):
            yield ("batch", source, f"{source} as.{kind}")
    yield ("frobnicate",)
    yield ("check", "--json")


def _helps() -> Iterator[tuple[str, ...]]:
    for command in ("", "check", "record", "verify", "batch", "policies", "schema"):
        yield (*command.split(), "--help")
    for command in ("diff", "check", "template", "add", "remove"):
        yield ("policies", command, "--help")


def _commands_of_policies() -> Iterator[tuple[str, ...]]:
    cigna, express = "cigna-ip0407@2026-05-01", "express-scripts-um-proleukin@2025-02-05"
    yield ("policies",)
    yield ("policies", "--json")
    for pair in ((cigna, express), (express, cigna), (cigna, cigna), (cigna, "revision.yaml")):
        yield ("policies", "diff", *pair)
    yield ("policies", "diff", cigna, "unknown@1")
    for name in ("revision.yaml", "bad.yaml", "not there.yaml", "list.csv"):
        yield ("policies", "check", name)
    yield ("policies", "template")
    yield ("policies", "add", "revision.yaml", "--cases", "list.csv", "--cases", "list.jsonl")
    yield ("policies", "add", "bad.yaml")
    yield ("policies", "remove", "cigna-ip0407", "2026-05-01")


# The window


class _Class(type):
    """Lets a clock that stands still pass for the class that it stands for."""

    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, datetime)


class _StandingClock(datetime, metaclass=_Class):
    """A datetime whose now is always the same."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "_StandingClock":
        """Return the one moment."""
        return cls(*TODAY, tzinfo=tz or UTC)


def stop_the_clock() -> None:
    """Import every module of the program, and put a clock that stands still into each."""
    for one in walk_packages(import_module("app").__path__, "app."):
        if one.name != "app.__main__":
            module = import_module(one.name)
            if getattr(module, "datetime", None) is datetime:
                setattr(module, "datetime", _StandingClock)  # noqa: B010  # mypy knows better


def write_window(add: Add, place: Place, program: Path) -> None:
    """Write the tree of the window in each state, of the other windows, and what is printed."""
    failures: list[object] = []

    def fail(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
        failures.append(error)
        sys.__excepthook__(kind, error, at)

    sys.excepthook = fail  # a failure inside a slot of Qt would be passed over
    qInstallMessageHandler(_tell_of_qt)
    application = QApplication(["aldesk"])
    application.setApplicationName("Aldesk")
    application.setStyle("Fusion")
    application.setCursorFlashTime(0)
    fonts = program / "resources" / "fonts"
    found = [QFontDatabase.addApplicationFont(str(one)) for one in sorted(fonts.glob("*.ttf"))]
    family = QFontDatabase.applicationFontFamilies(found[0])[0]
    application.setFont(QFont(family, application.font().pointSize()))
    QAccessible.setActive(True)
    stop_the_clock()
    library = place("load")()
    write_papers(add, place, library)
    desk = Desk(add, lambda: place("MainWindow")(library))
    desk.write_states()
    desk.write_entered()
    desk.write_help()
    desk.write_worklist()
    desk.write_policies(program)
    desk.write_looks()
    if failures:
        raise RuntimeError(f"The window failed: {failures[0]}")


def _tell_of_qt(_kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
    """Tell what Qt complains of, but that there is no real screen."""
    if "This plugin does not support" not in words:
        print(f"Qt: {words}")


def write_papers(add: Add, place: Place, library: Any) -> None:
    """Write some reports as they are printed: their texts, and their pages pixel by pixel."""
    written = 0
    for number, case in enumerate(valid_cases("paper", 10 * PAPERS)):
        text = json.dumps(case).encode()
        outcome = place("judge")(place("Draft").of(place("read")(text)), library)
        if outcome.determination is None:
            continue
        beside = () if hasattr(outcome, "library") else (library.catalog,)
        report = place("report_of")(outcome, *beside, PRINTED_AT, "")
        add("laid out reports", f"paper {number}", place("report_document")(report).toHtml())
        written += 1
        if written <= PAPERS:
            told = _saved(place, report, Path("report.pdf"))
            add("papers", f"paper {number}", "\f".join([told, *_pages(Path("report.pdf"))]))


def _saved(place: Place, report: Any, file: Path) -> str:
    """Save a report as a PDF file, by the function that saves it or the one that returns it."""
    save = place("save_report_pdf")
    if save.__name__ == "save_report_pdf":
        return str(save(report, file))
    file.write_bytes(save(report))
    return f"Saved as {file.name}."


def _pages(file: Path) -> Iterator[str]:
    """Yield what a PDF file says of itself without its date, and each page with its pixels."""
    with pypdfium2.PdfDocument(file) as document:
        about = document.get_metadata_dict()
        yield json.dumps({key: one for key, one in about.items() if "Date" not in key})
        for page in document:
            yield page.get_textpage().get_text_bounded()
            yield bytes(page.render(scale=PIXELS_PER_POINT).buffer).hex()[::8]


class Desk:
    """Fresh windows one after the other, each driven as a person would."""

    def __init__(self, add: Add, make: Callable[[], QMainWindow]) -> None:
        self._add = add
        self._make = make
        self._said: list[str] = []
        setattr(QAccessible, "updateAccessibility", self._hear)  # noqa: B010

    def write_states(self) -> None:
        """Write the window in each state, with its comparison, ask sheet, keys and files."""
        for name, entries in STATES.items():
            window = self._window(entries)
            self._write("window", name, window)
            self._add("tab order", name, "\n".join(_tab_order(window)))
            self._add("announcements", name, "\n".join(self._said))
            window.close()
            for box in _dialogs(window):
                self._write("questions", f"leaving: {name}", box)
                box.close()
            window.show()
            for path in (
                "Result/Compare the policies",
                "Result/Ask sheet",
                "Help/Keyboard shortcuts",
            ):
                self._write_dialogs(window, name, path)
            self._write_exports(window, name)
            _done(window)

    def write_entered(self) -> None:
        """Write the window for some of the generated cases."""
        for number, case in enumerate(valid_cases("entered", ENTERED)):
            window = self._window(_entries(case))
            self._write("entered cases", f"case {number}", window)
            _done(window)

    def write_help(self) -> None:
        """Write every page of Help, and what each worked example shows."""
        window = self._window(MELANOMA)
        for name in (
            *("How each number is made", "Administrator's guide", "Safety case", "Traceability"),
            *("Privacy", "About Aldesk"),
        ):
            [dialog] = _open(window, f"Help/{name}")
            self._write("help", name, dialog)
            for place, page in enumerate(dialog.findChildren(QTextBrowser)):
                self._add("help pages", f"{name} {place}", f"{page.toPlainText()}\n{page.toHtml()}")
            for names in dialog.findChildren(QListWidget):
                for row in range(names.count()):
                    names.setCurrentRow(row)
                    texts = [one.toPlainText() for one in dialog.findChildren(QPlainTextEdit)]
                    self._add("help pages", f"{name}, component {row}", "\n".join(texts))
            dialog.close()
        examples = _menu(window, "Help/Worked examples")
        examples.aboutToShow.emit()
        for number, action in enumerate(list(examples.actions())):
            action.trigger()
            _settle()
            for box in _dialogs(window):  # whether the case before may go
                self._write("questions", f"example {number}", box)
                _button(box, "Leave this case").click()
                _settle()
            self._write("examples", action.text(), window)
        _open(window, "Case/Bring back the previous case")
        self._write("examples", "the previous case", window)
        _done(window)

    def write_worklist(self) -> None:
        """Write the worklist's window: empty, with rows, filtered, each row, and what it saves."""
        window = self._window({})
        [dialog] = _open(window, "Case/Worklist")
        self._write("worklist", "empty", dialog)
        for source, data in {
            "rows.csv": csv_of(valid_cases("rows", SHOWN_ROWS), ","),
            "rows.jsonl": b"\n".join(json_cases("rows", SHOWN_ROWS)),
            "latin.csv": "größe".encode("latin-1"),
        }.items():
            Path(source).write_bytes(data)
            _choose(source)
            _button(dialog, "Open a worklist").click()
            _finish(dialog)
            self._write("worklist", source, dialog)
            self._write_rows(dialog, source, "worklist", "worklist_row")
            for name in (
                "Save the rows with their results as CSV",
                "Save the results as JSON Lines",
            ):
                self._write_saved(dialog, source, name)
        self._write_saved(dialog, "the template", "Save a template of a worklist")
        _button(dialog, "What each column may hold").click()
        [columns] = _dialogs(dialog)
        self._write("worklist", "columns", columns)
        _done(window)

    def write_policies(self, program: Path) -> None:
        """Write the policies' window with each version, and the preview of a site's own file."""
        window = self._window(MELANOMA)
        [dialog] = _open(window, "Help/Policies")
        [names] = dialog.findChildren(QListWidget, "policy_versions")
        for row in range(names.count()):
            names.setCurrentRow(row)
            self._write_page("policies", f"version {row}", dialog)
        Path("revision.yaml").write_bytes(revision(program))
        Path("rows.csv").write_bytes(csv_of(valid_cases("rows", SHOWN_ROWS), ","))
        _choose("revision.yaml")
        _button(dialog, "Take a policy file of this site").click()
        _settle()
        [preview] = _dialogs(dialog)
        self._write_page("policies", "preview", preview)
        for pages in preview.findChildren(QTabWidget):
            pages.setCurrentIndex(1)
        _choose("rows.csv")
        _button(preview, "Judge saved cases by both versions").click()
        _finish(preview)
        self._write("policies", "saved cases by both versions", preview)
        self._write_rows(preview, "saved cases", "replay", "replay_row")
        _button(preview, "Take this policy").click()
        _settle()
        self._write_page("policies", "taken", dialog)
        self._write("policies", "the window by the new version", window)
        _done(window)

    def write_looks(self) -> None:
        """Write the window in each theme and with the largest text."""
        window = self._window(STATES[FULL])
        for path in ("Colors/Dark", "Colors/High contrast", "Colors/Light", "Text size/200 %"):
            _action(window, f"Settings/{path}").trigger()
            _settle()
            self._write("looks", path.replace("/", " "), window)
        _done(window)

    def _hear(self, event: Any) -> None:
        """Keep what a screen reader would say."""
        self._said.append(event.message() if hasattr(event, "message") else str(event.type()))

    def _window(self, entries: Case) -> QMainWindow:
        self._said.clear()
        window = self._make()
        window.show()
        _settle()
        first = ("policy", "indication", "route")
        for key in (*first, *(one for one in entries if one not in first)):
            if key in entries:
                _enter(window, key, entries[key])
        _settle()
        return window

    def _write(self, file: str, name: str, widget: QWidget) -> None:
        """Write the tree of a window, and its picture."""
        for page in widget.findChildren(QTextBrowser):
            page.document().size()  # lays it out to its end now, and not little by little
        _settle()
        self._add(file, name, "\n".join(_tree(widget)))
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        widget.grab().save(buffer, "PNG")
        picture = f"{file} {name}".replace("/", " ").replace(":", "")
        self._add(f"picture of {picture}.png", "", bytes(buffer.data().data()))

    def _write_page(self, file: str, name: str, dialog: QDialog) -> None:
        self._write(file, name, dialog)
        pages = (
            f"{one.toPlainText()}\n{one.toHtml()}" for one in dialog.findChildren(QTextBrowser)
        )
        self._add(f"{file}, pages", name, "\n".join(pages))

    def _write_dialogs(self, window: QMainWindow, name: str, path: str) -> None:
        for dialog in _open(window, path):
            self._write("other windows", f"{name}, {path}", dialog)
            only = dialog.findChild(QCheckBox, "differences_only")
            if isinstance(only, QCheckBox):
                only.setChecked(True)
                self._write("other windows", f"{name}, {path}, differences", dialog)
            dialog.close()

    def _write_exports(self, window: QMainWindow, name: str) -> None:
        """Write what leaves the window, or why nothing does."""
        for path, file in {
            "Result/Copy the summary": "",
            "Result/Save the calendar": "saved.ics",
            "Result/Save a record": "saved.aldesk-record",
            "Result/Check a record": "saved.aldesk-record",
            "Case/Save as": "saved.aldesk",
        }.items():
            if "Save" in path:
                Path(file).unlink(missing_ok=True)
            QApplication.clipboard().setText("")
            _choose(file or "none")
            for box in _open(window, path):
                self._write("told of exports", f"{name}, {path}", box)
                box.close()
            data = Path(file).read_bytes() if file and Path(file).exists() else b"none"
            told = QApplication.clipboard().text().encode() + b"\n"
            self._add("exports", f"{name}, {path}", told + data)
        self._write("after exports", name, window)

    def _write_rows(self, dialog: QDialog, name: str, table: str, row: str) -> None:
        """Write what a table and the view of its chosen row say, row by row."""
        rows, view = dialog.findChild(QWidget, table), dialog.findChild(QPlainTextEdit, row)
        if not isinstance(rows, QTableView | QTreeView) or not isinstance(view, QPlainTextEdit):
            raise TypeError(f"{table} or {row} is not there.")
        model, told = rows.model(), []
        for number in range(model.rowCount()):
            rows.setCurrentIndex(model.index(number, 0))
            cells = [str(model.index(number, one).data()) for one in range(model.columnCount())]
            told.append("\n".join([" | ".join(cells), view.toPlainText()]))
        self._add("rows", f"{name}, {table}", "\n\n".join(told))

    def _write_saved(self, dialog: QDialog, name: str, button: str) -> None:
        target = Path("saved.csv" if "JSON" not in button else "saved.jsonl")
        target.unlink(missing_ok=True)
        _choose(str(target))
        _button(dialog, button).click()
        _finish(dialog)
        data = target.read_bytes() if target.exists() else b"none"
        self._add("exports", f"worklist {name}, {button}", data)


def _entries(case: Case) -> Case:
    """Return a generated case by the names of the inputs, as somebody would type it."""
    found = entries_of(case)
    confirmed = {f"confirmed.{one}": True for one in found.pop("confirmed", [])}
    typed = {key: str(one) if isinstance(one, int | str) else one for key, one in found.items()}
    return typed | {key: one for key, one in found.items() if isinstance(one, bool)} | confirmed


def _enter(window: QMainWindow, key: str, entry: Any) -> None:
    """Enter one value into the input of this name, if it is there now."""
    editor = window.findChild(QWidget, key)
    if isinstance(editor, QLineEdit):
        editor.setText(entry)
    elif isinstance(editor, QComboBox):
        editor.setCurrentIndex(editor.findData(entry))
        if editor.currentData() != entry:
            raise ValueError(f"{key} cannot be {entry}.")
    elif isinstance(editor, QCheckBox):
        editor.setChecked(entry)
    elif isinstance(editor, QListWidget):
        for item in (editor.item(row) for row in range(editor.count())):
            if item.data(Qt.ItemDataRole.UserRole) in (entry or ["none_of_these"]):
                item.setCheckState(Qt.CheckState.Checked)
    elif editor is not None or not key.startswith("facts."):
        raise TypeError(f"{key} is no input of a kind that is known: {editor}.")
    _settle()


def _tree(window: QWidget) -> Iterator[str]:
    """Yield a line for each object that assistive technology finds, from outside in."""
    origin = window.mapToGlobal(QPoint(0, 0))
    yield from _below(QAccessible.queryAccessibleInterface(window), origin, 0)


def _below(one: QAccessibleInterface | None, origin: QPoint, depth: int) -> Iterator[str]:
    if one is None or not one.isValid():
        yield f"{' ' * depth}nothing"
        return
    kinds = QAccessible.Text
    told = {
        kind.name: one.text(kind)
        for kind in (kinds.Name, kinds.Value, kinds.Description, kinds.Help, kinds.Accelerator)
    }
    thing, state, room = one.object(), one.state(), one.rect().translated(-origin)
    if thing is not None:
        told |= {key: str(thing.property(key) or "") for key in PROPERTIES}
    states = [key for key in dir(state) if key[0] != "_" and getattr(state, key)]
    words = {key: text for key, text in told.items() if text}
    place = [room.x(), room.y(), room.width(), room.height()]
    yield f"{' ' * depth}{one.role().name} {words} {' '.join(states)} {place}"
    for child in range(one.childCount()):
        yield from _below(one.child(child), origin, depth + 1)


def _tab_order(window: QWidget) -> Iterator[str]:
    """Yield what the Tab key comes to, from the first input on."""
    first = window.findChild(QWidget, "policy")
    one = first
    while one is not None:
        if one.isVisibleTo(window) and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield f"{one.objectName()} {one.accessibleName()}"
        one = one.nextInFocusChain()
        if one is first:
            return


def _settle() -> None:
    """Let everything happen that waits to."""
    for _ in range(4):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _done(window: QMainWindow) -> None:
    for dialog in window.findChildren(QDialog):
        dialog.hide()
    window.hide()
    window.deleteLater()
    _settle()


def _dialogs(parent: QWidget) -> list[QDialog]:
    return [one for one in parent.findChildren(QDialog) if one.isVisible()]


def _open(window: QMainWindow, path: str) -> list[QDialog]:
    """Choose a command of the menu, and return the windows that stand there then."""
    _action(window, path).trigger()
    _settle()
    return _dialogs(window)


def _action(window: QMainWindow, path: str) -> QAction:
    *menus, last = path.split("/")
    actions = _menu(window, "/".join(menus)).actions() if menus else window.menuBar().actions()
    return next(one for one in actions if one.text().replace("&", "").rstrip("…") == last)


def _menu(window: QMainWindow, path: str) -> QMenu:
    menu = _action(window, path).menu()
    if not isinstance(menu, QMenu):
        raise TypeError(f"{path} is no menu.")
    return menu


def _button(parent: QWidget, name: str) -> QAbstractButton:
    """Return the button with this name or text."""
    for one in parent.findChildren(QAbstractButton):
        if name in (one.accessibleName(), one.text().replace("&", "").rstrip("…")):
            return one
    raise LookupError(f"There is no button {name}.")


def _choose(file: str) -> None:
    """Let every dialog for a file end at once with this file."""
    chosen = str(Path(file).absolute())
    setattr(QFileDialog, "exec", lambda _: QDialog.DialogCode.Accepted)  # noqa: B010
    setattr(QFileDialog, "selectedFiles", lambda _: [chosen])  # noqa: B010


def _finish(dialog: QDialog) -> None:
    """Wait until no bar tells of progress any more."""
    for _ in range(2000):
        QTest.qWait(5)
        if not any(one.isVisible() for one in dialog.findChildren(QProgressBar)):
            return
    raise TimeoutError("Something is still going on.")
