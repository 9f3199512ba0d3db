"""How a check tells its findings: one plain line each, and the exit status at the end."""

from dataclasses import dataclass, field


@dataclass
class Report:
    """The findings of one check."""

    name: str
    failures: list[str] = field(default_factory=list)

    def expect(self, holds: object, what: str, why_not: object = "") -> None:
        """Say that something holds, or that it does not and why."""
        print(f"{'pass' if holds else 'FAIL'}  {what}", flush=True)
        if not holds:
            self.failures.append(what)
            if why_not:
                print(f"      {why_not}", flush=True)

    def status(self) -> int:
        """Say how the check ended and return the exit status."""
        print(f"{self.name}: {f'{len(self.failures)} failed' if self.failures else 'pass'}")
        return 1 if self.failures else 0
