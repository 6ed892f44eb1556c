"""Which packets are decoded: always enough for the frame shown at each instant, and not much more."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetbot.settings import LOOKAHEAD_PACKETS
from meetbot.sources.headers import Link
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
    return {step.packet: step.wanted for step in plan(stamped, Grid(every), first)}


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


def test_a_key_frame_right_behind_what_was_left_out_is_told() -> None:
    packets = recording(["p" * 9] * 6, 0.1)
    steps = [*plan((Stamped(p, p.time, p.key, 100) for p in packets), Grid(1.5), 0)]
    assert [step.packet.time for step in steps if step.anew] == pytest.approx([1.0, 3.0, 4.0, 5.0])


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
    assert list(plan(stamped, Grid(1.0), 0)) == [(n, True, False) for n in range(100)]


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
    assert next(plan(iter(packets), Grid(60.0), 1)) == (0, False, False)


def test_instants_lie_on_multiples_of_the_step() -> None:
    grid = Grid(0.7)
    assert [grid.at(k) for k in range(3)] == [0.0, 0.7, 1.4]
    assert [grid.next(t) for t in (0.0, 0.1, 0.7, 1.4000001, 1.5)] == [0, 1, 1, 2, 3]


def minis(count: int, step: float = 0.04) -> list[Packet]:
    """A key frame, and a chain whose every fourth frame is decoded before the three shown between."""
    packets = [Packet(0, 0.0, True, 0)]
    for mini in range(count):
        for place in (4, 2, 1, 3):
            packets.append(Packet(len(packets), (4 * mini + place) * step, False, 0))
    return packets


def told(packet: Packet) -> Link | None:
    """As in a stream in which one of the three between may be referred to, but never by the chain."""
    if packet.key:
        return Link(0, None)
    mini = packet.number // 4
    return Link(2 * mini + 1, 2 * mini - 1 if mini else 0, 1 if mini else 0)


def thinned(
    packets: list[Packet], every: float, link: Callable[[Packet], Link | None] = told
) -> list[tuple[int, bool]]:
    stamped = (Stamped(p, p.time, p.key, 100) for p in packets)
    return [(round(p.time / 0.04), wanted) for p, wanted, _ in plan(stamped, Grid(every), 0, link)]


def test_what_the_chain_does_not_need_is_decoded_only_near_a_wanted_frame() -> None:
    assert thinned(minis(13), 1.0) == [
        (0, True),
        *((4 * mini, False) for mini in range(1, 6)),
        *((24, False), (22, False), (21, False), (23, False)),  # they place those that follow
        *((28, False), (26, False), (25, True)),
        *((4 * mini, False) for mini in range(8, 12)),
        *((48, False), (46, False), (45, False), (47, False)),
        *((52, True), (50, True)),  # the last of all is shown for as long as it says
    ]


def test_all_is_decoded_from_where_the_chain_may_refer_to_what_lies_beside_it() -> None:
    def known(end: float) -> list[int]:
        return [n for n, _ in thinned(minis(12), 0.52, lambda p: told(p) if p.time < end else None)]

    first, second = known(9.0), known(1.0)
    wanted = 13  # the next one is 26, which 28 comes before
    assert [n for n in second if n <= wanted] == [n for n in first if n <= wanted]
    assert {*range(17, 27)} <= {*second}
    assert not {*range(17, 27)} <= {*first}


def test_the_next_key_frame_begins_a_chain_of_its_own() -> None:
    unknown = minis(12)
    known = [Packet(p.number, p.time + 2.0, p.key, 1) for p in unknown]
    kept = [n for n, _ in thinned([*unknown, *known], 1.0, lambda p: told(p) if p.group else None)]
    assert len([n for n in kept if n < 26]) > 25
    assert len([n for n in kept if 50 <= n < 75]) < 15
