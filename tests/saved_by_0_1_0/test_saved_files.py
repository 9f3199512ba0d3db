"""What 0.1.0 wrote can still be read: its case files, its records, its sites' policy files.

Where the second edition judges or refuses something that 0.1.0 took, the tables say what and why.
The files are never made anew. What they hold was written before them (the cases) or worked out by
hand (`expected.yaml`), so nothing here compares the program's output with itself.
"""

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import yaml

from app import cli
from app.casework.determine import Refusal, determine_case
from app.casework.draft import Draft
from app.files.case_file import CaseFileError, open_case_file, read_case_file
from app.files.record import verify
from app.library import DataFileError, Library, NoPolicyInForce
from app.library.site import InstalledFile, install, load_all, read_new, read_site
from app.library.site_folders import SiteFolders
from app.model.dosing import Dose
from app.model.earlier_editions import TOLD_OTHERWISE
from app.model.policy import Policy
from tests.console import run
from tests.library.sites import site_in

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FOLDERS = ("cases", "records", "site_policies", "removed_policies", "shipped_policies")
CASES = sorted((HERE / "cases").glob("*.aldesk"))
RECORDS = sorted((HERE / "records").glob("*.aldesk-record"))
SITE = sorted((HERE / "site_policies").iterdir())
REMOVED = sorted((HERE / "removed_policies").iterdir())
EXPECTED: dict[str, Any] = yaml.safe_load((HERE / "expected.yaml").read_text("utf-8"))
IN_THE_RECORDS: dict[str, dict[str, Any]] = EXPECTED["records"]
IN_THE_POLICIES: list[dict[str, Any]] = EXPECTED["site_policies"]
SPEAKING_AS_ALDESK = [one for one in IN_THE_POLICIES if "refused" in one]
LOOKALIKES = [one for one in IN_THE_POLICIES if "lookalike" in one]
NOT_USED = [*SPEAKING_AS_ALDESK, *LOOKALIKES]
USED = [one for one in IN_THE_POLICIES if one not in NOT_USED]
REFUSED: dict[str, list[str]] = EXPECTED["cases"]["refused"]
CONFIRMED: dict[str, dict[str, str]] = EXPECTED["cases"]["confirmed"]
READ = [file for file in CASES if file.stem not in REFUSED]
FORMATS = {".aldesk": "aldesk-case", ".aldesk-record": "aldesk-record"}
TAKEN_ON = date(2026, 11, 30)
WITHOUT_A_POLICY = {
    "date_of_service_before_every_version": "no_policy_in_force",
    # In 2099 the site's revision of Cigna's policy would count, which is not used any more.
    "largest_values": "no_policy_in_force",
    "policy_that_no_one_has": "invalid_case",
}
CLOCK = {
    *("date.today", "datetime.today", "datetime.now", "datetime.utcnow"),
    *("date.fromtimestamp", "datetime.fromtimestamp"),
    *("time", "time_ns", "localtime", "gmtime"),
}
VERIFY_ENDS = {"told_otherwise": 0, "differs": 1, "policy_not_at_hand": 3}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def taken_name(policy: dict[str, Any], data: bytes) -> str:
    """The name that 0.1.0 gave to a site's policy file."""
    return f"{policy['id']}_{policy['first_day']}_taken-{TAKEN_ON}_{sha256(data)}.yaml"


def stored(policy: dict[str, Any]) -> Path:
    """Where a site's policy file lies here."""
    pattern: str = policy.get("stored_as", f"{policy['id']}_{policy['first_day']}_*.yaml")
    [found] = (HERE / "site_policies").glob(pattern)
    return found


def site_of_0_1_0(folder: Path) -> SiteFolders:
    """A site with every policy file that 0.1.0 took, each under its own name."""
    site = site_in(folder)
    policies = site.folders[1]
    policies.mkdir(parents=True)
    for policy in IN_THE_POLICIES:
        data = stored(policy).read_bytes()
        (policies / taken_name(policy, data)).write_bytes(data)
    return site


