"""Frames that are one person's own stream: the room says whose, so there is nothing to split."""

from collections.abc import Sequence

from meetbot.gallery.residents import Residents
from meetbot.types import NO_PICTURE, Box, Camera, Event, Face, Frame, Tile


class OwnStreams:
    """One tile for each frame: the participant's, as large as the picture."""

    def __init__(self) -> None:
        self._residents = Residents()

    def __call__(self, frame: Frame, faces: Sequence[Face]) -> Sequence[Tile]:
        """The tile of this frame, with the face of the one who was there longest."""
        assert frame.participant is not None, "only a live room's frames say whose they are"
        seat, name, speaking = frame.participant
        camera: Camera = "off" if frame.picture is NO_PICTURE else "on"
        box = Box(0, 0, frame.picture.width, frame.picture.height)
        face = self._residents.pick(seat, frame.time, box, faces)
        return (Tile(seat, name, "person", box, camera, speaking, face, frame.picture),)

    def take_news(self) -> Sequence[Event]:
        """Where the number of faces beside somebody changed since the last call."""
        return self._residents.take_news()
