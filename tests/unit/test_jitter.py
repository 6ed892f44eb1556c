"""Lost packets: given up soon, and nothing is shown that is built on them."""

from collections.abc import Iterable, Sequence

from aiortc.jitterbuffer import JitterBuffer
from aiortc.rtp import RtpPacket
from hypothesis import given, settings
from hypothesis import strategies as some

from meetbot.rooms.jitter import PromptBuffer, is_whole
from meetbot.settings import ASK_AGAIN_AFTER, LOST_AFTER

FIRST = 65_500  # so that numbers begin anew in the middle of a test
RATE = 10  # pictures a second
BEGIN = 2**32 - 90_000  # and so does the clock
VP8_KEY, VP8_OTHER = b"\x10\x02\x00\x9d\x01\x2a", b"\x11\x02\x00\x01\x02\x03"


def packets(sizes: Sequence[int], keys: Iterable[int] = (0,)) -> list[RtpPacket]:
    """Pictures of so many packets each; those that `keys` names need no other one."""
    made, number = [], FIRST
    for picture, size in enumerate(sizes):
        for place in range(size):
            packet = RtpPacket(
                payload_type=97,
                marker=int(place == size - 1),
                sequence_number=number % 2**16,
                timestamp=(BEGIN + picture * 90_000 // RATE) % 2**32,
            )
            head = (VP8_KEY if picture in keys else VP8_OTHER) if place == 0 else b""
            packet._data = head + f"<{picture}.{place}>".encode()  # type: ignore[attr-defined]
            made.append(packet)
            number += 1
    return made


def shown(arrivals: Iterable[RtpPacket]) -> tuple[list[int], int]:
    """The pictures that come out, and how often a whole one was asked for."""
    buffer, pictures, asked = PromptBuffer(512, is_video=True), list[int](), 0
    for packet in arrivals:
        ask, frame = buffer.add(packet)
        asked += ask
        if frame is not None:
            pictures.append(int(frame.data.partition(b"<")[2].partition(b".")[0]))
    return pictures, asked


def test_without_loss_every_picture_is_shown_and_nothing_asked_for() -> None:
    assert shown(packets([2] * 50)) == ([*range(49)], 0)


def test_a_packet_that_is_sent_again_in_time_costs_no_picture() -> None:
    sent = packets([2] * 20)
    late = sent.pop(11)
    sent.insert(11 + round(LOST_AFTER * RATE), late)
    assert shown(sent)[1] == 0


def test_a_lost_packet_is_given_up_and_the_next_whole_picture_is_waited_for() -> None:
    sent = packets([2] * 60, keys=(0, 30))
    del sent[11]  # of the sixth picture
    pictures, asked = shown(sent)
    assert pictures == [*range(5), *range(30, 59)]
    waited = 30 / RATE - 5 / RATE - LOST_AFTER
    assert waited / ASK_AGAIN_AFTER - 2 <= asked <= waited / ASK_AGAIN_AFTER + 2


def test_the_rest_of_a_picture_whose_beginning_was_lost_is_not_taken_for_one() -> None:
    sent = packets([3] * 40, keys=(0, 20))
    del sent[60]  # the first packet of the second whole picture
    assert shown(sent)[0] == [*range(19)]  # aiortc knows a picture to be over by the next one


def test_a_first_picture_that_was_overtaken_is_not_built_on() -> None:
    sent = packets([1] * 40, keys=(0, 20))
    sent[0], sent[1] = sent[1], sent[0]
    pictures, asked = shown(sent)
    assert pictures == [*range(20, 39)] and asked


@settings(max_examples=40, deadline=None)
@given(some.data())
def test_no_picture_is_shown_that_is_built_on_a_lost_one(data: some.DataObject) -> None:
    sizes = data.draw(some.lists(some.integers(1, 4), min_size=20, max_size=80))
    keys = {0, *data.draw(some.sets(some.integers(0, len(sizes) - 1), max_size=8))}
    sent = packets(sizes, keys)
    lost = data.draw(some.sets(some.integers(1, len(sent) - 1), max_size=len(sent) // 4))
    arrivals = [packet for number, packet in enumerate(sent) if number not in lost]
    for place in data.draw(some.lists(some.integers(0, len(arrivals) - 2), max_size=10)):
        arrivals[place : place + 2] = arrivals[place : place + 2][::-1]  # overtaken by the next
    pictures, _ = shown(arrivals)
    assert pictures == sorted(set(pictures))
    for before, picture in zip([-1, *pictures], pictures, strict=False):
        assert picture == before + 1 or picture in keys


def test_whole_pictures_are_known_by_their_codecs_marks() -> None:
    assert is_whole(VP8_KEY) and not is_whole(VP8_OTHER) and not is_whole(b"")
    assert is_whole(b"\x00\x00\x00\x01\x67\x42\x00\x00\x00\x01\x65\x88")
    assert not is_whole(b"\x00\x00\x00\x01\x41\x9a\x00\x00\x01\x01")


def test_sound_is_ordered_as_before() -> None:
    buffer, plain = PromptBuffer(16, prefetch=4), JitterBuffer(16, prefetch=4)
    sent = [packet for packet in packets([1] * 60) if packet.sequence_number % 7]
    for packet in sent:
        (asked, frame), (_, expected) = buffer.add(packet), plain.add(packet)
        assert not asked and (frame and frame.data) == (expected and expected.data)
