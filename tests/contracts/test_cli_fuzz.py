"""10,000 mutated cases: `check` always ends with 0, 2 or 3, says why, and never with a traceback.

The mutations are drawn from a seed, so that a failure comes back. The library is read once.
"""

import json
import random
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from app import cli
from app.library import Library
from tests.cases import ALDER, BIRCH, case
from tests.console import run
from tests.fixture_cases import EXAMPLES
from tests.model.keys import full_case

BLOCKS, CASES_IN_A_BLOCK = 10, 1_000
STATUSES = {0: (), 2: ("invalid_case", "unreadable"), 3: ("no_policy_in_force",)}

SEEDS = [
    *(example.case for example in EXAMPLES),
    full_case(),
    case(course={"first_dose_at": "2026-11-23T08:00", "number": 2}, reference="row 7"),
    case(authorization={"start": "2026-11-23", "end": "2027-11-22"}, confirmed=["weight_kg"]),
]
ODD_VALUES: list[Any] = [
    *(None, True, False, 0, -1, 1, 2**31, 2**63, -(2**64), 10**300, 10**4000, 0.1, -0.0, 1e308),
    *(float("nan"), float("inf"), float("-inf"), [], {}, [[]], [None], {"": None}, [{}], [1, "a"]),
    *("", " ", "\0", "\n", "\ud800", "\udc00x", "\U0010ffff", "\u202e", "x" * 100_000),
    *("9" * 5_000, "0." + "9" * 5_000, "1e999999999", "-1", "NaN", "٧٠", "70.5 kg", "154 lb"),
    *("9" * 27 + " lb", "9" * 26 + " lb", "9" * 60 + " lb", "9" * 60 + " in", "5'10\""),
    *("2026-02-30", "0000-00-00", "9999-12-31", "2099-12-31", "2020-01-01", "2024-06-02"),
    *("2099-12-31T23:59", "2026-11-23T24:00", "+2026-11-23", "alder-aldesleukin", "other", "til"),
]
VALID: dict[str, list[Any]] = {
    "policy": [ALDER, BIRCH],
    "date_of_service": ["2020-01-01", "2026-03-02", "2028-02-29", "2099-12-31"],
    "indication": ["cutaneous_melanoma", "renal_cell_carcinoma", "graft_versus_host_disease"],
    "route": ["intravenous", "intralesional", "subcutaneous"],
    "age_years": [0, 20, 21, 30, 130, None],
    "weight_kg": ["0.5", "650.000000", 70, 70.5, None],
    "height_cm": ["25", 275, None],
    "bsa_m2": ["0.1", 4.5, None],
    "bsa_formula": ["du_bois", "haycock", "gehan_george", "boyd"],
    "regimen": ["til", "high_dose"],
    "requested": [{"dose_iu": 10**300, "rest_days": 0}, {"doses_per_week": 1}, None],
    "course": [{"first_dose_at": "2099-12-31T23:59"}, {"number": 10**30}, {"doses_per_cycle": 1}],
    "authorization": [{"start": "2099-12-31"}, {"units": 10**30}, {"end": "2099-12-31"}],
    "facts": [{}, {"lesion_status": ["resectable", "unresectable"], "single_agent": True}],
    "previous_weight_kg": ["0.5", 650],
}


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return every place in a JSON value as container and key."""
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    found: list[tuple[Any, Any]] = []
    for key, part in parts:
        found.append((value, key))
        if isinstance(part, dict | list):
            found += places(part)
    return found


def other_case(data: dict[str, Any], dice: random.Random) -> bytes:
    for key in dice.sample(sorted(VALID), 4):
        data[key] = dice.choice(VALID[key])
    return json.dumps(data).encode()


def other_value(data: dict[str, Any], dice: random.Random) -> bytes:
    for _ in range(dice.randint(1, 3)):
        container, key = dice.choice(places(data))
        container[key] = deepcopy(dice.choice(ODD_VALUES))
    return json.dumps(data).encode()


def other_key(data: dict[str, Any], dice: random.Random) -> bytes:
    container, key = dice.choice(places(data))
    value = container.pop(key)
    if isinstance(container, dict):
        container[dice.choice(["", "x", "\ud800", "\0", "facts", f"{key} ", str(key).upper()])] = (
            value
        )
    return json.dumps(data).encode()


def moved_value(data: dict[str, Any], dice: random.Random) -> bytes:
    (source, key), (target, other) = (dice.choice(places(data)) for _ in range(2))
    target[other] = deepcopy(source[key]) if key in source or isinstance(source, list) else None
    return json.dumps(data).encode()


def key_twice(data: dict[str, Any], dice: random.Random) -> bytes:
    text = json.dumps(data)
    key = dice.choice(list(data))
    return (text[:-1] + f", {json.dumps(key)}: {json.dumps(dice.choice(ODD_VALUES))}}}").encode()


def other_bytes(data: dict[str, Any], dice: random.Random) -> bytes:
    text = bytearray(json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(text))
        match dice.randrange(4):
            case 0:
                text[at] = dice.randrange(256)
            case 1:
                text[at:at] = dice.randbytes(dice.randint(1, 4))
            case 2:
                del text[at : at + dice.randint(1, 40)]
            case _:
                text[at:at] = dice.choice([b'"', b"{", b"]", b",", b"\\", b"e9", b"-", b"\xff"])
        if not text:
            break
    return bytes(text)


def deep(data: dict[str, Any], dice: random.Random) -> bytes:
    container, key = dice.choice(places(data))
    container[key] = "DEEP"
    depth = dice.choice([10, 300, 900, 980, 1_000, 5_000])
    left = dice.choice(["[", '{"x":'])
    right = "]" if left == "[" else "}"
    return json.dumps(data).replace('"DEEP"', left * depth + "1" + right * depth).encode()


def raw_number(data: dict[str, Any], dice: random.Random) -> bytes:
    container, key = dice.choice(places(data))
    container[key] = "RAW"
    digits = "9" * dice.choice([1, 30, 999, 1_000, 4_300, 5_000, 50_000])
    raw = dice.choice([digits, f"-{digits}", f"0.{digits}", f"1e{digits}", f"{digits}.5", "-0"])
    return json.dumps(data).replace('"RAW"', raw).encode()


def cut(data: dict[str, Any], dice: random.Random) -> bytes:
    text = json.dumps(data).encode(dice.choice(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
    return text[: dice.randrange(len(text) + 1)]


MUTATIONS: list[Callable[[dict[str, Any], random.Random], bytes]] = [
    *(other_case, other_case, other_value, other_value, other_key, moved_value, key_twice),
    *(other_bytes, deep, raw_number, cut),
]


def complaint(stdin: bytes, *, as_json: bool) -> str:
    """Return what is wrong with the answer to an input, or nothing."""
    try:
        ended = run("check", *(["--json"] if as_json else []), "-", stdin=stdin)
    except Exception as error:  # whatever it is, the test looks for it
        return f"raised {error!r:.200}"
    if ended.status not in STATUSES:
        return f"ended with {ended.status}"
    if "Traceback" in ended.err or b"Traceback" in ended.out:
        return "printed a traceback"
    if ended.status == 0:
        return "" if ended.out and not ended.err else "said nothing, or complained"
    if not as_json:
        return "" if ended.err.strip() and not ended.out else "refused without a word"
    problems = ended.problems
    kinds = {kind for kind, _ in problems}
    return "" if problems and kinds <= set(STATUSES[ended.status]) else f"refused as {kinds}"


@pytest.mark.parametrize(
    "block",
    [0, *(pytest.param(later, marks=pytest.mark.proof) for later in range(1, BLOCKS))],
)
def test_no_input_breaks_check(
    block: int, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "load_all", lambda: library)
    dice = random.Random(block)  # noqa: S311
    complaints: dict[str, bytes] = {}
    for place in range(CASES_IN_A_BLOCK):
        stdin = dice.choice(MUTATIONS)(deepcopy(dice.choice(SEEDS)), dice)
        if found := complaint(stdin, as_json=place % 2 == 0):
            complaints.setdefault(found, stdin[:500])
    assert complaints == {}
