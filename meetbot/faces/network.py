"""Runs a shipped network on small grey pictures: LiteRT, one thread, the same bytes for the same pictures."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from ai_edge_litert.interpreter import Interpreter

from meetbot.errors import ModelError
from meetbot.faces.card import SHOWN, output_labels, read_card
from meetbot.faces.levels import tabled
from meetbot.faces.silence import silenced
from meetbot.resources import measured, resource
from meetbot.types import Image, ModelCard

Outputs = Mapping[str, npt.NDArray[np.float32]]  # 1 x labels, by the name of the output
Loaded = TypeVar("Loaded")


class Network:
    """Weights with what their card says: outputs and their labels, scaling of pixels."""

    def __init__(self, weights: bytes, card: ModelCard) -> None:
        self.card = card
        self.labels = {name: output_labels(card, name) for name in card.outputs if name != SHOWN}
        # One thread: the order of additions, and so every last bit, is the same on each run.
        with silenced():
            self._run = Interpreter(model_content=weights, num_threads=1)
            self._run.allocate_tensors()
            self._place, self._answers = _places(self._run)
            said = self(np.zeros((card.input_size, card.input_size), np.uint8))
        for name, labels in self.labels.items():
            if name not in said or said[name].shape != (1, len(labels)):
                raise ValueError(f"its output {name} is not the one that its card describes")

    def __call__(self, picture: Image) -> Outputs:
        """What the network itself says of one picture."""
        size, card = self.card.input_size, self.card
        if picture.shape != (size, size) or picture.dtype != np.uint8:
            raise ModelError(
                f"The model {card.name} reads {size}x{size} grey pictures of bytes, not {picture.dtype} "
                f"{picture.shape}; cut faces with meetbot.faces.align."
            )
        run, shown = self._run, tabled(picture, card.mean, card.scale, card.levelled)
        run.set_tensor(self._place, shown[None, :, :, None])
        run.invoke()
        return {name: run.get_tensor(place) for name, place in self._answers.items()}


def _places(network: Interpreter) -> tuple[int, Mapping[str, int]]:
    """Where a network takes its picture, and its outputs by name: to look them up each time takes longer than
    a small network."""
    named = network.get_signature_runner()
    outputs = named.get_output_details()
    return named.get_input_details()["picture"]["index"], {name: outputs[name]["index"] for name in outputs}


def load(
    folder: Path | None, weights_name: str, card_name: str, build: Callable[[bytes, ModelCard], Loaded]
) -> Loaded:
    """The network in that folder, or the shipped one; refuses weights that the card does not describe."""
    card_path = folder / card_name if folder else resource("models", card_name)
    weights_path = folder / weights_name if folder else resource("models", weights_name)
    card = read_card(card_path)
    weights = measured(weights_path, card.sha256, "The model", f"the one that {card_path.name} describes")
    try:
        return build(weights, card)
    except (ValueError, RuntimeError) as error:
        raise ModelError(
            f"The model {weights_path} can't be run ({error}); install meetbot again."
        ) from error
