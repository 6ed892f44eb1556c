"""Who speaks is seen by the border's colour, whichever it is."""

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from meetbot.gallery.grid import Cell, Grid
from meetbot.gallery.speaking import speakers
from meetbot.types import Box, Image, Picture, SeatKind

SIZE = (1280, 720)
PLACES = [Box(20 + 420 * column, 60 + 300 * row, 400, 225) for row in range(2) for column in range(3)]
GREEN, BLUE, PURPLE, ORANGE = (14, 235, 106), (232, 115, 26), (245, 133, 127), (40, 140, 255)


def grid(places: Sequence[Box] = PLACES, kinds: Sequence[SeatKind] | None = None) -> Grid:
    kinds = kinds or ["person"] * len(places)
    return Grid(SIZE, 1.0, tuple(Cell(box, kind, "on") for box, kind in zip(places, kinds, strict=True)))


def gallery(
    speaker: int | None, colour: tuple[int, int, int], *, width: int = 4, inside: bool = True
) -> Picture:
    """Tiles with noise of skin and wall colours, and a border around one of them."""
    picture = np.full((SIZE[1], SIZE[0], 3), 20, np.uint8)
    noise = np.random.default_rng(3)
    for number, box in enumerate(PLACES):
        left, top, wide, high = (int(value) for value in box)
        if number == speaker:
            away = 0 if inside else width
            corner, end = (left - away, top - away), (left + wide + away - 1, top + high + away - 1)
            cv2.rectangle(picture, corner, end, colour, -1)
        rim = width if number == speaker and inside else 0
        room = np.array([90, 110, 140]) + noise.integers(-25, 25, (high - 2 * rim, wide - 2 * rim, 3))
        picture[top + rim : top + high - rim, left + rim : left + wide - rim] = room
    return shown(picture)


def shown(picture: Image) -> Picture:
    return Picture(np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8), lambda: picture)


@pytest.mark.parametrize("colour", [GREEN, BLUE, PURPLE, ORANGE])
@pytest.mark.parametrize("inside", [True, False])
def test_the_tile_with_a_vivid_border_speaks(colour: tuple[int, int, int], inside: bool) -> None:
    said = speakers(gallery(4, colour, inside=inside), grid())
    assert said == (False, False, False, False, True, False)


@pytest.mark.parametrize("colour", [GREEN, BLUE, PURPLE, ORANGE])
def test_a_thin_border_is_seen_though_the_recording_halves_its_colour_on_some_sides(
    colour: tuple[int, int, int],
) -> None:
    picture = gallery(4, colour, width=1, inside=False).colour()
    squares = cv2.resize(picture, (SIZE[0] // 2, SIZE[1] // 2), interpolation=cv2.INTER_AREA)
    coarse = cv2.cvtColor(cv2.resize(squares, SIZE, interpolation=cv2.INTER_NEAREST), cv2.COLOR_BGR2YCrCb)
    fine = cv2.cvtColor(picture, cv2.COLOR_BGR2YCrCb)
    fine[:, :, 1:] = coarse[:, :, 1:]
    said = speakers(shown(np.asarray(cv2.cvtColor(fine, cv2.COLOR_YCrCb2BGR), np.uint8)), grid())
    assert said == (False, False, False, False, True, False)


def test_nobody_speaks_where_no_border_is_vivid() -> None:
    assert speakers(gallery(None, GREEN), grid()) == (False,) * 6


def test_a_grey_border_is_no_speaker() -> None:
    assert speakers(gallery(2, (120, 120, 120)), grid()) == (False,) * 6


def test_a_box_that_is_two_pixels_off_still_shows_its_border() -> None:
    off = [Box(box.x + 2, box.y - 2, box.width - 3, box.height + 2) for box in PLACES]
    assert speakers(gallery(1, GREEN), grid(off))[1] is True


def test_a_ground_of_a_strong_colour_is_no_border() -> None:
    picture = gallery(None, GREEN).colour().copy()
    picture[(picture == 20).all(axis=2)] = (90, 20, 10)
    assert True not in speakers(shown(picture), grid())


def test_nothing_can_be_said_of_a_stage() -> None:
    kinds: list[SeatKind] = ["stage", "person", "person", "person", "person", "person"]
    assert speakers(gallery(3, BLUE), grid(kinds=kinds)) == (None, False, False, True, False, False)


def test_nothing_can_be_said_of_one_who_is_alone() -> None:
    assert speakers(gallery(0, GREEN), grid(PLACES[:1])) == (None,)


def test_nothing_can_be_said_of_tiles_too_small_for_a_border() -> None:
    small = [Box(10 + 60 * n, 10, 50, 28) for n in range(4)]
    assert speakers(gallery(None, GREEN), grid(small)) == (None,) * 4


def test_nothing_can_be_said_of_a_picture_without_colours() -> None:
    grey = Picture(gallery(2, GREEN).luma)
    assert speakers(grey, grid()) == (None,) * 6
