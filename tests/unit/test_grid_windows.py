"""Galleries in a program's window: on a desktop, and between the bars of a player."""

import numpy as np

from meetbot.gallery.evidence import Evidence
from meetbot.gallery.frame import window
from meetbot.gallery.ground import ground
from meetbot.types import Box, Image
from tests.grids import agree, drawn, face_in, found, laid_out

SIZE = (960, 540)


def desktop() -> Image:
    """A photo without a straight line, with signs on it."""
    y, x = np.mgrid[0 : SIZE[1], 0 : SIZE[0]] / 180.0
    picture = np.asarray(110 + 50 * np.sin(x + y) + 30 * np.cos(2 * x - y), np.uint8)
    for number in range(5):
        picture[40 + 70 * number : 70 + 70 * number, 20:50] = 230
    return picture


def in_window(rows: tuple[int, ...], left: int, top: int, size: tuple[int, int]) -> tuple[Image, list[Box]]:
    """A gallery in a black window, which its tiles leave room above and below."""
    inner = laid_out(rows, 4, size)
    picture = desktop()
    picture[top : top + size[1], left : left + size[0]] = drawn(inner, ground=0, size=size)
    picture[top - 16 : top, left : left + size[0]] = 245
    return picture, [box._replace(x=box.x + left, y=box.y + top) for box in inner]


def test_a_gallery_in_a_window_on_a_desktop_is_found() -> None:
    picture, places = in_window((3, 3), 120, 60, (750, 400))
    assert agree(found(picture, [face_in(box) for box in places]), places)


def test_no_window_is_seen_where_somebody_is_outside_of_it() -> None:
    picture, places = in_window((2, 2), 300, 60, (600, 400))
    faces = [face_in(box) for box in places]
    inside, outside = Evidence(picture, faces), Evidence(picture, [*faces, face_in(Box(0, 300, 200, 150))])
    assert window(inside) is not None
    assert window(outside) is None


def test_white_bars_of_a_player_around_a_black_gallery_are_no_ground() -> None:
    picture = np.full((SIZE[1], SIZE[0]), 240, np.uint8)
    inner = laid_out((3, 3, 3), 4, (960, 480))
    picture[30:510] = drawn(inner, ground=0, size=(960, 480))
    places = [box._replace(y=box.y + 30) for box in inner]
    assert agree(found(picture, [face_in(box) for box in places]), places)


def test_the_ground_around_tiles_with_a_narrow_gap_is_looked_for_beyond_their_neighbours() -> None:
    places = laid_out((3, 3), 2)
    evidence = Evidence(drawn(places, ground=90), [])
    tiles = np.array([(box.x, box.y, box.x + box.width, box.y + box.height) for box in places])
    share, shade = ground(tiles, 2.0, tiles[:0], (0, 0, *SIZE), evidence)
    assert share > 0.95
    assert abs(shade - 90) < 2
