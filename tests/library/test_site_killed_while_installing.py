"""A program that is killed while it takes or removes a policy file leaves the file whole or not."""

import time
from pathlib import Path
from random import Random

import pytest

from app.library import load
from app.library.site import load_all
from app.library.site_folders import SiteFolders
from tests.console import start
from tests.library.sites import SHIPPED, file_with, ids, offered, site_in

ENDLESS = """
import sys
from datetime import date
from pathlib import Path
from app.library import load
from app.library.site import install, read_new, remove
from app.library.site_folders import SiteFolders
site, library = SiteFolders(Path(sys.argv[1]), Path(sys.argv[2])), load()
new = read_new(Path(sys.argv[3]), library, site)
print("ready", flush=True)
while True:
    install(new, site.folders[1], date(2026, 11, 21))
    remove(new.policy, site)
"""


def kill_while_taking(site: SiteFolders, file: Path, dice: Random) -> None:
    """Kill a process that takes and removes a file without end, at a random moment."""
    with start("-c", ENDLESS, site.machine, site.user, file) as running:
        assert running.stdout
        assert running.stdout.readline() == b"ready\n"
        time.sleep(dice.uniform(0, 0.02))
        running.kill()


@pytest.mark.parametrize("kills", [5, pytest.param(200, marks=pytest.mark.proof)])
def test_a_policy_is_taken_whole_or_not_at_all(kills: int, tmp_path: Path) -> None:
    site, dice = site_in(tmp_path), Random(kills)  # noqa: S311  # a repeatable test
    file = file_with(tmp_path, offered())
    found = set()
    for _ in range(kills):
        kill_while_taking(site, file, dice)
        library = load_all(site)
        assert library.refused == ()
        found.add(tuple(ids(library)))
    without = tuple(SHIPPED)
    assert found <= {without, (*without, "third-health")}
    assert kills < 100 or len(found) == 2, "it was never killed at the moment in question"
    assert ids(load()) == SHIPPED
