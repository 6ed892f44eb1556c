"""Recordings: every codec and container gives the frame that is shown at each instant."""

import gc
import math
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame

from meetbot.sources import open_source
from meetbot.sources.frames import picture_of
from meetbot.types import Image, Instant
from tests.media import Video, dial, dialled, steady, write_clip

BY_25 = Fraction(1, 25)  # MPEG-1 and 2 know only a few frame rates
BY_10 = Fraction(1, 10)  # AVI numbers its frames

KINDS = {
    "h264.mp4": Video(codec="libx264", options={"bf": "3", "g": "25"}),
    "h264.mkv": Video(codec="libx264", options={"bf": "3", "g": "10", "x264-params": "open-gop=1"}),
    "h264.mov": Video(codec="libx264", options={"bf": "2"}),
    "h264.avi": Video(codec="libx264", tick=BY_10, options={"bf": "2"}),
    "hevc.mkv": Video(codec="libx265", options={"g": "12"}),
    "hevc.mp4": Video(codec="libx265"),
    "vp8.webm": Video(codec="libvpx", options={"g": "20", "auto-alt-ref": "1", "crf": "4", "b": "1M"}),
    "vp9.webm": Video(codec="libvpx-vp9", options={"g": "20", "cpu-used": "8"}),
    "av1.mp4": Video(codec="libsvtav1"),
    "av1.mkv": Video(codec="libsvtav1"),
    "mpeg1.mpg": Video(times=steady(6.0, 25), codec="mpeg1video", tick=BY_25, rate=25, options={"bf": "2"}),
    "mpeg2.mpg": Video(times=steady(6.0, 25), codec="mpeg2video", tick=BY_25, rate=25, options={"bf": "2"}),
    "mpeg4.mp4": Video(codec="mpeg4", options={"bf": "2"}),
    "mpeg4.avi": Video(codec="mpeg4", tick=BY_10, options={"bf": "2"}),
}


def drift(time: float) -> Image:
    """Noise before which a square moves: frames refer to others, each of its blocks to one of its own."""
    noise = np.random.default_rng(1).integers(60, 200, (96, 200), np.uint8)
    image = np.ascontiguousarray(noise[:, round(time * 7) : round(time * 7) + 128])
    left = round(20 + 15 * math.sin(3 * time))
    image[30:60, left : left + 40] = 30 + 3 * (round(time * 10) % 7)
    return image


def instants(path: Path, every: float, start: float = 0.0) -> list[Instant]:
    with open_source(path, every, start) as found:
        return list(found)


def brightness(instant: Instant) -> float:
    """The mean brightness of the one picture, which `dial` made a clock."""
    return float(instant.frames[0].picture.luma.mean())


def warnings(found: list[Instant]) -> list[str]:
    return [event.text for instant in found for event in instant.events]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("every", [0.5, 0.7])
def test_each_instant_shows_the_picture_of_its_time(kind: str, every: float, tmp_path: Path) -> None:
    found = instants(write_clip(tmp_path / kind, KINDS[kind]), every)
    assert [i.time for i in found] == [k * every for k in range(len(found))]
    assert len(found) == pytest.approx(6.0 / every, abs=1)
    for instant in found:
        earliest, latest = dialled(max(0.0, instant.time - every / 2)), dialled(instant.time)
        assert earliest - 2.5 <= brightness(instant) <= latest + 2.5
    assert warnings(found) == []


@pytest.mark.parametrize("kind", ["h264.mp4", "hevc.mkv", "vp9.webm", "av1.mp4", "h264.avi"])
def test_the_picture_is_the_very_frame_on_show(kind: str, tmp_path: Path) -> None:
    found = instants(write_clip(tmp_path / kind, KINDS[kind]), 0.35)
    assert [brightness(i) for i in found] == pytest.approx([dialled(i.time) for i in found], abs=1.2)


