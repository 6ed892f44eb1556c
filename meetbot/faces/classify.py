"""Runs the emotion network on aligned faces."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from meetbot.faces.card import EMOTIONS_CARD, SHOWN
from meetbot.faces.network import Network, load
from meetbot.seams import Scores
from meetbot.types import EMOTIONS, Image, ModelCard

WEIGHTS, CARD = "emotion.tflite", EMOTIONS_CARD

Logits = npt.NDArray[np.float32]  # faces x labels of one output, before softmax


class EmotionClassifier:
    """The shipped network with what its card says: labels, scaling of pixels, temperature."""

    def __init__(self, weights: bytes, card: ModelCard) -> None:
        self.card = card
        self._network = Network(weights, card)
        shown = self._network.labels[card.outputs[SHOWN]]
        self._columns = [shown.index(emotion) for emotion in EMOTIONS]

    def __call__(self, faces: Sequence[Image]) -> Scores:
        """Probabilities in the order of EMOTIONS, one row a face; what is shown beyond them is left out."""
        return self.shown(self.logits(faces))

    def shown(self, logits: Mapping[str, Logits]) -> Scores:
        """What is shown of the network's outputs."""
        return softmax(logits[self.card.outputs[SHOWN]][:, self._columns], self.card.temperature)

    def logits(self, faces: Sequence[Image]) -> Mapping[str, Logits]:
        """What the network itself says, before any temperature."""
        said = [
            self._network(face) for face in faces
        ]  # single faces: a batch of 25 takes as long as 25 calls
        return {
            name: np.concatenate([np.empty((0, len(labels)), np.float32), *(one[name] for one in said)])
            for name, labels in self._network.labels.items()
        }


def softmax(logits: Logits, temperature: float = 1.0) -> Scores:
    """Probabilities along the rows; a temperature above 1 makes them less sure."""
    cooled = logits.astype(np.float64) / temperature
    powers = np.exp(cooled - cooled.max(axis=1, keepdims=True, initial=-np.inf))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def load_classifier(folder: Path | None = None) -> EmotionClassifier:
    """The network in that folder, or the shipped one; refuses weights that the card does not describe."""
    return load(folder, WEIGHTS, CARD, EmotionClassifier)
