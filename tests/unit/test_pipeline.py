"""The core: instants in, observations out."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from meetbot.pipeline import observe
from meetbot.types import Box, Event, Face, Frame, Instant, Participant, Picture, Reading, Tile

PICTURE = Picture(np.zeros((48, 64), np.uint8))
NOWHERE = Box(0, 0, 1, 1)


def instant(time: float, *seats: int, events: tuple[Event, ...] = ()) -> Instant:
    """An instant whose one frame names its seats in `participant`, for the fakes below."""
    return Instant(time, (Frame(time, PICTURE, Participant(0, ",".join(map(str, seats)))),), events)


def find(frame: Frame) -> Sequence[Face]:
    return ()


def split(frame: Frame, faces: Sequence[Face]) -> Sequence[Tile]:
    names = frame.participant.name if frame.participant else ""
    seats = [int(seat) for seat in names.split(",") if seat]
    return [Tile(seat, None, "person", NOWHERE, "on", None, None, frame.picture) for seat in seats]


def read(tiles: Sequence[Tile], time: float) -> Sequence[Reading]:
    return [Reading(time, tile.seat, "no_face") for tile in tiles]


def test_each_instant_gives_events_before_readings() -> None:
    warning = Event(0.0, "warning", None, "two video streams")
    assert list(observe([instant(0.0, 1, events=(warning,))], find, split, read)) == [
        warning,
        Event(0.0, "joined", 1),
        Reading(0.0, 1, "no_face"),
    ]


def test_seats_join_and_leave_between_instants() -> None:
    seen = list(observe([instant(0.0, 1, 2), instant(1.0, 2, 3)], find, split, read))
    events = [observation for observation in seen if isinstance(observation, Event)]
    assert events[2:] == [Event(1.0, "joined", 3), Event(1.0, "left", 1)]


def test_an_instant_without_a_frame_sends_nobody_away() -> None:
    cut = Instant(1.0, (), (Event(1.0, "warning", None, "the file is cut off"),))
    seen = list(observe([instant(0.0, 1), cut, instant(2.0, 1)], find, split, read))
    assert [item.kind for item in seen if isinstance(item, Event)] == ["joined", "warning"]


def test_a_frame_that_tells_nothing_sends_nobody_away() -> None:
    def lost(frame: Frame, faces: Sequence[Face]) -> Sequence[Tile] | None:
        return None if frame.time == 1.0 else split(frame, faces)

    seen = list(observe([instant(float(time), 1) for time in range(3)], find, lost, read))
    assert seen == [Event(0.0, "joined", 1), Reading(0.0, 1, "no_face"), Reading(2.0, 1, "no_face")]


def test_a_tile_that_is_not_settled_is_neither_read_nor_gone() -> None:
    def unsettled(frame: Frame, faces: Sequence[Face]) -> Sequence[Tile]:
        tiles = split(frame, faces)
        return [replace(tile, settled=frame.time != 1.0, camera="off") for tile in tiles]

    seen = list(observe([instant(float(time), 1) for time in range(3)], find, unsettled, read))
    assert seen == [Event(0.0, "joined", 1), Reading(0.0, 1, "no_face"), Reading(2.0, 1, "no_face")]


def test_the_stage_neither_comes_nor_goes() -> None:
    def share(frame: Frame, faces: Sequence[Face]) -> Sequence[Tile]:
        return [Tile(0, None, "stage", NOWHERE, "on", None, None, frame.picture)]

    assert list(observe([instant(0.0, 1)], find, share, lambda tiles, time: ())) == []


def test_the_splitters_news_come_before_what_was_seen() -> None:
    told = [[Event(0.0, "warning")], [Event(1.0, "reflow")], [Event(2.0, "slide", 0)]]
    news = iter(told)
    instants = [instant(float(time), 1) for time in range(3)]
    seen = list(observe(instants, find, split, read, after=0.0, news=lambda: next(news)))
    assert seen == [
        Event(1.0, "reflow"),
        Reading(1.0, 1, "no_face"),
        Event(2.0, "slide", 0),
        Reading(2.0, 1, "no_face"),
    ]


def test_instants_up_to_the_given_time_only_warm_the_memory() -> None:
    seen = list(observe([instant(4.0, 1), instant(5.0, 1, 2)], find, split, read, after=4.0))
    assert seen == [Event(5.0, "joined", 2), Reading(5.0, 1, "no_face"), Reading(5.0, 2, "no_face")]


def test_earlier_instants_warm_the_finder_alone() -> None:
    found: list[float] = []
    divided: list[float] = []

    def watch_find(frame: Frame) -> Sequence[Face]:
        found.append(frame.time)
        return ()

    def watch_split(frame: Frame, faces: Sequence[Face]) -> Sequence[Tile]:
        divided.append(frame.time)
        return split(frame, faces)

    list(
        observe([instant(2.0, 1), instant(3.0, 1), instant(4.0, 1)], watch_find, watch_split, read, after=3.0)
    )
    assert (found, divided) == ([2.0, 3.0, 4.0], [3.0, 4.0])


def test_all_faces_of_an_instant_are_read_in_one_call() -> None:
    calls: list[int] = []

    def count(tiles: Sequence[Tile], time: float) -> Sequence[Reading]:
        calls.append(len(tiles))
        return ()

    both = Instant(0.0, instant(0.0, 1, 2).frames + instant(0.0, 3).frames)
    list(observe([both], find, split, count))
    assert calls == [3]
