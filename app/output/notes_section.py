"""The notes of a determination as rows, each under who says it: the policy, the label or Aldesk."""

from app.model.catalog import Catalog
from app.model.determination import Determination, DeterminationNote, NoteScope
from app.output.phrases import NOTE_GROUPS, Row, Section

FROM_ALDESK = "From Aldesk"
# What Aldesk itself says about a policy or its file, also where the note stands in that file.
_OWN_NOTES = (
    "not_a_payer_decision",
    "site_policy",
    "policy_review_overdue",
    "no_effective_date",
    "maker_named",
)
SCOPES: dict[NoteScope, str] = {
    "case": "For this case",
    "policy": "For every case under this policy",
}


def notes_section(found: Determination, _: Catalog) -> Section:
    """Return the notes in their order; the label is the kind of a note, the detail its scope."""
    rows = (
        Row(_group_of(one), one.text, one.citation, SCOPES[one.scope], one.id)
        for one in found.notes
    )
    return Section("Notes", tuple(rows))


def _group_of(note: DeterminationNote) -> str:
    return FROM_ALDESK if note.id in _OWN_NOTES else NOTE_GROUPS[note.kind]
