"""Random regimens of one route with requests, and whether a request fits, by the policy format."""

from random import Random
from typing import Any

from tests.policies.brute_force.generator import PLACE

WEIGHT = 80
FIELDS = {
    "doses_per_day": "max_doses_per_day",
    "doses_per_week": "max_doses_per_week",
    "doses_per_cycle": "max_doses_per_cycle",
    "rest_days": "min_rest_days",
}
GRADES = ["low", "middle", "high"]


def regimen(r: Random, name: str, *, named: bool) -> dict[str, Any]:
    """Return a regimen with some limits; `named`: it needs an id and a condition."""
    found: dict[str, Any] = {"name": f"Regimen {name}"}
    if named:
        found |= {
            "id": name,
            "when": {
                "id": f"when_{name}", "text": "The grade", "question": "grade_own",
                "any_of": sorted(r.sample(GRADES, r.randint(1, 2))), "citation": PLACE,
            },
        }  # fmt: skip
    if r.random() < 0.2:
        found["dose"] = {"not_stated": True, "citation": PLACE}
    else:
        per = r.choice(["kg", "kg", "dose"])
        iu = r.choice([500_000, 600_000]) if per == "kg" else r.choice([40_000_000, 48_000_000])
        found["dose"] = {"iu": iu, "per": per, "citation": PLACE}
    for key in FIELDS.values():
        if r.random() < 0.5:
            found[key] = {"value": r.randint(2, 5), "citation": PLACE}
    if r.random() < 0.4:
        limit = {"of": "doses", "per": "authorization", "citation": PLACE}
        found["limits"] = [{"at_most": r.randint(3, 8), **limit}]
    return found


def request(r: Random) -> dict[str, Any]:
    """Return a request in part; a dose is never so low that it is unusual."""
    found: dict[str, Any] = {}
    if r.random() < 0.7:
        exact = [40_000_000, 48_000_000]
        found["dose_iu"] = r.choice([*exact, *(one + 1 for one in exact)])
    for field in FIELDS:
        if r.random() < 0.4:
            found[field] = r.randint(1, 6)
    return found


def finding(one: dict[str, Any], field: str, asked: int, weight: int | None) -> str:
    """Return what a regimen says of one requested value."""
    if field == "dose_iu":
        if "iu" not in one["dose"]:
            return "no_limit_stated"
        if one["dose"]["per"] == "kg" and weight is None:
            return "unknown"
        limit = one["dose"]["iu"] * (weight or 0 if one["dose"]["per"] == "kg" else 1)
        return "within" if asked <= limit else "exceeds"
    stated = one.get(FIELDS[field])
    if stated is None:
        return "no_limit_stated"
    beyond = asked < stated["value"] if field == "rest_days" else asked > stated["value"]
    return "exceeds" if beyond else "within"


def fits(one: dict[str, Any], asked: dict[str, Any], weight: int | None, before: int | None) -> str:
    """Return within, exceeds or open for a request under one regimen."""
    found = {finding(one, field, value, weight) for field, value in asked.items()}
    # Whoever requests anything but a rest requests at least one dose.
    least = asked.get("doses_per_cycle", int(asked.keys() != {"rest_days"}))
    for limit in one.get("limits", []):
        if least + (before or 0) > limit["at_most"]:
            found.add("exceeds")
        elif "doses_per_cycle" in asked:
            found.add("unknown" if before is None else "within")
    if "exceeds" in found:
        return "exceeds"
    return "open" if "unknown" in found else "within"


def status(
    regimens: list[dict[str, Any]],
    asked: dict[str, Any],
    grade: str | None,
    weight: int | None,
    before: int | None,
) -> set[str]:
    """Return the statuses that the format permits for a request by vein."""
    applying: list[dict[str, Any]] = []
    open_: list[dict[str, Any]] = []
    for one in regimens:
        if "when" not in one or (grade and grade in one["when"]["any_of"]):
            applying.append(one)
        elif grade is None:
            open_.append(one)
    if not applying and not open_:
        return {"no_regimen"}
    if not asked:
        return {"not_requested", "no_limit_stated"}
    sure = [fits(one, asked, weight, before) for one in applying]
    possible = [fits(one, asked, weight, before) for one in open_]
    if "within" in sure or (not sure and set(possible) == {"within"}):
        return {"within_limits"} | (
            {"no_limit_stated"} if _says_nothing(regimens, asked) else set()
        )
    if set(sure + possible) == {"exceeds"}:
        return {"exceeds_limits"}
    return {"incomplete"}


def _says_nothing(regimens: list[dict[str, Any]], asked: dict[str, Any]) -> bool:
    """Whether some regimen limits nothing that is requested."""
    return any(
        all(
            finding(one, field, value, WEIGHT) == "no_limit_stated"
            for field, value in asked.items()
        )
        for one in regimens
    )
