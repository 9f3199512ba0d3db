"""The icons: drawn, in the asked color, at the asked size, and told apart without color."""

from itertools import combinations

import pytest
from PySide6.QtGui import QColor, QImage

from app.gui.look import style_sheet as icons
from tests.gui.silhouette import likeness, of_image

pytestmark = pytest.mark.usefixtures("qtbot")

COLOR = QColor("#a01622")
STATUS = ("status-met", "status-not-met", "status-missing", "status-review", "status-warning")


def drawn(name: str, size_px: int = 48, ratio: float = 1) -> QImage:
    return icons.pixmap(name, COLOR, size_px, ratio).toImage()


def pixels(image: QImage) -> list[QColor]:
    return [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]


def opaque_colors(image: QImage) -> set[str]:
    return {one.name() for one in pixels(image) if one.alpha() == 255}


def test_every_icon_has_a_file_and_every_file_is_an_icon() -> None:
    # The program's own icon has its colors; a style sheet's pictures are made for one background.
    files = {one.stem for one in icons.FOLDER.iterdir() if "-on-" not in one.stem}
    assert files == {*STATUS, "aldesk"}


@pytest.mark.parametrize("name", STATUS)
def test_an_icon_is_drawn_in_the_asked_color_and_no_other(name: str) -> None:
    image = drawn(name)
    assert opaque_colors(image) == {COLOR.name()}
    assert 0.04 < len(of_image(image)) / 48**2 < 0.9
    assert image.pixelColor(0, 0).alpha() == 0  # nothing but the shape


@pytest.mark.parametrize("name", STATUS)
def test_an_icon_is_still_seen_at_twelvepixels(name: str) -> None:
    assert max(one.alpha() for one in pixels(drawn(name, 12))) > 150


@pytest.mark.parametrize(("one", "other"), [*combinations(STATUS, 2)])
def test_statuses_are_told_apart_by_their_shape_even_when_small(one: str, other: str) -> None:
    for size_px in (16, 48):
        shapes = (of_image(drawn(name, size_px)) for name in (one, other))
        assert likeness(*shapes) < 0.8


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_a_picture_has_a_pixel_for_every_pixel_of_the_screen(ratio: float) -> None:
    picture = icons.pixmap("status-met", COLOR, 24, ratio)
    assert picture.width() == picture.height() == round(24 * ratio)
    assert picture.devicePixelRatio() == ratio
    assert picture.deviceIndependentSize().width() == 24


@pytest.mark.parametrize("name", ["", "nothing", "../icons/status-met/", "status-met.svg"])
def test_an_unknown_icon_is_refused(name: str) -> None:
    with pytest.raises(FileNotFoundError):
        icons.pixmap(name, COLOR, 24, 1)
