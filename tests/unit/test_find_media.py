"""Which files of a path are read, and as what."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest

from meetbot.errors import InputError
from meetbot.sources import is_photo, media_in, open_source
from tests.media import Video, steady, write_clip


def test_a_folder_gives_its_media_by_name(tmp_path: Path) -> None:
    for name in ("b.mp4", "A.JPG", "c.webm", "notes.txt", ".hidden.mp4", "._a.mp4"):
        (tmp_path / name).touch()
    (tmp_path / "inner.mp4").mkdir()
    assert [p.name for p in media_in([tmp_path])] == ["A.JPG", "b.mp4", "c.webm"]


def test_files_are_kept_as_given_whatever_their_ending(tmp_path: Path) -> None:
    given = [tmp_path / "z.bin", tmp_path / "a.mp4"]
    for path in given:
        path.touch()
    assert media_in(given) == given


def test_folders_and_files_mix_in_the_order_given(tmp_path: Path) -> None:
    folder = tmp_path / "week"
    folder.mkdir()
    for path in (folder / "1.mkv", folder / "2.mkv", tmp_path / "0.png"):
        path.touch()
    assert [p.name for p in media_in([folder, tmp_path / "0.png"])] == ["1.mkv", "2.mkv", "0.png"]


def test_a_folder_without_media_names_what_is_understood(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(InputError, match=r"holds no recording or photo; .*mp4.*webm.*jpg.*png.*\.$"):
        media_in([tmp_path])


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.mp4 does not exist"):
        media_in([tmp_path / "gone.mp4"])


@pytest.mark.parametrize("read", [lambda path: media_in([path]), lambda path: open_source(path, 1.0)])
def test_a_path_that_the_system_refuses_is_told_in_one_sentence(
    read: Callable[[Path], object], tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=r"x\.mp4 can't be read: File name too long; .*\.$"):
        read(tmp_path / f"{'x' * 300}.mp4")


def test_a_folder_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(InputError, match="may not be read by you; ask its owner for permission"):
        media_in([tmp_path])


@pytest.mark.parametrize("ending", [".jpg", ".png", ".webp", ".bmp"])
def test_a_photo_is_known_by_its_content(ending: str, tmp_path: Path) -> None:
    path = tmp_path / "picture.mp4"
    path.write_bytes(cv2.imencode(ending, np.zeros((32, 32, 3), np.uint8))[1].tobytes())
    assert is_photo(path)


@pytest.mark.parametrize(
    ("ending", "codec"), [("mp4", "libx264"), ("mkv", "libx264"), ("avi", "mpeg4"), ("mpg", "mpeg1video")]
)
def test_a_recording_is_known_by_its_content(ending: str, codec: str, tmp_path: Path) -> None:
    video = Video(times=steady(1.0, 25), codec=codec, tick=Fraction(1, 25), rate=25)
    made = write_clip(tmp_path / f"a.{ending}", video)
    assert not is_photo(made.rename(tmp_path / "clip.jpg"))


def test_what_the_content_does_not_tell_the_ending_does(tmp_path: Path) -> None:
    for name in ("text.jpg", "text.mp4"):
        (tmp_path / name).write_text("plain words, and enough of them")
    assert is_photo(tmp_path / "text.jpg")
    assert not is_photo(tmp_path / "text.mp4")
    assert is_photo(tmp_path / "missing.PNG")