@pytest.fixture(scope="module")
def site(
    library: Library, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Library, tuple[InstalledFile, ...]]:
    return read_site(library, site_of_0_1_0(tmp_path_factory.mktemp("site")))


@pytest.fixture(scope="module")
def with_site(site: tuple[Library, tuple[InstalledFile, ...]]) -> Library:
    return site[0]


def body_of(file: Path) -> dict[str, Any]:
    """What a file holds, read as any JSON, without the program."""
    content: dict[str, Any] = json.loads(file.read_bytes())
    return content


def written_before(file: Path) -> Any:
    """The case from which a file was made."""
    return json.loads(file.with_suffix(".json").read_bytes())


def as_written(value: object) -> Any:
    """A case in the form of JSON, with what is known only; decimals are text."""
    if is_dataclass(value):
        found = ((one, getattr(value, one.name)) for one in fields(value))
        said_by = {one.name: said for one, said in found if said not in (one.default, {})}
        return {name: as_written(said) for name, said in said_by.items()}
    if isinstance(value, list | tuple):
        return [as_written(one) for one in value]
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return str(value) if isinstance(value, Decimal) else value


def place(content: Any, path: str) -> Any:
    """A value by its place: keys, and places in a list counted from 0."""
    for key in path.split("."):
        content = content[int(key)] if isinstance(content, list) else content[key]
    return content


def read_doses(policy: Policy) -> Iterator[int]:
    """Yield the dose of each regimen of a policy that was read."""
    for use in policy.coverage.values():
        assert isinstance(use.dosing, dict)
        for regimens in use.dosing.values():
            for one in regimens:
                assert isinstance(one.dose, Dose)
                yield one.dose.iu


def doses(policy: object) -> Iterator[int]:
    """Every dose of a policy file that was read as any YAML, in its order."""
    if isinstance(policy, dict):
        for key, value in policy.items():
            if key == "dose":
                yield value["iu"]
            else:
                yield from doses(value)


def called_in_c(action: Callable[[], object]) -> set[str]:
    """The names of all functions written in C that an action calls."""
    names: set[str] = set()

    def watch(_frame: FrameType, event: str, function: Any) -> None:
        if event == "c_call":
            names.add(function.__qualname__)

    sys.setprofile(watch)
    try:
        action()
    finally:
        sys.setprofile(None)
    return names


def named(file: Path) -> str:
    return file.stem


def with_the_confirmed_values(file: Path) -> Any:
    """The case from which a file was made, with the values for the list of their keys."""
    case = written_before(file)
    listed = case.pop("confirmed", None)
    assert (listed is None) == (file.stem not in CONFIRMED)
    return {**case, "confirmed": CONFIRMED[file.stem]} if CONFIRMED.get(file.stem) else case


@pytest.mark.parametrize("file", READ, ids=named)
def test_a_case_file_opens_to_the_case_that_was_written_before_it(file: Path) -> None:
    case = read_case_file(file.read_bytes())
    assert as_written(case) == with_the_confirmed_values(file)


@pytest.mark.parametrize("name", REFUSED)
def test_a_case_that_is_refused_now_opens_as_a_draft_with_its_entries_marked(name: str) -> None:
    file = HERE / "cases" / f"{name}.aldesk"
    opened = open_case_file(file.read_bytes())
    assert (opened.case, opened.content) == (None, written_before(file))
    draft = Draft.of_refused(opened.content, opened.problems)
    assert draft is not None
    assert draft.case is None
    assert sorted(draft.problems) == REFUSED[name]
    entries = {key: one for key, one in draft.entries.items() if key in REFUSED[name]}
    for key, entry in entries.items():
        assert str(place(written_before(file), in_the_list(key, written_before(file)))) == entry
    assert draft.entries.keys() >= set(REFUSED[name])
    with pytest.raises(CaseFileError) as refused:
        read_case_file(file.read_bytes())
    assert refused.value.kind == "invalid_case"


