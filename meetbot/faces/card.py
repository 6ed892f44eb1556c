"""Reads the card of a model: the JSON file beside the weights that says what is true of them."""

import json
from collections.abc import Mapping
from pathlib import Path

from meetbot.errors import ModelError
from meetbot.resources import resource
from meetbot.types import ModelCard

EMOTIONS_CARD = "emotion.json"
SHOWN = "shown"  # the entry of `outputs` that names the output which production shows


def read_card(path: Path) -> ModelCard:
    """The card in that file; refuses a card that is missing, no JSON, or lacks what production needs."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        card = _card(stored)
        output_labels(card, card.outputs[SHOWN])
    except OSError as error:
        raise ModelError(f"The model card {path} can't be read ({error}); install meetbot again.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        detail = f"no {error}" if isinstance(error, KeyError) else str(error)
        raise ModelError(f"The model card {path} is broken ({detail}); install meetbot again.") from error
    return card


def emotion_card() -> ModelCard:
    """What is true of the shipped emotion network, told without loading it."""
    return read_card(resource("models", EMOTIONS_CARD))


def output_labels(card: ModelCard, output: str) -> tuple[str, ...]:
    """What the numbers of one of the network's outputs stand for, in their order."""
    return tuple(card.outputs[output].split())


def _card(stored: Mapping[str, object]) -> ModelCard:
    outputs = {str(name): str(labels) for name, labels in _table(stored, "outputs").items()}
    temperatures = {name: _positive(value) for name, value in _table(stored, "temperatures").items()}
    return ModelCard(
        name=str(stored["name"]),
        labels=tuple(str(label) for label in _list(stored, "labels")),
        outputs=outputs,
        input_size=int(_positive(stored["input_size"])),
        mean=_number(stored["mean"]),
        scale=_positive(stored["scale"]),
        temperature=temperatures[outputs[SHOWN]],
        sha256=str(stored["sha256"]),
        trained_on=str(stored["trained_on"]),
        scores={name: _number(value) for name, value in _table(stored, "scores").items()},
        temperatures=temperatures,
        levelled=_flag(stored.get("levelled", False)),
    )


def _table(stored: Mapping[str, object], name: str) -> dict[str, object]:
    value = stored[name]
    if not isinstance(value, dict):
        raise TypeError(f"{name} is no table")
    return value


def _list(stored: Mapping[str, object], name: str) -> list[object]:
    value = stored[name]
    if not isinstance(value, list):
        raise TypeError(f"{name} is no list")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{value!r} is neither true nor false")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number")
    return float(value)


def _positive(value: object) -> float:
    number = _number(value)
    if number <= 0:
        raise ValueError(f"{value!r} is not above zero")
    return number
