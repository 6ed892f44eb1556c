"""Galleries as H.264, since nobody sees them otherwise: whole recordings, and single decoded pictures."""

import json
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np

from meetbot.types import Image
from tests.galleries.draw import draw
from tests.galleries.scenes import Scene
from tests.galleries.truth import truth
from tests.media import Video, steady, write_clip


def record(path: Path, scene: Scene, rate: float = 2.0, preset: str = "veryfast") -> Path:
    """Write a scene's recording."""
    options = {"crf": str(scene.crf), "preset": preset, "g": "120"}
    times = steady(scene.duration, rate)
    return write_clip(path, Video(partial(draw, scene), times, rate=max(1, round(rate)), options=options))


def write_both(folder: Path, name: str, scene: Scene, rate: float = 2.0) -> Path:
    """Write a recording, and its truth beside it as JSON."""
    path = record(folder / f"{name}.mp4", scene, rate)
    path.with_suffix(".json").write_text(json.dumps(truth(scene), ensure_ascii=False), encoding="utf-8")
    return path


def decoded(scene: Scene, time: float = 1.0, frames: int = 2) -> Image:
    """The picture at a time as it comes out of a recording, blue, green, red; the last of some frames."""
    times = [time - 0.4 * step for step in reversed(range(frames))]
    options = {"crf": str(scene.crf), "preset": "veryfast"}
    with TemporaryDirectory() as folder:
        path = write_clip(Path(folder) / "still.mp4", Video(partial(draw, scene), times, options=options))
        with av.open(str(path)) as container:
            pictures = list(container.decode(video=0))
    return np.asarray(pictures[-1].to_ndarray(format="bgr24"), np.uint8)