def in_the_list(key: str, case: Any) -> str:
    """The place of an entry: a cycle is named by its place in the list, not by its number."""
    if not key.startswith("course.cycles."):
        return key
    number, name = key.removeprefix("course.cycles.").split(".")
    numbers = [one["number"] for one in case["course"]["cycles"]]
    return f"course.cycles.{numbers.index(int(number))}.{name}"


@pytest.mark.parametrize("file", READ, ids=named)
def test_an_opened_case_is_determined_or_refused_with_its_reason(
    file: Path, with_site: Library
) -> None:
    case = read_case_file(file.read_bytes())
    if file.stem in WITHOUT_A_POLICY:
        with pytest.raises(Refusal) as refusal:
            determine_case(case, with_site)
        assert refusal.value.kind == WITHOUT_A_POLICY[file.stem]
    else:
        assert determine_case(case, with_site).policy.id == case.policy


@pytest.mark.parametrize("file", [*CASES, *RECORDS], ids=lambda file: file.name)
def test_a_file_holds_the_case_as_it_was_written_and_a_right_checksum(file: Path) -> None:
    content = body_of(file)
    checksum = content.pop("sha256")
    canonical = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert checksum == sha256(canonical.encode())
    assert content["case"] == written_before(file)
    assert (content["format"], content["version"]) == (FORMATS[file.suffix], 1)


@pytest.mark.parametrize("file", RECORDS, ids=named)
def test_a_record_holds_what_the_documents_give(file: Path) -> None:
    expected, content = IN_THE_RECORDS[file.stem], body_of(file)
    determination = content["determination"]
    found = {path: place(determination, path) for path in expected["found"]}
    assert found == expected["found"]
    notes = Counter(note["id"] for note in determination["notes"])
    assert Counter(expected.get("notes", ())) <= notes
    assert f"{content['policy']['id']}@{content['policy']['version']}" == expected["policy"]
    assert content["program_version"] == "0.1.0"


def test_every_record_names_a_policy_file_that_is_kept_here() -> None:
    files = [*SITE, *REMOVED, *(HERE / "shipped_policies").iterdir()]
    kept = {sha256(file.read_bytes()) for file in files}
    assert {body_of(record)["policy"]["sha256"] for record in RECORDS} <= kept


@pytest.mark.parametrize("file", sorted((HERE / "shipped_policies").iterdir()), ids=named)
def test_every_policy_file_that_0_1_0_shipped_is_known_by_its_hash(
    file: Path, library: Library
) -> None:
    policy, found = yaml.safe_load(file.read_bytes()), sha256(file.read_bytes())
    earlier = library.earlier.find(policy["id"], policy["version"], found)
    assert found in {one.sha256 for one in library.policies} or (
        earlier is not None and earlier.shipped_with == "0.1.0"
    )
    assert (policy["id"], policy["version"]) in {(one.id, one.version) for one in library.policies}


@pytest.mark.parametrize("file", RECORDS, ids=named)
def test_a_record_is_verified_with_what_the_table_says(
    file: Path, with_site: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "load_all", lambda: with_site)
    expected = IN_THE_RECORDS[file.stem]
    ended = run("verify", "--json", file)
    found = ended.json
    assert found["result"] == expected["verified"]
    assert ended.status == VERIFY_ENDS[expected["verified"]]
    told = {one["at"]: one for one in found["differences"] if one["rule"] not in TOLD_OTHERWISE}
    changed = expected.get("changed", {})
    assert {at: one["rule"] for at, one in told.items()} == {
        at: one["rule"] for at, one in changed.items()
    }
    values = {at: one["now"] for at, one in changed.items() if "now" in one}
    assert {at: told[at]["recomputed"] for at in values} == values
    assert {one["rule"] for one in found["differences"]} == set(found.get("rules", {}))
    shipped = not file.stem.startswith("site_")
    assert found.get("policy_file_shipped_with") == ("0.1.0" if shipped else None)


