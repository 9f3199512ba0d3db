"""The steps of somebody who writes a policy, so that each can be taken back. Must not use Qt."""

from dataclasses import dataclass, field

from app.casework.policy_form_draft import Path, PolicyDraft

_MOST = 200  # steps that can be taken back


@dataclass
class History:
    """A draft and the place that is looked at, with what they were before."""

    draft: PolicyDraft = field(default_factory=PolicyDraft)
    path: Path = ()
    _steps: list[tuple[PolicyDraft, Path]] = field(default_factory=list)
    _typed: Path | None = None  # where the last step was typed

    @property
    def has_steps(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._steps)

    def go_on(self, draft: PolicyDraft, path: Path, typed: Path | None = None) -> None:
        """Go on with a draft at a place; what is typed into one field is one step."""
        if draft != self.draft:
            if typed is None or typed != self._typed:
                self._steps = [*self._steps, (self.draft, self.path)][-_MOST:]
            self.draft, self._typed = draft, typed
        self.path = path

    def look_at(self, path: Path) -> None:
        """Look at another place; what is typed after that is another step."""
        self.path, self._typed = path, None

    def undo(self) -> None:
        """Take the last step back, if there is one."""
        if self._steps:
            self.draft, self.path = self._steps.pop()
            self._typed = None

    def begin(self, draft: PolicyDraft) -> None:
        """Begin with a draft."""
        self.draft, self.path, self._steps, self._typed = draft, (), [], None
