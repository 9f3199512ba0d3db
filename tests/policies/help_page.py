"""The help page about numbers: its text, and the rows of its tables."""

from app.library import RESOURCES

PAGE = (RESOURCES / "help" / "how-numbers-are-made.md").read_text("utf-8")
FLOWING = " ".join(PAGE.split())  # wherever its lines are broken


def table(first_heading: str) -> list[list[str]]:
    """The rows of the table whose first column has this heading."""
    lines = PAGE.splitlines()
    [start] = [place for place, line in enumerate(lines) if line.startswith(f"| {first_heading} |")]
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows
