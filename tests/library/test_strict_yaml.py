"""Hostile or careless YAML is refused in words, never with a crash; plain YAML means what it says.

A text that could end the whole process is read in a process of its own.
"""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from app.library import strict_yaml
from app.library.strict_yaml import YamlProblem

DEEP = {
    "open brackets": b"[" * 10_000,
    "closed brackets": b"[" * 10_000 + b"]" * 10_000,
    "open braces": b"{a: " * 10_000,
    "closed braces": b"{a: " * 10_000 + b"1" + b"}" * 10_000,
    "dashes": b"- " * 10_000,
    "indented keys": b"\n".join(b" " * depth + b"a:" for depth in range(3_000)),
}
NOT_READ = {
    "an empty file": (b"", 1, "the file is empty"),
    "nothing but a comment": (b"# later\n", 1, "the file is empty"),
    "an alias": (b"a: &x [1]\nb: *x\n", 2, "aliases are not read: write the value again"),
    "an alias as a key": (b"a: &x b\n*x : 1\n", 2, "aliases are not read: write the value again"),
    "an alias that multiplies": (
        b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
        2,
        "aliases are not read: write the value again",
    ),
    "a tag": (b"a: 1\nb: !thing 2\n", 2, "the tag !thing is not read"),
    "a tag of a key": (b"a: 1\n!thing b: 2\n", 2, "the tag !thing is not read"),
    "a tag for text": (b"a: 1\nb: !!str 2\n", 2, "the tag tag:yaml.org,2002:str is not read"),
    "a tag for a number": (b"a: !!float 2\n", 1, "the tag tag:yaml.org,2002:float is not read"),
    "a set": (b"a: !!set {b}\n", 1, "the tag tag:yaml.org,2002:set is not read"),
    "bytes": (b"a: !!binary aGk=\n", 1, "the tag tag:yaml.org,2002:binary is not read"),
    "a key twice": (b"a: 1\nb: 2\na: 3\n", 3, "the key is given twice"),
    "a key twice, once quoted": (b'a: 1\n"a": 3\n', 2, "the key is given twice"),
    "a list as a key": (b"? [a]\n: 1\n", 1, "a key must be a word"),
    "a mapping as a key": (b"{a: 1}: 1\n", 1, "a key must be a word"),
    "half a character": (rb'a: "\ud800"', 1, "found invalid Unicode character escape code"),
    "no such date": (b"a: 1\nb: 2026-02-29\n", 2, "there is no such date"),
}
VALUES: dict[str, object] = {
    "600_000": 600_000,
    "6_000_000": 6_000_000,
    "0": 0,
    "true": True,
    "false": False,
    "null": None,
    "": None,
    "2028-02-29": date(2028, 2, 29),
    '"2028-02-29"': "2028-02-29",
    '"18"': "18",
    '"true"': "true",
    "yes": "yes",
    "True": "True",
    "~": "~",
    "010": "010",
    "0x1F": "0x1F",
    "1_0": "1_0",
    "1.5": "1.5",
    "1e3": "1e3",
    "-1": "-1",
    "+1": "+1",
    "12:30:00": "12:30:00",
    "9" * 100_000: "9" * 100_000,
}


@pytest.mark.parametrize(("written", "value"), VALUES.items(), ids=lambda part: str(part)[:20])
def test_a_value_is_what_a_reader_of_the_file_sees(written: str, value: object) -> None:
    read = strict_yaml.parse(f"key: {written}\n".encode()).value
    assert read == {"key": value}
    assert type(read["key"]) is type(value)


@pytest.mark.parametrize(("text", "line", "message"), NOT_READ.values(), ids=NOT_READ)
def test_what_is_not_read_is_refused_with_its_line(text: bytes, line: int, message: str) -> None:
    with pytest.raises(YamlProblem) as refused:
        strict_yaml.parse(text)
    assert (refused.value.line, refused.value.message) == (line, message)


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_deep_nesting_is_refused(text: bytes) -> None:
    with pytest.raises(YamlProblem):
        strict_yaml.parse(text)


def test_forty_levels_are_read_and_one_more_is_refused_at_its_beginning() -> None:
    assert strict_yaml.parse(b"a: " + b"[" * 39 + b"1" + b"]" * 39).line(("a",)) == 1
    with pytest.raises(YamlProblem) as refused:
        strict_yaml.parse(b"b: 1\na: " + b"[" * 40 + b"1" + b"]" * 40)
    problem = refused.value
    assert (problem.line, problem.path, problem.message) == (2, ("a",), "nested too deeply")
    assert str(problem) == "nested too deeply"


