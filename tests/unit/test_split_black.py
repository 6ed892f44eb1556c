"""An hour in which nothing is seen: the lens was covered, or the screen had gone to sleep."""

import numpy as np
import pytest

from meetbot.faces.find import FaceFinder
from meetbot.gallery.split import STAGE_SEAT
from meetbot.gallery.standard import standard_splitter
from meetbot.types import Event, Frame, Image, Layout, Picture

HOUR, EVERY = 3600, 12  # seconds
WIDE, HIGH = 640, 360


def _black(noise: int) -> list[Image]:
    """A few black pictures, with so many grey levels of noise."""
    chance = np.random.default_rng(7)
    return [chance.integers(0, noise + 1, (HIGH, WIDE), np.uint8) for _ in range(5)]


@pytest.mark.parametrize("noise", [0, 3])
def test_a_black_hour_is_one_screen_and_nobody(noise: int) -> None:
    pictures = _black(noise)
    finder = FaceFinder()
    faces = [finder(Frame(0.0, Picture(luma))) for luma in pictures]
    split = standard_splitter()
    shown: set[tuple[object, ...]] = set()
    events: list[str] = []
    layouts = 0
    for number, time in enumerate(range(0, HOUR, EVERY)):
        turn = number % len(pictures)
        tiles = split(Frame(float(time), Picture(pictures[turn])), faces[turn])
        assert tiles is not None
        shown.update((tile.kind, tile.seat, tile.name, tile.face) for tile in tiles)
        for news in split.take_news():
            layouts += isinstance(news, Layout) and len(news.tiles) == 1
            events += [news.kind] if isinstance(news, Event) else []
    assert shown == {("stage", STAGE_SEAT, None, None)}  # a lone picture without a face is a screen
    assert (layouts, events) == (HOUR / EVERY, [])
