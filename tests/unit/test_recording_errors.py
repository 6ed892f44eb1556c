"""Files that are no recording: one sentence each, which names the file and says what to do."""

import errno
import os
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from meetbot.errors import InputError
from meetbot.sources import open_source
from tests.media import Video, dial, steady, write_clip
from tests.vanishing import Vanishing

GRAIN = np.random.default_rng(0).integers(0, 64, (96, 128)).astype(np.uint8)


def complaint(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        open_source(path, 1.0)
    text = str(caught.value)
    assert path.name in text
    assert text.endswith(".") and "\n" not in text
    return text


def test_a_missing_path(tmp_path: Path) -> None:
    assert "does not exist" in complaint(tmp_path / "gone.mp4")


def test_a_folder(tmp_path: Path) -> None:
    assert "is a folder" in complaint(tmp_path)


@pytest.mark.parametrize("ending", ["mp4", "mkv", "avi", "mpg", "webm"])
def test_text_in_the_name_of_a_recording(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"notes.{ending}"
    path.write_text("These are my notes of the lesson.\n" * 100)
    assert "not a video" in complaint(path)


def test_a_playlist_is_refused_rather_than_followed(tmp_path: Path) -> None:
    inside = write_clip(tmp_path / "inside.mp4", Video(times=steady(0.5)))
    path = tmp_path / "list.mp4"
    path.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{inside}\n#EXT-X-ENDLIST\n")
    assert "not a video" in complaint(path)


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "lecture.mp4"
    path.touch()
    assert complaint(path) == "lecture.mp4 is empty; copy or download it again."


def test_sound_only(tmp_path: Path) -> None:
    assert "sound, but no video" in complaint(write_clip(tmp_path / "podcast.mp4", sound=2.0))


@pytest.mark.parametrize(
    ("ending", "words"),
    [("mkv", "stops before its first picture"), ("avi", "no picture of"), ("mp4", "has no video")],
)
def test_a_video_without_frames(ending: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / f"headers.{ending}"
    with av.open(str(path), "w") as container:
        container.add_stream("mpeg4", rate=25, width=128, height=96, pix_fmt="yuv420p")
        container.start_encoding()
    assert words in complaint(path)


def test_a_video_whose_every_packet_is_damaged(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "noise.mp4", Video(times=steady(2.0)))
    data = bytearray(path.read_bytes())
    begin = data.index(b"mdat") + 4
    end = data.index(b"moov") - 4
    data[begin:end] = bytes(end - begin)
    path.write_bytes(data)
    assert "no picture of" in complaint(path)


def test_a_video_too_small_for_a_face(tmp_path: Path) -> None:
    dot = Video(lambda t: dial(t)[:1, :1], steady(1.0), codec="ffv1", pixels="gray", colour_range=2)
    assert "only 1x1 pixels" in complaint(write_clip(tmp_path / "dot.mkv", dot))


def test_a_recording_that_was_never_finished(tmp_path: Path) -> None:
    path = write_clip(
        tmp_path / "crashed.mp4",
        Video(lambda t: np.random.default_rng(0).integers(0, 255, (96, 128)).astype(np.uint8)),
    )
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    assert "never finished" in complaint(path)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_clip(tmp_path / "private.mp4", Video(times=steady(0.5)))
    path.chmod(0)
    if os.access(path, os.R_OK):  # the superuser reads everything: let the lowest call refuse instead
        monkeypatch.setattr("av.open", refuse)
    assert "may not be read" in complaint(path)


def refuse(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied")


@pytest.mark.parametrize("name", ["lesson.mp4", "class.png"])
def test_a_disk_that_fails_while_reading(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / name
    if name.endswith("png"):
        path.write_bytes(cv2.imencode(".png", np.zeros((64, 64), np.uint8))[1].tobytes())
    else:
        write_clip(path, Video(times=steady(0.5)))
    source = open_source(path, 1.0)
    monkeypatch.setattr("hashlib.file_digest", fail)
    with pytest.raises(InputError, match=rf"{name} can't be read: Input/output error; .*\.$"):
        assert source.about


def test_a_disk_that_fails_at_the_file_s_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_clip(tmp_path / "lesson.mp4", Video(times=steady(0.5)))
    monkeypatch.setattr(Path, "open", fail)
    assert "can't be read: Input/output error; see to its disk or network" in complaint(path)


def fail(*_: object, **__: object) -> None:
    raise OSError(errno.EIO, "Input/output error")


@pytest.mark.parametrize("error", [errno.EIO, errno.ESTALE, errno.ENOTCONN, errno.ENODEV])
@pytest.mark.parametrize("ending", ["mp4", "mkv", "avi", "mpg", "webm"])
def test_a_disk_that_goes_is_not_taken_for_the_end_of_the_file(
    ending: str,
    error: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    codec = {"mpg": "mpeg2video", "webm": "libvpx"}.get(ending, "libx264")
    tick = Fraction(1, 25) if ending in ("mpg", "avi") else Fraction(1, 1000)
    video = Video(lambda t: dial(t) ^ GRAIN, steady(6.0, 25), codec, tick=tick, rate=25)
    path = write_clip(tmp_path / f"lesson.{ending}", video)
    disk = Vanishing(monkeypatch, error)
    source, read = open_source(path, 0.5), 0
    with pytest.raises(InputError) as caught, source as found:
        for _ in disk.after(1)(found, source.about):
            read += 1
    assert 1 < read < 12
    assert str(caught.value) == (
        f"{path} can't be read: {os.strerror(error)}; "
        "see to its disk or network, then the same command carries on."
    )
    assert capfd.readouterr().err == ""


def test_a_disk_that_goes_at_the_file_s_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_clip(tmp_path / "lesson.mp4", Video(times=steady(0.5)))  # with its index at the end
    Vanishing(monkeypatch, errno.ENODEV).gone = True
    assert os.strerror(errno.ENODEV) in complaint(path)


def test_a_file_that_goes_away_before_it_is_read(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "lesson.mp4", Video(times=steady(0.5)))
    source = open_source(path, 1.0)
    path.unlink()
    with pytest.raises(InputError, match="does not exist"), source:
        pass


@pytest.mark.parametrize("name", ["a:b.mp4", "пара.mkv", "100% ready?.webm", "list,of.mov", "-.mp4"])
def test_unusual_names_are_just_names(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codec = "libvpx" if name.endswith("webm") else "libx264"
    made = write_clip(tmp_path / f"made{Path(name).suffix}", Video(times=steady(1.0), codec=codec))
    made.rename(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    with open_source(Path(name), 0.5) as found:
        assert [i.time for i in found] == [0.0, 0.5]
