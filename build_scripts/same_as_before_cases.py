"""Generated cases as JSON texts: seeded, the same on every machine, straight from the contract.

Knows nothing of the program. Most cases are valid and helpful, so that every part of a
determination occurs; some are refused. Deleted once the moves are proven.
"""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

Case = dict[str, Any]

CIGNA, EXPRESS = "cigna-ip0407", "express-scripts-um-proleukin"
MELANOMA, RENAL, GVHD = (
    "cutaneous_melanoma",
    "renal_cell_carcinoma",
    "graft_versus_host_disease",
)
IV, IL, SC = "intravenous", "intralesional", "subcutaneous"
DOCUMENTED = [(MELANOMA, IV)] * 8 + [(MELANOMA, IL)] * 4 + [(RENAL, IV)] * 5 + [(GVHD, SC)] * 5
ANY = [(use, route) for use in (MELANOMA, RENAL, GVHD, "other") for route in (IV, IL, SC)]
ADULT = 18
FORMULAS = ["mosteller", "du_bois", "haycock", "gehan_george", "boyd"]
YES_OR_NO = (
    *("metastatic_disease", "unresectable_disease", "prior_systemic_therapy", "single_agent"),
    *("chronic_gvhd", "steroid_refractory", "with_systemic_corticosteroids"),
)
LISTS = {
    "prescriber_specialties": (
        ["oncologist", "dermatologist", "transplant_center_physician", "other"],
        [["oncologist"], ["oncologist", "dermatologist"], ["transplant_center_physician"]],
    ),
    "lesion_status": (
        ["metastatic", "recurrent", "unresectable", "borderline_resectable", "resectable"],
        [["unresectable"], ["metastatic", "unresectable"], ["borderline_resectable"]],
    ),
    "lesion_site": (
        ["cutaneous", "subcutaneous", "nodal", "other"],
        [["cutaneous"], ["nodal", "subcutaneous"]],
    ),
}
# The first day of each version, and the day after which its review is overdue.
EDGES = {
    CIGNA: (date(2026, 5, 1), date(2027, 5, 1)),
    EXPRESS: (date(2025, 2, 5), date(2026, 2, 5)),
}
LEAP = [date(2028, 2, 29), date(2028, 2, 28), date(2027, 2, 28), date(2028, 3, 1), date(2099, 1, 2)]
CLOCK = ["00:00", "07:59", "08:00", "08:00", "15:30", "16:00", "20:00", "23:59"]
REFERENCES = [
    *("row 7", "Ünïcode Größe ß", "日本語 42", "Ωμέγα", "<b>bold</b> & co", '"quoted"', "O'Hara;"),
    *("=1+1", "+5", "-3", "@sum", "a|b", "a,b;c", "\\n", "😀 emoji", "שלום", "e\u0301", "%s {x}"),
    *("x" * 40, "ﬁ ligature", "' apostrophe", "&amp;nbsp;", "0", "None", "null", "١٢٣"),
]
BAD_REFERENCES = ["x" * 41, "two\nlines", "tab\there", "\u200bzero", "\ud800", "\x00", "\u00a0"]


class Raw(str):
    """A number as it is to be written into the JSON, sign by sign."""