@pytest.mark.parametrize("text", [b"[", b"{a: ", b"- "])
def test_the_deepest_nesting_does_not_end_the_process(text: bytes, tmp_path: Path) -> None:
    file = tmp_path / "deep.yaml"
    file.write_bytes(text * 100_000)
    program = (
        "import pathlib, sys; from app.library import strict_yaml\n"
        "try: strict_yaml.parse(pathlib.Path(sys.argv[1]).read_bytes())\n"
        "except strict_yaml.YamlProblem: print('refused')"
    )
    command = [sys.executable, "-c", program, str(file)]
    ended = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    assert (ended.returncode, ended.stdout.strip()) == (0, b"refused")


@pytest.mark.parametrize("bad", [b"caf\xe9", b"\xff\xfe", b"\xc3\x28", b"\xed\xa0\x80"])
def test_text_that_is_not_utf_8_is_refused_with_its_line(bad: bytes) -> None:
    with pytest.raises(YamlProblem, match=r"^the file is not text in UTF-8$") as refused:
        strict_yaml.parse("a: é行🙂\nb: 2\nc: ".encode() + bad + b"\n")
    assert (refused.value.line, refused.value.path) == (3, ())
    with pytest.raises(YamlProblem) as refused:
        strict_yaml.parse(b"\n\na: " + bad)
    assert refused.value.line == 3


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_another_encoding_is_refused(encoding: str) -> None:
    with pytest.raises(YamlProblem):
        strict_yaml.parse("a: 1\n".encode(encoding))


@pytest.mark.parametrize("sign", ["\0", "\a", "\x1b", "\x7f"])
def test_a_control_character_is_refused_with_its_line(sign: str) -> None:
    with pytest.raises(YamlProblem) as refused:
        strict_yaml.parse(f"a: é行🙂\nb: 2{sign}\n".encode())
    assert (refused.value.line, refused.value.path) == (2, ())
    assert refused.value.message == "control characters are not allowed"  # libyaml's own words


def test_a_very_long_text_is_read_and_a_very_long_key_refused() -> None:
    long = "x" * 2_000_000
    assert strict_yaml.parse(f"a: {long}\n".encode()).value == {"a": long}
    with pytest.raises(YamlProblem):
        strict_yaml.parse(f"{long}: a\n".encode())


@pytest.mark.parametrize("text", [b"\xef\xbb\xbfa: 1\nb: 2\n", b"a: 1\r\nb: 2\r\n", b"a: 1\nb: 2"])
def test_a_byte_order_mark_and_any_line_break_are_read(text: bytes) -> None:
    document = strict_yaml.parse(text)
    assert document.value == {"a": 1, "b": 2}
    assert (document.line(("a",)), document.line(("b",))) == (1, 2)


def test_the_line_of_a_missing_part_is_that_of_the_part_around_it() -> None:
    document = strict_yaml.parse(b"a:\n  b:\n    - c: 1\n    - d: 2\n")
    assert document.line(("a", "b", 1, "d")) == 4
    assert document.line(("a", "b", 1, "e", "f")) == 4
    assert document.line(("x",)) == 1


@pytest.mark.parametrize("before", ["", "\ufeff", "é: 行🙂\u2028\n"])
@pytest.mark.parametrize(
    "text",
    ["title: Criteria #44", "a: {title: Criteria #44\n}", "- not covered\t# unless approved"],
)
def test_a_text_that_yaml_would_cut_at_a_number_sign_is_refused(before: str, text: str) -> None:
    if before.endswith("\n") and text[0] == "-":
        text = f"b:\n  {text}"
    with pytest.raises(YamlProblem, match="a text with # needs quotation marks") as refused:
        strict_yaml.parse(f"{before}{text}\n".encode())
    assert refused.value.line == before.count("\n") + before.count("\u2028") + 1 + ("b:" in text)


def test_a_remark_stays_possible_where_it_cuts_no_text() -> None:
    text = """
# a remark
title: "Criteria #44"  # beside a text in quotation marks
number: 18 # years
day: 2026-05-01 # first
sign: a#b
list: [a, b] # of two
folded: >- # what follows
  one #2
"""
    assert strict_yaml.parse(text.encode()).value == {
        "title": "Criteria #44",
        "number": 18,
        "day": date(2026, 5, 1),
        "sign": "a#b",
        "list": ["a", "b"],
        "folded": "one #2",
    }
