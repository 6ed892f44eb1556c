"""Tiles in, one reading of each person out; nothing of a picture leaves through here."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from meetbot.errors import ModelError
from meetbot.faces.align import crop
from meetbot.faces.points import PointFinder
from meetbot.faces.pose import pose
from meetbot.faces.quality import quality
from meetbot.seams import Classifier, Scores
from meetbot.types import EMOTIONS, Box, Face, Image, Reading, State, Tile


class FaceReader:
    """Reads every person's face of an instant, with one call of the classifier for all of them.

    Without a classifier it reads presence and direction only.
    """

    def __init__(self, classifier: Classifier | None, points: PointFinder | None = None) -> None:
        self._classifier = classifier
        self._points = points or PointFinder()

    def __call__(self, tiles: Sequence[Tile], time: float) -> Sequence[Reading]:
        """One reading for each person's tile, in the order of the tiles; a stage gives none."""
        people = [(tile, self._face(tile)) for tile in tiles if tile.kind == "person"]
        crops = [crop(tile.picture.luma, face.points) for tile, face in people if face and self._classifier]
        moods = zip(crops, self._scores(crops), strict=True)
        return [
            _seen(tile, face, time, next(moods, None)) if face else _unseen(tile, time)
            for tile, face in people
        ]

    def _face(self, tile: Tile) -> Face | None:
        if tile.camera == "off" or not tile.face:
            return None
        return replace(tile.face, points=self._points.upright(tile.picture.luma, tile.face))

    def _scores(self, crops: Sequence[Image]) -> Scores:
        if not crops or self._classifier is None:
            return np.empty((0, len(EMOTIONS)), np.float32)
        scores = self._classifier(crops)
        if scores.shape != (len(crops), len(EMOTIONS)):
            raise ModelError(
                f"The model {self._classifier.card.name} gave {scores.shape} numbers for {len(crops)} faces "
                f"instead of {len(EMOTIONS)} each; put the model that its card describes in its place."
            )
        return scores


def _seen(tile: Tile, face: Face, time: float, mood: tuple[Image, Scores] | None) -> Reading:
    """Rounded to what the numbers can bear, so that two runs write the same."""
    yaw, pitch, roll = pose(face.points)
    shown = [round(angle, 1) + 0.0 for angle in (yaw, pitch, roll)]  # + 0.0 makes -0.0 a plain zero
    emotions = certainty = None
    if mood:
        picture, scores = mood
        emotions = tuple(round(score, 4) for score in scores.tolist())
        certainty = round(float(scores.max()) * quality(picture, face.box.height, yaw, pitch), 3)
    return Reading(
        time=time,
        seat=tile.seat,
        state="face",
        box=Box(*(round(side, 1) for side in face.box)),
        emotions=emotions,
        certainty=certainty,
        yaw=shown[0],
        pitch=shown[1],
        roll=shown[2],
        speaking=tile.speaking,
    )


def _unseen(tile: Tile, time: float) -> Reading:
    state: State = "camera_off" if tile.camera == "off" else "no_face"
    return Reading(time=time, seat=tile.seat, state=state, speaking=tile.speaking)
