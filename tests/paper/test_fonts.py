"""The bundled font: loads in two weights, holds what is shown, and cannot be misread."""

import ast
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF, QRawFont

from app.library import RESOURCES
from app.paper import fonts
from tests.gui.silhouette import likeness, of_path

pytestmark = pytest.mark.usefixtures("qtbot")

APP = Path(__file__).parents[2] / "app"
DIGITS = "0123456789"
WEIGHTS = [(fonts.REGULAR, QFont.Weight.Normal), (fonts.SEMI_BOLD, QFont.Weight.DemiBold)]


@pytest.fixture(params=[fonts.REGULAR, fonts.SEMI_BOLD], ids=lambda file: file.stem)
def raw(request: pytest.FixtureRequest) -> QRawFont:
    """The file itself: no other font can stand in for what it does not have."""
    return QRawFont(str(request.param), 100.0)


@cache
def shown() -> set[str]:
    """Every character in a string of the program or in a text that ships to be read."""
    trees = [ast.parse(one.read_text("utf-8")) for one in APP.rglob("*.py")]
    nodes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    texts = [one.value for one in nodes if isinstance(one.value, str)]
    files = [one for one in RESOURCES.rglob("*") if one.suffix in {".yaml", ".md", ".txt"}]
    texts += [one.read_text("utf-8") for one in files]
    return {one for one in "".join(texts) if one.isprintable()}


def test_the_family_loads_in_two_weights() -> None:
    family = fonts.load()
    assert family == "IBM Plex Sans"
    for file, weight in WEIGHTS:
        font = QFont(family, 11, weight)
        assert (QFontInfo(font).family(), QFontInfo(font).weight()) == (family, weight)
        assert QRawFont.fromFont(font).fontTable("glyf") == QRawFont(str(file), 11).fontTable(
            "glyf"
        )


def test_a_font_that_cannot_be_read_leaves_the_family_of_the_platform(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fonts, "REGULAR", tmp_path / "nothing.ttf")
    monkeypatch.setattr(fonts, "SEMI_BOLD", tmp_path / "nothing-either.ttf")
    platform = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    assert fonts.load() == platform.family()


def test_nothing_else_lies_beside_the_two_files() -> None:
    assert set(fonts.FOLDER.iterdir()) == {fonts.REGULAR, fonts.SEMI_BOLD}


def test_every_character_that_is_shown_is_in_the_font(raw: QRawFont) -> None:
    assert {"²", "×", "–", "…", "√"} <= shown()
    assert not {one for one in shown() if not raw.supportsCharacter(ord(one))}


@pytest.mark.parametrize(("file", "weight"), WEIGHTS, ids=["regular", "semi-bold"])
@pytest.mark.parametrize("points", [10, 11, 14, 28])
def test_every_digit_is_equally_wide_without_any_setting(
    file: Path, weight: QFont.Weight, points: int
) -> None:
    font = QFont(fonts.load(), points, weight)
    assert len({QFontMetricsF(font).horizontalAdvance(one) for one in DIGITS}) == 1
    design = QRawFont(str(file), 1000.0)
    steps = design.advancesForGlyphIndexes(design.glyphIndexesForString(DIGITS))
    assert len({one.x() for one in steps}) == 1


@pytest.mark.parametrize("alike", ["0O", "1lI", "5S", "8B", "6G", "2Z", ".,"])
def test_characters_that_are_easily_confused_differ_in_shape(raw: QRawFont, alike: str) -> None:
    shapes = {one: of_path(raw.pathForGlyph(raw.glyphIndexesForString(one)[0])) for one in alike}
    for one, other in combinations(alike, 2):
        assert likeness(shapes[one], shapes[other]) < 0.75, (one, other)


def test_likeness_would_notice_a_font_that_draws_two_characters_alike(raw: QRawFont) -> None:
    latin, greek = (
        of_path(raw.pathForGlyph(raw.glyphIndexesForString(one)[0])) for one in ("O", "Ο")
    )
    assert likeness(latin, greek) > 0.8
