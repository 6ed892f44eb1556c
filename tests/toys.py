"""Made-up faces that a network learns to tell apart in seconds, and short cuts for runs of a few steps."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from training import curves
from training.data import ORIGINAL, VOTES


def toy_faces(path: Path) -> Path:
    """Faces of seven kinds, each bright in another row: a quarter of them PublicTest."""
    rng = np.random.default_rng(0)
    emotion = (np.arange(560) % 7).astype(np.uint8)
    pixels = rng.integers(0, 120, (560, 48, 48)).astype(np.uint8)
    for row, label in enumerate(emotion):
        pixels[row, label * 6 + 3 : label * 6 + 9] += 130
    votes = np.zeros((560, 10), np.uint8)
    votes[np.arange(560), [VOTES.index(ORIGINAL[label]) for label in emotion]] = 10
    usage = (rng.random(560) < 0.25).astype(np.uint8)
    np.savez(path, pixels=pixels, emotion=emotion, usage=usage, votes=votes)
    return path


@contextmanager
def without_ceremony() -> Iterator[None]:
    """Steps are not compiled, which would take longer than a few of them, and curves are not drawn."""
    compile_as_told = keras.Model.compile

    def as_it_stands(model: keras.Model, **given: Any) -> None:
        compile_as_told(model, **given, run_eagerly=True)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keras.Model, "compile", as_it_stands)
        patch.setattr(curves, "draw", lambda table, picture: None)
        yield