DEFECTS: list[tuple[str, list[Any]]] = [
    ("policy", ["cigna", "", None, 7, "CIGNA-IP0407"]),
    ("date_of_service", ["11/30/2026", "2026-02-30", "2019-12-31", "2100-01-01", None, "2026-1-5"]),
    ("indication", ["uveal_melanoma", "", None, 3]),
    ("route", ["oral", "Intravenous", None]),
    ("age_years", [-1, 131, "54", True, Raw("54.0"), Raw("1e1")]),
    ("weight_kg", ["154 lb", "70,5", ".5", "5.", "1e3", "+5", 0, 651, "0.4", "70.1234567"]),
    ("weight_kg", ["٧٠", "７０", " 70", True, [], Raw("NaN"), Raw("1e3"), Raw("-70.5")]),
    ("height_cm", ["24", "276", "5 ft 9 in", "69 in", Raw("175.0000001"), {}]),
    ("bsa_m2", ["0.09", "4.51", "1,73", Raw("4.5e0")]),
    ("bsa_formula", ["Mosteller", "dubois", 1]),
    ("previous_weight_kg", ["0", "155 lb", "abc"]),
    ("regimen", ["TIL", "low_dose"]),
    ("confirmed", [["weight"], "weight_kg", [1], {"weight_kg": "70"}]),
    ("reference", BAD_REFERENCES),
    ("facts", [[], "yes", {"unknown_fact": True}]),
    ("facts.single_agent", ["yes", 1, "true", []]),
    ("facts.prescriber_specialties", ["oncologist", ["surgeon"], [None], {"a": 1}]),
    ("facts.lesion_status", [["unresectable", "gone"], True]),
    ("requested.dose_iu", [0, -1, "42300000", "42 million", Raw("4.23e7"), Raw("42300.0"), True]),
    ("requested.doses_per_day", [0, "3", Raw("1" * 1200)]),
    ("requested.rest_days", [-1, "nine", Raw("9.5")]),
    ("requested.lesions", [1]),
    ("course.number", [0, "1"]),
    ("course.doses_per_cycle", [0, 15, "14"]),
    ("course.first_dose_at", ["2026-11-23", "2026-11-23T24:00", "2026-11-23 08:00", "soon"]),
    ("course.previous_last_dose_on", ["2026-13-01", "10/01/2026"]),
    ("course.cycles", [{}, [{"number": 3, "doses_given": 1}], [{"number": 1, "doses_given": 2}]]),
    ("course.cycles", [[{"number": 1}], [{"number": 1, "doses_given": 0, "over": "no"}] * 2]),
    ("authorization.start", ["today", "2026-11-31"]),
    ("authorization.end", ["2020-01-01", "1/5/27"]),
    ("authorization.units", [-1, "56", Raw("5.5")]),
    ("patient_name", ["Doe"]),
    ("größe_cm", ["175"]),
]
BROKEN = [
    *(b"", b"   ", b"[]", b"null", b'"text"', b"{", b'{"policy": }', b"\xff\xfe{}", b"[" * 3000),
    *(b'{"policy": "cigna-ip0407", "policy": "cigna-ip0407"}', b"not JSON", b"{'a': 1}", b"42"),
    *(b'\xef\xbb\xbf{"policy": "cigna-ip0407"}', "{“policy”: 1}".encode(), b'{"a": 1} extra'),
]


def _happens(r: Random, share: float) -> bool:
    return r.random() < share


def json_cases(seed: str, count: int) -> Iterator[bytes]:
    """Yield the texts of that many cases; each depends on the seed and its own number only."""
    for number in range(count):
        r = Random(f"{seed} {number}")  # noqa: S311  # no secret
        if _happens(r, 0.015):
            yield r.choice(BROKEN)
            continue
        case = _valid_case(r)
        if _happens(r, 0.15):
            for _ in range(r.choice((1, 1, 1, 2, 3))):
                _spoil(r, case)
        yield _written(_shuffled(r, case), is_ascii=_happens(r, 0.5)).encode("utf-8", "replace")


def valid_cases(seed: str, count: int) -> list[Case]:
    """Return that many cases within the bounds of the contract."""
    return [_valid_case(Random(f"{seed} {number}")) for number in range(count)]  # noqa: S311


def _valid_case(r: Random) -> Case:
    policy = r.choice((CIGNA, EXPRESS))
    indication, route = r.choice(DOCUMENTED) if _happens(r, 0.85) else r.choice(ANY)
    service = _service_day(r, policy)
    case: Case = {"policy": policy, "date_of_service": str(service)}
    case |= {"indication": indication, "route": route} | _person(r, indication)
    is_helpful = _happens(r, 0.75)
    case["facts"] = _facts(r, is_helpful=is_helpful)
    if is_helpful and case.get("age_years", 0) < ADULT and _happens(r, 0.7):
        case |= {"age_years": r.choice((18, 19, 54, 66, 130)), "weight_kg": _adult_weight(r)}
    if _happens(r, 0.55):
        case["requested"] = _requested(r, case)
    if _happens(r, 0.65 if route == IV else 0.35):
        case["course"] = _course(r, service)
    if _happens(r, 0.3):
        case["authorization"] = _authorization(r, service)
    if _happens(r, 0.12):
        case["regimen"] = r.choice(("til", "high_dose"))
    if _happens(r, 0.3):
        case["reference"] = r.choice(REFERENCES)
    for key in ("regimen", "reference", "course", "confirmed", "authorization", "bsa_formula"):
        if key not in case and _happens(r, 0.03):
            case[key] = None
    return case


def _service_day(r: Random, policy: str) -> date:
    begin, review = EDGES[policy]
    if _happens(r, 0.03):
        return begin - timedelta(days=r.choice((1, 1, 30, 400)))
    if _happens(r, 0.2):
        return r.choice([begin, review, review + timedelta(days=1), *LEAP])
    return max(begin, date(2026, 5, 1)) + timedelta(days=r.randint(0, 420))


