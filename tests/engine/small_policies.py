"""A small policy of a payer that does not exist, to change one thing in, and its determinations."""

from datetime import date
from pathlib import Path
from typing import Any

from app.engine import evaluate
from app.library import Library
from app.library.policies import policy_of
from app.library.strict_yaml import Document
from app.model.case_json import read_case
from app.model.determination import Determination
from app.model.policy import Policy

HERE = {"heading": "Here"}


def asks(name: str, question: str = "", **wanted: Any) -> dict[str, Any]:
    """A criterion that asks a yes-no question of its own name, unless it says another."""
    comparison = wanted or {"is": True}
    text = name.replace("_", " ").capitalize()
    return {
        "id": name,
        "text": text,
        "question": question or name,
        "citation": {"heading": text},
        **comparison,
    }


def group(name: str, kind: str, *below: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A group of criteria."""
    text = name.replace("_", " ").capitalize()
    return {"id": name, "text": text, "citation": {"heading": text}, kind: list(below), **more}


def small(**changes: Any) -> dict[str, Any]:
    """The data of a policy for kidney cancer by vein: metastatic, or clear cell and single."""
    return {
        "id": "cedar",
        "version": "1",
        "payer": "Cedar",
        "title": "Cedar on aldesleukin",
        "document": "Cedar 7",
        "in_force": {"first_day": date(2026, 1, 5), "citation": HERE},
        "review": {"every_months": 24, "citation": HERE},
        "beyond_dosing": {
            "met": {"status": "clinician_review", "citation": HERE},
            "incomplete": {"status": "information_missing", "citation": HERE},
        },
        "coverage": {"renal_cell_carcinoma": covered()},
        "not_covered": {"text": "A use that Cedar covers", "citation": HERE},
        "notes": [],
        **changes,
    }


def covered(**changes: Any) -> dict[str, Any]:
    """The entry of an indication: either branch is enough."""
    return {
        "name": "Kidney",
        "approval": {"months": 5, "citation": {"heading": "Length"}},
        "criteria": group(
            "kidney",
            "any",
            group("spread", "all", asks("metastatic_disease")),
            group("clear", "all", asks("clear_cell_histology"), asks("single_agent")),
        ),
        "dosing": {
            "intravenous": {
                "name": "By vein",
                "dose": {"iu": 700_000, "per": "kg", "citation": HERE},
            }
        },
        **changes,
    }


def kidney(**changes: Any) -> dict[str, Any]:
    """The data of the policy with changes in its only indication."""
    return small(coverage={"renal_cell_carcinoma": covered(**changes)})


def read(data: dict[str, Any], library: Library) -> Policy:
    """Return the policy that these data say. Raises DataFileError."""
    return policy_of(Document(data, {(): 1}), Path("cedar.yaml"), library.catalog, "0" * 64)


def judged(data: dict[str, Any], library: Library, facts: Any = None, **case: Any) -> Determination:
    """Return the determination of a case under the policy that these data say."""
    found = {
        "policy": "cedar",
        "date_of_service": "2026-11-30",
        "indication": "renal_cell_carcinoma",
        "route": "intravenous",
        "weight_kg": 70,
        "age_years": 50,
        "facts": facts or {},
        **case,
    }
    return evaluate(read_case(found), read(data, library), library.reference_data)
