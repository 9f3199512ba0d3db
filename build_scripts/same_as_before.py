"""Whether the program still does the same after its modules have moved. Deleted once proven.

`same_as_before.py write FOLDER` writes what the program says for generated cases, on its command
line and in its window; `same_as_before.py compare FOLDER FOLDER` compares two such folders byte for
byte. `--program` names the root of another checkout whose `app` is to be written.

What a difference is about stands in the folder: `cases.jsonl.gz` has the generated cases by their
numbers, the pictures show the windows. What is random in the program, such as the order of a set,
stays random: two folders of the same program have to be the same. Today is a fixed day.

Only `PLACES` knows where things are: whoever moves or renames one of them adds its new place.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from build_scripts import same_as_before_cases as cases  # found by the line above
from build_scripts import same_as_before_faces as faces

# What is called, and where it may be: the first place that exists counts.
PLACES: dict[str, tuple[str, ...]] = {
    "load": ("app.library:load",),
    "determine_case": ("app.batch:determine_case", "app.casework.determine:determine_case"),
    "read": ("app.batch:read", "app.casework.determine:read_json_case"),
    "Refusal": ("app.batch:Refusal", "app.casework.determine:Refusal"),
    "determination_json": (
        "app.output.machine:determination_json",
        "app.files.json_forms:determination_json",
    ),
    "refusal_text": (
        "app.output.text:refusal_text",
        "app.output.plain_text:refusal_text",
        "app.output.messages:refusal_text",
    ),
    "determination_text": (
        "app.output.text:determination_text",
        "app.output.plain_text:determination_text",
    ),
    "Draft": ("app.draft:Draft", "app.casework.draft:Draft"),
    "judge": ("app.desk:judge", "app.casework.outcome:judge"),
    "report_of": (
        "app.output.report_source:report_of",
        "app.output.report_parts:report_of",
        "app.output.report:report_of",
    ),
    "report_html": ("app.output.report:report_html",),
    "report_footer": ("app.output.report:report_footer",),
    "chart_note": ("app.output.chart_note:chart_note",),
    "ask_sheet_text": ("app.output.ask_sheet:ask_sheet_text",),
    "calendar_bytes": ("app.output.calendar:calendar_bytes",),
    "compare": ("app.comparison:compare", "app.casework.comparison:compare"),
    "policy_heading": (
        "app.output.comparison_words:policy_heading",
        "app.output.comparison:column_heading",
        "app.output.comparison_rows:column_heading",
    ),
    "compared_rows": (
        "app.output.comparison_words:compared_rows",
        "app.output.comparison:compared_rows",
    ),
    "difference_text": (
        "app.output.comparison_words:difference_text",
        "app.output.comparison:difference_count_text",
        "app.output.comparison_rows:difference_count_text",
    ),
    "record_bytes": ("app.record:record_bytes", "app.files.record:record_bytes"),
    "case_bytes": ("app.case_file:case_bytes", "app.files.case_file:case_bytes"),
    # For the window:
    "MainWindow": ("app.gui.main_window:MainWindow",),
    "report_document": (
        "app.gui.report_paper:report_document",
        "app.gui.printing.report:report_document",
        "app.paper.report:report_document",
    ),
    "save_report_pdf": (
        "app.gui.report_paper:save_report_pdf",
        "app.gui.printing.report:save_report_pdf",
        "app.paper.report:save_report_pdf",
        "app.paper.report:report_pdf",
    ),
}

ROOT = Path(__file__).resolve().parents[1]
SEED = "aldesk"
SPARED = 500  # of the cases have all their texts written, not their determination only
SHOWN, AROUND = 3, 60
Add = Callable[[str, str, str | bytes], None]


def place(name: str) -> Any:
    """Return what is called so in the program; where it is at none of its places, say so."""
    for one in PLACES[name]:
        module, _, attribute = one.partition(":")
        try:
            return getattr(import_module(module), attribute)
        except ModuleNotFoundError as error:
            if not f"{module}.".startswith(f"{error.name}."):
                raise
        except AttributeError:
            continue
    sys.exit(f"Mend PLACES: {name} is at none of {', '.join(PLACES[name])}.")


def of_outcome(name: str, outcome: Any, catalog: Any, *others: Any) -> Any:
    """Call what takes an outcome, with the catalog beside it if the outcome does not carry it."""
    beside = () if hasattr(outcome, "library") else (catalog,)
    return place(name)(outcome, *beside, *others)


class Written:
    """The outputs of one folder: each file holds named texts, one a line, packed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, gzip.GzipFile] = {}

    def add(self, file: str, name: str, text: str | bytes) -> None:
        """Write one output; a file that ends in .png is written as it is."""
        if file.endswith(".png"):
            (self._folder / file).write_bytes(text if isinstance(text, bytes) else text.encode())
            return
        if file not in self._files:
            path = self._folder / f"{file}.jsonl.gz"
            self._files[file] = gzip.GzipFile(path, "wb", compresslevel=1, mtime=0)
        words = text.decode("utf-8", "surrogateescape") if isinstance(text, bytes) else text
        self._files[file].write(f"{json.dumps([name, words])}\n".encode())

    def close(self) -> None:
        """Write what is left."""
        for file in self._files.values():
            file.close()


