"""What happened between two instants follows from their tiles."""

from collections.abc import Mapping

import numpy as np
import pytest

from meetbot.gallery.changes import changes
from meetbot.types import Box, Camera, Event, Picture, Tile

PICTURE = Picture(np.zeros((48, 64), np.uint8))


def tile(seat: int, camera: Camera = "on", speaking: bool | None = None, name: str | None = None) -> Tile:
    return Tile(seat, name, "person", Box(0, 0, 1, 1), camera, speaking, None, PICTURE)


def between(before: list[Tile], now: list[Tile]) -> list[Event]:
    def seats(tiles: list[Tile]) -> Mapping[int, Tile]:
        return {tile.seat: tile for tile in tiles}

    return list(changes(7.0, seats(before), seats(now)))


def test_coming_tells_the_name_and_going_only_the_seat() -> None:
    assert between([tile(1, name="Ada")], [tile(2, name="Lise")]) == [
        Event(7.0, "joined", 2, "Lise"),
        Event(7.0, "left", 1),
    ]


def test_nothing_happens_where_nothing_changes() -> None:
    assert between([tile(1, speaking=True), tile(2, "off")], [tile(1, speaking=True), tile(2, "off")]) == []


def test_cameras_go_off_and_on() -> None:
    assert between([tile(1), tile(2, "off")], [tile(1, "off"), tile(2)]) == [
        Event(7.0, "camera_off", 1),
        Event(7.0, "camera_on", 2),
    ]


def test_one_stops_and_another_starts_to_speak() -> None:
    before, now = (
        [tile(1, speaking=True), tile(2, speaking=False)],
        [tile(1, speaking=False), tile(2, speaking=True)],
    )
    assert between(before, now) == [Event(7.0, "stopped_speaking", 1), Event(7.0, "started_speaking", 2)]


def test_who_leaves_stops_to_speak() -> None:
    assert between([tile(1, speaking=True)], []) == [Event(7.0, "left", 1), Event(7.0, "stopped_speaking", 1)]


@pytest.mark.parametrize(("then", "now"), [(None, False), (False, None), (None, None)])
def test_speech_that_can_not_be_seen_begins_and_ends_nothing(then: bool | None, now: bool | None) -> None:
    assert between([tile(1, speaking=then)], [tile(1, speaking=now)]) == []
