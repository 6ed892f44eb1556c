"""Faces followed by position."""

from collections.abc import Iterable

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from meetbot.gallery.follow import FaceFollower, Track
from meetbot.settings import SEAT_MEMORY
from meetbot.types import Box, Face, Frame, Picture, Point

PICTURE = Picture(np.zeros((720, 1280), np.uint8))
SIZE = 80.0


def face(x: float, y: float, size: float = SIZE) -> Face:
    centre = Point(x + size / 2, y + size / 2)
    return Face(Box(x, y, size, size), (centre,) * 5, 0.9)


def grid(columns: int, rows: int, across: float = 250.0, down: float = 200.0) -> list[Face]:
    return [face(40 + across * column, 30 + down * row) for row in range(rows) for column in range(columns)]


def look(follow: FaceFollower, time: float, faces: Iterable[Face]) -> dict[int, Face | None]:
    """What each seat shows at a time."""
    tiles = follow(Frame(time, PICTURE), list(faces))
    return {tile.seat: tile.face for tile in tiles}


def test_seats_are_numbered_in_reading_order() -> None:
    follow = FaceFollower()
    faces = grid(3, 2)
    seats = look(follow, 0.0, reversed(faces))
    assert [seats[number] for number in range(1, 7)] == faces


def test_reading_order_forgives_faces_of_one_row_at_uneven_heights() -> None:
    faces = [face(500, 20), face(40, 60), face(250, 0)]
    seats = look(FaceFollower(), 0.0, faces)
    assert [seats[number] for number in (1, 2, 3)] == [faces[1], faces[2], faces[0]]


def test_a_moving_face_keeps_its_seat() -> None:
    follow = FaceFollower()
    for step in range(10):
        seats = look(follow, float(step), [face(100 + 60 * step, 200)])
    assert list(seats) == [1]


def test_the_first_look_counts() -> None:
    assert list(look(FaceFollower(), 0.0, [face(100, 100)])) == [1]


def test_a_face_that_is_missing_leaves_an_empty_seat() -> None:
    follow = FaceFollower()
    look(follow, 0.0, grid(2, 1))
    assert look(follow, 1.0, grid(1, 1)) == {1: grid(1, 1)[0], 2: None}


def test_coming_back_to_the_same_place_is_the_same_seat() -> None:
    follow = FaceFollower()
    look(follow, 0.0, [face(100, 100)])
    look(follow, 1.0, [])
    assert list(look(follow, SEAT_MEMORY, [face(110, 100)])) == [1]


def test_coming_back_after_too_long_is_a_new_seat() -> None:
    follow = FaceFollower()
    look(follow, 0.0, [face(100, 100)])
    assert look(follow, SEAT_MEMORY + 1, []) == {}
    assert list(look(follow, SEAT_MEMORY + 2, [face(100, 100)])) == [2]


def test_rare_looks_ask_for_a_longer_memory() -> None:
    follow = FaceFollower(memory=900.0)
    look(follow, 0.0, [face(100, 100)])
    assert list(look(follow, 300.0, [face(100, 100)])) == [1]


def test_a_neighbours_face_is_never_taken_for_the_missing_one() -> None:
    follow = FaceFollower()
    left, right = grid(2, 1)
    look(follow, 0.0, [left, right])
    assert look(follow, 1.0, [right]) == {1: None, 2: right}


def test_a_much_larger_face_at_the_same_place_is_somebody_else() -> None:
    follow = FaceFollower()
    look(follow, 0.0, [face(100, 100, 80)])
    assert look(follow, 1.0, [face(60, 60, 200)])[2] is not None


def test_a_rearranged_gallery_gives_everyone_a_new_seat() -> None:
    follow = FaceFollower()
    look(follow, 0.0, grid(4, 2, across=250))
    seats = look(follow, 1.0, grid(5, 3, across=180, down=130))
    assert list(seats) == list(range(9, 24))


def test_one_person_leaving_does_not_rearrange_the_rest() -> None:
    follow = FaceFollower()
    look(follow, 0.0, grid(3, 1))
    assert list(look(follow, 1.0, grid(3, 1)[1:])) == [1, 2, 3]


def test_an_interrupted_run_carries_on_with_its_seats() -> None:
    follow = FaceFollower([Track(7, Box(100, 100, SIZE, SIZE), 50.0)], next_seat=12)
    seats = look(follow, 51.0, [face(105, 100), face(600, 100)])
    assert list(seats) == [7, 12]


@given(
    st.lists(
        st.lists(st.tuples(st.floats(0, 1200), st.floats(0, 640), st.floats(1, 300)), max_size=6), max_size=8
    )
)
def test_no_seat_is_given_twice_and_no_face_sits_on_two(
    instants: list[list[tuple[float, float, float]]],
) -> None:
    follow = FaceFollower()
    for time, places in enumerate(instants):
        faces = [face(*place) for place in places]
        tiles = follow(Frame(float(time), PICTURE), faces)
        shown = [id(tile.face) for tile in tiles if tile.face]
        assert len({tile.seat for tile in tiles}) == len(tiles)
        assert len(set(shown)) == len(shown)
