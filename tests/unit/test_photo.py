"""Photos of every kind become one upright picture."""

import struct
import sys
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import PIL.Image
import pillow_heif
import pytest

from meetbot.errors import InputError
from meetbot.sources import open_source
from meetbot.types import Image, Instant

CORNERS = np.zeros((60, 80, 3), np.uint8)
CORNERS[:30, :40], CORNERS[:30, 40:], CORNERS[30:, :40], CORNERS[30:, 40:] = 40, 100, 160, 220


def encoded(ending: str, image: npt.NDArray[np.uint8 | np.uint16] = CORNERS) -> bytes:
    done, data = cv2.imencode(ending, image)
    assert done
    return data.tobytes()


def read(path: Path) -> Instant:
    with open_source(path, 1.0) as found:
        instants = list(found)
    assert len(instants) == 1
    return instants[0]


def save(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def corners(image: Image) -> list[float]:
    height, width = image.shape[:2]
    return [
        float(np.mean(image[y, x]))
        for y in (height // 4, height * 3 // 4)
        for x in (width // 4, width * 3 // 4)
    ]


def with_orientation(jpeg: bytes, mark: int) -> bytes:
    """The same photo with an EXIF block that holds nothing but the orientation."""
    tiff = b"II*\0" + struct.pack("<IH HHIHH I", 8, 1, 0x0112, 3, 1, mark, 0, 0)
    block = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + jpeg[2:]


@pytest.mark.parametrize("ending", [".jpg", ".png", ".webp", ".bmp"])
def test_each_format_gives_one_frame_at_time_zero(ending: str, tmp_path: Path) -> None:
    instant = read(save(tmp_path / f"class{ending}", encoded(ending)))
    assert (instant.time, len(instant.frames), instant.events) == (0.0, 1, ())
    picture = instant.frames[0].picture
    assert (picture.width, picture.height) == (80, 60)
    assert corners(picture.luma) == pytest.approx([40, 100, 160, 220], abs=4)


@pytest.mark.parametrize(
    ("mark", "seen"),
    [
        (1, [40, 100, 160, 220]),
        (2, [100, 40, 220, 160]),
        (3, [220, 160, 100, 40]),
        (6, [160, 40, 220, 100]),
        (8, [100, 220, 40, 160]),
    ],
)
def test_a_photo_taken_sideways_is_read_upright(mark: int, seen: list[float], tmp_path: Path) -> None:
    path = save(tmp_path / "phone.jpg", with_orientation(encoded(".jpg"), mark))
    picture = read(path).frames[0].picture
    assert corners(picture.luma) == pytest.approx(seen, abs=4)
    assert open_source(path, 1.0).about.size == (picture.width, picture.height)


@pytest.mark.parametrize(
    "image",
    [
        CORNERS[:, :, 0],
        np.dstack([CORNERS, np.full((60, 80), 255, np.uint8)]),
        CORNERS.astype(np.uint16) * 257,
        CORNERS[:, :, 0].astype(np.uint16) * 257,
    ],
    ids=["grey", "alpha", "16 bit", "16 bit grey"],
)
def test_grey_alpha_and_deep_pictures_are_read(
    image: npt.NDArray[np.uint8 | np.uint16], tmp_path: Path
) -> None:
    picture = read(save(tmp_path / "a.png", encoded(".png", image))).frames[0].picture
    assert picture.luma.dtype == np.uint8
    assert corners(picture.luma) == pytest.approx([40, 100, 160, 220], abs=1)
    assert picture.colour().shape == (60, 80, 3)


def test_colours_are_blue_green_red(tmp_path: Path) -> None:
    blue = np.full((60, 80, 3), (200, 40, 20), np.uint8)
    picture = read(save(tmp_path / "blue.png", encoded(".png", blue))).frames[0].picture
    assert picture.colour()[30, 40].tolist() == [200, 40, 20]


def test_a_name_outside_ascii_is_read(tmp_path: Path) -> None:
    assert read(save(tmp_path / "фото 📷.png", encoded(".png"))).frames


def test_a_photo_tells_its_name_size_and_checksum(tmp_path: Path) -> None:
    about = open_source(save(tmp_path / "8b.png", encoded(".png")), 1.0).about
    assert (about.title, about.size, about.duration) == ("8b", (80, 60), 0.0)
    assert about.content_hash.startswith("sha256:")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("text.jpg", b"no picture at all", "not a photo"),
        ("empty.png", b"", "not a photo"),
        ("half.png", encoded(".png")[:40], "not a photo"),
        ("apple.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "not a photo"),
        ("dot.png", encoded(".png", CORNERS[:1, :1]), "only 1x1 pixels"),
    ],
)
def test_what_is_no_photo_is_told_in_one_sentence(name: str, data: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        open_source(save(tmp_path / name, data), 1.0)
    text = str(caught.value)
    assert name in text and words in text and text.endswith(".")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_photo_cut_off_in_the_middle_is_no_photo(share: float, tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (200, 200, 3)).astype(np.uint8)
    data = encoded(".jpg", noise)
    with pytest.raises(InputError, match=r"half\.jpg is not a photo, or a broken one"):
        open_source(save(tmp_path / "half.jpg", data[: int(len(data) * share)]), 1.0)


def test_a_photo_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(tmp_path / "private.jpg", encoded(".jpg"))

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match=r"private\.jpg may not be read by you; ask its owner"):
        open_source(path, 1.0)


def test_a_heic_photo_is_read_when_its_library_is_there(tmp_path: Path) -> None:
    red = np.zeros((40, 60, 3), np.uint8)
    red[:, :, 0] = 200
    pillow_heif.from_pillow(PIL.Image.fromarray(red)).save(tmp_path / "apple.heic")
    with open_source(tmp_path / "apple.heic", 1.0) as instants:
        picture = next(iter(instants)).frames[0].picture
    assert (picture.width, picture.height) == (60, 40)
    assert np.abs(picture.colour().mean(axis=(0, 1)) - (0, 0, 200)).max() < 8


def test_a_heic_file_without_any_picture_is_no_photo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def empty(*_: object, **__: object) -> None:
        raise IndexError("list index out of range")  # what the library says of one with a flipped bit

    monkeypatch.setattr(pillow_heif, "open_heif", empty)
    with pytest.raises(InputError, match="not a photo"):
        open_source(save(tmp_path / "a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), 1.0)


def test_without_its_library_a_heic_photo_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(InputError, match="pip install pillow-heif"):
        open_source(save(tmp_path / "a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), 1.0)
