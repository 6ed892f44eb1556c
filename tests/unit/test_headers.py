"""What an H.264 frame refers to is told where its headers leave no choice, and never guessed."""

from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetbot.sources.headers import Headers, Link
from meetbot.types import Image
from tests.media import Video, steady, write_clip

ONE_EACH = "ref=1:bframes=3:b-adapt=0:scenecut=0"


def moving(time: float) -> Image:
    """Noise that drifts, so that every frame refers to others."""
    noise = np.random.default_rng(1).integers(0, 255, (96, 192), np.uint8)
    return np.ascontiguousarray(noise[:, round(time * 10) : round(time * 10) + 128])


def links(path: Path) -> list[Link | None]:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        headers = Headers(stream.codec_context.extradata)
        return [headers.link(bytes(packet)) for packet in container.demux(stream) if packet.size]


def clip(folder: Path, params: str, ending: str = "mp4") -> Path:
    return write_clip(folder / f"clip.{ending}", Video(moving, steady(1.3), options={"x264-params": params}))


@pytest.mark.parametrize("ending", ["mp4", "mkv", "ts"])
def test_each_frame_that_is_shown_after_all_before_it_tells_the_one_it_refers_to(
    tmp_path: Path, ending: str
) -> None:
    between = [None] * 3
    assert links(clip(tmp_path, ONE_EACH, ending)) == [
        Link(0, None),
        *(Link(1, 0), *between),  # shown fifth, then the three between, of which others refer to one
        *(Link(3, 1, 1), *between),
        *(Link(5, 3, 1), *between),
    ]


@pytest.mark.parametrize(
    "params",
    ["ref=3:bframes=3:b-adapt=0", ONE_EACH + ":interlaced=1", ONE_EACH + ":weightp=2:weightb=0:ref=2"],
    ids=["several references", "fields", "one reference twice"],
)
def test_where_a_frame_has_a_choice_nothing_is_told(tmp_path: Path, params: str) -> None:
    assert not any(link and link.reference is not None for link in links(clip(tmp_path, params)))


def test_all_slices_of_a_frame_are_looked_at(tmp_path: Path) -> None:
    assert links(clip(tmp_path, ONE_EACH + ":slices=4"))[:2] == [Link(0, None), Link(1, 0)]


def test_frames_without_any_between_them_refer_to_the_one_before(tmp_path: Path) -> None:
    told = links(clip(tmp_path, "ref=1:bframes=0:scenecut=0"))
    assert told[1:4] == [Link(1, 0), Link(2, 1), Link(3, 2)]


@given(st.binary(max_size=200), st.lists(st.binary(max_size=100), max_size=5))
def test_bytes_without_sense_tell_nothing_and_break_nothing(extradata: bytes, packets: list[bytes]) -> None:
    headers = Headers(extradata)
    for packet in packets:
        headers.link(packet)
        headers.link(b"\0\0\1" + packet)


def test_a_frame_of_which_only_a_strip_is_new_is_not_alone(tmp_path: Path) -> None:
    path = clip(tmp_path, "intra-refresh=1:keyint=8:bframes=0")
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        headers = Headers(stream.codec_context.extradata)
        packets = [packet for packet in container.demux(stream) if packet.size]
    assert [headers.alone(bytes(packet)) for packet in packets] == [True] + [False] * (len(packets) - 1)
    assert sum(packet.is_keyframe for packet in packets) > 1


def test_a_huge_unit_of_zeros_costs_nothing() -> None:
    headers = Headers(None)
    for kind in (0x67, 0x68, 0x65):
        assert headers.link(b"\0\0\1" + bytes([kind, 0xC0, 1, 1]) + bytes([1, 0]) * 2_000_000) is None


def test_after_parameters_that_are_not_understood_nothing_is_told(tmp_path: Path) -> None:
    with av.open(str(clip(tmp_path, ONE_EACH, "ts"))) as container:
        stream = container.streams.video[0]
        packets = [bytes(packet) for packet in container.demux(stream) if packet.size]
    headers = Headers(None)
    assert headers.link(packets[0]) is not None
    headers.link(b"\0\0\1" + bytes([0x67, 100, 0, 10]))  # a sequence that ends too early
    assert headers.link(packets[1]) is None
