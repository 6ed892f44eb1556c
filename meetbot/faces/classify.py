"""Runs the emotion network on aligned faces: LiteRT, one thread, the same bytes for the same faces."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from ai_edge_litert.interpreter import Interpreter

from meetbot.errors import ModelError
from meetbot.faces.card import SHOWN, output_labels, read_card
from meetbot.faces.levels import levelled
from meetbot.faces.silence import silenced
from meetbot.resources import resource
from meetbot.seams import Scores
from meetbot.types import EMOTIONS, Image, ModelCard

WEIGHTS, CARD = "emotion.tflite", "emotion.json"

Logits = npt.NDArray[np.float32]  # faces x labels of one output, before softmax


class EmotionClassifier:
    """The shipped network with what its card says: labels, scaling of pixels, temperature."""

    def __init__(self, weights: bytes, card: ModelCard) -> None:
        self.card = card
        # One thread: the order of additions, and so every last bit, is the same on each run.
        with silenced():
            self._run = Interpreter(model_content=weights, num_threads=1).get_signature_runner()
            said = self._run(picture=self._scaled(np.zeros((card.input_size, card.input_size), np.uint8)))
        self._labels = {name: output_labels(card, name) for name in card.outputs if name != SHOWN}
        for name, labels in self._labels.items():
            if name not in said or said[name].shape != (1, len(labels)):
                raise ValueError(f"its output {name} is not the one that its card describes")
        shown = output_labels(card, card.outputs[SHOWN])
        self._columns = [shown.index(emotion) for emotion in EMOTIONS]

    def __call__(self, faces: Sequence[Image]) -> Scores:
        """Probabilities in the order of EMOTIONS, one row a face; what is shown beyond them is left out."""
        return self.shown(self.logits(faces))

    def shown(self, logits: Mapping[str, Logits]) -> Scores:
        """What is shown of the network's outputs."""
        return softmax(logits[self.card.outputs[SHOWN]][:, self._columns], self.card.temperature)

    def logits(self, faces: Sequence[Image]) -> Mapping[str, Logits]:
        """What the network itself says, before any temperature."""
        # Single faces: a batch of 25 takes as long as 25 calls.
        said = [self._run(picture=self._scaled(face)) for face in faces]
        return {
            name: np.concatenate([np.empty((0, len(labels)), np.float32), *(one[name] for one in said)])
            for name, labels in self._labels.items()
        }

    def _scaled(self, face: Image) -> npt.NDArray[np.float32]:
        size = self.card.input_size
        if face.shape != (size, size) or face.dtype != np.uint8:
            raise ModelError(
                f"The model {self.card.name} reads {size}x{size} grey pictures of bytes, not {face.dtype} "
                f"{face.shape}; cut faces with meetbot.faces.align."
            )
        face = levelled(face) if self.card.levelled else face
        scaled = (face.astype(np.float32) - np.float32(self.card.mean)) / np.float32(self.card.scale)
        return scaled[None, :, :, None]


def softmax(logits: Logits, temperature: float = 1.0) -> Scores:
    """Probabilities along the rows; a temperature above 1 makes them less sure."""
    cooled = logits.astype(np.float64) / temperature
    powers = np.exp(cooled - cooled.max(axis=1, keepdims=True, initial=-np.inf))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def load_classifier(folder: Path | None = None) -> EmotionClassifier:
    """The network in that folder, or the shipped one; refuses weights that the card does not describe."""
    card_path = folder / CARD if folder else resource("models", CARD)
    weights_path = folder / WEIGHTS if folder else resource("models", WEIGHTS)
    card = read_card(card_path)
    try:
        weights = weights_path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"The model {weights_path} can't be read ({error}); install meetbot again."
        ) from error
    if hashlib.sha256(weights).hexdigest() != card.sha256:
        raise ModelError(
            f"The model {weights_path} is not the one that {card_path.name} describes; install meetbot again."
        )
    try:
        return EmotionClassifier(weights, card)
    except (ValueError, RuntimeError) as error:
        raise ModelError(
            f"The model {weights_path} can't be run ({error}); install meetbot again."
        ) from error
