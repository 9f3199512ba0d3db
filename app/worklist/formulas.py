"""Cells that a spreadsheet would run as a formula: an apostrophe before them makes them text.

`unguarded` takes back exactly what `guarded` added, so a file that is written and read again says
the same. Negative numbers are left alone: they run nothing.
"""

import re

# Also after quotes and blanks, which some programs drop; also in the wide forms of East Asia.
_RUNS = re.compile(r"""[\s"'`]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]""")
_NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?")
_GUARD = "'"


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet runs.

    >>> guarded("=1+1"), guarded("-5"), guarded("70.5")
    ("'=1+1", '-5', '70.5')
    """
    return f"{_GUARD}{cell}" if _is_run(cell) else cell


def unguarded(cell: str) -> str:
    """Return what a cell was before it was guarded.

    >>> unguarded("'=1+1"), unguarded("'quoted'")
    ('=1+1', "'quoted'")
    """
    inner = cell.removeprefix(_GUARD)
    return inner if cell != inner and _is_run(inner) else cell


def _is_run(cell: str) -> bool:
    return bool(_RUNS.match(cell)) and not _NUMBER.fullmatch(cell)
