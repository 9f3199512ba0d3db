"""How many cases of a replay were judged so far, and what cannot be judged, for a window."""

from dataclasses import dataclass

from app.model.wording import count_in_words
from app.output.replay_words import ReplayRow
from app.replay import Replay

FAILED = "Stopped by a failure of Aldesk; not every case was judged."
STOPPED = "Stopped: the rest was not judged."


@dataclass(slots=True)
class Tally:
    """How many cases were judged so far; their determinations are not kept."""

    judged: int = 0
    changed: int = 0
    of_another_policy: int = 0
    unreadable: int = 0

    def add(self, part: Replay) -> None:
        """Count what came out for some more cases."""
        self.judged += part.judged
        self.changed += len(part.changed)
        self.of_another_policy += part.of_another_policy
        self.unreadable += len(part.unreadable)

    def text(self) -> str:
        """Return the counts; what is zero and only sometimes there is left out."""
        words = [
            f"{count_in_words(self.judged, 'case')} judged by both versions",
            f"something else comes out for {count_in_words(self.changed, 'case')}",
        ]
        if self.of_another_policy:
            words.append(f"{count_in_words(self.of_another_policy, 'case')} of another policy")
        if self.unreadable:
            words.append(f"{count_in_words(self.unreadable, 'row')} not readable")
        return f"{'; '.join(words)}."


def unreadable_rows(part: Replay) -> list[ReplayRow]:
    """Return what is wrong with rows that are no case, as rows of the same table."""
    return [
        ReplayRow(name, "", "Not readable", "", why.replace("\n", " "))
        for name, why in part.unreadable
    ]
