"""What is promised of the figures, with a classifier that reads a picture's brightness."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from meetbot.faces.classify import EmotionClassifier, Logits, softmax
from meetbot.types import EMOTIONS, Image, ModelCard
from training.data import VOTES, Faces
from training.evaluate import as_text, evaluate

LEVELS = [40 + 25 * number for number in range(len(EMOTIONS))]  # grey levels that stand for the emotions
CARD = ModelCard(
    name="brightness",
    labels=EMOTIONS,
    outputs={"original": " ".join(EMOTIONS), "votes": " ".join(VOTES), "shown": "votes"},
    input_size=48,
    mean=0,
    scale=1,
    temperature=0.5,
    sha256="0",
    trained_on="nothing",
    temperatures={"original": 2.0, "votes": 0.5},
)


class Brightness(EmotionClassifier):
    """Names the emotion of a picture's grey level; `votes` leans to contempt where `doubt` is set."""

    def __init__(self, doubt: float = 0.0) -> None:
        self.card = CARD
        self._columns = [VOTES.index(emotion) for emotion in EMOTIONS]
        self._doubt = doubt

    def logits(self, faces: Sequence[Image]) -> Mapping[str, Logits]:
        means = np.array([face.mean() for face in faces])
        named = np.abs(means[:, None] - LEVELS).argmin(axis=1)
        votes = np.zeros((len(faces), len(VOTES)), np.float32)
        votes[np.arange(len(faces)), np.array(self._columns)[named]] = 3
        votes[:, VOTES.index("contempt")] = self._doubt
        return {"original": 3 * np.eye(len(EMOTIONS), dtype=np.float32)[named], "votes": votes}


def some_faces(emotions: Sequence[int], majorities: Sequence[str], labels: Sequence[int] = ()) -> Faces:
    """Flat pictures of these emotions, with ten votes for one thing each; labels are the emotions if none."""
    pixels = np.stack([np.full((48, 48), LEVELS[emotion], np.uint8) for emotion in emotions])
    votes = np.zeros((len(emotions), 10), np.uint8)
    votes[np.arange(len(emotions)), [VOTES.index(name) for name in majorities]] = 10
    zeros = np.zeros(len(emotions), np.uint8)
    return Faces(pixels, np.array(labels or emotions, np.uint8), zeros, votes, zeros)


def figures(faces: Faces, doubt: float = 0.0) -> dict[str, Any]:
    return dict(evaluate(Brightness(doubt), faces))


def test_the_headline_is_of_the_labels_and_the_majority_of_the_votes() -> None:
    faces = some_faces([0, 3, 4, 6], ["angry", "happy", "sad", "sad"], labels=[0, 3, 6, 6])
    said = figures(faces)
    assert said["accuracy"] == 0.75
    assert said["confusion"][6][4] == 1
    assert said["ferplus"]["accuracy"] == 0.75
    assert said["ferplus"]["without_contempt"]["confusion"][4][6] == 1


def test_contempt_counts_among_eight_and_is_left_out_of_seven() -> None:
    faces = some_faces([0, 3, 4], ["angry", "happy", "contempt"])
    said = figures(faces)["ferplus"]
    assert (said["n"], said["without_contempt"]["n"]) == (3, 2)
    assert said["accuracy"] == pytest.approx(2 / 3)
    assert said["without_contempt"]["accuracy"] == 1


def test_dropping_contempt_gives_its_share_to_the_others() -> None:
    said = figures(some_faces([0, 3], ["angry", "happy"]), doubt=4.0)
    assert said["ferplus"]["accuracy"] == 0  # contempt leads in both
    assert said["ferplus"]["without_contempt"]["accuracy"] == 1
    assert said["shown"]["accuracy"] == 1


def test_each_output_is_held_against_both_label_sets() -> None:
    said = figures(some_faces([0, 1, 2, 3], ["happy"] * 4, labels=[0, 1, 2, 2]))
    assert said["accuracy"] == said["shown"]["accuracy"] == 0.75
    assert said["ferplus"]["without_contempt"]["accuracy_of_original"] == 0.25


def test_certainty_is_taken_after_each_outputs_temperature() -> None:
    said = figures(some_faces([0, 1], ["angry", "disgust"]))
    logits = np.array([[3, *[0] * 6]], np.float32)
    assert said["ece"] == pytest.approx(1 - softmax(logits, 2.0).max(), abs=1e-6)
    assert said["ece_before_temperature"] == pytest.approx(1 - softmax(logits).max(), abs=1e-6)
    assert said["ferplus"]["without_contempt"]["ece"] == pytest.approx(
        1 - softmax(logits, 0.5).max(), abs=1e-6
    )


def test_size_and_light_are_taken_away_by_degrees() -> None:
    said = figures(some_faces([0, 2, 4, 6], ["angry", "fear", "sad", "neutral"]))
    assert said["by_size"] == {"20": 1.0, "24": 1.0, "32": 1.0, "48": 1.0}  # flat pictures stay what they are
    assert list(said["by_light"]) == ["1.0", "0.4", "0.2", "0.1", "0.05"]
    assert said["by_light"]["1.0"] == 1
    assert said["by_light"]["0.05"] == 0.25  # all look angry, the darkest


def test_without_votes_the_labels_alone_are_counted() -> None:
    faces = some_faces([0, 3], ["angry", "happy"])
    said = figures(Faces(faces.pixels, faces.emotion, faces.usage, None, faces.source))
    assert "ferplus" not in said
    assert said["shown"]["accuracy"] == 1


def test_every_accuracy_has_its_interval() -> None:
    said = figures(some_faces([0, 3, 4], ["angry", "happy", "sad"]))
    for one in (said, said["shown"], said["ferplus"], said["ferplus"]["without_contempt"]):
        low, high = one["accuracy_interval"]
        assert low < one["accuracy"] <= high + 1e-9


def test_readers_get_every_figure_by_name() -> None:
    text = as_text(figures(some_faces([0, 3], ["angry", "happy"])))
    for name in ("2 faces", "balanced_accuracy", "without_contempt", "by_size", "by_light"):
        assert name in text
