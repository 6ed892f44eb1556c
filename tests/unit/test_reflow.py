"""A watch says when a layout no longer holds, and only then."""

from collections.abc import Sequence

import numpy as np
import pytest

from meetbot.gallery.grid import Cell, Grid
from meetbot.gallery.reflow import Flow, FlowWatch
from meetbot.types import Box, Image

SIZE = (640, 360)
GROUND = 16


def boxes(columns: int, rows: int, left: float = 8.0) -> list[Box]:
    """Tiles of one size, eight pixels apart."""
    wide, high = (SIZE[0] - 8) / columns - 8, (SIZE[1] - 8) / rows - 8
    return [
        Box(left + c * (wide + 8), 8 + r * (high + 8), wide, high)
        for r in range(rows)
        for c in range(columns)
    ]


def grid(places: Sequence[Box]) -> Grid:
    """Everybody's camera is on."""
    return Grid(SIZE, 1.0, tuple(Cell(box, "person", "on") for box in places))


def frame(places: Sequence[Box], moment: int = 0, people: Sequence[int] | None = None) -> Image:
    """Rooms of different shades with a moving dark head in each; person 99 has the camera off."""
    picture = np.full((SIZE[1], SIZE[0]), GROUND, np.uint8)
    noise = np.random.default_rng(moment)
    for place, box in enumerate(places):
        who = place if people is None else people[place]
        left, top, wide, high = (round(value) for value in box)
        tile = picture[top : top + high, left : left + wide]
        if who == 99:
            tile[:] = 60
            continue
        tile[:] = np.linspace(90 + 15 * (who % 6), 190 - 12 * (who % 5), wide).astype(np.uint8)
        tile[:] += noise.integers(0, 9, tile.shape, np.uint8)
        head = wide // 2 + (moment * 3) % 12
        tile[high // 3 :, head - wide // 8 : head + wide // 8] = 40
    return picture


def looks(watch: FlowWatch, frames: Sequence[Image]) -> list[Flow]:
    return [watch.look(picture) for picture in frames]


def test_a_layout_that_holds_is_the_same_while_people_move() -> None:
    nine = boxes(3, 3)
    assert looks(FlowWatch(grid(nine)), [frame(nine, moment) for moment in range(12)]) == ["same"] * 12


@pytest.mark.parametrize("columns, rows", [(4, 3), (2, 2), (3, 2), (1, 1)])
def test_a_new_layout_is_told_at_the_second_sample(columns: int, rows: int) -> None:
    nine, other = boxes(3, 3), boxes(columns, rows)
    watch = FlowWatch(grid(nine))
    frames = [frame(nine, 0), frame(nine, 1), frame(other, 2), frame(other, 3)]
    assert looks(watch, frames) == ["same", "same", "moving", "changed"]


def test_what_is_still_moving_is_not_called_changed() -> None:
    nine, four = boxes(3, 3), boxes(2, 2)
    watch = FlowWatch(grid(nine))
    frames = [
        frame(nine),
        frame([box._replace(x=box.x / 2, y=box.y / 2) for box in nine]),
        frame(four),
        frame(four),
    ]
    assert looks(watch, frames) == ["same", "moving", "moving", "changed"]


def test_what_never_rests_is_called_changed_all_the_same() -> None:
    nine = boxes(3, 3)
    watch = FlowWatch(grid(nine))
    watch.look(frame(nine))
    noise = np.random.default_rng(1)
    frames = [noise.integers(0, 255, (SIZE[1], SIZE[0]), np.uint8) for _ in range(3)]
    assert looks(watch, frames)[-1] == "changed"


def test_one_odd_frame_is_no_alarm() -> None:
    nine = boxes(3, 3)
    watch = FlowWatch(grid(nine))
    frames = [frame(nine), np.zeros((SIZE[1], SIZE[0]), np.uint8), frame(nine, 2), frame(nine, 3)]
    assert looks(watch, frames) == ["same", "moving", "same", "same"]


def test_one_camera_switched_off_is_noticed() -> None:
    nine = boxes(3, 3)
    watch = FlowWatch(grid(nine))
    off = [0, 1, 2, 3, 99, 5, 6, 7, 8]
    frames = [frame(nine), frame(nine, 1, off), frame(nine, 2, off)]
    assert looks(watch, frames)[-1] == "swapped"


def test_one_camera_switched_on_is_noticed() -> None:
    nine = boxes(3, 3)
    watch = FlowWatch(grid(nine))
    off = [0, 1, 2, 3, 99, 5, 6, 7, 8]
    assert looks(watch, [frame(nine, 0, off), frame(nine, 1), frame(nine, 2)])[-1] == "swapped"


def test_two_who_swap_places_are_noticed() -> None:
    four, before = boxes(2, 2), [0, 1, 2, 5]
    watch = FlowWatch(grid(four))
    swapped = [5, 1, 2, 0]
    frames = [frame(four, 0, before), frame(four, 1, swapped), frame(four, 2, swapped)]
    assert looks(watch, frames)[-1] == "swapped"


def test_one_who_leaves_the_last_row_is_noticed() -> None:
    six = boxes(3, 2)
    watch = FlowWatch(grid(six))
    frames = [frame(six), frame(six[:5], 1), frame(six[:5], 2)]
    assert looks(watch, frames)[-1] == "changed"


def test_one_who_comes_beside_the_others_is_noticed() -> None:
    six = boxes(3, 2)
    watch = FlowWatch(grid(six[:5]))
    frames = [frame(six[:5]), frame(six, 1), frame(six, 2)]
    assert looks(watch, frames) == ["same", "moving", "changed"]


def test_a_line_that_is_written_beside_the_tiles_is_no_reflow() -> None:
    four = boxes(4, 2)[:7]
    watch = FlowWatch(grid(four))
    written = frame(four, 1)
    written[300:312, 500:620] = 200
    assert looks(watch, [frame(four), written, written]) == ["same", "same", "same"]


def test_a_slide_that_changes_is_no_reflow() -> None:
    stage, strip = Box(8, 8, 460, 344), [Box(480, 8 + 90 * n, 150, 84) for n in range(3)]
    cells = (Cell(stage, "stage", "on"), *(Cell(box, "person", "on") for box in strip))
    watch = FlowWatch(Grid(SIZE, 1.0, cells))
    first, second = frame(strip), frame(strip, 1)
    first[8:352, 8:468] = 250
    second[8:352, 8:468] = 120
    assert looks(watch, [first, second, second]) == ["same", "same", "same"]


def test_a_layout_without_tiles_always_holds() -> None:
    watch = FlowWatch(Grid(SIZE, 0.0, ()))
    assert looks(watch, [frame([]), frame(boxes(3, 3))]) == ["same", "same"]


def test_a_layout_leaves_no_doubt_while_its_borders_are_plain_whoever_sits_in_it() -> None:
    nine = boxes(3, 3)
    watch = FlowWatch(grid(nine))
    assert not watch.holds([0])
    watch.look(frame(nine, 0))
    watch.look(frame(nine, 1, people=[0, 1, 2, 3, 99, 8, 6, 7, 5]))
    assert watch.holds([4, 5, 8])


def test_a_layout_whose_borders_are_gone_or_beside_which_a_tile_came_is_in_doubt() -> None:
    eight = boxes(3, 3)[:8]
    for other in (boxes(3, 3), boxes(4, 3), eight[:6]):
        watch = FlowWatch(grid(eight))
        watch.look(frame(eight))
        watch.look(frame(other))
        assert not watch.holds([0])


def test_a_tile_without_borders_of_its_own_is_in_doubt() -> None:
    nine = boxes(3, 3)
    watch = FlowWatch(grid([*nine[:8], Box(nine[8].x + 20, nine[8].y + 20, 150, 80)]))
    for moment in range(2):
        watch.look(frame(nine, moment))
    assert watch.holds([0, 4]) and not watch.holds([0, 8])
