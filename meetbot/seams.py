"""The seams between the layers: what each joint takes and gives."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from types import TracebackType
from typing import Protocol

import numpy as np
import numpy.typing as npt

from meetbot.types import About, Face, Frame, Image, Instant, ModelCard, Reading, Still, Tile

Scores = npt.NDArray[np.float32]  # faces x 7 probabilities, in the order of EMOTIONS
Finder = Callable[[Frame], Sequence[Face]]
# None: the picture is on its way from one layout to another, and nothing can be said of it.
Splitter = Callable[[Frame, Sequence[Face]], Sequence[Tile] | None]
Reader = Callable[[Sequence[Tile], float], Sequence[Reading | Still]]
Watch = Callable[[Iterable[Instant], About], Iterable[Instant]]  # looks on while instants are read


class FrameSource(Protocol):
    """Where frames come from: a recording, photos, a live room."""

    @property
    def about(self) -> About: ...

    def __enter__(self) -> Iterator[Instant]: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Classifier(Protocol):
    """Aligned faces in, probabilities out; the shipped model, or a fake in tests."""

    @property
    def card(self) -> ModelCard: ...

    def __call__(self, faces: Sequence[Image]) -> Scores: ...