@pytest.mark.parametrize("file", RECORDS, ids=named)
def test_the_text_for_people_says_the_rule_of_every_change(
    file: Path, with_site: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "load_all", lambda: with_site)
    text = run("verify", file).out.decode()
    for one in IN_THE_RECORDS[file.stem].get("changed", {}).values():
        assert with_site.earlier.rules[one["rule"]] in text
    assert "no rule" not in text
    assert ("came with Aldesk 0.1.0" in text) == (not file.stem.startswith("site_"))


@pytest.mark.parametrize("file", RECORDS, ids=named)
def test_without_the_site_only_records_by_shipped_policies_are_computed_again(
    file: Path, library: Library
) -> None:
    found = verify(file.read_bytes(), library)
    is_by_site = file.stem.startswith("site_")
    expected = IN_THE_RECORDS[file.stem]["verified"]
    assert found.result == ("policy_not_at_hand" if is_by_site else expected)
    assert found.recorded == body_of(file)["determination"]


def record_by(policy_file: Path) -> bytes:
    """The record that names a policy file."""
    wanted = sha256(policy_file.read_bytes())
    [record] = [one for one in RECORDS if body_of(one)["policy"]["sha256"] == wanted]
    return record.read_bytes()


def test_a_removed_policy_that_is_taken_again_gives_the_same_record(tmp_path: Path) -> None:
    removed, site = HERE / "removed_policies" / "removed-afterwards.yaml", site_in(tmp_path)
    install(read_new(removed, load_all(site), site), site.folders[1], date(2099, 1, 1))
    assert verify(record_by(removed), load_all(site)).result == "told_otherwise"


def test_a_removed_policy_with_a_note_of_aldesk_is_not_taken_again(tmp_path: Path) -> None:
    removed = HERE / "removed_policies" / "removed-revision-of-a-shipped-policy.yaml"
    site = site_in(tmp_path)
    with pytest.raises(DataFileError, match=r"notes\.0\.id: 'not_a_payer_decision' is the id"):
        read_new(removed, load_all(site), site)


def test_every_policy_file_without_a_note_of_aldesk_is_used(
    with_site: Library, library: Library
) -> None:
    of_site = {(one.id, one.version) for one in with_site.policies} - {
        (one.id, one.version) for one in library.policies
    }
    assert of_site == {(one["id"], one["version"]) for one in USED}
    assert set(with_site.unusable) == {(one["id"], one["first_day"]) for one in NOT_USED}


@pytest.mark.parametrize("policy", LOOKALIKES, ids=lambda one: one["id"])
def test_a_policy_file_with_a_letter_that_passes_for_another_verifies_records_only(
    policy: dict[str, Any], with_site: Library
) -> None:
    file = stored(policy)
    place_in_file = f"line {policy['lookalike']['line']}, payer: the letter '{policy['payer'][0]}'"
    assert len([why for why in with_site.refused if place_in_file in why]) == 1
    kept = [one.sha256 for one in with_site.for_records]
    assert kept.count(sha256(file.read_bytes())) == 1


@pytest.mark.parametrize("policy", SPEAKING_AS_ALDESK, ids=lambda one: one["id"])
def test_a_policy_file_with_a_note_of_aldesk_is_told_at_the_start_and_verifies_records_only(
    policy: dict[str, Any], with_site: Library
) -> None:
    file, first = stored(policy), policy["refused"]
    lines = file.read_text("utf-8").splitlines()
    assert lines[first["line"] - 1].strip() == f"- id: {first['id']}"
    place_in_file = f"{file.name}, line {first['line']}, notes.0.id: '{first['id']}' is the id of a"
    [told] = [why for why in with_site.refused if place_in_file in why]
    for words in ("leave this note out, or give it another id", "aldesk policies add"):
        assert words in told
    [kept] = [one for one in with_site.for_records if one.sha256 == sha256(file.read_bytes())]
    assert kept.version == policy["version"]
    if any(one.id == policy["id"] for one in with_site.policies):
        with pytest.raises(NoPolicyInForce):
            with_site.in_force(policy["id"], policy["first_day"])


