"""What every source keeps to, whatever stands behind it."""

import gc
import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

import meetbot.sources
from meetbot.seams import FrameSource
from meetbot.sources import open_source
from meetbot.types import Instant
from tests.media import Video, steady, write_clip

EVERY = 0.5


def make_recording(folder: Path) -> Path:
    return write_clip(folder / "lesson.mp4", Video())


def make_webm(folder: Path) -> Path:
    return write_clip(folder / "lesson.webm", Video(times=steady(3.0), codec="libvpx", rotation=0))


def make_photo(folder: Path) -> Path:
    path = folder / "class.png"
    path.write_bytes(cv2.imencode(".png", np.full((90, 120, 3), 99, np.uint8))[1].tobytes())
    return path


SOURCES: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "recording": ("Recording", make_recording),
    "recording, webm": ("Recording", make_webm),
    "photo": ("Photo", make_photo),
}


@pytest.fixture(params=SOURCES)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return SOURCES[request.param][1](tmp_path)


@pytest.fixture
def source(path: Path) -> FrameSource:
    return open_source(path, EVERY)


def drain(source: FrameSource) -> list[Instant]:
    with source as found:
        return list(found)


def open_files(path: Path) -> int:
    """How often this process holds the file open; where the system does not tell, renaming must do."""
    descriptors = Path("/proc/self/fd")
    if not descriptors.exists():
        return 0
    return sum(link.is_symlink() and link.resolve() == path.resolve() for link in descriptors.iterdir())


def test_every_source_stands_in_this_suite() -> None:
    found = set()
    for module in pkgutil.iter_modules(meetbot.sources.__path__, "meetbot.sources."):
        for thing in vars(importlib.import_module(module.name)).values():
            if isinstance(thing, type) and hasattr(thing, "about") and hasattr(thing, "__enter__"):
                found.add(thing.__name__)
    assert found - {"FrameSource"} == {name for name, _ in SOURCES.values()}


def test_instants_lie_on_the_grid_and_grow(source: FrameSource) -> None:
    times = [instant.time for instant in drain(source)]
    assert times == [k * EVERY for k in range(len(times))]
    assert times[0] == 0.0


def test_pictures_are_grey_bytes_of_the_size_that_about_tells(source: FrameSource) -> None:
    size = source.about.size
    for instant in drain(source):
        (frame,) = instant.frames
        assert frame.time == instant.time and frame.participant is None
        assert frame.picture.luma.dtype == np.uint8 and frame.picture.luma.ndim == 2
        assert (frame.picture.width, frame.picture.height) == size
        assert frame.picture.colour().shape == (*frame.picture.luma.shape, 3)


def test_about_is_there_before_and_after_reading(source: FrameSource, path: Path) -> None:
    before = source.about
    drain(source)
    assert source.about == before
    assert before.title == path.stem
    assert before.content_hash.startswith("sha256:")


def test_a_source_can_be_read_again(source: FrameSource) -> None:
    first, second = drain(source), drain(source)
    assert len(first) == len(second)
    for one, other in zip(first, second, strict=True):
        assert one.time == other.time
        assert np.array_equal(one.frames[0].picture.luma, other.frames[0].picture.luma)


def test_the_file_is_closed_when_all_was_read(source: FrameSource, path: Path) -> None:
    drain(source)
    assert open_files(path) == 0
    path.rename(path.with_suffix(".moved"))


def test_the_file_is_closed_when_reading_stops_early(source: FrameSource, path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), source as found:
        next(found)
        raise KeyboardInterrupt
    assert open_files(path) == 0
    assert drain(source)[0].time == 0.0


def test_a_picture_can_be_used_after_its_source_is_closed(source: FrameSource) -> None:
    with source as found:
        picture = next(found).frames[0].picture
    before = picture.luma.copy()
    del found
    gc.collect()
    assert np.array_equal(picture.luma, before)
    assert abs(float(picture.colour().mean()) - float(before.mean())) < 4


def test_an_opened_source_that_is_never_read_holds_no_file(source: FrameSource, path: Path) -> None:
    assert source.about.title == path.stem
    assert open_files(path) == 0
