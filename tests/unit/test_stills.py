"""Slides are kept in small, once each, and never with a face."""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import pytest

from meetbot import settings
from meetbot.faces.search import FaceSearch
from meetbot.gallery.senses import Senses
from meetbot.gallery.slides import small
from meetbot.gallery.split import GallerySplitter
from meetbot.gallery.stills import SlideStills, hide, jpeg
from meetbot.gallery.view import cut
from meetbot.types import Box, Event, Frame, Image, Picture, Still
from tests.labelled import Writing, labelled
from tests.portraits import pasted, portrait, scaled
from tests.shows import STAGE, Show, face

WHOLE = Box(0, 0, 1280, 720)


def slide(number: int, *pictures: tuple[Image, int, int]) -> Image:
    """A page with a bar at another place each time."""
    page = pasted((1280, 720), *pictures)
    page[100 + 140 * number : 230 + 140 * number, 700:1200] = 220
    return page


def nothing(luma: Image) -> Sequence[Box]:
    return ()


def kept(stills: SlideStills, page: Image, time: float = 0.0, box: Box = WHOLE) -> list[Still]:
    return list(stills.take(Frame(time, Picture(page)), box, ()))


def opened(still: Still) -> Image:
    picture = cv2.imdecode(np.frombuffer(still.jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    return np.asarray(picture, np.uint8)


@pytest.mark.parametrize("size", [0.25, 1.0, 2.2], ids=["small", "usual", "as large as the slide"])
def test_no_face_is_left_on_a_kept_slide(size: float) -> None:
    head = scaled(portrait("hopper"), size)[:700]
    (still,) = kept(SlideStills(FaceSearch()), slide(1, (head, 40, 10)))
    shown = opened(still)
    assert FaceSearch(0.2)(shown) == []
    x, y = (
        (40 + head.shape[1] * 0.5) * 560 / 1280,
        (10 + 0.38 * scaled(portrait("hopper"), size).shape[0]) * 560 / 1280,
    )
    filled = shown[int(y) - 3 : int(y) + 3, int(x) - 3 : int(x) + 3].astype(int)
    assert abs(filled - 128).max() < 12  # the face itself is one plain grey


def test_a_face_that_only_the_frame_showed_is_filled_too() -> None:
    page = slide(1)
    (still,) = SlideStills(nothing).take(Frame(0.0, Picture(page)), WHOLE, (face(300, 300, 100),))
    assert abs(int(opened(still)[300 * 560 // 1280, 300 * 560 // 1280]) - 128) < 4


def test_a_slide_that_seems_to_hold_faces_again_and_again_is_not_kept() -> None:
    def everywhere(luma: Image) -> Sequence[Box]:
        return (Box(10, 10, 5, 5),)

    assert kept(SlideStills(everywhere), slide(1)) == []


def test_a_slide_is_cut_out_scaled_down_and_bounded() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (720, 1280)).astype(np.uint8)
    (still,) = kept(SlideStills(nothing), noise, box=Box(0, 0, 1280, 640))
    assert opened(still).shape == (280, 560)
    assert len(still.jpeg) < settings.STILL_BYTES * 1.6
    assert still.seat is None
    assert len(jpeg(np.full((100, 100, 3), 200, np.uint8), 40_000)) < 1500


def test_the_same_slide_is_kept_once_and_not_more_than_a_lesson_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "STILLS_MOST", 3)
    stills = SlideStills(nothing)
    pages = [slide(0), slide(0), slide(1), slide(0), slide(2), slide(3)]
    assert [len(kept(stills, page)) for page in pages] == [1, 0, 1, 1, 0, 0]


def test_a_run_that_carries_on_knows_the_slides_that_were_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "STILLS_MOST", 3)
    head = (scaled(portrait("hopper"), 0.7)[:400], 40, 10)
    before = SlideStills(lambda luma: [Box(30, 0, 380, 420)] if luma.shape[1] == 1280 else [])
    first = [*kept(before, slide(0)), *kept(before, slide(1, head))]
    stills = SlideStills(nothing, first)
    there = stills.take_up(Frame(1.0, Picture(slide(1, head))), WHOLE)
    assert there is not None and np.array_equal(there, small(slide(1, head)))
    assert stills.take_up(Frame(2.0, Picture(slide(2))), WHOLE) is None  # only once
    assert [len(kept(stills, page)) for page in (slide(1, head), slide(2), slide(3))] == [0, 1, 0]


def test_a_slide_that_changed_while_nothing_was_read_is_another() -> None:
    first = kept(SlideStills(nothing), slide(0))
    stills = SlideStills(nothing, first)
    assert stills.take_up(Frame(1.0, Picture(slide(1))), WHOLE) is not None
    assert len(kept(stills, slide(1))) == 1


def test_what_is_filled_may_reach_over_the_edge() -> None:
    picture = np.zeros((50, 50, 3), np.uint8)
    hide(picture, [Box(-20, -20, 30, 30), Box(45, 45, 30, 30), Box(200, 200, 10, 10)])
    assert picture[0, 0, 0] == picture[49, 49, 0] == 128
    assert picture[25, 25, 0] == 0


def test_the_last_slide_is_known_again_where_its_stage_is_found_a_little_elsewhere() -> None:
    picture = Picture(labelled("", Writing(), 1, (320, 180)))
    here, there = Box(0, 0, 300, 170), Box(14, 10, 290, 168)
    stills = SlideStills(nothing)
    frame = Frame(0.0, picture)
    assert stills.take(frame, here, ()) and stills.take(frame, there, ())  # as if it were another
    stills.take(frame, here, ())
    stills.renew(*(small(cut(picture, box)) for box in (here, there)))
    assert not stills.take(frame, there, ())


def looked_at(search: bool, *pages: Image) -> list[Event | Still]:
    """What a splitter tells of slides, each looked at twice."""
    show = Show([STAGE])
    stills = SlideStills(nothing) if search else None
    split = GallerySplitter(Senses(show.find, show.watch, show.speakers), stills=stills)
    told: list[Event | Still] = []
    for time, page in enumerate(page for page in pages for _ in range(2)):
        split(Frame(float(time), Picture(page)), ())
        told += [one for one in split.take_news() if isinstance(one, Event | Still)]
    return told


def test_the_first_slide_and_each_new_one_is_kept_when_it_stands_still() -> None:
    size = Show([STAGE]).picture()
    pages = [np.full((size.height, size.width), shade, np.uint8) for shade in (200, 90, 20)]
    told = looked_at(True, *pages)
    assert [one.time for one in told if isinstance(one, Still)] == [1.0, 3.0, 5.0]
    assert [one.time for one in told if isinstance(one, Event)] == [3.0, 5.0]
    assert not [one for one in looked_at(False, *pages) if isinstance(one, Still)]


def test_a_kept_picture_that_is_damaged_is_no_slide_to_carry_on_with() -> None:
    (one,) = kept(SlideStills(nothing), slide(0))
    stills = SlideStills(nothing, [replace(one, jpeg=b"no picture")])
    assert stills.take_up(Frame(1.0, Picture(slide(0))), WHOLE) is None
    assert len(kept(stills, slide(0))) == 1