@pytest.mark.parametrize("policy", USED, ids=lambda one: f"{one['id'][:40]}")
def test_a_policy_file_is_read_as_it_stands(
    policy: dict[str, Any], site: tuple[Library, tuple[InstalledFile, ...]]
) -> None:
    file = stored(policy)
    plain = yaml.safe_load(file.read_bytes().decode("utf-8-sig"))
    name = taken_name(policy, file.read_bytes())
    [one] = [one for one in site[1] if one.path.name == name]
    assert list(doses(plain["coverage"])) == policy["doses"]
    assert list(read_doses(one.policy)) == policy["doses"]
    for key in ("id", "version", "payer", "document"):
        assert getattr(one.policy, key) == plain[key] == policy.get(key, plain[key])
    assert (one.policy.in_force.first_day, one.installed_on) == (policy["first_day"], TAKEN_ON)
    assert one.policy.provided_by == "Pharmacy of the example site"


def test_the_name_of_a_taken_file_holds_the_day_and_the_hash_of_its_bytes() -> None:
    names = {stored(one).name: taken_name(one, stored(one).read_bytes()) for one in IN_THE_POLICIES}
    too_long = {one["stored_as"] for one in IN_THE_POLICIES if "stored_as" in one}
    assert {one.name for one in SITE} == names.keys()
    assert {here for here, name in names.items() if here != name} == too_long
    assert max(map(len, names.values())) == 255


def test_nothing_asks_for_the_time_while_files_are_read_and_computed_again(
    with_site: Library,
) -> None:
    def read_everything() -> None:
        for file in CASES:
            open_case_file(file.read_bytes())
        for file in RECORDS:
            verify(file.read_bytes(), with_site)

    assert called_in_c(datetime.now) & CLOCK == {"datetime.now"}  # the net catches something
    assert not called_in_c(read_everything) & CLOCK


def test_no_byte_has_changed_since_0_1_0_wrote_it() -> None:
    lines = (HERE / "sha256sums.txt").read_text("utf-8").splitlines()
    expected = {name: found for found, name in (line.split("  ", 1) for line in lines)}
    files = [file for folder in FOLDERS for file in (HERE / folder).iterdir()]
    assert {f"{one.parent.name}/{one.name}": sha256(one.read_bytes()) for one in files} == expected


def test_git_never_changes_a_line_end_of_these_files() -> None:
    lines = (ROOT / ".gitattributes").read_text("utf-8").splitlines()
    assert {f"tests/saved_by_0_1_0/{folder}/** -text" for folder in FOLDERS} <= set(lines)
    with_crlf = [file for file in SITE if b"\r\n" in file.read_bytes()]
    assert [file.name.partition("_")[0] for file in with_crlf] == ["crlf-and-byte-order-mark"]


def test_the_table_lists_every_file_and_no_other() -> None:
    text = (HERE / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+/[^`]+)` \| [^|]+ \| [^|]+ \|$", text, re.MULTILINE)
    files = [*CASES, *RECORDS, *SITE, *REMOVED]
    assert sorted(rows) == sorted(
        f"{one.parent.name}/{one.stem.partition('_taken')[0]}" for one in files
    )
    counted = [len(kind) for kind in (CASES, RECORDS, SITE)]
    assert sum(counted) >= 40
    assert text.splitlines()[2].startswith(f"{sum(counted)} files that")
    inputs = {file for folder in ("cases", "records") for file in (HERE / folder).glob("*.json")}
    assert inputs == {file.with_suffix(".json") for file in [*CASES, *RECORDS]}


def test_no_file_holds_a_path_of_a_machine() -> None:
    pattern = re.compile(rb"(?i)/(home|root|tmp|users|work|var)/|[a-z]:\\")
    files = [file for folder in FOLDERS for file in (HERE / folder).iterdir()]
    assert not [file.name for file in files if pattern.search(file.read_bytes())]
