"""The texts of a result by their place in the window: status, dose, basis and so on.

A place without a text is shown empty, so nothing of an older result can remain.
"""

from app.casework.outcome import Outcome
from app.model.determination import Determination, DeterminationNote
from app.model.formatting import VALUE_WORDS, dose_in_words
from app.output.course_sections import schedule_title
from app.output.dose_phrases import stated_as_text, weight_text
from app.output.headline import headline, note_of
from app.output.phrases import dose_title, period_text, without_limit

# The note that stands beside the status, and the one that tells a gap of the authorization.
_BESIDE_STATUS = "nccn_no_longer_recommends_rcc"
_NOT_COVERED = "authorization_does_not_cover"
_TOLD_AS_THE_STATUS = ("unusual_value", _NOT_COVERED)
_OTHER_REGIMEN = (
    "No schedule of 14 doses: tumor-infiltrating lymphocyte therapy has a different regimen; see "
    "the notes."
)
_HOLD = (
    "Unusual, and not used until somebody confirms it: {}. Check it on the chart, then correct or "
    "confirm it."
)
_OUTSIDE = (
    "Approved outside the policy, as entered: {} is above the documented limit, and the payer's "
    "clinician approved it."
)
_HINT = "New to Aldesk? Help, Worked examples shows filled-in cases."


def result_texts(outcome: Outcome) -> dict[str, str]:
    """Return the text of each place, by the name of the place."""
    determination = outcome.determination
    if determination is None:
        return _waiting_texts(outcome)
    texts = {
        "approval_status": headline(determination),
        "summary": determination.summary,
        "hold": hold_text(determination),
        "status_note": beside_status(determination),
        "to_check": "\n".join(one.text for one in doubts(determination)),
        "outside_policy": outside_policy(determination),
        "reasons_title": "Why",
        **_dose_texts(determination),
        "criteria_title": "Criteria",
    }
    case = outcome.draft.case
    if case is not None:
        texts["weight"] = weight_text(case)
    if determination.approval_period is not None:
        granted = case.authorization if case else None
        period = period_text(determination.approval_period, granted)
        texts["approval_period"] = f"Approval period: {period}"
    elif outside := _note_text(determination, _NOT_COVERED):
        texts["approval_period"] = outside
    if determination.schedule is not None:
        texts["schedule_title"] = schedule_title(determination.schedule)
    elif note_of(determination, "til_regimen_differs") is not None:
        texts["schedule_title"] = _OTHER_REGIMEN
    return texts


def beside_status(determination: Determination) -> str:
    """Return the note that stands beside the status, or "" without it."""
    return _note_text(determination, _BESIDE_STATUS)


def outside_policy(determination: Determination) -> str:
    """Return that the payer's clinician approved a dose outside the policy; "" if not."""
    preparation = determination.preparation
    if preparation is None or not preparation.approved_outside_policy:
        return ""
    return _OUTSIDE.format(dose_in_words(preparation.dose_iu))


def doubts(determination: Determination) -> tuple[DeterminationNote, ...]:
    """Return the checks that doubt an entry; what waits for a confirmation is told as such."""
    return tuple(
        one
        for one in determination.notes
        if one.kind == "check" and one.inputs and one.id not in _TOLD_AS_THE_STATUS
    )


def _note_text(determination: Determination, note_id: str) -> str:
    note = note_of(determination, note_id)
    return note.text if note else ""


def announcement(outcome: Outcome) -> str:
    """Return what a screen reader says: status and dose, or which entries are needed."""
    if outcome.determination is None:
        return outcome.prompt
    texts = result_texts(outcome)
    dose = f"{texts['dose_title']}: {texts['max_dose']}" if texts.get("max_dose") else ""
    return ". ".join(filter(None, (texts["approval_status"], texts["hold"].rstrip("."), dose)))


def hold_text(determination: Determination) -> str:
    """Return which unusual values are not used until they are confirmed; "" if none wait."""
    names = ", ".join(VALUE_WORDS[key] for key in determination.unconfirmed)
    return _HOLD.format(names) if names else ""


def _waiting_texts(outcome: Outcome) -> dict[str, str]:
    if outcome.problems:
        return {"state_title": "No result: an entry needs correcting", "summary": outcome.prompt}
    if outcome.draft.entries.get("indication"):
        return {"state_title": "Not enough for a result yet", "summary": outcome.prompt}
    return {"state_title": "Begin with the therapy", "summary": outcome.prompt, "hint": _HINT}


def _dose_texts(determination: Determination) -> dict[str, str]:
    limit = determination.dose_limit
    if limit is None:
        return {"dose_title": without_limit(determination)}
    return {
        "dose_title": dose_title(determination),
        "max_dose": "" if limit.max_dose_iu is None else dose_in_words(limit.max_dose_iu),
        "basis": limit.basis,
        "dose_source": f"{limit.citation}. {stated_as_text(limit)}".strip(),
    }
