"""Tries every change, on all processors, and compares the survivors with the list."""

import argparse
import gc
import importlib
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from hypothesis import Phase, settings

from tests.mutation.equivalent import differences, read_equivalents
from tests.mutation.mutants import Mutant, mutants
from tests.mutation.process import KILLED, SURVIVED, TIMEOUT, in_another_process, tried
from tests.mutation.suite import SOURCES, Reach, measure
from tests.mutation.trial import Ends, quick_ends, survives, unchanged, without_control


def main() -> int:
    """Try the changes of the named files, or of all; return 0 if the list is right, 1 if not."""
    parser = argparse.ArgumentParser(prog="tests.mutation")
    parser.add_argument("files", nargs="*", help="only these, like app/engine/dose.py")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    began = time.monotonic()
    prepare()
    reach = in_another_process(measure)
    files = [one for one in source_files() if not options.files or one in options.files]
    ends = try_all(list(made_in(files)), reach, options.processes)
    _tell(*totals(ends), f"{time.monotonic() - began:.0f} seconds")
    survivors = [mutant.change for mutant, end in ends.items() if end == SURVIVED]
    listed = [one for one in read_equivalents() if one.file in files]
    wrong = list(differences(survivors, listed))
    _tell(*wrong, f"{len(wrong)} differences from the list")
    return 1 if wrong else 0


def prepare() -> None:
    """Make random tests repeatable, and import the modules that are not changed."""
    settings.register_profile(
        "mutation",
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=30,
        phases=[Phase.explicit, Phase.generate],
    )
    settings.load_profile("mutation")
    _import(Path("app/model").glob("*.py"))


def source_files() -> list[str]:
    """Return every file in which changes are made."""
    return list(chain.from_iterable(map(_files, SOURCES)))


def _files(source: str) -> list[str]:
    return [source] if source.endswith(".py") else sorted(map(str, Path(source).glob("*.py")))


def made_in(files: list[str]) -> Iterator[Mutant]:
    """Yield the changes of all files."""
    for file in files:
        yield from mutants(Path.cwd(), file)


def try_all(found: list[Mutant], reach: Reach, processes: int) -> Ends:
    """Return the end of each change."""
    quick = [one for one in found if not reach.needs_import(one.change.file, one.change.function)]
    ends: Ends = in_another_process(lambda: quick_ends(quick, reach, processes))
    for source in SOURCES:
        left = [one for one in found if one not in ends and one.change.file.startswith(source)]
        if left:
            _tell(f"{source}: {len(left)} changes are left for the long way")
            left = [unchanged(left[0].change.file), *left]
        trials = tried(left, lambda one: survives(one, reach), processes)
        ends |= without_control(map(_told, trials))
        _import(map(Path, _files(source)))  # later files import it
    return ends


def _told(end: tuple[Mutant, str]) -> tuple[Mutant, str]:
    """Return the end of a change; print one that is not killed at once, as a run takes long."""
    change = end[0].change
    if end[1] != KILLED and change.before != change.after:
        _tell(f"{end[1]}: {change}")
    return end


def _import(files: Iterator[Path]) -> None:
    for file in sorted(files):
        importlib.import_module(".".join(file.with_suffix("").parts).removesuffix(".__init__"))
    gc.freeze()


def totals(ends: Ends) -> Iterator[str]:
    """Yield a line for each file, and one for all, with the number of changes by their end."""
    for file in (*dict.fromkeys(one.change.file for one in ends), "app/"):
        count = Counter(end for one, end in ends.items() if one.change.file.startswith(file))
        words = ", ".join(f"{count[end]} {end}" for end in (KILLED, SURVIVED, TIMEOUT))
        yield f"{file}: {count.total()} changes, {words}"


def _tell(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
