"""2,000 mutated policy files: each is refused with a message, or loaded with exactly its change.

The first 400 belong to the ordinary run. The mutations are drawn from a seed, so that a failure
comes back. What changed is found a second time in plain YAML, without a word of the program: no
value is silently lost or made up.
"""

import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.casework.policy_diff import changes
from app.library import DataFileError, Library
from app.library.policies import policy_of
from app.library.reader import read_document
from app.model.policy import Policy
from app.output.policy_changes import change_rows
from tests.policies.versions import DOCUMENTED
from tests.policy_leaves import differing, disagreements

BLOCKS, FILES_IN_A_BLOCK = 5, 400
MUTATED = Path("mutated.yaml")
MESSAGE = re.compile(r"mutated\.yaml, line [0-9]+(, .+)?: .+", re.DOTALL)

# Words that stand in policy files, so that one can stand where another belongs.
VOCABULARY = [
    *("id", "text", "question", "citation", "heading", "item", "all", "any", "is", "routes"),
    *("at_least", "at_most", "any_of", "none_of", "value", "iu", "per", "months", "every_months"),
    *("max_doses_per_day", "max_doses_per_week", "max_doses_per_cycle", "min_rest_days"),
    *("min_course_rest_days", "when", "indications", "status", "first_day", "last_day", "name"),
    *("cutaneous_melanoma", "renal_cell_carcinoma", "graft_versus_host_disease", "other"),
    *("intravenous", "intralesional", "subcutaneous", "kg", "m2", "lesion", "true", "false"),
    *("age_years", "metastatic_disease", "unresectable_disease", "single_agent", "lesion_status"),
    *("metastatic", "unresectable", "borderline_resectable", "oncologist", "dermatologist"),
    *("criteria_met", "criteria_not_met", "information_missing", "clinician_review"),
    *("approval_status", "request_status", "provided_by", "also_stated_as", "til"),
]
WORD = re.compile("|".join(rf"\b{word}\b" for word in sorted(VOCABULARY, key=len, reverse=True)))
ODD_VALUES = [
    *("", " ", "~", "null", "true", "True", "yes", "no", "0", "-1", "1", "18", "1000", "1001"),
    *("600_000", "6_00", "018", "0x12", "1e3", "1.5", "1,5", ".inf", "99999999999999999999"),
    *("2026-05-01", "2026-13-01", "'18'", '"18"', "[]", "{}", "[intravenous]", "[oncologist]"),
    *("{heading: x}", "{heading: x, item: y}", "- x", "&a x", "*a", "!!str x", "|", ">-", "a: b"),
    *("cutaneous_melanoma", "metastatic_disease", "\\u0000", "\u202e", "“x”", "#", "kg", "me"),
]


def other_digit(text: str, dice: random.Random) -> str:
    at = dice.choice([one.start() for one in re.finditer("[0-9]", text)])
    return text[:at] + dice.choice("0123456789") + text[at + 1 :]


def other_word(text: str, dice: random.Random) -> str:
    found = dice.choice(list(WORD.finditer(text)))
    return text[: found.start()] + dice.choice(VOCABULARY) + text[found.end() :]


def other_value(text: str, dice: random.Random) -> str:
    found = dice.choice(list(re.finditer(r"(?<=: )[^\n{}]+|(?<=: )\{[^\n]+", text)))
    return text[: found.start()] + dice.choice(ODD_VALUES) + text[found.end() :]


def other_sign(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text))
    inserted = dice.choice(["", "", " ", "\n", "\t", ":", "-", "'", '"', "{", "]", ",", "x", "\0"])
    return text[:at] + inserted + text[at + dice.randint(0, 3) :]


def in_lines(change: Callable[[list[str], int, random.Random], None]) -> Any:
    def changed(text: str, dice: random.Random) -> str:
        lines = text.splitlines(keepends=True)
        written = [at for at, line in enumerate(lines) if line.strip() and line[0] != "#"]
        change(lines, dice.choice(written), dice)
        return "".join(lines)

    changed.__name__ = change.__name__
    return changed


@in_lines
def dropped_line(lines: list[str], at: int, _dice: random.Random) -> None:
    del lines[at]


@in_lines
def line_twice(lines: list[str], at: int, dice: random.Random) -> None:
    lines.insert(dice.choice([at, dice.randrange(len(lines))]), lines[at])


@in_lines
def exchanged_lines(lines: list[str], at: int, dice: random.Random) -> None:
    other = dice.choice([max(at - 1, 0), dice.randrange(len(lines))])
    lines[at], lines[other] = lines[other], lines[at]


