"""Tiles that fill the frame and touch: a call of two cut in halves, four cameras without a gap."""

import pytest

from meetbot.types import Box
from tests.grids import agree, drawn, face_in, found


def parts(columns: int, rows: int, size: tuple[int, int]) -> list[Box]:
    """The equal parts of a frame, row by row."""
    wide, high = size[0] // columns, size[1] // rows
    return [Box(x * wide, y * high, wide, high) for y in range(rows) for x in range(columns)]


@pytest.mark.parametrize(
    ("columns", "rows", "size"),
    [(2, 1, (960, 540)), (1, 2, (540, 960)), (3, 1, (960, 540)), (2, 2, (960, 540))],
)
def test_equal_parts_of_the_frame_with_somebody_in_each_are_tiles(
    columns: int, rows: int, size: tuple[int, int]
) -> None:
    places = parts(columns, rows, size)
    assert agree(found(drawn(places, size=size), [face_in(box) for box in places]), places)


def test_a_line_through_the_middle_of_a_room_makes_no_two_of_one_person() -> None:
    whole = Box(0, 0, 960, 540)
    picture = drawn([whole])
    picture[:, 478:482] = 20
    face = face_in(Box(500, 60, 300, 300))
    assert agree(found(picture, [face]), [whole])
