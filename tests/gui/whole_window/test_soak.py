"""Long random walks: never a dose or status that the inputs do not give, and nothing is used up."""

import gc
import logging
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.casework.draft import Draft
from app.engine import evaluate
from app.gui.main_window import MainWindow
from app.library import Library
from app.model.case_json import read_case
from app.model.determination import Determination
from tests.cases import case
from tests.gui.errands import ALL, Errands
from tests.gui.walk import Walk

LOG = logging.getLogger(__name__)  # the figures: pytest --log-cli-level=INFO
EVALUATIONS_AND_EDITS = 200_000
SETTLING, AT_A_TIME = 20_000, 10_000  # steps
PROCESS = Path("/proc/self")  # where there is none, memory and open files are not measured
MORE_BYTES = 8_000_000
MORE_FILES = 3  # threads of Qt come and go, each with one
MORE_OBJECTS = 150  # grids keep the rows of their longest result; a lost one a thousand steps shows
FEWER_REFERENCES = 500


@pytest.mark.parametrize(
    "seed",
    [
        20261121,
        *(pytest.param(seed, marks=pytest.mark.proof) for seed in range(20261122, 20261131)),
    ],
)
def test_a_walk_of_1000_steps_shows_what_the_engine_gives(
    window: MainWindow, library: Library, seed: int
) -> None:
    walk = Walk(window, library, seed)
    walk.begin()
    for _ in range(1_000):
        walk.step()
        walk.check()
    assert walk.with_result > walk.checked / 5, "the walk hardly ever saw a result"


@dataclass(frozen=True)
class Use:
    """What a session holds on to, measured with an empty case in the window."""

    bytes_resident: int
    files: int
    widgets: int
    own_objects: int
    references: dict[str, int]


class Session:
    """A walk with an errand now and then; counts evaluations and edits."""

    def __init__(
        self, window: MainWindow, library: Library, folder: Path, patch: pytest.MonkeyPatch
    ) -> None:
        self.window = window
        self.walk = Walk(window, library, 20261121)
        self.errands = Errands(window, folder, patch)
        self.evaluations = self.edits = 0
        patch.setattr("app.casework.outcome.evaluate", self._count_evaluation)
        for part in (window._policy_bar, window._halves.form):
            part.edited.connect(self._count_edit)
        self.walk.begin()

    def go(self, steps: int, *, checks: int, errands: int) -> Use:
        """Take these steps, and return what is held on to after them."""
        for step in range(steps):
            self.walk.step()
            if step % checks == 0:
                self.walk.check()
            if step % errands == 0:
                self.errands.choose(self.walk.random.choice(ALL))
        return self._use()

    def _count_evaluation(self, *inputs: Any) -> Determination:
        self.evaluations += 1
        return evaluate(*inputs)

    def _count_edit(self) -> None:
        self.edits += 1

    def _use(self) -> Use:
        entries = self.window.draft
        self.window.load(Draft())
        QApplication.processEvents()
        gc.collect()
        # Of the window: what the engine remembers is bounded, but takes long to be full.
        own = Counter(_is_of_the_window(one) for one in gc.get_objects())
        found = Use(
            bytes_resident=_bytes_resident(),
            files=len(list((PROCESS / "fd").iterdir())) if PROCESS.exists() else 0,
            widgets=len(QApplication.allWidgets()),
            own_objects=own[True],
            references={str(one): sys.getrefcount(one) for one in (None, True, False)},
        )
        self.window.load(entries)
        return found


def _is_of_the_window(one: object) -> bool:
    return str(type(one).__module__).startswith("app.gui.")  # some types have no text there


def _bytes_resident() -> int:
    if not PROCESS.exists():
        return 0
    pages = int((PROCESS / "statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def differences(before: Use, after: Use) -> Iterator[str]:
    """Yield what a session holds on to, or has lost, between two moments."""
    for name, more in (
        ("bytes_resident", MORE_BYTES),
        ("files", MORE_FILES),
        ("widgets", MORE_OBJECTS),
        ("own_objects", MORE_OBJECTS),
    ):
        was, found = getattr(before, name), getattr(after, name)
        if found > was + more:
            yield f"{name}: {was:,}, then {found:,}"
    for name, count in after.references.items():
        if count < before.references[name] - FEWER_REFERENCES:
            yield f"references to {name}: {before.references[name]:,}, then {count:,}"


def test_after_every_errand_the_window_shows_what_the_engine_gives(
    window: MainWindow, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(window, library, tmp_path, monkeypatch)
    for words in ALL:
        window.load(Draft.of(read_case(case(course={"first_dose_at": "2026-11-23T08:00"}))))
        session.walk.person.enter("weight_kg", "71")  # so that a case would be lost
        session.errands.choose(words)
        session.walk.check()
    saved = {one.suffix for one in tmp_path.iterdir()}
    assert saved == {".aldesk", ".aldesk-record", ".ics", ".jsonl", ".pdf"}


@pytest.mark.proof
def test_nothing_is_used_up_by_200000_evaluations_and_edits(
    window: MainWindow, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(window, library, tmp_path, monkeypatch)
    for words in ALL:  # each makes a window or a table that stays
        session.errands.choose(words)
    before = after = session.go(SETTLING, checks=10, errands=500)
    while session.evaluations + session.edits < EVALUATIONS_AND_EDITS:
        LOG.info("%s evaluations, %s edits: %s", session.evaluations, session.edits, after)
        after = session.go(AT_A_TIME, checks=10, errands=500)
    LOG.info("%s evaluations, %s edits: %s", session.evaluations, session.edits, after)
    assert list(differences(before, after)) == []
    assert session.walk.with_result > session.walk.checked / 5, "hardly ever a result"
