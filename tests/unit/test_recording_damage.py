"""Damaged recordings: what is there is read, what is missing is told, and nothing is made up."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Self

import av
import numpy as np
import pytest
from av.error import FFmpegError
from av.video.stream import VideoStream

from meetbot.errors import InputError
from meetbot.sources import open_source
from meetbot.types import Event, Image, Instant
from tests.media import Video, dial, dialled, steady, write_clip

GRAIN = [np.random.default_rng(n).integers(0, 255, (30, 128)).astype(np.uint8) for n in range(10)]


def grainy(time: float) -> Image:
    """A dial with noise in its upper third, so that each frame takes bytes of its own."""
    image = dial(time)
    image[:30] = GRAIN[int(time * 10 + 1e-6) % 10]
    return image


CLIPS = {
    "h264.mp4": Video(grainy, options={"g": "10"}),
    "h264.mkv": Video(grainy, options={"g": "10"}),
    "hevc.mkv": Video(grainy, codec="libx265", options={"g": "10"}),
    "vp8.webm": Video(grainy, codec="libvpx", options={"g": "10", "deadline": "realtime", "cpu-used": "8"}),
    "mpeg2.mpg": Video(
        grainy, steady(6.0, 25), "mpeg2video", tick=Fraction(1, 25), rate=25, options={"b": "2M"}
    ),
    "mpeg4.avi": Video(grainy, codec="mpeg4", tick=Fraction(1, 10), options={"b": "2M"}),
}


def make(kind: str, folder: Path) -> Path:
    """One of the clips; mp4 with its index in front, as a finished recording has it after an upload."""
    path = write_clip(folder / f"whole-{kind}", CLIPS[kind])
    return index_first(path) if kind.endswith("mp4") else path


def index_first(path: Path) -> Path:
    target = path.with_name(f"front-{path.name}")
    with av.open(str(path)) as read, av.open(str(target), "w", options={"movflags": "faststart"}) as write:
        stream = write.add_stream_from_template(read.streams.video[0])
        for packet in read.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                write.mux(packet)
    return target


def damage(path: Path, change: Callable[[bytearray], bytearray]) -> Path:
    damaged = path.with_name(f"damaged-{path.name}")
    damaged.write_bytes(change(bytearray(path.read_bytes())))
    return damaged


def cut(data: bytearray) -> bytearray:
    return data[: len(data) // 2 - 700]  # not where the container happens to begin a block


def blank(data: bytearray) -> bytearray:
    begin, size = len(data) // 2, len(data) // 4
    data[begin : begin + size] = bytes(size)
    return data


def instants(path: Path, every: float = 0.5) -> list[Instant]:
    with open_source(path, every) as found:
        return list(found)


def told(found: list[Instant]) -> list[Event]:
    return [event for instant in found for event in instant.events]


def brightness(instant: Instant) -> float:
    return float(instant.frames[0].picture.luma[40:].mean())


@pytest.mark.parametrize("kind", CLIPS)
def test_a_file_cut_at_half_gives_what_is_there_and_says_so(kind: str, tmp_path: Path) -> None:
    found = instants(damage(make(kind, tmp_path), cut))
    assert 2.0 <= found[-1].time <= 3.5
    for instant in found[:-1]:
        assert brightness(instant) == pytest.approx(dialled(instant.time), abs=6)
    texts = " ".join(event.text for event in told(found) if event.kind == "warning")
    assert "instead of 0:06" in texts or "probably cut off" in texts


@pytest.mark.parametrize("kind", CLIPS)
def test_a_whole_file_is_not_called_damaged(kind: str, tmp_path: Path) -> None:
    assert told(instants(make(kind, tmp_path))) == []


@pytest.mark.parametrize("kind", ["h264.mp4", "h264.mkv", "hevc.mkv", "vp8.webm"])
def test_a_hole_in_the_file_is_a_gap_and_not_an_old_picture(kind: str, tmp_path: Path) -> None:
    found = instants(damage(make(kind, tmp_path), blank), 0.25)
    empty = [instant.time for instant in found if not instant.frames]
    assert empty and 2.5 <= empty[0] <= 4.0
    gaps = [event for event in told(found) if event.kind == "gap"]
    assert len(gaps) == 1 and gaps[0].text.startswith("No picture could be read from 0:0")
    assert gaps[0].time <= empty[0]
    for instant in found:
        if instant.frames and instant.time < gaps[0].time - 0.5:
            assert brightness(instant) == pytest.approx(dialled(instant.time), abs=6)


def test_damaged_packets_are_counted(tmp_path: Path) -> None:
    texts = [event.text for event in told(instants(damage(make("h264.mp4", tmp_path), blank)))]
    counted = next(text for text in texts if "packets were skipped" in text)
    assert 10 <= int(counted.split()[0]) <= 20


@pytest.mark.parametrize("kind", CLIPS)
@pytest.mark.parametrize("seed", range(4))
def test_scattered_damage_never_stops_the_reading(kind: str, seed: int, tmp_path: Path) -> None:
    chance = np.random.default_rng(seed)

    def scatter(data: bytearray) -> bytearray:
        for place in chance.integers(0 if seed > 2 else len(data) // 4, len(data), 40):
            data[place] ^= int(chance.integers(1, 256))
        return data

    path = damage(make(kind, tmp_path), scatter)
    try:
        found = instants(path, 0.5)
    except InputError as error:  # the damage lies in the header
        assert path.name in str(error)
        return
    assert [i.time for i in found] == [k * 0.5 for k in range(len(found))]
    assert len(found) < 100


def test_the_tail_of_a_recording_begins_with_a_gap(tmp_path: Path) -> None:
    path = make("mpeg2.mpg", tmp_path)
    data = path.read_bytes()
    path.write_bytes(data[len(data) // 3 :])
    found = instants(path, 0.1)
    assert not found[0].frames and found[-1].frames
    assert told(found)[0].kind == "gap"
    assert told(found)[0].time == 0.0


@pytest.mark.parametrize("kind", ["vp8.webm", "mpeg2.mpg", "h264.mkv"])
def test_time_goes_on_where_the_files_clock_jumps_back(kind: str, tmp_path: Path) -> None:
    path = make(kind, tmp_path)
    path.write_bytes(path.read_bytes() * 2)
    found = instants(path, 1.0)
    assert [i.time for i in found] == [float(k) for k in range(12)]
    assert brightness(found[8]) == pytest.approx(dialled(2.0), abs=12)
    assert [e.text for e in told(found)] == [
        "The recording's clock jumps back by 6 s; time was counted on without the jump."
    ]


def test_a_leap_of_hours_does_not_make_hours_of_lesson(tmp_path: Path) -> None:
    leaping = Video(times=[*steady(2.0), *steady(2.0, start=90_000.0)])
    found = instants(write_clip(tmp_path / "leap.mkv", leaping), 0.5)
    assert len(found) == 8
    assert any("jumps ahead by 89998 s" in event.text for event in told(found))


def test_a_picture_that_claims_to_last_for_days_is_not_looked_at_for_days(tmp_path: Path) -> None:
    usual, claiming = write_clip(tmp_path / "usual.mov", Video(times=steady(2.0))), tmp_path / "claims.mov"
    with av.open(str(usual)) as source, av.open(str(claiming), "w") as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        packets = [packet for packet in source.demux(video=0) if packet.dts is not None]
        packets[-1].duration = round(72_000 / packets[-1].time_base)
        for packet in packets:
            packet.stream = stream
            target.mux(packet)
    found = instants(claiming, 1.0)
    assert found[-1].time < 603
    assert told(found)[-1].text == (
        "claims.mov says that it shows one picture for 20:00:00; no more than 10:00 of it were read."
    )


def test_what_a_demuxer_calls_a_read_error_ends_the_lesson_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make("h264.mkv", tmp_path)
    source = open_source(path, 0.5)
    monkeypatch.setattr("meetbot.sources.recording.opened", lambda p: FailingContainer(av.open(str(p))))
    with source as found:
        read = list(found)
    assert 2.0 <= read[-1].time <= 4.0
    assert any("instead of 0:06" in event.text for event in told(read))


@pytest.mark.parametrize("videos", [1, 2])
def test_damage_before_the_first_packet_is_stepped_over(
    videos: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_clip(tmp_path / "lesson.mkv", *[Video(times=steady(3.0))] * videos)
    monkeypatch.setattr("meetbot.sources.recording.opened", lambda p: StumblingContainer(av.open(str(p))))
    found = instants(path, 1.0)
    assert [brightness(i) for i in found] == pytest.approx([dialled(t) for t in (0.0, 1.0, 2.0)], abs=6)


class WornContainer:
    """A file that is damaged."""

    def __init__(self, container: "av.container.InputContainer") -> None:
        self._container = container

    def __getattr__(self, name: str) -> object:
        return getattr(self._container, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._container.close()


class FailingContainer(WornContainer):
    """It gives out after forty packets."""

    _left = 40

    def demux(self) -> object:
        for packet in self._container.demux():
            if self._left == 0:
                raise FFmpegError(5, "Input/output error")
            self._left -= 1
            yield packet


class StumblingContainer(WornContainer):
    """Its first packets can't be read."""

    _failures = 3

    def demux(self, *streams: VideoStream) -> object:
        if self._failures:
            self._failures -= 1
            raise FFmpegError(1094995529, "Invalid data found when processing input")
        return self._container.demux(*streams)
