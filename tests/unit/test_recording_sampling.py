"""Which packets are decoded: always enough for the frame shown at each instant, and not much more."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetbot.settings import LOOKAHEAD_PACKETS
from meetbot.sources.sampling import Grid, Stamped, plan


@dataclass(frozen=True)
class Packet:
    number: int  # place in decoding order
    time: float
    key: bool
    group: int


def group(begin: float, step: float, shape: str, number: int, start: int) -> list[Packet]:
    """A key frame and its followers; in `shape` each letter is a frame: `p` in order, `b` shown before its
    forerunner, `l` shown before the key frame."""
    packets = [Packet(start, begin, True, number)]
    latest = begin
    for k, letter in enumerate(shape, start + 1):
        if letter == "l":
            time = begin - step * (0.3 + 0.1 * (k - start))
        elif letter == "b":
            time = latest - step * 0.5
        else:
            time = latest = latest + step
        packets.append(Packet(k, time, False, number))
    return packets


def recording(shapes: list[str], step: float) -> list[Packet]:
    packets: list[Packet] = []
    begin = 0.0
    for number, shape in enumerate(shapes):
        packets += group(begin, step, shape, number, len(packets))
        begin = max(p.time for p in packets) + step
    return packets


def chosen(packets: list[Packet], every: float, first: int = 0) -> dict[Packet, bool]:
    stamped = (Stamped(p, p.time, p.key, 100) for p in packets)
    return dict(plan(stamped, Grid(every), first))


def shown_at(packets: list[Packet], time: float) -> Packet:
    return max((p for p in packets if p.time <= time + 1e-6), key=lambda p: p.time)


def referred_to(shown: Packet, packets: list[Packet]) -> list[Packet]:
    """What a frame may refer to: its group so far; for one shown before its key frame, also the group before.

    Frames shown before a key frame are referred to by none behind it.
    """
    keys = {p.group: p for p in packets if p.key}
    leading = shown.time < keys[shown.group].time
    groups = {shown.group, shown.group - 1} if leading else {shown.group}
    earlier = (p for p in packets if p.group in groups and p.number < shown.number)
    return [p for p in earlier if p.time >= keys[p.group].time or (leading and p.group == shown.group)]


shapes = st.lists(st.from_regex(r"l{0,2}(pb?){0,6}", fullmatch=True), min_size=1, max_size=8)


@given(shapes, st.sampled_from([0.1, 0.4, 1.0, 3.0]), st.sampled_from([0.25, 1.0, 5.0]), st.integers(0, 4))
def test_the_frame_shown_at_each_instant_is_decoded_with_all_it_refers_to(
    shapes: list[str], step: float, every: float, first: int
) -> None:
    packets = recording(["p", *shapes], step)
    kept = chosen(packets, every, first)
    end = max(p.time for p in packets)
    k = first
    while k * every <= end:
        shown = shown_at(packets, k * every)
        assert kept[shown] is True
        assert all(p in kept for p in referred_to(shown, packets))
        k += 1


@given(shapes, st.sampled_from([0.25, 1.0]))
def test_packets_keep_their_decoding_order(shapes: list[str], every: float) -> None:
    numbers = [p.number for p in chosen(recording(shapes, 0.2), every)]
    assert numbers == sorted(numbers)


def test_what_follows_the_last_wanted_frame_of_a_group_is_left_out() -> None:
    packets = recording(["p" * 9] * 6, 0.1)  # a key frame each second, ten frames a second
    kept = chosen(packets, 2.0)
    assert [p.time for p in kept if kept[p]] == pytest.approx([0.0, 2.0, 4.0, 5.9])
    assert [p.time for p in kept if p.time < 4.9] == pytest.approx([0.0, 2.0, 4.0])


def test_the_frames_between_two_wanted_ones_are_asked_for_as_references_only() -> None:
    packets = recording(["p" * 20], 0.1)
    kept = chosen(packets, 1.0)
    assert len(kept) == 21
    assert [p.number for p in kept if kept[p]] == [0, 10, 20]


def test_a_late_start_begins_at_the_key_frame_before_it() -> None:
    packets = recording(["p" * 9] * 6, 0.1)
    kept = chosen(packets, 0.5, first=7)
    assert min(p.time for p in kept) == pytest.approx(3.0)


def test_a_still_picture_is_wanted_once() -> None:
    times = [0.0, 0.1, 30.0, 30.1]
    packets = [Packet(n, time, n == 0, 0) for n, time in enumerate(times)]
    assert [p.time for p, wanted in chosen(packets, 1.0).items() if wanted] == [0.0, 0.1, 30.0, 30.1]


def test_packets_without_a_time_are_all_decoded() -> None:
    stamped = [Stamped(n, None, n == 0, 100) for n in range(100)]
    assert list(plan(stamped, Grid(1.0), 0)) == [(n, True) for n in range(100)]


def test_no_more_than_a_bounded_number_of_packets_waits() -> None:
    read = 0

    def endless() -> "object":
        nonlocal read
        for read in range(100_000):
            yield Stamped(read, read * 0.001, read == 0, 100)

    next(plan(endless(), Grid(1000.0), 5))  # type: ignore[arg-type]
    assert read <= LOOKAHEAD_PACKETS + 40


def test_a_heavy_group_is_decoded_instead_of_held() -> None:
    megabyte = 2**20
    packets = [Stamped(n, n * 0.04, n == 0, megabyte) for n in range(200)]
    first, wanted = next(plan(iter(packets), Grid(60.0), 1))
    assert (first, wanted) == (0, False)


def test_instants_lie_on_multiples_of_the_step() -> None:
    grid = Grid(0.7)
    assert [grid.at(k) for k in range(3)] == [0.0, 0.7, 1.4]
    assert [grid.next(t) for t in (0.0, 0.1, 0.7, 1.4000001, 1.5)] == [0, 1, 1, 2, 3]