@pytest.mark.parametrize("every", [0.3, 1.0, 3.0])
@pytest.mark.parametrize(
    "params",
    [
        "ref=1:bframes=3:b-adapt=0",
        "ref=1:bframes=8:b-adapt=0:b-pyramid=normal",
        "ref=1:bframes=3:b-adapt=2:direct=temporal:keyint=20",
        "ref=3:bframes=3",
        "ref=1:bframes=3:keyint=27:open-gop=1",
        "ref=1:bframes=3:keyint=20:intra-refresh=1",
        "ref=1:bframes=0",
    ],
)
def test_what_is_left_out_changes_no_picture(params: str, every: float, tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.mp4", Video(drift, steady(6.0), options={"x264-params": params}))
    with av.open(str(path)) as container:
        whole = [picture_of(frame).luma for frame in container.decode(video=0)]
    for instant in instants(path, every):
        shown = whole[math.floor(instant.time * 10 + 1e-6)]
        assert np.array_equal(instant.frames[0].picture.luma, shown)


@pytest.mark.parametrize("kind", ["h264.mkv", "hevc.mp4", "vp8.webm", "mpeg2.mpg", "mpeg4.avi"])
def test_a_segment_samples_the_same_instants_as_the_whole(kind: str, tmp_path: Path) -> None:
    path = write_clip(tmp_path / kind, KINDS[kind])
    whole = {i.time: i for i in instants(path, 0.7)}
    segment = instants(path, 0.7, start=3.0)
    assert [i.time for i in segment] == [t for t in whole if t >= 3.0]
    for instant in segment:
        assert np.array_equal(instant.frames[0].picture.luma, whole[instant.time].frames[0].picture.luma)


def test_a_start_behind_the_end_gives_no_instants(tmp_path: Path) -> None:
    assert instants(write_clip(tmp_path / "short.mp4", Video()), 1.0, start=60.0) == []


def test_a_still_of_half_a_minute_serves_all_instants_in_it(tmp_path: Path) -> None:
    video = Video(times=[0.0, 1.0, 1.1, 31.1, 31.2], draw=lambda t: np.full((96, 128), int(t * 4), np.uint8))
    found = instants(write_clip(tmp_path / "slides.mkv", video), 1.0)
    assert [i.time for i in found] == [float(k) for k in range(32)]
    still = [i.frames[0].picture for i in found[2:32]]
    assert all(picture is still[0] for picture in still)
    assert float(still[0].luma.mean()) == pytest.approx(4, abs=2)
    assert warnings(found) == []


def test_time_is_the_time_stamp_and_not_the_number_of_the_frame(tmp_path: Path) -> None:
    uneven = [0.0, 0.05, 0.1, 1.9, 2.0, 2.3, 3.7, 3.71, 3.72, 5.0, 5.9]
    found = instants(write_clip(tmp_path / "uneven.mp4", Video(times=uneven)), 0.5)
    shown = [max(t for t in uneven if t <= i.time + 1e-6) for i in found]
    assert [brightness(i) for i in found] == pytest.approx([dialled(t) for t in shown], abs=1.5)


def test_the_lesson_begins_at_the_first_video_frame(tmp_path: Path) -> None:
    late = Video(times=[t + 2.5 for t in steady(3.0)], draw=lambda t: dial(t - 2.5))
    found = instants(write_clip(tmp_path / "late.mkv", late, sound=5.0), 1.0)
    assert [i.time for i in found] == [0.0, 1.0, 2.0]
    assert [brightness(i) for i in found] == pytest.approx([dialled(i.time) for i in found], abs=1.5)


def test_a_recording_without_sound_and_one_with_it_give_the_same(tmp_path: Path) -> None:
    silent = instants(write_clip(tmp_path / "silent.mp4", Video()), 1.0)
    loud = instants(write_clip(tmp_path / "loud.mp4", Video(), sound=6.0), 1.0)
    assert [brightness(i) for i in loud] == [brightness(i) for i in silent]


def test_of_several_videos_the_largest_moving_one_is_read(tmp_path: Path) -> None:
    small = Video(draw=lambda t: np.full((64, 64), 10, np.uint8))
    large = Video(draw=lambda t: np.full((192, 256), 200, np.uint8))
    found = instants(write_clip(tmp_path / "two.mkv", small, large), 1.0)
    assert brightness(found[0]) == pytest.approx(200, abs=2)
    assert warnings(found) == ["two.mkv has several videos; the largest was read, 64x64 left out."]
    assert found[0].events[0].kind == "warning"


def test_a_still_video_is_passed_over_however_large(tmp_path: Path) -> None:
    cover = Video(draw=lambda t: np.full((480, 640), 10, np.uint8), times=[0.0])
    found = instants(write_clip(tmp_path / "cover.mkv", cover, Video()), 1.0)
    assert found[0].frames[0].picture.luma.shape == (96, 128)
    assert warnings(found) == []


def test_a_source_tells_what_the_file_says_of_itself(tmp_path: Path) -> None:
    stamp = {"creation_time": "2026-03-02T08:15:00Z"}
    path = write_clip(tmp_path / "Monday, 8b.mp4", Video(rotation=90), about=stamp)
    about = open_source(path, 1.0).about
    assert about.title == "Monday, 8b"
    assert about.started_at is not None and about.started_at.startswith("2026-03-02T08:15:00")
    assert about.duration == pytest.approx(6.0, abs=0.1)
    assert about.size == (96, 128)


def test_the_content_hash_is_the_files(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mkv", Video(times=steady(1.0)))
    before = open_source(path, 1.0).about.content_hash
    assert before.startswith("sha256:") and len(before) == 7 + 64
    path.write_bytes(path.read_bytes() + b"\0")
    assert open_source(path, 1.0).about.content_hash != before


def test_a_change_of_size_in_mid_recording_is_followed(tmp_path: Path) -> None:
    first = write_clip(tmp_path / "1.mpg", KINDS["mpeg1.mpg"])
    wide = Video(
        draw=lambda t: np.full((144, 176), 90, np.uint8),
        times=steady(2.0, 25, start=6.0),
        codec="mpeg1video",
        tick=BY_25,
        rate=25,
    )
    second = write_clip(tmp_path / "2.mpg", wide)
    both = tmp_path / "both.mpg"
    both.write_bytes(first.read_bytes() + second.read_bytes())
    sizes = {i.frames[0].picture.luma.shape for i in instants(both, 1.0) if i.frames}
    assert sizes == {(96, 128), (144, 176)}


def test_a_picture_outlives_its_recording(tmp_path: Path) -> None:
    def draw(time: float) -> Image:
        return np.full((96, 128), int(time * 20), np.uint8)

    found = instants(write_clip(tmp_path / "a.mp4", Video(draw=draw)), 1.0)
    assert [brightness(i) for i in found] == pytest.approx([0, 20, 40, 60, 80, 100], abs=2)
    assert found[3].frames[0].picture.colour()[48, 64].tolist() == pytest.approx([60] * 3, abs=3)


def test_frames_are_let_go_as_reading_goes_on(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", Video(times=steady(30.0), rotation=90))
    gc.collect()
    gc.disable()  # frames that only the collector can free would pile up to gigabytes in a long recording
    try:
        with open_source(path, 0.5) as found:
            # Now and then, since looking through all that is in memory takes long.
            alive = [frames_in_memory() for number, _ in enumerate(found) if number % 12 == 0]
    finally:
        gc.enable()
    assert len(alive) == 5
    assert max(alive) <= alive[0] + 2


def frames_in_memory() -> int:
    return sum(isinstance(thing, VideoFrame) for thing in gc.get_objects())
