"""Frames that are one person's own stream: the room says whose, so there is nothing to split."""

from collections.abc import Sequence

from meetbot.types import NO_PICTURE, Box, Camera, Face, Frame, Tile


def whole_frame(frame: Frame, faces: Sequence[Face]) -> Sequence[Tile]:
    """One tile: the participant's, as large as the picture."""
    assert frame.participant is not None, "only a live room's frames say whose they are"
    seat, name, speaking = frame.participant
    camera: Camera = "off" if frame.picture is NO_PICTURE else "on"
    box = Box(0, 0, frame.picture.width, frame.picture.height)
    return (Tile(seat, name, "person", box, camera, speaking, tuple(faces), frame.picture),)
