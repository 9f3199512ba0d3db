"""Notes that follow from what a policy file leaves open, on the day on which it was seen."""

from datetime import date

from app.library import Library
from tests.engine.small_policies import HERE, judged, small


def test_a_version_that_counts_from_the_day_it_was_seen_says_so_in_every_result(
    library: Library,
) -> None:
    seen = {"not_stated": True, "seen_on": date(2026, 1, 5), "citation": HERE}
    told = judged(small(in_force=seen), library)
    [note] = [one for one in told.notes if one.id == "counts_from_first_seen"]
    assert "Jan 5, 2026" in note.text
    assert (note.kind, note.scope) == ("caveat", "policy")
    stated = judged(small(), library)
    assert "counts_from_first_seen" not in {one.id for one in stated.notes}
