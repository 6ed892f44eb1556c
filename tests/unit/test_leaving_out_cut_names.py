"""A label that shows only the beginning of a name stays hidden where that may be who is left out."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from meetbot.division import exclusion_of
from meetbot.gallery import standard
from meetbot.gallery.labels import Label
from meetbot.privacy import left_out
from meetbot.roster import Entry
from meetbot.timeline.lesson import create_lesson
from meetbot.types import About, Face, Frame, Image, Picture, Tile

WOLF, COLE, CUT = "Maximilian Wolf", "Ben Cole", "\N{HORIZONTAL ELLIPSIS}"


class Half:
    """A splitter that divides nothing."""

    def __call__(self, frame: Frame, faces: Sequence[Face]) -> Sequence[Tile] | None:
        return ()

    def take_news(self) -> Sequence[object]:
        return ()


@pytest.fixture(autouse=True)
def labels_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standard, "labels_available", lambda: True)


def seen(label: str, excluded: str, roster: Sequence[str], folder: Path) -> set[int]:
    """Which halves of a picture (100, 200) a finder sees; a label is left, Ben Cole's right."""
    luma = np.repeat(np.repeat(np.array([[100, 200]], np.uint8), 360, 0), 320, 1)
    picture = Picture(luma, lambda: np.repeat(luma[:, :, None], 3, axis=2))
    shown: set[int] = set()

    def labels(cells: Sequence[Sequence[Image]]) -> Sequence[Label | None]:
        return [Label(label if cell[0].mean() < 150 else COLE, 0.99, 0.0) for cell in cells]

    def find(frame: Frame) -> Sequence[Face]:
        shown.update(np.unique(frame.picture.luma).tolist())
        return ()

    entries = [Entry(name) for name in roster]
    people = left_out(entries, [excluded])
    with create_lesson(folder / "a.meetbot", About("t", "h"), {"policy": "full"}) as lesson:
        hiding = exclusion_of(lesson, people, entries, "1x2", find, Half(), labels)  # type: ignore[arg-type]
    for time in range(4):
        hiding.find(Frame(float(time), picture))
    return shown - {0}


@pytest.mark.parametrize(
    ("label", "excluded", "listed"),
    [
        ("Maximi...", "Maximilian Berg", WOLF),
        ("Maximilian...", "Maximilian Berg", WOLF),
        ("Maximilian", "Maximilian Berg", WOLF),
        ("Maximilian B...", "Maximilian Berg", "Maximilian Brand"),
        (f"Anna Ber{CUT}", "Anna Bergmann", "Anna Berger"),
        ("Christin...", "Christine Pap", "Christina Kim"),
        ("Maria Berg...", "Marta Berger", "Maria Bergson"),  # one letter read wrong
    ],
)
def test_the_class_list_does_not_make_it_somebody_else(
    label: str, excluded: str, listed: str, tmp_path: Path
) -> None:
    assert seen(label, excluded, [listed, COLE], tmp_path) == {200}
    assert seen(label, excluded, [listed, COLE, excluded], tmp_path) == {200}
    assert seen(label, excluded, [], tmp_path) == {200}


@pytest.mark.parametrize("label", [WOLF, "Maximi...", "Maximilian"])
def test_of_nobody_whom_it_may_be_it_is_shown(label: str, tmp_path: Path) -> None:
    assert seen(label, "Anna Bergmann", [WOLF, COLE], tmp_path) == {100, 200}