def _adult_weight(r: Random) -> str:
    return f"{r.uniform(45, 115):.{r.choice((0, 1, 1, 2, 6))}f}"


def _person(r: Random, indication: str) -> Case:
    """Return age and measurements: mostly usual, sometimes unusual, then often confirmed."""
    is_child = _happens(r, 0.4 if indication == GVHD else 0.06)
    age = r.choice((0, 2, 5, 9, 12, 16, 17) if is_child else (18, 18, 19, 40, 54, 66, 88, 130))
    height = 60 + 6 * age if is_child else r.uniform(148, 196)
    weight = f"{height * height * 0.0017:.1f}" if is_child else _adult_weight(r)
    found: Case = {"age_years": age, "weight_kg": weight, "height_cm": f"{height:.1f}"}
    if _happens(r, 0.15):
        found["weight_kg"] = r.choice(("0.5", "20", "39.9", "6", "121", "154", "220.5", "650"))
    if _happens(r, 0.05):
        found["height_cm"] = r.choice(("25", "69", "90", "230", "275"))
    if _happens(r, 0.3 if indication == GVHD else 0.05):
        found["bsa_m2"] = r.choice(("0.1", "0.19", "0.2", "1.73", "1.9", "2.05", "3.01", "4.5"))
    found |= _measured_otherwise(r, found)
    for key, share in {"age_years": 0.08, "weight_kg": 0.1, "height_cm": 0.4}.items():
        if _happens(r, share):
            found.pop(key)
    for key in ("weight_kg", "height_cm", "bsa_m2", "previous_weight_kg"):
        if key in found and _happens(r, 0.3):
            found[key] = Raw(found[key])  # a JSON number, with the digits as they are
    return found


def _measured_otherwise(r: Random, person: Case) -> Case:
    """Return formula, confirmations and the weight before."""
    found: Case = {}
    if _happens(r, 0.5):
        found["bsa_formula"] = r.choice(FORMULAS)
    if _happens(r, 0.25):
        found["confirmed"] = r.sample(["weight_kg", "height_cm", "bsa_m2"], r.randint(0, 3))
    if _happens(r, 0.15):
        before = float(person["weight_kg"]) * r.choice((0.8, 0.9, 0.95, 1.0, 1.1, 1.11, 1.3))
        found["previous_weight_kg"] = f"{min(max(before, 0.5), 650):.3f}"
    return found


def _facts(r: Random, *, is_helpful: bool) -> Case | None:
    if _happens(r, 0.03):
        return None
    yes = 0.98 if is_helpful else 0.6
    facts: Case = {key: _happens(r, yes) for key in YES_OR_NO}
    for key, (every, helpful) in LISTS.items():
        some = r.sample(every, r.choice((0, 1, 1, 2, 3)))
        facts[key] = list(r.choice(helpful)) if is_helpful and _happens(r, 0.9) else some
        if facts[key] and _happens(r, 0.05):
            facts[key] = facts[key] + facts[key][:1]  # a value given twice
    unknown = r.choice((0, 0, 0, 0.05, 0.3, 0.8))
    for key in list(facts):
        if _happens(r, unknown):
            facts[key] = None
            if _happens(r, 0.5):
                del facts[key]
    return facts


def _limit(case: Case) -> int:
    """Return about what the limit is; a dose at, below and above it is asked for."""
    weight = float(case.get("weight_kg", "70"))
    if case["route"] == IV:
        return int(600_000 * weight)
    return 6_000_000 if case["route"] == IL else 1_700_000