@in_lines
def other_indentation(lines: list[str], at: int, dice: random.Random) -> None:
    wanted = dice.choice([-4, -2, -1, 1, 2, 4])
    lines[at] = " " * wanted + lines[at] if wanted > 0 else lines[at].removeprefix(" " * -wanted)


def block(lines: list[str], at: int) -> slice:
    """Return a line with all that is further in below it."""
    depth = len(lines[at]) - len(lines[at].lstrip())
    end = at + 1
    while end < len(lines) and lines[end].startswith(" " * (depth + 1)):
        end += 1
    return slice(at, end)


@in_lines
def dropped_block(lines: list[str], at: int, _dice: random.Random) -> None:
    del lines[block(lines, at)]


@in_lines
def moved_block(lines: list[str], at: int, dice: random.Random) -> None:
    """Move a block behind the next one of the same depth, or behind any."""
    here = block(lines, at)
    moved = lines[here]
    del lines[here]
    target = at if at < len(lines) and dice.random() < 0.7 else dice.randrange(len(lines))
    end = block(lines, target).stop
    lines[end:end] = moved


@in_lines
def renamed_id(lines: list[str], at: int, dice: random.Random) -> None:
    ids = [place for place, line in enumerate(lines) if "id: " in line]
    at = dice.choice(ids)
    lines[at] = lines[at].rstrip("\n") + dice.choice(["_b\n", "2\n", " \n", "-x\n"])


MUTATIONS: list[Callable[[str, random.Random], str]] = [
    *(other_digit, other_digit, other_word, other_word, other_value, other_value, other_sign),
    *(dropped_line, line_twice, exchanged_lines, other_indentation, dropped_block, moved_block),
    *(moved_block, renamed_id),
]


@dataclass(frozen=True)
class Original:
    """A shipped file, as its text, as plain data and as a policy."""

    text: str
    data: dict[str, Any]
    policy: Policy


def read(text: str, library: Library) -> Policy | str:
    """Return the policy in a text, or the words with which it is refused."""
    try:
        document = read_document(MUTATED, text.encode())
        return policy_of(document, MUTATED, library.catalog, "")
    except DataFileError as error:
        return str(error)


def plain(text: str) -> Any:
    """Return what another reader of YAML finds: texts only, grouped numbers without their signs."""
    return _plain(yaml.load(text, yaml.CBaseLoader))  # noqa: S506  # makes nothing but texts


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_plain(below) for below in value]
    if value in ("", "null"):
        return None
    return value.replace("_", "") if re.fullmatch(r"[0-9_]+", value) else value


def complaint(old: Original, text: str, library: Library) -> str:
    """Return what is wrong with the answer to a mutated file, or nothing."""
    policy = read(text, library)
    if isinstance(policy, str):
        return "" if MESSAGE.fullmatch(policy) else f"refused in other words: {policy}"
    places = {one.where for one in changes(old.policy, policy)}
    if wrong := disagreements(differing(old.data, plain(text)), places):
        return f"not what differs: {wrong}"
    rows = change_rows(old.policy, policy, library.catalog)
    if bool(rows) != bool(places) or any(row.before == row.after for row in rows):
        return "a change without words"
    return ""


@pytest.fixture(scope="module")
def originals(library: Library) -> list[Original]:
    found = []
    for version in DOCUMENTED:
        text = version.file.read_text("utf-8")
        policy = read(text, library)
        assert isinstance(policy, Policy)
        found.append(Original(text, plain(text), policy))
    return found


@pytest.mark.parametrize(
    "block", [0, *(pytest.param(later, marks=pytest.mark.proof) for later in range(1, BLOCKS))]
)
def test_a_mutated_file_is_refused_with_a_message_or_its_change_is_told(
    block: int, originals: list[Original], library: Library
) -> None:
    dice = random.Random(block)  # noqa: S311
    for _ in range(FILES_IN_A_BLOCK):
        old, mutation = dice.choice(originals), dice.choice(MUTATIONS)
        text = mutation(old.text, dice)
        assert complaint(old, text, library) == "", mutation.__name__


def test_mutated_files_are_of_all_kinds(originals: list[Original], library: Library) -> None:
    """The proof would be worth little if nearly all were refused, or the same as before."""
    dice = random.Random(0)  # noqa: S311
    ends: Counter[str] = Counter()
    for mutation in MUTATIONS * 4:
        old = dice.choice(originals)
        policy = read(mutation(old.text, dice), library)
        kind = "refused" if isinstance(policy, str) else "same" if policy == old.policy else "new"
        ends[kind] += 1
    assert min(ends["refused"], ends["new"]) > len(MUTATIONS)
