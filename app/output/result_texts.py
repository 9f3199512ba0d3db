"""The texts of a result by their place in the window: status, dose, basis and so on.

A place without a text is shown empty, so nothing of an older result can remain.
"""

from app.casework.outcome import Outcome
from app.model.determination import Determination
from app.model.formatting import MEASUREMENT_WORDS, dose_in_words
from app.output.course_sections import schedule_title
from app.output.phrases import NO_DOSING, STATUS, dose_title, period_text, stated_as_text

_HELD = (
    "Held back: a measurement is unusual, and whatever depends on it is not certain. "
    "Check it on the chart, then confirm it beside its field."
)
_OTHER_REGIMEN = (
    "No schedule of 14 doses: tumor-infiltrating lymphocyte therapy has a different regimen; see "
    "the notes."
)
_HOLD = (
    "Not certain yet: an unusual measurement ({}) waits for confirmation; a corrected one can "
    "change the check of a requested dose."
)
_HINT = "New to Aldesk? Help, Worked examples shows filled-in cases."


def result_texts(outcome: Outcome) -> dict[str, str]:
    """Return the text of each place, by the name of the place."""
    determination = outcome.determination
    if determination is None:
        return _waiting_texts(outcome)
    texts = {
        "approval_status": STATUS[determination.approval_status],
        "summary": determination.summary,
        "hold": _hold_text(outcome),
        "reasons_title": "Why",
        **_dose_texts(determination, is_unconfirmed=bool(outcome.unconfirmed)),
        "criteria_title": "Criteria",
    }
    if determination.approval_period is not None and not outcome.unconfirmed:
        texts["approval_period"] = f"Approval period: {period_text(determination.approval_period)}"
    if determination.schedule is not None:
        planned = "As planned: " if determination.course_check else ""
        texts["schedule_title"] = f"{planned}{schedule_title(determination.schedule)}"
    elif any(note.id == "til_regimen_differs" for note in determination.notes):
        texts["schedule_title"] = _OTHER_REGIMEN
    return texts


def announcement(outcome: Outcome) -> str:
    """Return what a screen reader says: status and dose, or which entries are needed."""
    if outcome.determination is None:
        return outcome.prompt
    texts = result_texts(outcome)
    dose = texts.get("max_dose") or ("Dose held back" if outcome.unconfirmed else "")
    said = (texts["approval_status"], f"{texts['dose_title']}: {dose}" if dose else "")
    return ". ".join(one for one in said if one)


def _hold_text(outcome: Outcome) -> str:
    """Return which unusual measurements make the status uncertain; "" if there are none."""
    names = ", ".join(MEASUREMENT_WORDS[key] for key in outcome.unconfirmed)
    return _HOLD.format(names) if names else ""


def _waiting_texts(outcome: Outcome) -> dict[str, str]:
    if outcome.problems:
        return {"state_title": "No result: an entry needs correcting", "summary": outcome.prompt}
    if outcome.draft.entries.get("indication"):
        return {"state_title": "Not enough for a result yet", "summary": outcome.prompt}
    return {"state_title": "Begin with the therapy", "summary": outcome.prompt, "hint": _HINT}


def _dose_texts(determination: Determination, *, is_unconfirmed: bool) -> dict[str, str]:
    limit = determination.dose_limit
    if limit is None:
        return {"dose_title": NO_DOSING}
    shown = not is_unconfirmed and limit.max_dose_iu is not None
    return {
        "dose_title": dose_title(determination),
        "max_dose": dose_in_words(limit.max_dose_iu or 0) if shown else "",
        "basis": _HELD if is_unconfirmed else limit.basis,
        "dose_source": f"{limit.citation}. {stated_as_text(limit)}".strip(),
    }
