"""Filmstrips of many narrow tiles, those that stand off a panel, and rows that may be missing."""

import numpy as np

from meetbot.gallery.combs import strip_lattices
from meetbot.gallery.evidence import Evidence
from meetbot.gallery.frame import Region
from meetbot.gallery.layouts import proposals
from meetbot.types import Box
from tests.grids import DARK, agree, drawn, face_in, found, written_on


def test_a_filmstrip_of_eighteen_narrow_tiles_is_found_whole() -> None:
    strip = [Box(12 + 52 * column, 455, 48, 80) for column in range(18)]
    stage = Box(180, 6, 600, 440)
    picture = drawn(strip)
    picture[6:446, 180:780] = written_on(np.full((440, 600), 250, np.uint8))
    assert agree(found(picture, [face_in(box) for box in strip]), [stage, *strip])


def test_a_filmstrip_that_stands_off_a_panel_ends_where_its_tiles_do() -> None:
    strip = [Box(594, 60 + 101 * row, 178, 100) for row in range(4)]
    picture = drawn(strip)
    picture[:, 787:] = DARK + 18
    proposed = strip_lattices(Evidence(picture, []), Region(0, 0, 787, 540))
    assert any(abs(lattice.x + lattice.width - 772) < 3 for lattice, _ in proposed)


def test_a_grid_with_more_room_below_than_above_counts_less_as_its_last_row_may_be_missing() -> None:
    middle = [Box(30 + 300 * column, 100 + 173 * row, 292, 165) for row in range(2) for column in range(3)]
    above = [Box(box.x, box.y - 92, box.width, box.height) for box in middle]
    sure, unsure = (
        max(one.quality for one in proposals(Evidence(drawn(boxes), [face_in(box) for box in boxes])))
        for boxes in (middle, above)
    )
    assert 0.9 * sure < unsure < 0.96 * sure
