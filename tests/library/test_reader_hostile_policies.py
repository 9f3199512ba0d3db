"""A broken or hostile policy file is refused with its name and line, or it is a policy.

Never another exception, and never a hang. The mutations are drawn from a seed, so that a failure
comes back.
"""

import re
from collections import Counter
from pathlib import Path
from time import process_time

import pytest

from app.library import DataFileError, Library
from app.library.policies import read_policies
from tests.damage import changed, cut_off
from tests.fixture_library import FILES
from tests.library.policy_mutations import ORIGINALS, mutants

REFUSAL = re.compile(r"file\.yaml, line [1-9][0-9]*(, .+)?: .+", re.DOTALL)
SECONDS, SECONDS_FOR_A_MB = 1, 5
MB = 1_000_000
BOMB = b"".join(
    f"{one}: &{one} [{', '.join([f'*{before}'] * 9)}]\n".encode()
    for before, one in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "an alias bomb": b"a: &a [x, x, x, x, x, x, x, x, x]\n" + BOMB,
    "a line of 10 MB": b"id: " + b"x" * (10 * MB) + b"\n",
    "a comment of 10 MB": b"#" * (10 * MB),
    "10 MB of line breaks": b"\n" * (10 * MB),
    "a text of 10 MB with escapes": b'id: "' + rb"\x41" * (10 * MB // 4) + b'"\n',
    "a number of a million digits": b"review: {every_months: " + b"9" * MB + b"}\n",
    "very many numbers": b"notes: [" + b"1," * 100_000 + b"1]\n",
    "very many keys": b"".join(b"k%d: 1\n" % place for place in range(20_000)),
    "very many anchors": b"".join(b"k%d: &a%d 1\n" % (n, n) for n in range(20_000)),
    "a tag of a million signs": b"id: " + b"!" * MB + b" x\n",
    "a key of a million signs": b"x" * MB + b": 1\n",
    "a key of a million signs, in full": b"? " + b"x" * MB + b"\n: 1\n",
    "a quotation that never ends": b'id: "' + b"x\n" * MB,
    "a million brackets": b"[" * MB,
    "a million closed brackets": b"[" * MB + b"]" * MB,
    "a million braces": b"{" * MB,
    "a million keys in one another": b"{a: " * MB,
    "a million dashes": b"- " * MB,
    "a million question marks": b"? " * MB,
    "a million documents": b"---\n" * MB,
    "very many directives": b"%YAML 1.1\n" * (MB // 10),
    "nothing": b"",
    "only a mark": b"\xef\xbb\xbf",
    "a merged mapping": b"<<: {id: x}\n",
}


class Reader:
    """Reads files that may be anything; counts what became of them."""

    def __init__(self, folder: Path, library: Library) -> None:
        self._file = folder / "file.yaml"
        self._catalog, self._reserved = library.catalog, library.reserved_notes
        self.outcomes: Counter[str] = Counter()

    def read(self, data: bytes) -> None:
        self._file.write_bytes(data)
        begun = process_time()
        try:
            read_policies([self._file], self._catalog, self._reserved)
            self.outcomes["read"] += 1
        except DataFileError as error:
            named = REFUSAL.fullmatch(str(error)) is not None
            self.outcomes["refused" if named else f"refused with {error}"] += 1
        allowed = SECONDS + SECONDS_FOR_A_MB * len(data) / MB
        assert process_time() - begun < allowed, data[:200]


@pytest.fixture
def reader(tmp_path: Path, library: Library) -> Reader:
    return Reader(tmp_path, library)


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_in_time(reader: Reader, data: bytes) -> None:
    reader.read(data)
    assert reader.outcomes == {"refused": 1}


@pytest.mark.parametrize("text", ORIGINALS, ids=[file.stem for file in FILES])
def test_a_file_that_ends_after_any_line_is_refused_or_a_policy(
    reader: Reader, text: bytes
) -> None:
    lines = text.splitlines(keepends=True)
    for count in range(len(lines)):
        reader.read(b"".join(lines[:count]))
    assert set(reader.outcomes) <= {"read", "refused"}
    assert reader.outcomes["refused"] > len(lines) / 2


def test_mutated_files_are_refused_or_policies(reader: Reader) -> None:
    for data in mutants(seed=1, count=300):
        reader.read(data)
    assert set(reader.outcomes) == {"read", "refused"}
    assert min(reader.outcomes.values()) > 15


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(2, 7))
def test_very_many_mutated_files_are_refused_or_policies(reader: Reader, seed: int) -> None:
    for data in mutants(seed, count=1_000):
        reader.read(data)
    assert set(reader.outcomes) == {"read", "refused"}


@pytest.mark.proof
@pytest.mark.parametrize("text", ORIGINALS, ids=[file.stem for file in FILES])
def test_files_with_a_few_other_bytes_are_refused_or_policies(reader: Reader, text: bytes) -> None:
    for data in (*changed(text, 1_000), *list(cut_off(text))[::10]):
        reader.read(data)
    assert set(reader.outcomes) == {"read", "refused"}