def _requested(r: Random, case: Case) -> Case:
    limit = _limit(case)
    within = [limit, limit - 1, limit // 2, limit * 9 // 10, 18_000_000, 22_000_000, 1, limit // 10]
    beyond = [limit + 1, limit * 11 // 10, limit * 22 // 10, limit * 3, 10**12]
    fields = {
        "dose_iu": (within, beyond),
        "doses_per_day": ([1, 2, 3], [4, 7]),
        "doses_per_week": ([1, 3], [4, 21]),
        "doses_per_cycle": ([1, 13, 14], [15, 28, 1000]),
        "rest_days": ([9, 10, 14], [8, 0]),
        "course_rest_days": ([49, 50, 70], [48, 0]),
    }
    risk = r.choice((0, 0, 0, 0.15, 0.6))
    found: Case = {}
    for key, (good, bad) in fields.items():
        if _happens(r, 0.85 if key == "dose_iu" else 0.3):
            chosen = r.choice(bad if _happens(r, risk) else good)
            found[key] = max(chosen, 0 if "rest" in key else 1)
        elif _happens(r, 0.1):
            found[key] = None
    return found


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def _course(r: Random, service: date) -> Case:
    day = service + timedelta(days=r.choice((0, 0, 1, 3, 14, -10, -40)))
    first = datetime.fromisoformat(f"{day}T{r.choice(CLOCK)}")
    found: Case = {"first_dose_at": _time(first)}
    if _happens(r, 0.15):
        del found["first_dose_at"]
    if _happens(r, 0.3):
        found["number"] = r.choice((1, 2, 3, 1000))
    if _happens(r, 0.3):
        found["doses_per_cycle"] = r.randint(1, 14)
    if _happens(r, 0.2):
        before = first.date() - timedelta(days=r.choice((20, 48, 49, 50, 51, 120)))
        found["previous_last_dose_on"] = str(before)
    if _happens(r, 0.55):
        found["cycles"] = list(_cycles(r, first))
    if _happens(r, 0.15):
        found["discharge_date"] = str(first.date() + timedelta(days=r.choice((-30, 6, 12, 24))))
    return found


def _cycles(r: Random, first: datetime) -> Iterator[Case]:
    """Yield what was given: first the cycle 1, then often cycle 2 after a rest of some length."""
    last = first
    for number in (1, 2):
        given = r.choice((0, 1, 2, 7, 12, 14, 14, 14, 15))
        hours = r.choice((8, 8, 8, 12, 7, 4))
        cycle: Case = {"number": number, "doses_given": given}
        if given:
            last = first + timedelta(hours=hours * (given - 1))
            cycle |= {"first_dose_at": _time(first), "last_dose_at": _time(last)}
        if _happens(r, 0.4):
            cycle["doses_held"] = r.choice((0, 0, 1, 2, 14))
        if _happens(r, 0.4):
            cycle["over"] = r.choice((True, True, False, None))
        yield cycle
        if _happens(r, 0.4):
            return
        first = last + timedelta(days=r.choice((8, 9, 10, 10, 10, 11, 20)))


def _authorization(r: Random, service: date) -> Case:
    start = service + timedelta(days=r.choice((0, 0, 1, -1, -30, 30)))
    end = max(start, service) + timedelta(days=r.choice((0, 20, 90, 180, 364, 365)))
    found: Case = {"start": str(start), "end": str(end), "units": r.choice((0, 1, 28, 56, 112))}
    for key in list(found):
        if _happens(r, 0.25):
            del found[key]
    return found


def _spoil(r: Random, case: Case) -> None:
    """Put one wrong value into a case."""
    path, values = r.choice(DEFECTS)
    above, _, name = path.rpartition(".")
    part = case
    if above:
        if not isinstance(case.get(above), dict):
            case[above] = {}
        part = case[above]
    part[name] = r.choice(values)


def _shuffled(r: Random, case: Case) -> Case:
    return {key: case[key] for key in sorted(case, key=lambda _: r.random())}


def _written(value: object, *, is_ascii: bool) -> str:
    """Return a value as JSON; a Raw text stands as it is."""
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, dict):
        pairs = (
            f"{json.dumps(key, ensure_ascii=is_ascii)}: {_written(one, is_ascii=is_ascii)}"
            for key, one in value.items()
        )
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(_written(one, is_ascii=is_ascii) for one in value)}]"
    return json.dumps(value, ensure_ascii=is_ascii)


def entries_of(case: Case) -> dict[str, Any]:
    """Return a case by the names of its inputs; a cycle goes by its number."""
    found: dict[str, Any] = {}
    for key, value in case.items():
        if key in ("facts", "requested", "course", "authorization") and isinstance(value, dict):
            found |= {f"{key}.{name}": one for name, one in value.items() if name != "cycles"}
            for cycle in value.get("cycles") or []:
                above = f"{key}.cycles.{cycle['number']}"
                found |= {f"{above}.{name}": one for name, one in cycle.items() if name != "number"}
        else:
            found[key] = value
    return {key: value for key, value in found.items() if value is not None}


def csv_of(cases: list[Case], separator: str) -> bytes:
    """Return cases as a worklist in CSV, as a spreadsheet would have it."""
    rows = [{key: _cell(one) for key, one in entries_of(case).items()} for case in cases]
    columns = list(dict.fromkeys(key for row in rows for key in row))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "|".join(map(str, value)) or "none"
    return str(value)
