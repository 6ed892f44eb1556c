"""Panels and bars are no room for tiles, however little their shade differs; empty ground is room."""

import cv2
import numpy as np

from meetbot.gallery.evidence import Evidence
from meetbot.gallery.frame import content
from meetbot.types import Box, Image
from tests.grids import DARK, LIGHT, agree, drawn, face_in, found, written_on


def with_panel(shade: int, ground: int, heading: int = 0) -> Image:
    """Ground with a written panel at the right, and bars above and below; compression blurs their borders."""
    picture = np.full((540, 960), ground, np.uint8)
    picture[:, 760:] = picture[500:] = picture[:heading] = shade
    picture = np.asarray(cv2.blur(picture, (3, 3)), np.uint8)
    ink = 200 if shade < 128 else 40
    for line in range(30, 470, 26):
        picture[line : line + 9, 776 : 850 + line % 90] = ink
    for sign in range(300, 600, 60):
        picture[512:528, sign : sign + 16] = ink
        picture[heading // 3 : heading // 2, sign : sign + 16] = ink
    return picture


def test_a_panel_and_a_bar_of_nearly_the_grounds_shade_are_left_out() -> None:
    left, top, right, bottom = content(Evidence(with_panel(DARK + 4, DARK), []))
    assert (left, top) == (0, 0)
    assert abs(right - 760) < 3 and abs(bottom - 500) < 3


def test_empty_ground_beside_a_slide_is_no_panel() -> None:
    picture = np.full((540, 960), DARK, np.uint8)
    picture[60:480, 40:700] = written_on(np.full((420, 660), 250, np.uint8))
    picture[20:32, 900:940:3] = 200  # a clock
    assert content(Evidence(picture, [])).right == 960


def test_tiles_far_from_the_bars_are_found_beside_a_panel() -> None:
    picture = with_panel(LIGHT - 12, LIGHT, heading=20)
    places = [Box(8 + 250 * column, 76, 242, 182) for column in range(3)]
    places += [Box(133 + 250 * column, 266, 242, 182) for column in range(2)]
    tiles = drawn(places, LIGHT, off=(1, 2, 3))
    for box in places:
        left, top, wide, high = (round(side) for side in box)
        picture[top : top + high, left : left + wide] = tiles[top : top + high, left : left + wide]
    assert agree(found(picture, [face_in(box) for box in (places[0], places[4])]), places)
