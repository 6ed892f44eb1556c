"""Faces are found at every size, once each, and never where there is none."""

from itertools import pairwise

import numpy as np
import pytest

from meetbot import settings
from meetbot.faces import find
from meetbot.faces.find import FaceFinder
from meetbot.types import Box, Face, Image, Participant, Point
from tests.portraits import frame, pasted, portrait, scaled, turned


@pytest.fixture(scope="module")
def shared_finder() -> FaceFinder:
    return FaceFinder()


@pytest.fixture
def finder(shared_finder: FaceFinder) -> FaceFinder:
    shared_finder.forget()
    return shared_finder


@pytest.fixture
def looks(finder: FaceFinder, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The sizes (width, height) of the pictures that the network is shown; frames are shrunk to 480 px."""
    seen: list[tuple[int, int]] = []
    detect = finder._detect

    def watched(luma: Image) -> list[Face]:
        seen.append((luma.shape[1], luma.shape[0]))
        return detect(luma)

    monkeypatch.setattr(finder, "_detect", watched)
    monkeypatch.setattr(finder, "_side", 480)
    return seen


def centre(face: Face) -> tuple[float, float]:
    return face.box.x + face.box.width / 2, face.box.y + face.box.height / 2


# finding


@pytest.mark.parametrize("height", [28, 40, 56, 115, 230, 450])
@pytest.mark.parametrize(("name", "own"), [("collins", 113), ("hopper", 211)])
def test_a_face_is_found_once_at_every_size(finder: FaceFinder, name: str, own: int, height: int) -> None:
    faces = finder(frame(scaled(portrait(name), height / own)))
    assert len(faces) == 1
    assert faces[0].box.height == pytest.approx(height, rel=0.15)
    assert faces[0].score >= settings.FIND_SCORE


@pytest.mark.parametrize("angle", [-25, 25])
def test_a_tilted_face_is_found(finder: FaceFinder, angle: float) -> None:
    assert len(finder(frame(turned(portrait("hopper"), angle)))) == 1


def test_points_are_named_from_the_persons_own_side(finder: FaceFinder) -> None:
    right_eye, left_eye, nose, right_mouth, left_mouth = finder(frame(portrait("collins")))[0].points
    assert right_eye.x < nose.x < left_eye.x
    assert right_mouth.x < nose.x < left_mouth.x
    assert max(right_eye.y, left_eye.y) < nose.y < min(right_mouth.y, left_mouth.y)


def test_boxes_and_points_are_in_pixels_of_the_whole_frame(finder: FaceFinder) -> None:
    alone = finder(frame(portrait("hopper")))[0]
    large = finder(frame(pasted((1920, 1080), (portrait("hopper"), 1300, 400))))[0]
    assert centre(large) == pytest.approx((centre(alone)[0] + 1300, centre(alone)[1] + 400), abs=20)
    # The frame is shrunk first, and the detector's points move by up to a tenth of the face with that.
    for here, there in zip(large.points, alone.points, strict=True):
        assert here == pytest.approx((there.x + 1300, there.y + 400), abs=20)


def test_a_gallery_of_large_and_small_faces_is_found_without_doubles(finder: FaceFinder) -> None:
    places = [
        (scaled(portrait("hopper"), 1.6), 0, 60),  # a face of 340 px
        (scaled(portrait("collins"), 0.35), 1000, 100),  # 40 px
        (scaled(portrait("hopper"), 0.2), 1300, 700),  # 42 px
        (portrait("collins"), 1400, 100),  # 113 px
    ]
    faces = finder(frame(pasted((1920, 1080), *places)))
    assert sorted(face.box.height for face in faces) == pytest.approx([40, 42, 113, 340], rel=0.15)


def test_the_surest_face_comes_first(finder: FaceFinder) -> None:
    picture = pasted((1200, 620), (portrait("collins"), 0, 0), (portrait("hopper"), 600, 0))
    scores = [face.score for face in finder(frame(picture))]
    assert len(scores) == 2
    assert scores == sorted(scores, reverse=True)


def test_a_face_cut_by_the_rim_has_its_box_inside_the_frame(finder: FaceFinder) -> None:
    cut = portrait("hopper")[:, 215:]  # the frame begins within the cheek
    (face,) = finder(frame(np.ascontiguousarray(cut)))
    assert face.box.x == 0
    assert face.box.y >= 0
    assert face.box.x + face.box.width <= cut.shape[1]


def test_noise_flat_colour_and_stripes_hold_no_face(finder: FaceFinder) -> None:
    rng = np.random.default_rng(0)
    stripes = np.tile(np.arange(960, dtype=np.uint8), (540, 1))
    for picture in (
        rng.integers(0, 256, (540, 960), dtype=np.uint8),
        np.full((540, 960), 128, np.uint8),
        stripes,
    ):
        assert finder(frame(picture)) == ()


@pytest.mark.parametrize(
    "size",
    [(1, 1), (3, 5), (5, 3), (33, 31), (1, 160), (2, 3000), (3000, 2), (16, 640), (1000, 32), (1367, 767)],
)
def test_odd_sizes_hold_no_face_and_break_nothing(finder: FaceFinder, size: tuple[int, int]) -> None:
    rng = np.random.default_rng(0)
    for picture in (np.zeros(size[::-1], np.uint8), rng.integers(0, 256, size[::-1], dtype=np.uint8)):
        assert finder(frame(picture)) == ()


def test_full_hd_is_searched_in_eight_pieces_of_bounded_size() -> None:
    pieces = list(find._pieces(1920, 1080))
    assert len(pieces) == 8
    assert {(right - left, bottom - top) for left, top, right, bottom in pieces} == {(576, 604)}


def test_a_face_is_found_in_frames_with_odd_sides(finder: FaceFinder) -> None:
    assert len(finder(frame(np.ascontiguousarray(portrait("hopper")[1:, 1:])))) == 1
    assert len(finder(frame(pasted((1367, 769), (portrait("hopper"), 855, 169))))) == 1


def test_small_faces_are_found_in_4k(finder: FaceFinder) -> None:
    small = scaled(portrait("hopper"), 0.25)  # a face of 53 px
    places = [(small, 30, 30), (small, 1900, 1000), (small, 3700, 2000), (portrait("collins"), 1000, 600)]
    assert len(finder(frame(pasted((3840, 2160), *places)))) == 4


# when to look closer


SMALL_COPY = (480, 270)
WHOLE = (544, 540)  # twice
AGAIN = (480, 96)
EMPTY = np.full((540, 960), 40, np.uint8)


def heads(finder: FaceFinder, *names: str) -> list[Image]:
    """Portraits without what is around the heads."""
    cuts = []
    for name in names:
        x, y, width, height = (round(side) for side in finder(frame(portrait(name)))[0].box)
        finder.forget()
        cuts.append(portrait(name)[y - 10 : y + height + 10, x - 10 : x + width + 10])
    return cuts


@pytest.mark.parametrize(("by", "asked"), [(0, []), (20, []), (60, [AGAIN])])
def test_known_faces_are_followed_and_where_they_moved_far_looked_for(
    finder: FaceFinder, looks: list[tuple[int, int]], by: int, asked: list[tuple[int, int]]
) -> None:
    one, other = heads(finder, "collins", "hopper")
    other = scaled(other, 0.6)
    looks.clear()

    def shown(by: int) -> Image:
        return pasted((960, 540), (one, 100 + by, 100), (other, 600, 100 + by))

    before, now = finder(frame(shown(0), 1.0)), finder(frame(shown(by), 2.0))
    assert looks == [SMALL_COPY, WHOLE, WHOLE, *asked]
    assert len(before) == len(now) == 2
    from_the_left = (sorted(faces, key=lambda face: face.box.x) for faces in (before, now))
    for old, new in zip(*from_the_left, strict=True):
        x, y = centre(old)
        assert centre(new) == pytest.approx((x + by, y) if x < 400 else (x, y + by), abs=8)
        assert new.box.height == pytest.approx(old.box.height, rel=0.15)


def test_a_face_that_comes_in_is_found_at_once(finder: FaceFinder, looks: list[tuple[int, int]]) -> None:
    alone = pasted((960, 540), (portrait("collins"), 0, 0))
    both = pasted((960, 540), (portrait("collins"), 0, 0), (scaled(portrait("hopper"), 0.6), 620, 100))
    seen = [len(finder(frame(picture, float(time)))) for time, picture in enumerate((alone, alone, both), 1)]
    assert seen == [1, 1, 2]
    assert looks == [SMALL_COPY, WHOLE, WHOLE, SMALL_COPY]


def test_a_face_that_hardly_changes_the_picture_is_found_within_five_seconds(
    finder: FaceFinder, looks: list[tuple[int, int]]
) -> None:
    still = pasted((960, 540), (scaled(portrait("hopper"), 0.6), 620, 100))
    faint = np.asarray(np.clip(still.astype(np.int16) // 6 + 90, 0, 255), np.uint8)
    plain = np.full_like(faint, 96)
    seen = [len(finder(frame(plain if time < 6 else faint, float(time)))) for time in range(4, 12)]
    assert seen == [0, 0, 0, 0, 0, 0, 1, 1]


def test_of_two_faces_side_by_side_each_is_found_once(finder: FaceFinder) -> None:
    face = scaled(portrait("collins"), 0.35)
    pair = pasted((1920, 1080), (face[:, 40:140], 300, 300), (face[:, 40:140], 400, 300))
    first, second = finder(frame(pair, 1.0)), finder(frame(pair, 2.0))
    assert len(first) == len(second) == 2


def test_a_small_face_that_is_known_is_followed(finder: FaceFinder, looks: list[tuple[int, int]]) -> None:
    picture = pasted(
        (960, 540), (scaled(portrait("collins"), 0.4), 100, 100)
    )  # a face of 45 px, 22 in the copy
    first, second = (finder(frame(picture, time)) for time in (1.0, 2.0))
    assert looks == [SMALL_COPY, WHOLE, WHOLE]
    assert len(first) == len(second) == 1
    assert first[0].box == pytest.approx(second[0].box, abs=3)


def test_a_missing_face_is_searched_once_about_its_place(
    finder: FaceFinder, looks: list[tuple[int, int]]
) -> None:
    finder(frame(pasted((960, 540), (portrait("collins"), 100, 20)), 1.0))
    looks.clear()
    assert finder(frame(EMPTY, 2.0)) == ()
    assert finder(frame(EMPTY, 3.0)) == ()
    assert looks == [SMALL_COPY, (384, 384)]


def test_a_small_face_that_comes_back_is_seen_at_once(
    finder: FaceFinder, looks: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    there = pasted((960, 540), (scaled(portrait("collins"), 0.25), 700, 300))  # 28 px, 14 in the copy
    seen = [
        len(finder(frame(picture, float(t)))) for t, picture in enumerate((there, EMPTY, EMPTY, there), 1)
    ]
    assert seen == [1, 0, 0, 1]
    assert looks.count(WHOLE) == 2


def test_when_many_faces_are_gone_everything_is_searched(
    finder: FaceFinder, looks: list[tuple[int, int]]
) -> None:
    face = scaled(portrait("collins"), 0.3)
    gallery = pasted(
        (960, 540), *((face, 190 * column, 180 * row) for column in range(5) for row in range(2))
    )
    assert len(finder(frame(gallery, 1.0))) == 10
    looks.clear()
    assert finder(frame(EMPTY, 2.0)) == ()
    assert looks == [SMALL_COPY, SMALL_COPY, WHOLE, WHOLE]


def test_full_size_is_searched_again_every_minute_of_media_time(
    finder: FaceFinder, looks: list[tuple[int, int]]
) -> None:
    for time in range(8, 122):
        finder(frame(EMPTY, float(time)))
    assert looks.count(WHOLE) == 6  # at 8, because it is the first, at 60 and at 120


def test_where_faces_are_small_full_size_is_searched_every_ten_seconds(
    finder: FaceFinder, looks: list[tuple[int, int]]
) -> None:
    there = pasted((960, 540), (scaled(portrait("collins"), 0.4), 100, 100))
    for time in range(8, 22):
        finder(frame(there, float(time)))
    assert looks.count(WHOLE) == 6  # at 8, because it is the first, at 10 and at 20
    assert settings.FIND_FULL_EVERY % settings.FIND_SMALL_EVERY == 0


def test_a_frame_of_another_size_or_from_earlier_is_a_new_beginning(
    finder: FaceFinder, looks: list[tuple[int, int]]
) -> None:
    finder(frame(np.zeros((540, 960), np.uint8), 1.0))
    finder(frame(np.zeros((540, 950), np.uint8), 2.0))
    finder(frame(np.zeros((540, 950), np.uint8), 2.0))
    assert len(looks) == 3 * (1 + 2)


def test_streams_are_remembered_apart(finder: FaceFinder, looks: list[tuple[int, int]]) -> None:
    there = pasted((960, 540), (portrait("collins"), 100, 20))
    empty = np.full((540, 960), 40, np.uint8)
    for time in (1.0, 2.0):
        finder(frame(there, time, Participant(1, "Ada")))
        finder(frame(empty, time, Participant(2, "Ben")))
    assert looks[6:] == [SMALL_COPY, SMALL_COPY]


def test_a_frame_within_the_small_size_is_searched_once(
    finder: FaceFinder, looks: list[tuple[int, int]]
) -> None:
    finder(frame(scaled(portrait("hopper"), 0.75)))
    assert looks == [(384, 450)]


def test_the_same_frames_give_the_same_faces_whether_read_whole_or_from_the_middle() -> None:
    places = [[(scaled(portrait("collins"), 0.6 - 0.04 * step), 40 * step, 20 * step)] for step in range(8)]
    frames = [frame(pasted((960, 540), *place), 26.0 + i) for i, place in enumerate(places)]
    whole_finder, segment_finder = FaceFinder(side=480), FaceFinder(side=480)
    whole = [whole_finder(one) for one in frames]
    segment = [segment_finder(one) for one in frames[4:]]
    assert whole[4:] == segment


# pieces of a frame


@pytest.mark.parametrize("length", [1, 64, 640, 641, 1280, 1920, 2560, 3840, 7680])
def test_pieces_cover_the_frame_are_of_one_size_and_share_a_margin(length: int) -> None:
    cuts = find._cuts(length)
    assert cuts[0][0] == 0
    assert cuts[-1][1] == length
    assert len({end - start for start, end in cuts}) == 1
    assert all(end - start <= 640 for start, end in cuts)
    assert all(before[1] - after[0] >= 127 for before, after in pairwise(cuts))


def test_a_part_of_a_face_is_not_a_second_face() -> None:
    nowhere = Point(0, 0)
    points = (nowhere, nowhere, nowhere, nowhere, nowhere)
    whole = Face(Box(100, 100, 200, 240), points, 0.9)
    part = Face(Box(100, 100, 60, 240), points, 0.95)
    beside = Face(Box(320, 100, 200, 240), points, 0.8)
    assert find._without_doubles([whole, part, beside]) == [whole, beside]
