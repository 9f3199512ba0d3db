"""The report of a check: one line for each finding, and an exit status at the end."""

from dataclasses import dataclass, field


@dataclass
class Report:
    """The findings of one check."""

    name: str
    failures: list[str] = field(default_factory=list)

    def expect(self, holds: object, what: str, why_not: object = "") -> None:
        """Print that something holds or, if not, that it fails and why; remember a failure."""
        print(f"{'pass' if holds else 'FAIL'}  {what}", flush=True)
        if not holds:
            self.failures.append(what)
            if why_not:
                print(f"      {why_not}", flush=True)

    def status(self) -> int:
        """Print how the check ended; return exit status 1 after a failure, otherwise 0."""
        print(f"{self.name}: {f'{len(self.failures)} failed' if self.failures else 'pass'}")
        return 1 if self.failures else 0
