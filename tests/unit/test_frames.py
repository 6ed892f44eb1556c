"""Decoded frames become pictures: full range, upright, without a copy where possible."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from av.video.frame import VideoFrame

from meetbot.sources import open_source
from meetbot.sources.frames import picture_of
from meetbot.sources.orientation import UPRIGHT, Orientation
from meetbot.types import Image, Picture
from tests.media import FULL, LIMITED, Video, steady, write_clip


def first_picture(path: Path) -> Picture:
    with open_source(path, 1.0) as found:
        return next(found).frames[0].picture


def flat(level: int, size: tuple[int, int] = (128, 96)) -> Image:
    return np.full((size[1], size[0]), level, np.uint8)


def corners(_: float) -> Image:
    """Brightness 40 at the top left, 100 top right, 160 bottom left, 220 bottom right."""
    image = np.empty((96, 128), np.uint8)
    image[:48, :64], image[:48, 64:], image[48:, :64], image[48:, 64:] = 40, 100, 160, 220
    return image


def read_corners(image: Image) -> list[float]:
    height, width = image.shape[:2]
    rows, columns = (height // 4, height * 3 // 4), (width // 4, width * 3 // 4)
    return [float(np.mean(image[y, x])) for y in rows for x in columns]


@pytest.mark.parametrize("level", [0, 60, 128, 255])
@pytest.mark.parametrize(
    ("ending", "codec", "pixels", "colour_range"),
    [
        ("mp4", "libx264", "yuv420p", LIMITED),
        ("mp4", "libx264", "yuv420p", FULL),
        ("mp4", "libx264", "yuvj420p", FULL),
        ("mkv", "libx264", "yuv444p", LIMITED),
        ("avi", "mjpeg", "yuvj420p", FULL),
        ("mp4", "libx265", "yuv420p10le", LIMITED),
        ("mp4", "libx265", "yuv420p10le", FULL),
        ("mkv", "ffv1", "yuv422p10le", LIMITED),
        ("mkv", "ffv1", "gray", FULL),
        ("mkv", "ffv1", "gray16le", FULL),
        ("mkv", "ffv1", "bgr0", FULL),
        ("avi", "rawvideo", "yuyv422", LIMITED),
    ],
)
def test_brightness_arrives_in_full_range(
    ending: str, codec: str, pixels: str, colour_range: int, level: int, tmp_path: Path
) -> None:
    video = Video(lambda _: flat(level), steady(0.5), codec, pixels, colour_range)
    picture = first_picture(write_clip(tmp_path / f"a.{ending}", video))
    assert picture.luma.dtype == np.uint8
    assert float(picture.luma.mean()) == pytest.approx(level, abs=1.5)
    assert float(picture.colour().mean()) == pytest.approx(level, abs=3)


@pytest.mark.parametrize(
    ("rotation", "mirrored", "seen"),
    [
        (0, False, [40, 100, 160, 220]),
        (90, False, [100, 220, 40, 160]),
        (180, False, [220, 160, 100, 40]),
        (270, False, [160, 40, 220, 100]),
        (0, True, [100, 40, 220, 160]),
    ],
)
def test_a_turned_recording_is_read_upright(
    rotation: int, mirrored: bool, seen: list[float], tmp_path: Path
) -> None:
    video = Video(corners, steady(0.5), rotation=rotation, mirrored=mirrored)
    picture = first_picture(write_clip(tmp_path / "phone.mov", video))
    assert (picture.width, picture.height) == ((96, 128) if rotation in (90, 270) else (128, 96))
    assert read_corners(picture.luma) == pytest.approx(seen, abs=4)
    assert read_corners(picture.colour()) == pytest.approx(seen, abs=6)


@pytest.mark.parametrize("size", [(127, 95), (33, 17), (641, 359)])
def test_odd_sizes_keep_every_pixel(size: tuple[int, int], tmp_path: Path) -> None:
    video = Video(lambda _: flat(90, size), steady(0.5), pixels="yuv444p")
    picture = first_picture(write_clip(tmp_path / "odd.mkv", video))
    assert (picture.width, picture.height) == size
    assert picture.luma.min() >= 88 and picture.luma.max() <= 92
    assert picture.colour().shape == (size[1], size[0], 3)


def test_full_range_brightness_is_the_decoders_own_memory() -> None:
    frame = VideoFrame(128, 96, "yuvj420p")
    np.frombuffer(memoryview(frame.planes[0]), np.uint8)[:] = 77
    picture = picture_of(frame)
    plane = np.frombuffer(memoryview(frame.planes[0]), np.uint8)
    assert np.shares_memory(picture.luma, plane)
    assert not picture.luma.flags.writeable


def test_limited_range_is_clipped_at_black_and_white() -> None:
    frame = VideoFrame(64, 64, "yuv420p")
    np.frombuffer(memoryview(frame.planes[0]), np.uint8)[:] = np.arange(64 * 64) % 256
    luma = picture_of(frame).luma.reshape(-1)
    assert luma[0] == luma[16] == 0
    assert luma[235] == luma[255] == 255
    assert luma[126] == 128


def test_every_level_of_the_limited_range_is_what_the_standard_says() -> None:
    levels = np.arange(256, dtype=np.uint8).repeat(64).reshape(128, 128)
    frame = VideoFrame.from_ndarray(levels, format="gray")
    frame.color_range = LIMITED
    told = np.clip(np.rint((levels.astype(float) - 16) * 255 / 219), 0, 255)
    np.testing.assert_array_equal(picture_of(frame).luma, told)


def test_colours_are_blue_green_red() -> None:
    frame = VideoFrame.from_ndarray(np.full((64, 64, 3), (200, 40, 20), np.uint8), "bgr24")
    picture = picture_of(frame.reformat(format="yuv420p"))
    assert picture.colour()[32, 32].tolist() == pytest.approx([200, 40, 20], abs=4)


def test_an_upright_picture_is_not_copied() -> None:
    image = flat(5)
    assert UPRIGHT.turn(image) is image


def test_turning_gives_memory_that_opencv_takes() -> None:
    turned = Orientation(transpose=True, mirror=True).turn(corners(0.0))
    assert turned.flags.c_contiguous
    assert read_corners(turned) == [160, 40, 220, 100]


@pytest.mark.parametrize("pixels", ["yuv420p", "yuvj420p", "yuv422p", "yuv444p", "nv12", "bgr24"])
@pytest.mark.parametrize("space", [1, 2, 9])
def test_a_few_colours_are_those_of_the_whole_picture(pixels: str, space: int) -> None:
    soft = cv2.resize(np.random.default_rng(3).integers(0, 256, (6, 8, 3), np.uint8), (128, 96))
    frame = VideoFrame.from_ndarray(np.asarray(soft, np.uint8), "bgr24").reformat(format=pixels)
    frame.colorspace = space
    picture = picture_of(frame)
    rows, columns = np.mgrid[:96:3, :128:5]
    few = picture.colours_at(rows, columns).astype(int)
    assert few.shape == (*rows.shape, 3)
    assert np.abs(few - picture.colour()[rows, columns]).max() <= 4
