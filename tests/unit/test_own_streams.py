"""One person's own stream is one tile: whose face it shows, and how many stand beside it."""

import numpy as np

from meetbot.gallery.people import OwnStreams
from meetbot.types import NO_PICTURE, Box, Event, Face, Frame, Participant, Picture, Point

ADA = Participant(4, "Ada", speaking=True)
PICTURE = Picture(np.zeros((180, 320), np.uint8))


def face(x: float, size: float = 60) -> Face:
    return Face(Box(x, 50, size, size), (Point(x, 50),) * 5, 0.9)


def test_a_stream_is_its_participants_tile() -> None:
    (tile,) = OwnStreams()(Frame(0.0, PICTURE, ADA), [face(100)])
    assert (tile.seat, tile.name, tile.speaking, tile.camera) == (4, "Ada", True, "on")
    assert (tile.box, tile.face) == (Box(0, 0, 320, 180), face(100))


def test_a_stream_without_a_picture_is_a_camera_that_is_off() -> None:
    (tile,) = OwnStreams()(Frame(0.0, NO_PICTURE, ADA), [])
    assert (tile.camera, tile.face) == ("off", None)


def test_somebody_who_looks_in_is_counted_and_not_read() -> None:
    streams, own, guest = OwnStreams(), face(60), face(220, 90)
    streams(Frame(0.0, PICTURE, ADA), [own])
    assert streams.take_news() == []
    (tile,) = streams(Frame(1.0, PICTURE, ADA), [guest, own])
    assert tile.face == own
    assert streams.take_news() == [Event(1.0, "companions", 4, "1")]
    streams(Frame(2.0, PICTURE, ADA), [own])
    assert streams.take_news() == [Event(2.0, "companions", 4, "0")]


def test_two_streams_do_not_mix() -> None:
    streams = OwnStreams()
    for seat, x in ((4, 60), (5, 220)):
        streams(Frame(0.0, PICTURE, ADA._replace(seat=seat)), [face(x)])
    tiles = [streams(Frame(1.0, PICTURE, ADA._replace(seat=seat)), [face(60), face(220)]) for seat in (4, 5)]
    assert [tile.face for (tile,) in tiles] == [face(60), face(220)]
