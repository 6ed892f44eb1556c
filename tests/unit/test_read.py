"""Every person's tile gives one reading, with numbers that two runs write alike."""

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np
import pytest

from meetbot.errors import ModelError
from meetbot.faces.find import FaceFinder
from meetbot.faces.read import FaceReader
from meetbot.seams import Scores
from meetbot.types import (
    EMOTIONS,
    UNSURE,
    Box,
    Camera,
    Face,
    Image,
    ModelCard,
    Picture,
    Point,
    Reading,
    SeatKind,
    Tile,
)
from tests.portraits import frame, portrait, scaled

CARD = ModelCard("fake", EMOTIONS, {"shown": "nothing"}, 48, 0.0, 255.0, 1.0, "0" * 64, "nothing")
HAPPY = (0.01, 0.01, 0.01, 0.9, 0.01, 0.02, 0.04)


class FakeClassifier:
    """Gives every face the same probabilities, and remembers what it was shown."""

    card = CARD

    def __init__(self, scores: Sequence[float] = HAPPY) -> None:
        self._scores = scores
        self.calls: list[list[Image]] = []

    def __call__(self, faces: Sequence[Image]) -> Scores:
        self.calls.append(list(faces))
        return np.tile(np.array(self._scores, np.float32), (len(faces), 1))


def tile(
    picture: Image,
    faces: Sequence[Face],
    seat: int = 1,
    *,
    kind: SeatKind = "person",
    camera: Camera = "on",
    speaking: bool | None = None,
    box: Box | None = None,
) -> Tile:
    whole = Box(0, 0, picture.shape[1], picture.shape[0])
    return Tile(seat, None, kind, box or whole, camera, speaking, next(iter(faces), None), Picture(picture))


def found(picture: Image) -> Sequence[Face]:
    return FaceFinder()(frame(picture))


@pytest.fixture(scope="module")
def collins() -> Tile:
    return tile(portrait("collins"), found(portrait("collins")))


def test_a_face_is_read_with_mood_certainty_and_angles(collins: Tile) -> None:
    (reading,) = FaceReader(FakeClassifier())([replace(collins, speaking=True)], 12.0)
    assert (reading.time, reading.seat, reading.state, reading.speaking) == (12.0, 1, "face", True)
    assert reading.emotions == HAPPY
    assert reading.certainty == 0.9  # nothing hides this face, so it is the top probability
    assert reading.label == "happy"
    assert collins.face and reading.box == tuple(round(side, 1) for side in collins.face.box)
    for angle in (reading.yaw, reading.pitch, reading.roll):
        assert angle is not None
        assert abs(angle) < 15


def test_a_tile_whose_camera_is_off_says_so_even_if_a_face_is_pictured(collins: Tile) -> None:
    classifier = FakeClassifier()
    (reading,) = FaceReader(classifier)([replace(collins, camera="off", speaking=False)], 3.0)
    assert reading == Reading(3.0, 1, "camera_off", speaking=False)
    assert classifier.calls == []


def test_a_tile_without_a_face_says_so() -> None:
    (reading,) = FaceReader(FakeClassifier())([tile(np.zeros((90, 160), np.uint8), ())], 3.0)
    assert reading == Reading(3.0, 1, "no_face")


def test_a_stage_is_nobody(collins: Tile) -> None:
    assert FaceReader(FakeClassifier())([replace(collins, kind="stage")], 0.0) == []


def test_no_tiles_give_no_readings() -> None:
    assert FaceReader(FakeClassifier())([], 0.0) == []


def test_readings_come_in_the_order_of_tiles_and_all_faces_in_one_call(collins: Tile) -> None:
    hopper = tile(portrait("hopper"), found(portrait("hopper")), 2)
    empty = tile(np.zeros((90, 160), np.uint8), (), 3)
    off = replace(collins, seat=4, camera="off")
    stage = replace(collins, seat=5, kind="stage")
    classifier = FakeClassifier()
    readings = FaceReader(classifier)([empty, collins, off, stage, hopper], 1.0)
    assert [(reading.seat, reading.state) for reading in readings] == [
        (3, "no_face"),
        (1, "face"),
        (4, "camera_off"),
        (2, "face"),
    ]
    (crops,) = classifier.calls
    assert [face.shape for face in crops] == [(48, 48), (48, 48)]
    assert all(face.dtype == np.uint8 for face in crops)


def test_each_seat_gets_its_own_faces_mood(collins: Tile) -> None:
    class ByLight(FakeClassifier):
        def __call__(self, faces: Sequence[Image]) -> Scores:
            return np.eye(7, dtype=np.float32)[[3 if face.mean() > 110 else 4 for face in faces]]

    dark = replace(collins, seat=2, picture=Picture((portrait("collins") * 0.5).astype(np.uint8)))
    readings = FaceReader(ByLight())([dark, collins], 0.0)
    assert [(reading.seat, reading.label) for reading in readings] == [(2, "sad"), (1, "happy")]


def test_flat_probabilities_are_unsure(collins: Tile) -> None:
    (reading,) = FaceReader(FakeClassifier([1 / 7] * 7))([collins], 0.0)
    assert reading.state == "face"
    assert reading.label == UNSURE


def test_a_tiny_dark_face_is_unsure_however_sure_the_model_is() -> None:
    dark = (scaled(portrait("hopper"), 0.15) * 0.3).astype(np.uint8)  # a face of 30 px
    face = Face(Box(27, 18, 25, 31), tuple_of_points(0.15), 0.9)
    (reading,) = FaceReader(FakeClassifier([0, 0, 0, 0.8, 0.2, 0, 0]))([tile(dark, [face])], 0.0)
    assert reading.label == UNSURE


def tuple_of_points(scale: float) -> tuple[Point, Point, Point, Point, Point]:
    """Grace Hopper's eyes, nose and mouth corners."""
    places = [(228, 193), (307, 196), (264, 239), (230, 270), (297, 274)]
    eye, other_eye, nose, mouth, other_mouth = (Point(x * scale, y * scale) for x, y in places)
    return eye, other_eye, nose, mouth, other_mouth


def test_numbers_are_rounded_so_that_two_runs_write_the_same(collins: Tile) -> None:
    scores = np.array([1, 2, 3, 4, 5, 6, 7], np.float64) / 28
    (reading,) = FaceReader(FakeClassifier(scores.tolist()))([collins], 0.0)
    assert reading.emotions == (0.0357, 0.0714, 0.1071, 0.1429, 0.1786, 0.2143, 0.25)
    for value, digits in ((reading.certainty, 3), (reading.yaw, 1), (reading.pitch, 1), (reading.roll, 1)):
        assert value is not None
        assert value == round(value, digits)
        assert type(value) is float
    again = FaceReader(FakeClassifier(scores.tolist()))([collins], 0.0)
    assert repr([reading]) == repr(list(again))


def test_no_pixel_leaves_through_a_reading(collins: Tile) -> None:
    (reading,) = FaceReader(FakeClassifier())([collins], 0.0)
    for field in fields(reading):
        value = getattr(reading, field.name)
        for part in value if isinstance(value, tuple) else (value,):
            assert part is None or type(part) in (float, int, str, bool)


def test_a_model_with_another_number_of_outputs_is_refused(collins: Tile) -> None:
    with pytest.raises(ModelError, match=r"The model fake gave .* put the model"):
        FaceReader(FakeClassifier([0.5, 0.5]))([collins], 0.0)