def write_determinations(add: Add, count: int) -> None:
    """Write the determination of each case, or why it is refused; and a tally of what occurred."""
    tally: Counter[str] = Counter()
    library = place("load")()
    for number, text in enumerate(cases.json_cases(SEED, count)):
        name = f"case {number}"
        add("cases", name, text)
        try:
            case = place("read")(text)
            found = place("determine_case")(case, library)
        except place("Refusal") as refusal:
            add("determinations", name, json.dumps(refusal.as_json()))
            tally[f"refused: {refusal.kind}"] += 1
            if number < SPARED:
                add("refusals", name, place("refusal_text")(refusal.problems))
            continue
        told = place("determination_json")(found)
        add("determinations", name, told)
        tally.update(_occurring(json.loads(told)))
        if number < SPARED:
            _write_texts(partial(_named, add, name), case, found, library)
    lines = [f"{one}: {times}, {times / count:.1%}" for one, times in sorted(tally.items())]
    add("tally", "of all cases", "\n".join([f"{count} cases", *lines]))
    print("\n".join(lines))


def _named(add: Add, name: str, file: str, text: str | bytes) -> None:
    add(file, name, text)


def _occurring(found: dict[str, Any]) -> Iterator[str]:
    """Yield what occurs in a determination."""
    yield "valid"
    yield f"status {found['approval_status']}"
    yield f"eligibility {found['eligibility']['status']}"
    yield f"request {found['request_check']['status']}"
    yield f"policy {found['policy']['id']}"
    parts = ("dose_limit", "schedule", "course_check", "preparation", "approval_period", "forecast")
    yield from (f"with {one}" for one in parts if found[one] is not None)
    check = found["course_check"] or {"findings": []}
    yield from {f"finding {one['rule']}" for one in check["findings"]}
    yield from {f"note {one['id']}" for one in found["notes"]}


def _write_texts(
    add: Callable[[str, str | bytes], None], case: Any, found: Any, library: Any
) -> None:
    """Write everything that is made from one valid case for people, and its files."""
    catalog = library.catalog
    add("plain texts", place("determination_text")(found, catalog))
    add("calendars", place("calendar_bytes")(found, case.date_of_service) or b"none")
    add("records", place("record_bytes")(case, found))
    add("case files", place("case_bytes")(case))
    draft = place("Draft").of(case)
    outcome = place("judge")(draft, library)
    add("chart notes", of_outcome("chart_note", outcome, catalog, "A remark."))
    add("ask sheets", place("ask_sheet_text")(outcome, catalog))
    add("comparisons", "\n".join(_comparison(place("compare")(draft, library), catalog)))
    try:
        report = of_outcome("report_of", outcome, catalog, faces.PRINTED_AT, "A remark.")
    except ValueError as error:
        add("reports", str(error))
    else:
        add("reports", f"{place('report_html')(report)}\n{place('report_footer')(report, 1, 2)}")


def _comparison(comparison: Any, catalog: Any) -> Iterator[str]:
    yield comparison.prompt
    sides = comparison.sides
    rows = place("compared_rows")(sides, catalog)
    yield from (place("policy_heading")(side) for side in sides)
    yield from (json.dumps(_plain(row)) for row in rows)
    yield place("difference_text")(sides, rows)


def _plain(value: object) -> object:
    """Return the values of a result without the names of its fields, which may change."""
    if is_dataclass(value):
        return [_plain(getattr(value, one.name)) for one in fields(value)]
    return [_plain(one) for one in value] if isinstance(value, tuple) else str(value)


