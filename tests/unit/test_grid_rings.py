"""The ring around the one who speaks: it is neither a tile's border nor missing ground."""

import numpy as np

from meetbot.gallery.evidence import Boxes, Evidence
from meetbot.gallery.ground import ground
from meetbot.gallery.lattice import lattices
from meetbot.gallery.tenants import initials
from meetbot.types import Box, Image
from tests.grids import DARK, agree, drawn, found, laid_out

SIZE = (960, 540)
RING = 170


def ringed(places: list[Box], speaker: int, thick: int) -> Image:
    """Tiles, one of them in a ring."""
    picture = drawn(places, size=SIZE)
    left, top, wide, high = (round(side) for side in places[speaker])
    inside = picture[top : top + high, left : left + wide].copy()
    picture[top - thick : top + high + thick, left - thick : left + wide + thick] = RING
    picture[top : top + high, left : left + wide] = inside
    return picture


def edges_of(places: list[Box]) -> Boxes:
    """The boxes as left, top, right and bottom."""
    return np.array([(x, y, x + wide, y + high) for x, y, wide, high in places], np.float64)


def named(picture: Image, box: Box, letters: int) -> Image:
    """A camera that is off, with a name in its middle."""
    left, top, wide, high = (round(side) for side in box)
    picture[top : top + high, left : left + wide] = 60
    for letter in range(letters):
        x, y = left + wide // 2 + 24 * letter - 12 * letters, top + high // 2 - 12
        picture[y : y + 24, x + 2 : x + 5] = picture[y : y + 24, x + 14 : x + 17] = 240
    return picture


def test_two_without_cameras_are_found_while_one_of_them_speaks() -> None:
    places = laid_out((2,), 5, SIZE)
    for speaker in (0, 1):
        picture = ringed(places, speaker, 3)
        for box, letters in zip(places, (6, 7), strict=True):
            named(picture, box, letters)
        assert agree(found(picture), places)


def test_a_short_name_alone_in_a_large_tile_is_somebody() -> None:
    (box,) = laid_out((1,), 40, SIZE)
    plain = named(np.full((SIZE[1], SIZE[0]), DARK, np.uint8), box, 20)
    assert initials(edges_of([box]), Evidence(plain, [])).all()
    lined = plain.copy()
    lined[round(box.y) + 80 : round(box.y) + 83, 200:760] = 240  # a table's head stands over it
    assert not initials(edges_of([box]), Evidence(lined, [])).any()


def test_a_ring_is_no_missing_ground() -> None:
    for rows in ((2,), (2, 1), (3, 3)):
        places = laid_out(rows, 6, SIZE)
        evidence = Evidence(ringed(places, 0, 4), [])
        share, shade = ground(edges_of(places), 6.0, np.empty((0, 4)), (0, 0, *SIZE), evidence)
        assert (share > 0.95, abs(shade - DARK) < 2) == (True, True)


def test_a_frame_as_thick_as_none_around_who_speaks_is_no_ring() -> None:
    places = [Box(60, 180, 300, 170), Box(600, 180, 300, 170)]
    evidence = Evidence(ringed(places, 0, 30), [])
    share, _ = ground(edges_of(places), 60.0, np.empty((0, 4)), (0, 0, *SIZE), evidence)
    assert share < 0.6


def test_who_speaks_sits_on_the_lattice_of_the_others() -> None:
    places = laid_out((2,), 6, SIZE)
    pieces = edges_of(places)
    pieces[1] += [-3, -3, 3, 3]
    (lattice,) = lattices(pieces)
    box = places[0]
    assert lattice == (box.x, box.y, box.width, box.height, box.width + 6, box.height + 6)