def write(options: argparse.Namespace) -> int:
    """Write all outputs of a program; each part is a process of its own."""
    folder: Path = options.folder.resolve()
    if folder.exists() and any(folder.iterdir()):
        sys.exit(f"{folder} is not empty.")
    folder.mkdir(parents=True, exist_ok=True)
    for part in ("determinations", "commands", "window"):
        with tempfile.TemporaryDirectory() as home:
            own = {
                "HOME": home,
                "XDG_DATA_HOME": f"{home}/data",
                "XDG_CONFIG_HOME": f"{home}/config",
            }
            fixed = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "COLUMNS": "100", "NO_COLOR": "1"}
            shown = {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(options.program.resolve())}
            environment = {**os.environ, **own, **fixed, **shown}
            command = [sys.executable, __file__, "part", part, str(folder), str(options.count)]
            done = subprocess.run(command, env=environment, cwd=home, check=False)
        if done.returncode:
            return done.returncode
    return 0


def write_part(options: argparse.Namespace) -> int:
    """Write one part; the program is found by PYTHONPATH."""
    program = Path(os.environ["PYTHONPATH"])
    sys.path[:0] = [str(program)]
    found = Path(str(import_module("app").__file__)).parents[1]
    if found != program:
        sys.exit(f"The program of {found} would be written, not the one of {program}.")
    written = Written(options.folder)
    if options.part == "determinations":
        write_determinations(written.add, options.count)
    elif options.part == "commands":
        faces.write_commands(written.add, program)
    else:
        faces.write_window(written.add, place, program)
    written.close()
    return 0


def compare(options: argparse.Namespace) -> int:
    """Compare two folders byte for byte and tell the first differences of each file."""
    before, after = ({one.name: one for one in folder.iterdir()} for folder in options.folders)
    same = differ = 0
    for name in sorted(before.keys() | after.keys()):
        texts = [_texts(one[name]) if name in one else {} for one in (before, after)]
        names = dict.fromkeys(key for found in texts for key in found)
        wrong = [key for key in names if texts[0].get(key) != texts[1].get(key)]
        is_another_order = not wrong and [*texts[0]] != [*texts[1]]
        same, differ = same + len(names) - len(wrong), differ + len(wrong) + is_another_order
        if wrong or is_another_order:
            order = ", the order does" if is_another_order else ""
            print(f"{name}: {len(wrong)} of {len(names)} differ{order}")
        for key in wrong[:SHOWN]:
            print(f"  {key}: {_difference(texts[0].get(key), texts[1].get(key))}")
    print(f"{same} outputs are the same, {differ} differ.")
    return 1 if differ or not same else 0


def _texts(path: Path) -> dict[str, str]:
    """Return the outputs of a file by their names."""
    if path.suffix != ".gz":
        return {"the whole file": path.read_bytes().decode("latin-1")}
    with gzip.open(path) as file:
        found = [json.loads(line) for line in file]
    texts: dict[str, str] = dict(found)
    if len(texts) < len(found):
        raise ValueError(f"{path}: two outputs have the same name.")
    return texts


def _difference(before: str | None, after: str | None) -> str:
    """Return in which line and at which sign two texts begin to differ, with what is around."""
    if before is None or after is None:
        return "only before" if after is None else "only after"
    if "IDATx" in before[:999]:
        return "the picture is another one"
    shorter = min(len(before), len(after))
    at = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    line = before.count("\n", 0, at) + 1
    told = (repr(one[max(at - AROUND, 0) : at + AROUND]) for one in (before, after))
    return "\n    ".join((f"line {line}, sign {at + 1}", *told))


def main() -> int:
    """Write or compare, and return the exit status."""
    parser = argparse.ArgumentParser(description="Is what the program says the same as before?")
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("write", help="write all outputs into an empty folder")
    one.add_argument("folder", type=Path)
    one.add_argument("--program", type=Path, default=ROOT, help="another checkout's root")
    one.add_argument("--count", type=int, default=20_000, help="of generated cases")
    one.set_defaults(run=write)
    two = commands.add_parser("compare", help="compare two such folders")
    two.add_argument("folders", type=Path, nargs=2)
    two.set_defaults(run=compare)
    part = commands.add_parser("part")  # what `write` runs in a process of its own
    part.add_argument("part")
    part.add_argument("folder", type=Path)
    part.add_argument("count", type=int)
    part.set_defaults(run=write_part)
    options = parser.parse_args()
    run: Callable[[argparse.Namespace], int] = options.run
    return run(options)


if __name__ == "__main__":
    sys.exit(main())
